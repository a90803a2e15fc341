"""`python -m tests.config.run FUNCTION ARGUMENT…`: a function of `acts` in this process, on its own."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tavolo.config.settings")
    django.setup()

    from tests.config import acts

    name, *arguments = sys.argv[1:]
    getattr(acts, name)(*(int(told) if told.isdigit() else told for told in arguments))
