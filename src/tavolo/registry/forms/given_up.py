"""What is typed of an office that is not to be filled, and of one that is again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.registry.forms.base import ActForm
from tavolo.registry.forms.fields import PartialDayField


class GiveUpForm(ActForm):
    """Which of the vacant offices and matters, from when, and why."""

    thing = forms.ChoiceField(
        label=_("What is not to be filled"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an office or a matter.")},
    )
    since = PartialDayField(
        label=_("Since when"), error_messages={"required": _("Write since when.")}
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("For instance: the new statute no longer has this office."),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, things: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = things  # type: ignore[attr-defined]


class ReopenForm(ActForm):
    """The one that is to be filled after all."""

    row = forms.UUIDField(widget=forms.HiddenInput)
