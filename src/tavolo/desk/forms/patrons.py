"""On which day a municipality of the territory keeps its patron saint."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.base import ActForm
from tavolo.registry.queries import municipalities_called
from tavolo.territory.errors import (
    EndsBeforeItBegins,
    NoSuchDay,
    NotInTerritory,
    SaintMissing,
    SourceMissing,
)
from tavolo.territory.models import Municipality

LAST_DAY = 31


class PatronForm(ActForm):
    fields_of = {
        NoSuchDay: ("day",),
        SaintMissing: ("name",),
        SourceMissing: ("source",),
        EndsBeforeItBegins: ("since",),
        NotInTerritory: ("municipality",),
    }

    municipality = forms.CharField(
        label=_("Municipality"),
        help_text=_("Its name, as it is called today."),
        max_length=120,
    )
    name = forms.CharField(label=_("Patron saint"), max_length=120)
    day = forms.IntegerField(label=_("Day"), min_value=1, max_value=LAST_DAY)
    month = forms.TypedChoiceField(label=_("Month"), coerce=int, choices=list(MONTHS.items()))
    source = forms.CharField(
        label=_("Where it says so"),
        help_text=_("The statute of the municipality, or the page on which it stands."),
        max_length=300,
    )
    since = forms.DateField(
        label=_("From the day"),
        help_text=_("Empty, where it has always been so or what stands there is wrong."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, territory: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.territory = territory

    def clean_municipality(self) -> Municipality:
        """The one of that name; of several, the one of the territory."""
        found = municipalities_called(self.cleaned_data["municipality"])
        here = [one for one in found if one.pk in self.territory] or found
        if len(here) != 1:
            raise forms.ValidationError(
                _("Several have that name. Write the letters of the province behind it.")
                if here
                else _("No municipality has that name. Write it whole.")
            )
        return here[0]
