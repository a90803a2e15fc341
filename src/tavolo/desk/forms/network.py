"""What is typed of a network: what it says of itself, its people, its territory."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.addressed import AddressedForm
from tavolo.desk.forms.base import ActForm
from tavolo.desk.queries import organisations_to_affiliate
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import StaleVersion
from tavolo.kernel.models import Network
from tavolo.kernel.text import search_key
from tavolo.registry.models import Organisation
from tavolo.registry.queries import municipalities_called
from tavolo.territory.models import Area, Municipality
from tavolo.territory.plugs import area_kinds

MUNICIPALITY = "municipality"
OFFERED = 5


class SettingsForm(ActForm):
    name = forms.CharField(label=_("Name"), max_length=300)
    summary = forms.CharField(
        label=_("In one sentence"),
        help_text=_(
            "What the network is and for whom, as you would tell it to somebody in the street."
        ),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    active_since = forms.CharField(
        label=_("Active since"),
        help_text=_("A year, a month or a day, as far as it is known: 2015, 2015-06, 2015-06-30."),
        max_length=16,
        required=False,
    )
    contact = forms.EmailField(
        label=_("E-mail of the secretariat"),
        help_text=_("Everybody reads it on the public page."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_active_since(self) -> PartialDate | None:
        text = str(self.cleaned_data["active_since"]).strip()
        try:
            return PartialDate.parse(text) if text else None
        except ValueError as fault:
            raise forms.ValidationError(
                _("Write a year, a month or a day, as in 2015-06.")
            ) from fault

    def now_at(self, stale: StaleVersion) -> None:
        """What was typed stays; the next saving is compared with the version that was shown."""
        typed = {**self.data.dict(), "version": str(stale.theirs.version), "form_key": str(uuid4())}  # type: ignore[attr-defined]  # a QueryDict
        self.data = typed


def settings_of(network: Network, contact: str) -> dict[str, Any]:
    return {
        "name": network.name,
        "summary": network.summary,
        "active_since": str(network.active_since or ""),
        "contact": contact,
        "version": network.version,
    }


class InviteForm(AddressedForm):
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_(
            "The link to choose a password is sent there, and stays valid for fourteen days."
        ),
    )
    given_name = forms.CharField(label=_("Given name"), max_length=140)
    family_name = forms.CharField(label=_("Family name"), max_length=140)
    field_order: Iterable[str] | None = ("email", "all_the_same", "given_name", "family_name")


class InviteSecretaryForm(InviteForm):
    act = forms.CharField(
        label=_("Act of appointment"),
        help_text=_("The decision by which she is appointed, with number and date."),
        max_length=300,
    )


class InviteMemberForm(InviteForm):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        empty_label=_("Choose…"),
        to_field_name="code",
    )
    function = forms.CharField(
        label=_("Function"),
        help_text=_("What she does for it: delegate, president, social worker."),
        max_length=200,
        required=False,
    )
    field_order = (
        *("organisation", "email", "all_the_same"),
        *("given_name", "family_name", "function"),
    )

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = organisations_to_affiliate(network)  # type: ignore[attr-defined]
        field.label_from_instance = lambda organisation: organisation.name  # type: ignore[attr-defined]


class PlaceForm(ActForm):
    """A municipality or an area, by its kind and its name."""

    kind = forms.ChoiceField(label=_("What it is"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Its name"),
        help_text=_(
            "For instance Lucca; with the letters of the province where two are called alike."
        ),
        max_length=120,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.key, kind.label) for kind in area_kinds]
        self.fields["kind"].choices = [(MUNICIPALITY, _("Municipality")), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """`place` is what is meant, found by its name."""
        cleaned = super().clean() or {}
        if "kind" in cleaned and "name" in cleaned:
            cleaned["place"] = self._place(cleaned["kind"], cleaned["name"])
        return cleaned

    def _place(self, kind: str, name: str) -> Area | Municipality | None:
        found = places_called(kind, name)
        if len(found) == 1:
            return found[0]
        if not found:
            self.add_error("name", _("Nothing of this kind has that name. Write it whole."))
        else:
            names = "; ".join(
                f"{place.name} ({place.province.short})"
                for place in found[:OFFERED]
                if isinstance(place, Municipality)
            )
            self.add_error("name", _("Several have that name. Write one of: %s.") % names)
        return None


def places_called(kind: str, name: str) -> list[Area] | list[Municipality]:
    if kind == MUNICIPALITY:
        return municipalities_called(name)
    return list(Area.objects.filter(kind=kind, search_key=search_key(name)).order_by("id"))
