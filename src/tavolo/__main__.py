import sys

from tavolo.config.cli import main

sys.exit(main())
