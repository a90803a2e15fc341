"""What somebody should know of a file that could be read."""

from tavolo.imports.reading.refused import gettext_noop

HAS_MACROS = gettext_noop("The file holds macros. They were left aside and did not run.")
HAS_LINKS = gettext_noop(
    "The file refers to other files. They were not opened: cells say what they last said."
)
HIDDEN_SHEETS = gettext_noop("The file has hidden sheets: %(sheets)s.")
ABOVE_HEADINGS = gettext_noop(
    "The headings are in row %(row)s. What stands above them was left aside."
)
READ_AS = gettext_noop("The text was read as %(encoding)s. Look whether accents are right.")
