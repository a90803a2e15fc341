"""The numbers for whoever looks for help, each with what it is for and where it was taken from."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class HelpNumber:
    """`dial` is what the telephone dials, `source` where number and purpose were read."""

    shown: str
    dial: str
    purpose: str | Promise
    source: str | Promise


HELP_NUMBERS = (
    HelpNumber(
        "1522",
        "1522",
        _("against violence and stalking"),
        _(
            "agreement between State and Regions of 14 September 2022 on anti-violence centres"
            " (Gazzetta Ufficiale of 25 November 2022)"
        ),
    ),
    HelpNumber(
        "800 290 290",
        "800290290",
        _("against trafficking"),
        _("pages of Cinformi (Trento) and of the human rights centre of the University of Padova"),
    ),
    HelpNumber(
        "112",
        "112",
        _("if the danger is now"),
        _("Council decision 91/396/EEC, the European emergency number"),
    ),
)
