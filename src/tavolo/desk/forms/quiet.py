"""When no letters of a network leave."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.base import ActForm
from tavolo.kernel import clock
from tavolo.messages.rules import ALWAYS, Quiet
from tavolo.ui.forms import Day

ON, OFF = "on", "off"


class QuietHoursForm(ActForm):
    """From one hour to the other, from a day on; or letters leave at any hour."""

    held = forms.ChoiceField(
        label=_("When letters leave"),
        choices=[
            (ON, _("Not between these hours, but what is urgent")),
            (OFF, _("At any hour")),
        ],
        widget=forms.RadioSelect,
    )
    begins = forms.TimeField(
        label=_("Nothing leaves from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=_("until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    since = Day(label=_("From the day"), help_text=_("Today, or a day that is to come."))

    def __init__(self, *args: Any, held: Quiet, **kwargs: Any) -> None:
        off = held.begins == held.ends
        hours = {} if off else {"begins": held.begins, "ends": held.ends}
        kwargs["initial"] = {"held": OFF if off else ON, "since": clock.today(), **hours}
        super().__init__(*args, **kwargs)

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since < clock.today():
            raise forms.ValidationError(_("What has left has left: write today or a later day."))
        return since

    def clean(self) -> dict[str, Any]:
        """`quiet` is what is meant."""
        told = super().clean() or {}
        if told.get("held") == OFF:
            return {**told, "quiet": ALWAYS}
        begins, ends = told.get("begins"), told.get("ends")
        for name in ("begins", "ends"):
            if told.get(name) is None and name not in self.errors:
                self.add_error(name, _("Write an hour, as in 20:00."))
        if isinstance(begins, time) and isinstance(ends, time):
            if begins == ends:
                self.add_error("ends", _("Write another hour than that at which it begins."))
            told["quiet"] = Quiet(begins, ends)
        return told
