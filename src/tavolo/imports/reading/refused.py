"""The child's refusal: a message id and its values, which the parent turns into `Unreadable`."""

from typing import Any


def gettext_noop(message: str) -> str:
    """Marks a message for the catalogue, as Django's does; Django stays out of the child."""
    return message


class Refused(Exception):  # noqa: N818  a fault of the file, not of the program
    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


DAMAGED = gettext_noop(
    "“%(name)s” is damaged or cut short. Open it where it was made, save it and bring it again."
)
PROTECTED = gettext_noop(
    "“%(name)s” is protected by a password. Open it, take the password off, save it and bring it again."
)
TOO_MANY_ROWS = gettext_noop(
    "The table has more than %(limit)s rows. Divide it into several files."
)
TOO_MANY_COLUMNS = gettext_noop(
    "The table has more than %(limit)s columns. Keep those that are needed."
)
TOO_WIDE_AN_AREA = gettext_noop(
    "The table has more than %(limit)s cells, empty ones between others included. "
    "Take away what does not belong to it, or divide it into several files."
)
TOO_MUCH_TEXT = gettext_noop(
    "The table holds more than %(limit)s MB of text. Divide it into several files."
)
CELL_TOO_LONG = gettext_noop(
    "Cell %(cell)s holds more than %(limit)s characters, so this is not a table to import."
)
UNPACKS_TOO_LARGE = gettext_noop(
    "“%(name)s” would unpack to more than %(limit)s MB. Keep only the sheet that is needed."
)
DECLARES_ENTITIES = gettext_noop(
    "“%(name)s” holds declarations that no spreadsheet program writes, so it was not opened."
)
WITHOUT_RESULT = gettext_noop(
    "The formula in cell %(cell)s has no result in the file, and formulas are not worked out here. "
    "Open the file in a spreadsheet program, save it and bring it again."
)
NO_SUCH_SHEET = gettext_noop("There is no sheet “%(sheet)s” in the file. It has: %(sheets)s.")
NOTHING_IN_SHEET = gettext_noop("There is nothing on the sheet “%(sheet)s”.")
NOTHING_IN_FILE = gettext_noop("There is no table in “%(name)s”: no sheet holds anything.")
EMPTY = gettext_noop("“%(name)s” is empty.")
