"""What is typed of an organisation beside its facts: units, taking part, elections, mergers, proposals."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.models import Network
from tavolo.registry.choices import ParticipationRole, UnitKind
from tavolo.registry.forms.base import ActForm
from tavolo.registry.forms.fields import (
    MunicipalityField,
    OrganisationField,
    PartialDayField,
    seat_words,
)
from tavolo.registry.models import OrganisationUnit

LONGEST = 300


def source_field() -> forms.CharField:
    return forms.CharField(
        label=_("Where this is taken from"),
        help_text=_("A document or a page, so that others can check it."),
        required=False,
        max_length=LONGEST,
    )


class UnitForm(ActForm):
    """A part of the organisation; `parent` is one of its units, of which this one is a part."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As the organisation itself writes it."),
        max_length=LONGEST,
        error_messages={"required": _("Write the name.")},
    )
    kind = forms.ChoiceField(
        label=_("What it is"), choices=UnitKind.choices, widget=forms.RadioSelect
    )
    parent = forms.ChoiceField(label=_("Part of"), required=False)
    municipality = MunicipalityField(
        label=_("Municipality of the seat"),
        help_text=_("Its name; with the letters of the province where two are called alike."),
        required=False,
        max_length=120,
    )
    began = PartialDayField(label=_("Since when"), required=False)
    source = source_field()

    def __init__(self, *args: Any, units: Iterable[OrganisationUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in units}
        if self.units:
            choices = [(code, unit.name) for code, unit in self.units.items()]
            self.fields["parent"].choices = [("", _("the whole organisation")), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["parent"]

    def values(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in UNIT_VALUES}
        return told | {"parent": self.units.get(self.cleaned_data.get("parent", ""))}


UNIT_VALUES = ("name", "kind", "municipality", "began", "source")


class EditUnitForm(UnitForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


def initial_of_unit(unit: OrganisationUnit) -> dict[str, Any]:
    seat = unit.municipality
    return {
        "name": unit.name,
        "kind": unit.kind,
        "parent": unit.parent.code if unit.parent else "",
        "municipality": seat_words(seat) if seat else "",
        "began": unit.began,
        "source": unit.source,
        "version": unit.version,
    }


class LastDayForm(ActForm):
    """The last day on which something holds, and where that is written."""

    last = PartialDayField(
        label=_("Last day"),
        help_text=_("The last on which it still held: 31/12/2015, or as far as it is known."),
        error_messages={"required": _("Write until when it held.")},
    )
    source = source_field()


class EndUnitForm(LastDayForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class AdmitForm(ActForm):
    """In which of her networks it takes part, as what, since when."""

    network = forms.ModelChoiceField(
        Network.objects.none(), to_field_name="slug", label=_("Network"), empty_label=None
    )
    role = forms.ChoiceField(
        label=_("How it stands to the network"),
        choices=ParticipationRole.choices,
        widget=forms.RadioSelect,
    )
    since = PartialDayField(
        label=_("Since when"),
        help_text=_("A day, a month or a year; leave it empty where nobody says."),
        required=False,
    )
    source = source_field()

    def __init__(self, *args: Any, networks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["network"]
        field.queryset = networks  # type: ignore[attr-defined]
        field.label_from_instance = lambda network: network.name  # type: ignore[attr-defined]


class ElectionForm(ActForm):
    """Which offices end with the elections, on which day, by which act."""

    offices = forms.MultipleChoiceField(
        label=_("Who leaves office"),
        help_text=_("With each office end the delegations and the mandates that rest on it."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one office that ends.")},
    )
    last = PartialDayField(
        label=_("Last day in office"),
        help_text=_("For instance the day before the new ones were proclaimed."),
        error_messages={"required": _("Write the last day.")},
    )
    act = forms.CharField(
        label=_("Act"),
        help_text=_("For instance: Verbale di proclamazione del 12/6/2024."),
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, offices: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs["initial"] = {"offices": [key for key, _label in offices]} | (
            kwargs.get("initial") or {}
        )
        super().__init__(*args, **kwargs)
        self.fields["offices"].choices = offices  # type: ignore[attr-defined]


class WhichForm(forms.Form):
    """The organisation that turned out to be the same, by its name; asked by GET."""

    con = OrganisationField(
        label=_("Which organisation is the same?"),
        help_text=_("Its whole name, or the word in its address."),
        max_length=LONGEST,
    )


class ReasonForm(ActForm):
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Whoever reads the history will ask."),
        max_length=LONGEST,
        error_messages={"required": _("Write in a few words why.")},
    )
