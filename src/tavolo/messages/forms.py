"""How one wishes to get letters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.ui.forms import ActForm

HOURS = [(str(hour), f"{hour:02}.00") for hour in range(6, 22)]


class GatheringForm(ActForm):
    hour = forms.TypedChoiceField(
        label=_("When"),
        choices=[("", _("each letter by itself, at once")), *HOURS],
        coerce=int,
        empty_value=None,
        required=False,
    )
