"""Seats and who is sent to them: given, given to many, ended, passed on, corrected, withdrawn."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.registry.choices import DelegationTheme, OfficeTitle
from tavolo.registry.forms.fields import OrganisationField
from tavolo.registry.forms.persons import PersonForm
from tavolo.registry.forms.values import in_order
from tavolo.registry.models import Organisation
from tavolo.tables.choices import Basis, Category, DelegateKind, HolderKind, SeatEnd, SeatRole
from tavolo.tables.forms.base import (
    FIELDS_OF,
    ActForm,
    SeenForm,
    act_field,
    began_field,
    ended_field,
    last_field,
    source_field,
    with_none,
)
from tavolo.tables.models import Seat

BY_ITSELF = _("by the kind of organisation")
# Why a seat can be said to end here; the others come with acts of their own.
REASONS = [
    SeatEnd.RESIGNATION,
    SeatEnd.FORFEITURE,
    SeatEnd.MANDATE,
    SeatEnd.EXCLUSION,
    SeatEnd.OTHER,
]
WHY = [(one.value, one.label) for one in REASONS]
OF_THE_SEAT = ("role", "category", "basis", "act", "began", "ended", "source")


class OfSeatForm(ActForm):
    """What every new seat says, whoever holds it."""

    role = forms.ChoiceField(label=_("Role"), choices=SeatRole.choices, initial=SeatRole.MEMBER)
    category = forms.ChoiceField(
        label=_("Category"), choices=with_none(Category.choices, BY_ITSELF), required=False
    )
    basis = forms.ChoiceField(label=_("Came by"), choices=Basis.choices, initial=Basis.ADHESION)
    act = act_field()
    began = began_field()
    ended = ended_field()
    source = source_field()

    def of_the_seat(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in OF_THE_SEAT if name in self.fields}


class OrganisationSeatForm(OfSeatForm):
    organisation = OrganisationField(
        label=_("Organisation"),
        help_text=_("Its whole name, or the word that stands in its address."),
        error_messages={"required": _("Write which organisation has the seat.")},
    )
    field_order = ["organisation"]


class OfficeSeatForm(OrganisationSeatForm):
    """The seat of whoever holds an office, or a delegated matter, in an organisation."""

    title = forms.ChoiceField(
        label=_("Office held"),
        choices=lambda: with_none(_titles(), _("whatever the office")),
        required=False,
    )
    theme = forms.ChoiceField(
        label=_("Delegated matter"),
        choices=lambda: with_none(in_order(DelegationTheme.choices), _("no delegated matter")),
        required=False,
    )
    field_order = ["organisation", "title", "theme"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not (told.get("title") or told.get("theme")):
            self.add_error("title", _("Choose an office, a delegated matter, or both."))
        return told


class PersonSeatForm(OfSeatForm, PersonForm):
    """A seat that an act gave to a person."""

    fields_of = FIELDS_OF
    field_order = ["holder", "family_name", "given_name", "who"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["category"]
        self.initial.setdefault("basis", Basis.APPOINTMENT)


HOLDERS: dict[HolderKind, type[OfSeatForm]] = {
    HolderKind.ORGANISATION: OrganisationSeatForm,
    HolderKind.OFFICE: OfficeSeatForm,
    HolderKind.PERSON: PersonSeatForm,
}


class TogetherForm(OfSeatForm):
    """A seat for each of those that are ticked, by one act."""

    organisations = forms.MultipleChoiceField(
        label=_("Who gets a seat"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one organisation.")},
    )
    field_order = ["organisations"]

    def __init__(self, *args: Any, offered: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {one.code: one for one in offered}
        self.fields["organisations"].choices = [  # type: ignore[attr-defined]
            (code, one.name) for code, one in self.offered.items()
        ]

    @property
    def chosen(self) -> list[Organisation]:
        return [self.offered[code] for code in self.cleaned_data["organisations"]]


class EndSeatForm(SeenForm):
    last = last_field()
    reason = forms.ChoiceField(label=_("Why it ends"), choices=WHY)
    act = act_field()


class PassOnForm(SeenForm):
    to = OrganisationField(
        label=_("Who takes the place"),
        help_text=_("The whole name of an organisation of the register."),
        error_messages={"required": _("Write who takes the place.")},
    )
    began = began_field(required=True, label=_("From which day"))
    act = act_field()


class RoleForm(SeenForm):
    role = forms.ChoiceField(label=_("Role"), choices=SeatRole.choices)
    began = began_field(required=True, label=_("From which day"))
    act = act_field()


class CorrectSeatForm(SeenForm):
    """Every value as it should have been, the end too: left empty, the seat goes on."""

    role = forms.ChoiceField(label=_("Role"), choices=SeatRole.choices)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    basis = forms.ChoiceField(label=_("Came by"), choices=Basis.choices)
    act = act_field()
    began = began_field()
    ended = ended_field()
    end_reason = forms.ChoiceField(
        label=_("Why it ended"), choices=with_none(SeatEnd.choices, _("not said")), required=False
    )
    end_act = act_field(required=False, label=_("Act that ended it"))
    source = source_field()

    def clean(self) -> dict[str, Any]:
        """A seat that goes on has no reason why it ended."""
        told = super().clean() or {}
        if not told.get("ended") and "ended" not in self.errors:
            told |= {"end_reason": "", "end_act": ""}
        return told

    @classmethod
    def shown(cls, seat: Seat) -> dict[str, Any]:
        return {name: getattr(seat, name) for name in cls.base_fields if hasattr(seat, name)}

    def values(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {name: told[name] for name in told if name not in {"form_key", "seen"}}


class DelegateForm(PersonForm):
    """Whom a seat's holder sends; the seat of an office has substitutes alone."""

    fields_of = FIELDS_OF

    kind = forms.ChoiceField(label=_("As"), choices=DelegateKind.choices)
    act = act_field()
    began = began_field()
    ended = ended_field()
    source = source_field()

    def __init__(self, *args: Any, office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if office:
            self.fields["kind"].choices = [  # type: ignore[attr-defined]
                (DelegateKind.SUBSTITUTE.value, DelegateKind.SUBSTITUTE.label)
            ]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in DelegateForm.declared}

    declared = ("kind", "act", "began", "ended", "source")


class EndDelegateForm(SeenForm):
    last = last_field()
    reason = forms.ChoiceField(label=_("Why it ends"), choices=WHY)


def _titles() -> list[tuple[str, Any]]:
    return [one for one in in_order(OfficeTitle.choices) if one[0] != OfficeTitle.OTHER]
