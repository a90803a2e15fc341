"""What every form of the register shares: it does nothing twice, and says a refusal where it belongs."""

from typing import Any
from uuid import uuid4

from django import forms

from tavolo.kernel.errors import Refusal
from tavolo.registry import errors

# The fields that a refusal can be about; it is said beside the first that the form has.
FIELDS_OF: dict[type[Refusal], tuple[str, ...]] = {
    errors.NameMissing: ("name",),
    errors.UnknownKind: ("kind",),
    errors.TaxCodeWrong: ("tax_code", "value"),
    errors.IdentifierWrong: ("value",),
    errors.IdentifierTaken: ("tax_code", "value"),
    errors.AnotherNameHolds: ("since", "began", "name"),
    errors.AnotherStandingHolds: ("since", "began", "kind"),
    errors.AnotherNumberHolds: ("scheme", "tax_code"),
    errors.PlaceMissing: ("municipality", "place"),
    errors.PostalCodeWrong: ("postal_code",),
    errors.MunicipalityNotThen: ("municipality", "place"),
    errors.ContactWrong: ("value",),
    errors.AlreadyThere: ("name", "value", "municipality", "place", "successor", "title", "theme"),
    errors.SuccessorIsItself: ("successor",),
    errors.SuccessionGoesRound: ("successor",),
    errors.BeginningNotKnown: ("since", "began"),
    errors.EndsBeforeItBegan: ("last", "ended", "since", "began"),
    errors.EndNotKnown: ("last", "ended"),
    errors.AlreadyEnded: ("last", "since"),
    errors.ReasonMissing: ("reason", "note", "answer"),
    errors.WordsMissing: ("name",),
    errors.OwnerMissing: ("owner",),
    errors.DueMissing: ("due",),
    errors.StepNotPossible: ("state",),
    errors.EvidenceMissing: ("note",),
    errors.NothingNew: ("note",),
    errors.DayToCome: ("on",),
    errors.AlreadyTakesPart: ("network",),
    errors.OfficeHeld: ("title",),
    errors.AlreadyHoldsOffice: ("title",),
    errors.TitleMissing: ("title_feminine",),
    errors.AlreadyDelegated: ("theme", "themes"),
    errors.MatterMissing: ("words", "themes_words"),
    errors.OfficeOfAnother: ("holder", "family_name"),
    errors.OutsideOffice: ("last", "since", "began"),
    errors.AlreadyRepresents: ("capacity",),
    errors.NothingToEnd: ("offices",),
    errors.MunicipalityNotClear: ("municipality",),
    errors.UnitGoesRound: ("parent",),
}


class ActForm(forms.Form):
    """A form that does nothing twice; a refusal of its action is said beside the field it is about."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def take(self, refusal: Refusal) -> None:
        """Say a refusal of the action beside the field that it is about."""
        about = next((FIELDS_OF[kind] for kind in type(refusal).mro() if kind in FIELDS_OF), ())
        self.add_error(next((name for name in about if name in self.fields), None), str(refusal))

    def again(self, **values: str) -> None:
        """What was typed stays; `values` and the key are new, because this is another sending."""
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        for name, value in {**values, "form_key": str(uuid4())}.items():
            self.data[name] = value  # type: ignore[index]


class ConfirmForm(ActForm):
    """Nothing to fill in: the button alone."""
