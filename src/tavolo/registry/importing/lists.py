"""What lists of public registers share: they fill the register, and bring nobody into the network."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from tavolo.imports import values
from tavolo.imports.plugs import Field
from tavolo.registry.importing.columns import CODE

LISTED_ADMIT = Field(
    "admit",
    _("They take part in the network"),
    values.yes_no,
    help=_("Yes, where all of them take part in it. Empty: no."),
)
LISTED_SOURCE = Field(
    "source",
    _("Source"),
    values.text(),
    help=_("Which list, of which day."),
    example="IPA, 2026-11-22",
)


def from_list(*fields: Field) -> Sequence[Field]:
    """The columns of a list, and beside them our own code, for what we gave out ourselves."""
    return (CODE, *fields)
