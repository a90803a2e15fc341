"""The forms of a check: one for each move, and that of the act."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.kernel.errors import StaleVersion
from tavolo.registry.errors import ReasonMissing
from tavolo.tables.actions.checking.looking import Said
from tavolo.tables.actions.checking.scoring import Given
from tavolo.tables.checking import errors
from tavolo.tables.checking.choices import Answer, Outcome
from tavolo.tables.choices import ActKind
from tavolo.tables.models import Check, CheckAnswer, ChecklistItem, Score, ScoringCriterion
from tavolo.ui.forms import ActForm, Day

LONGEST, LONG = 300, 4000


def words_field(label: Any, *, required: bool = True, rows: int = 5) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=LONG, required=required)


class MoveForm(ActForm):
    """`version` is that of the check which was shown."""

    fields_of = {
        ReasonMissing: ("words", "reason"),
        errors.StepDayWrong: ("on",),
        errors.TermNotPossible: ("until",),
        errors.ReserveMissing: ("reserve",),
        errors.RequirementsNotMet: ("outcome",),
        errors.RejectionNotAnnounced: ("outcome",),
        errors.PointsLacking: ("outcome",),
        errors.ItemsOpen: ("outcome",),
        errors.AdmissionActThere: ("number",),
        errors.AdmissionActIncomplete: ("adopted_on",),
    }

    version = forms.IntegerField(widget=forms.HiddenInput)

    def stale(self, refusal: StaleVersion) -> None:
        """Say that somebody was quicker; what was typed stays, and is sent over theirs the next time."""
        self.take(refusal)
        self.again(version=str(refusal.theirs.version))


class CameForm(MoveForm):
    """What came, when, with which document."""

    words = words_field(_("What came"))
    on = Day(label=_("On which day"))
    paper = forms.CharField(
        label=_("Document"),
        help_text=_("Its number in the register of the protocol, where it has one."),
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": clock.today(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class AnnounceForm(CameForm):
    """What is told to whoever applied, by letter or by another way."""

    words = words_field(_("What you write"), rows=8)
    letter = forms.BooleanField(
        label=_("Send it by e-mail to whoever applied"), required=False, initial=True
    )


class AskForm(AnnounceForm):
    """With a term that can be set otherwise."""

    until = Day(
        label=_("Until when she can answer"),
        help_text=_("Left empty, for as long as the rule says: ten days."),
        required=False,
    )


class ReasonForm(MoveForm):
    reason = words_field(_("Why"))


class OutcomeForm(MoveForm):
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    reserve = words_field(_("Under which reserve"), required=False, rows=2)
    reason = words_field(_("Why"), required=False)


class ItemsForm(MoveForm):
    """A choice and a why for each item; what stays empty stays open."""

    def __init__(
        self,
        *args: Any,
        items: Sequence[tuple[ChecklistItem, CheckAnswer | None]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = [item.number for item, _answer in items]
        for item, said in items:
            self.fields[f"item_{item.number}"] = forms.ChoiceField(
                label=f"{item.number}. {item.words}",
                choices=[("", _("not looked at yet")), *Answer.choices],
                initial=said.answer if said else "",
                required=False,
            )
            self.fields[f"why_{item.number}"] = forms.CharField(
                label=_("Why, on item %(number)s") % {"number": item.number},
                initial=said.why if said else "",
                max_length=LONG,
                required=False,
            )

    def said(self) -> dict[int, Said]:
        told = self.cleaned_data
        return {
            number: Said(told[f"item_{number}"], told[f"why_{number}"])
            for number in self.numbers
            if told[f"item_{number}"]
        }


class PointsForm(MoveForm):
    """One's own points, criterion by criterion."""

    def __init__(
        self, *args: Any, criteria: Sequence[ScoringCriterion], own: Sequence[Score], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        given = {score.criterion_id: score for score in own}
        self.numbers = [row.number for row in criteria]
        for row in criteria:
            before = given.get(row.pk)
            self.fields[f"points_{row.number}"] = forms.DecimalField(
                label=f"{row.number}. {row.words}",
                help_text=_("From 0 to %(most)s") % {"most": row.most},
                initial=before.points if before else None,
                min_value=0,
                max_value=row.most,
                decimal_places=2,
            )
            self.fields[f"why_{row.number}"] = forms.CharField(
                label=_("Why, on item %(number)s") % {"number": row.number},
                initial=before.why if before else "",
                max_length=LONG,
                required=False,
            )
            self.fields[f"version_{row.number}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=before.version if before else 0
            )

    def given(self) -> dict[int, Given]:
        told = self.cleaned_data
        return {
            n: Given(told[f"points_{n}"], told[f"why_{n}"], told[f"version_{n}"])
            for n in self.numbers
        }


class ActOfAdmissionForm(ActForm):
    """The act, and of which completed checks it decides."""

    fields_of = MoveForm.fields_of

    kind = forms.ChoiceField(label=_("Kind of act"), choices=ActKind.choices)
    number = forms.CharField(label=_("Number"), max_length=60)
    adopted_on = Day(label=_("Day"))
    organ = forms.CharField(label=_("Adopted by"), max_length=200)
    paper = forms.CharField(label=_("Document"), max_length=LONGEST, required=False)
    holds_from = Day(
        label=_("Seats hold from"),
        help_text=_("Left empty, from the day of the act."),
        required=False,
    )
    checks = forms.MultipleChoiceField(
        label=_("Of which applications it decides"), widget=forms.CheckboxSelectMultiple
    )
    words = words_field(_("Letter to whoever applied; left empty, none is sent"), required=False)

    def __init__(self, *args: Any, checks: Sequence[Check], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checks"].choices = [  # type: ignore[attr-defined]
            (str(row.uid), f"{row.application.name}: {row.get_outcome_display()}") for row in checks
        ]
