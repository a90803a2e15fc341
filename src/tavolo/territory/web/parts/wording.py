"""Small pieces of sentences."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


def listed(names: Sequence[str]) -> str:
    """The names in one phrase: "Bazzano, Crespellano e Savigno"."""
    if not names:
        return ""
    *first, last = names
    if not first:
        return last
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}
