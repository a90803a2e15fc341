"""How one wishes to get letters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.ui.forms import ActForm

HOURS = [(str(hour), f"{hour:02}.00") for hour in range(6, 22)]


AT_ONCE = "now"


def hour_told(value: str) -> int | None:
    """The hour of the one letter; None where each leaves by itself."""
    return None if value == AT_ONCE else int(value)


class GatheringForm(ActForm):
    hour = forms.TypedChoiceField(
        label=_("When"),
        choices=[(AT_ONCE, _("each letter by itself, at once")), *HOURS],
        coerce=hour_told,
    )
