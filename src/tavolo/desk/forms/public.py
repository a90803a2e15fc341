"""Where a network is, and in which languages its public pages are offered."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.base import ActForm
from tavolo.kernel.models import Network
from tavolo.kernel.network import setting_of
from tavolo.registry.queries import municipalities_called, seat_town, town_words
from tavolo.registry.settings import SEAT, Seat
from tavolo.territory.models import Municipality
from tavolo.ui.languages import INSTALLED, OFFERED, named

OFFERED_NAMES = 5


class PublicForm(ActForm):
    town: Municipality | None = None

    address = forms.CharField(
        label=_("Street and number of the seat"),
        help_text=_("With the postcode, as on an envelope. It stands on the public page."),
        max_length=300,
        required=False,
    )
    municipality = forms.CharField(
        label=_("Municipality of the seat"),
        help_text=_(
            "For instance Lucca; with the letters of the province where two are called alike."
        ),
        max_length=120,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the public pages"), widget=forms.CheckboxSelectMultiple
    )
    first_language = forms.ChoiceField(
        label=_("The first of them"),
        help_text=_("Whoever asks for the page of the network in another language is led there."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("languages", "first_language"):
            self.fields[name].choices = named(INSTALLED)  # type: ignore[attr-defined]
        self.initial.setdefault("languages", list(INSTALLED))
        self.initial.setdefault("first_language", INSTALLED[0])

    def clean_municipality(self) -> str:
        """As it is called; `seat` takes its code."""
        name = " ".join(str(self.cleaned_data["municipality"]).split())
        self.town = town_called(name) if name else None
        return town_words(self.town) if self.town else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        offered, first = cleaned.get("languages", []), cleaned.get("first_language")
        if offered and first and first not in offered:
            self.add_error(
                "first_language", _("The first language is one of those that you offer.")
            )
        return cleaned

    @property
    def seat(self) -> Seat:
        return Seat(self.cleaned_data["address"], self.town.istat_code if self.town else "")

    @property
    def offered(self) -> list[str]:
        """The languages, the first one first."""
        first = self.cleaned_data["first_language"]
        return [first, *(code for code in self.cleaned_data["languages"] if code != first)]


def public_of(network: Network, *, on: date) -> dict[str, Any]:
    """What the form begins with; three queries at most."""
    seat, offered = setting_of(network, SEAT, on=on), setting_of(network, OFFERED, on=on)
    town = seat_town(seat)
    return {
        "address": seat.address,
        "municipality": town_words(town) if town else "",
        "languages": list(offered),
        "first_language": offered[0],
    }


def town_called(name: str) -> Municipality:
    """The one with that name. Raises ValidationError for none and for several."""
    found = municipalities_called(name)
    if len(found) == 1:
        return found[0]
    if not found:
        raise forms.ValidationError(_("No municipality has that name. Write it whole."))
    names = "; ".join(map(town_words, found[:OFFERED_NAMES]))
    raise forms.ValidationError(_("Several have that name. Write one of: %s.") % names)
