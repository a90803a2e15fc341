"""The boundary of the organisation's form: what was typed becomes values, or a sentence beside it."""

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import Refusal
from tavolo.kernel.models import Network
from tavolo.registry.choices import OrganisationKind, ParticipationRole
from tavolo.registry.errors import NameMissing, TaxCodeTaken, TaxCodeWrong, UnknownKind
from tavolo.registry.models import Organisation
from tavolo.registry.queries import municipalities_called
from tavolo.territory.models import Municipality

FIELD_OF: dict[type[Refusal], str] = {
    NameMissing: "name",
    UnknownKind: "kind",
    TaxCodeWrong: "tax_code",
    TaxCodeTaken: "tax_code",
}
OFFERED = 5


class MunicipalityField(forms.CharField):
    """A municipality by its name; where several have it, with the letters of its province."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = municipalities_called(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                _("No municipality is called “%(name)s”. Write its whole name."),
                params={"name": text},
            )
        raise forms.ValidationError(
            _("Several municipalities are called like this. Write one of: %(names)s."),
            params={"names": "; ".join(seat_words(row) for row in found[:OFFERED])},
        )


class OrganisationForm(forms.Form):
    """Name, kind and seat; contacts; the tax code. Everything here is public."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As the organisation itself writes it."),
        max_length=300,
        error_messages={"required": _("Write the name.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"), error_messages={"required": _("Choose what kind of organisation it is.")}
    )
    municipality = MunicipalityField(
        label=_("Municipality of the seat"),
        help_text=_("Its name; with the letters of the province where two are called alike."),
        required=False,
        max_length=120,
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": _("Write the address in full, as in https://www.example.org.")},
    )
    public_email = forms.EmailField(
        label=_("Public e-mail"),
        help_text=_("Everybody reads it on the organisation’s page."),
        required=False,
        error_messages={"invalid": _("Write the e-mail in full, as in name@example.org.")},
    )
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)
    tax_code = forms.CharField(
        label=_("Tax code"),
        help_text=_("Eleven digits, or sixteen letters and digits. Leave it empty if unknown."),
        required=False,
        max_length=20,
    )
    source = forms.CharField(
        label=_("Where this is taken from"),
        help_text=_("A document or a page, so that others can check it."),
        required=False,
        max_length=300,
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Choose…")), *OrganisationKind.choices]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        return {
            name: self.cleaned_data[name]
            for name in (
                "name",
                "kind",
                "municipality",
                "website",
                "public_email",
                "phone",
                "tax_code",
                "source",
            )
        }

    def take(self, refusal: Refusal) -> None:
        """Say a refusal of the action beside the field that it is about."""
        self.add_error(FIELD_OF.get(type(refusal)), str(refusal))


class SinceField(forms.CharField):
    """A day, a month or a year, as far as it is known; nothing where nobody says."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        italian = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text)
        if italian:
            day, month, year = italian.groups()
            text = f"{year}-{month:0>2}-{day:0>2}"
        try:
            return PartialDate.parse(text) if text else None
        except ValueError as fault:
            raise forms.ValidationError(
                _("Write a year, a month or a day, as in 2015, 2015-06 or 30/6/2015.")
            ) from fault


class NewOrganisationForm(OrganisationForm):
    """Which of the secretary's networks it takes part in, and stewards it; how, and since when."""

    network = forms.ModelChoiceField(
        Network.objects.none(), to_field_name="slug", label=_("Network"), empty_label=None
    )
    role = forms.ChoiceField(
        label=_("How it stands to the network"),
        choices=ParticipationRole.choices,
        widget=forms.RadioSelect,
    )
    since = SinceField(
        label=_("Since when"),
        help_text=_("A day, a month or a year; leave it empty where nobody says."),
        required=False,
        max_length=16,
    )

    def __init__(self, *args: Any, networks: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "role": ParticipationRole.PARTICIPANT,
            "since": f"{clock.today():%-d/%-m/%Y}",
        }
        super().__init__(*args, **kwargs)
        field = self.fields["network"]
        field.queryset = networks  # type: ignore[attr-defined]
        field.label_from_instance = lambda network: network.name  # type: ignore[attr-defined]


class EditOrganisationForm(OrganisationForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, organisation: Organisation) -> "EditOrganisationForm":
        """The form as the organisation stands."""
        return cls(initial=initial_of(organisation))

    def now_at(self, version: int) -> None:
        """The typed values stay; the next saving is compared with the version that was shown."""
        # Whoever has read both versions sends another form, so it has another key.
        self.data = {**self.data.dict(), "version": str(version), "form_key": str(uuid4())}  # type: ignore[attr-defined]  # a QueryDict


def initial_of(organisation: Organisation) -> dict[str, Any]:
    seat = organisation.municipality
    return {
        "name": organisation.name,
        "kind": organisation.kind,
        "municipality": seat_words(seat) if seat else "",
        "website": organisation.website,
        "public_email": organisation.public_email,
        "phone": organisation.phone,
        "tax_code": organisation.tax_code,
        "source": organisation.source,
        "version": organisation.version,
    }


def seat_words(municipality: Municipality) -> str:
    """The name with the letters of its province: "Samone (TO)"; a name alone may be of two."""
    return f"{municipality.name} ({municipality.province.short})"
