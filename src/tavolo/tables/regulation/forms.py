"""The rules of a body as one form: what they say, a meeting to try them on, the act that adopts them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tavolo.registry.errors import AlreadySuperseded, ReasonMissing
from tavolo.tables.errors import BodyHasEnded, RegulationActMissing, RegulationThere
from tavolo.tables.regulation.choices import Matter
from tavolo.tables.regulation.fields import answered, asking, told_by
from tavolo.tables.regulation.labels import SECTIONS
from tavolo.tables.regulation.plain import NotARule, paths, plain, read
from tavolo.tables.regulation.rules import Regulation
from tavolo.tables.regulation.samples import Sample
from tavolo.ui.forms import ActForm, Day

MOST = 500
CALLS = [("1", _("first")), ("2", _("second"))]
OF_THE_ACT = {"since", "act", "reason"}
SAMPLE = ("members", "present", "call", "matter", "for_", "against", "abstained", "chair_for")


class RulesForm(ActForm):
    """The rules, and a sample meeting. `preview` is what its second button sends."""

    fields_of = {
        RegulationActMissing: ("act",),
        RegulationThere: ("since",),
        BodyHasEnded: ("since",),
        ReasonMissing: ("reason",),
        AlreadySuperseded: (),
    }

    members = forms.IntegerField(label=_("Members in office"), min_value=1, max_value=MOST)
    present = forms.IntegerField(label=_("Members present"), min_value=0, max_value=MOST)
    call = forms.ChoiceField(label=_("Call"), choices=CALLS)
    matter = forms.ChoiceField(label=_("What is decided"), choices=Matter.choices)
    for_ = forms.IntegerField(label=_("Votes for"), min_value=0, max_value=MOST)
    against = forms.IntegerField(label=_("Votes against"), min_value=0, max_value=MOST)
    abstained = forms.IntegerField(label=_("Abstentions"), min_value=0, max_value=MOST)
    chair_for = forms.BooleanField(label=_("Whoever chairs is among those for it"), required=False)

    def __init__(self, data: Any, *, begun: Regulation, initial: dict[str, Any]) -> None:
        """`begun`: the rules that it shows before anything is answered; their odd values can be chosen.

        `names` are those of its fields, by section of the rules.
        """
        self.begun = plain(begun)
        told = {
            name: value
            for path in paths()
            for name, value in answered(path, self._of(path)).items()
        }
        sample = {name: getattr(Sample(), name) for name in SAMPLE}
        super().__init__(data, initial={**told, **sample, **initial})
        self.names: dict[str, list[str]] = {section: [] for section in SECTIONS}
        for path in paths():
            asked = asking(path, self._of(path))
            self.fields |= asked
            self.names[path.partition(".")[0]] += asked
        if self.tried:
            # Whoever tries the rules needs no act yet.
            for name in OF_THE_ACT & self.fields.keys():
                self.fields[name].required = False

    @property
    def tried(self) -> bool:
        """Whether the rules are tried, and nothing is written."""
        return "preview" in self.data

    def clean(self) -> dict[str, Any]:
        """What the rules say together, and whether the sample can be."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            self._read(told)
        return told

    def _read(self, told: dict[str, Any]) -> None:
        sections: dict[str, dict[str, Any]] = {}
        for path in paths():
            section, _dot, name = path.partition(".")
            sections.setdefault(section, {})[name] = told_by(path, told, self._of(path))
        try:
            told["regulation"] = read(sections)
        except NotARule:
            self._say_what_cannot_be(told)
        try:
            numbers = {name: told[name] for name in SAMPLE}
            told["sample"] = Sample(
                **{**numbers, "call": int(told["call"]), "matter": Matter(told["matter"])}
            )
        except ValueError:
            self.add_error(
                "present",
                _("No more can be present than members, and no more can vote than are present."),
            )

    def _say_what_cannot_be(self, told: dict[str, Any]) -> None:
        """Beside the field which of the rules does not go with the others."""
        if told["quorum__least"] == 0:
            self.add_error("quorum__least", _("At least one must be present."))
        elif told["quorum__second"] and not told["quorum__second_call"]:
            self.add_error("quorum__second", _("Without a second call nothing is set for it."))
        elif told["minutes__approved"] == "silence" and told["minutes__corrections"] is None:
            self.add_error("minutes__corrections", _("Silence approves after a term: write it."))
        elif told["lapsing__absences"] == 0:
            self.add_error(
                "lapsing__absences", _("Leave it empty where absences have no consequence.")
            )
        else:
            raise ValidationError(
                _("These rules do not go together. Look at the terms: working days are days.")
            )

    def _of(self, path: str) -> Any:
        section, _dot, name = path.partition(".")
        return self.begun[section][name]


class AdoptForm(RulesForm):
    preset = forms.CharField(widget=forms.HiddenInput, required=False)
    since = Day(label=_("In force from"))
    act = forms.CharField(
        label=_("Act that adopts it"),
        max_length=300,
        help_text=_("Its kind, its number and its day."),
    )


class CorrectForm(RulesForm):
    known = forms.IntegerField(widget=forms.HiddenInput)
    act = forms.CharField(label=_("Act that adopts it"), max_length=300)
    reason = forms.CharField(label=_("Why it is corrected"), max_length=300)
