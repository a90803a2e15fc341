"""The boundary of the organisation's form: what was typed becomes values, or a sentence beside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.registry.choices import ParticipationRole
from tavolo.registry.forms.base import ActForm
from tavolo.registry.forms.fields import MunicipalityField, PartialDayField, seat_words
from tavolo.registry.models import Organisation
from tavolo.registry.vocabulary import KINDS


class OrganisationForm(ActForm):
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Choose…")), *KINDS.offered()]  # type: ignore[attr-defined]

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
    since = PartialDayField(
        label=_("Since when"),
        help_text=_("A day, a month or a year; leave it empty where nobody says."),
        required=False,
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
        self.again(version=str(version))


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
