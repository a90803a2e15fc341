"""What can be typed of each kind of fact: a table, model by model and field by field."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from tavolo.registry.choices import (
    Capacity,
    Channel,
    DelegationTheme,
    GrammaticalForm,
    IdentifierScheme,
    LegalForm,
    NameKind,
    OfficeTitle,
    OrganisationKind,
    SeatKind,
    SuccessionManner,
)
from tavolo.registry.forms.fields import MunicipalityField, OrganisationField, PlaceField
from tavolo.registry.models import (
    Contact,
    Delegation,
    Identifier,
    OfficeHolding,
    OrganisationName,
    OrganisationSuccession,
    Representation,
    Seat,
    ServedTerritory,
    Standing,
)

# Words that are translated when they are shown.
Words = Any
Choices = list[tuple[str, Any]]
MakeField = Callable[[], forms.Field]
CHOOSE = ("", _("Choose…"))
YES, NO = "si", "no"
IS_ADMINISTRATION = {"": None, YES: True, NO: False}


def text(label: Words, hint: Words = "", *, longest: int = 300, needed: bool = False) -> MakeField:
    return lambda: forms.CharField(label=label, help_text=hint, max_length=longest, required=needed)


def choice(
    label: Words, choices: Callable[[], Choices], hint: Words = "", *, needed: bool = True
) -> MakeField:
    """A list to choose from; where an answer is needed, none is chosen beforehand."""

    def make() -> forms.Field:
        return forms.ChoiceField(
            label=label,
            help_text=hint,
            choices=lambda: [CHOOSE, *choices()] if needed else choices(),
            required=needed,
            error_messages={"required": _("Choose one.")},
        )

    return make


def pick(label: Words, choices: Choices, hint: Words = "") -> MakeField:
    """A few to choose from, all in sight."""
    return lambda: forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )


def public(hint: Words) -> MakeField:
    return lambda: forms.BooleanField(
        label=_("Everybody may read it"), help_text=hint, required=False, initial=True
    )


def in_order(choices: Choices) -> Choices:
    """By the reader's words, what is "other" at the end."""
    return sorted(choices, key=lambda pair: (pair[0] == "other", str(pair[1]).casefold()))


def unit_field() -> forms.Field:
    """Its choices are the units of the organisation; without any it is left out."""
    return forms.ChoiceField(label=_("Unit"), required=False)


NOT_SAID = ("", _("not said"))

VALUES: Mapping[type[Model], Mapping[str, MakeField]] = {
    OrganisationName: {
        "name": text(_("Name"), _("As the organisation itself writes it."), needed=True),
        "kind": pick(_("What kind of name it is"), NameKind.choices),
    },
    Standing: {
        "kind": choice(_("Kind"), lambda: in_order(OrganisationKind.choices)),
        "legal_form": choice(
            _("Legal form"), lambda: [NOT_SAID, *in_order(LegalForm.choices)], needed=False
        ),
        "is_administration": choice(
            _("Is it a public administration?"),
            lambda: [("", _("nobody has said")), (YES, _("yes")), (NO, _("no"))],
            _("The source says by which list or law."),
            needed=False,
        ),
    },
    Seat: {
        "kind": pick(_("What kind of seat it is"), SeatKind.choices),
        "municipality": lambda: MunicipalityField(
            label=_("Municipality"),
            help_text=_("Its name; with the letters of the province where two are called alike."),
            max_length=120,
            required=False,
        ),
        "address": text(_("Street and number"), longest=200),
        "postal_code": text(_("Postal code"), longest=5),
        "public": public(_("A protected address is shown to the secretariat alone.")),
    },
    Identifier: {
        "scheme": pick(_("Which register"), IdentifierScheme.choices),
        "value": text(_("Number"), _("As the register states it."), longest=60, needed=True),
    },
    Contact: {
        "unit": unit_field,
        "channel": pick(_("By what"), Channel.choices),
        "value": text(_("Contact"), _("The address or the number."), needed=True),
        "label": text(_("For what"), _("For instance: protocol office, switchboard."), longest=120),
        "public": public(_("Otherwise the secretariat alone reads it.")),
    },
    ServedTerritory: {
        "place": lambda: PlaceField(
            label=_("Municipality or area"),
            help_text=_("Where it works: Lucca (LU), Distretto Pianura Est."),
            max_length=300,
        ),
    },
    OrganisationSuccession: {
        "successor": lambda: OrganisationField(
            label=_("Who took its place"),
            help_text=_("The whole name, as the register has it."),
            max_length=300,
        ),
        "manner": pick(_("How"), SuccessionManner.choices),
    },
    OfficeHolding: {
        "title": choice(_("Office held"), lambda: in_order(OfficeTitle.choices)),
        "form": pick(
            _("How she or he is called by it"),
            [
                (GrammaticalForm.FEMININE.value, _("feminine: sindaca, assessora, consigliera")),
                (GrammaticalForm.MASCULINE.value, _("masculine: sindaco, assessore, consigliere")),
            ],
        ),
        "title_feminine": text(_("Another office, in the feminine"), longest=120),
        "title_masculine": text(_("Another office, in the masculine"), longest=120),
        "unit": unit_field,
        "public": public(_("Offices of administrations are; of others where they say so.")),
    },
    Delegation: {
        "theme": choice(_("Matter"), lambda: in_order(DelegationTheme.choices)),
        "words": text(_("In the words of the act")),
        "unit": unit_field,
    },
    Representation: {
        "capacity": pick(_("In the capacity of"), Capacity.choices),
        "network": lambda: forms.ChoiceField(label=_("In which network"), required=False),
        "matter": text(_("For what matter"), _("Empty: for everything."), longest=200),
        "unit": unit_field,
    },
}
