"""Beside which fields the forms of the register say what was refused."""

from tavolo.kernel.errors import Refusal
from tavolo.registry import errors
from tavolo.ui import forms

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
    errors.StillHeld: ("since",),
    errors.AlreadyDiscontinued: ("thing",),
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
    errors.NobodyToAsk: ("persons",),
    errors.TermPassed: ("until",),
}


class ActForm(forms.ActForm):
    fields_of = FIELDS_OF


class ConfirmForm(ActForm):
    """Nothing to fill in: the button alone."""
