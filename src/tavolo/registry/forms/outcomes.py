"""Asking what became of a commitment, and what is answered by the link."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.registry.choices import Outcome
from tavolo.registry.forms.base import ActForm
from tavolo.ui.forms import Day

A_FORTNIGHT = timedelta(days=14)


class AskOutcomeForm(ActForm):
    """`offered`: the uid of each who can be asked, her words, and whether she is chosen at first."""

    persons = forms.MultipleChoiceField(
        label=_("Whom to ask"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )
    until = Day(label=_("They can answer until"))
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("It stands in the letter beneath what is asked."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, *args: Any, offered: Sequence[tuple[UUID, str, bool]], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {
            "persons": [str(uid) for uid, _words, chosen in offered if chosen],
            "until": clock.today() + A_FORTNIGHT,
        }
        super().__init__(*args, **kwargs)
        choices = [(str(uid), words) for uid, words, _chosen in offered]
        self.fields["persons"].choices = choices  # type: ignore[attr-defined]

    @property
    def asked(self) -> list[UUID]:
        return [UUID(value) for value in self.cleaned_data["persons"]]


class OutcomeForm(ActForm):
    """Four answers, a day and a few words: what fits on a phone."""

    outcome = forms.ChoiceField(
        label=_("How it stands"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    on = Day(label=_("On what day"))
    note = forms.CharField(
        label=_("In a few words"),
        help_text=_("What was done and where one sees it, or why not yet."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    address = forms.URLField(
        label=_("Where one sees it"),
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": _("Write the address in full, as in https://www.example.org.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": clock.today(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
