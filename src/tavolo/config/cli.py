"""`tavolo`: the command of whoever runs an installation. Exit 0 done, 1 refused with a sentence, 2 usage."""

import argparse
import os
import sys
from collections.abc import Sequence

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

from tavolo.kernel.errors import Refusal

DONE, REFUSED = 0, 1
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what it refuses is one sentence on stderr."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tavolo.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as fault:
        print(fault, file=sys.stderr)
        return REFUSED
    options = parser().parse_args(arguments)
    try:
        result: int | None = options.run(options)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    except (OperationalError, ProgrammingError) as fault:
        print(database_fault(fault), file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    return result or DONE


def parser() -> argparse.ArgumentParser:
    # Imported here: the commands need Django's applications, which main has just set up.
    from tavolo.config.commands import COMMANDS, _

    whole = argparse.ArgumentParser(
        prog="tavolo",
        description=_("The system on which territories run their work for equal opportunities."),
    )
    subjects = whole.add_subparsers(metavar=_("command"), required=True)
    for add in COMMANDS:
        add(subjects)
    return whole


def database_fault(fault: Exception) -> str:
    from django.utils.translation import gettext as _

    return _("The database does not answer as it should: %(fault)s. Try `tavolo check`.") % {
        "fault": str(fault).strip().splitlines()[0] if str(fault).strip() else type(fault).__name__
    }


if __name__ == "__main__":
    sys.exit(main())
