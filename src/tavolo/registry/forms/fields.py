"""Fields that read what people write: dates known in part, municipalities by their names."""

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from tavolo.imports.days import partial_day_in
from tavolo.kernel.dates import PartialDate
from tavolo.registry.queries import municipalities_called
from tavolo.registry.queries.called import areas_called, organisations_called
from tavolo.territory.models import Municipality
from tavolo.ui.words import partial_words

OFFERED = 5
LONGEST_DATE = 40


class PartialDateInput(forms.TextInput):
    """Shows a date as people write it, and takes back what it shows."""

    def format_value(self, value: Any) -> str | None:
        return written(value) if isinstance(value, PartialDate) else value


class PartialDayField(forms.CharField):
    """A day, a month or a year, as far as it is known; None where nothing was written."""

    widget = PartialDateInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_DATE)
        kwargs.setdefault("help_text", _("As far as it is known: 2006, March 2015, 12/3/2015."))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = partial_day_in(text)
        if found is None:
            raise forms.ValidationError(
                _("Write a year, a month or a day, as in 2015, March 2015 or 30/6/2015.")
            )
        return found


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


class PlaceField(MunicipalityField):
    """A municipality or an area, by its name; the municipality where both have it."""

    def clean(self, value: Any) -> Any:
        text = " ".join(str(value or "").split())
        areas = areas_called(text) if text else []
        if len(areas) == 1 and not municipalities_called(text):
            return areas[0]
        if len(areas) > 1 and not municipalities_called(text):
            raise forms.ValidationError(
                _("Several areas are called like this. Write one of: %(names)s."),
                params={"names": "; ".join(area.title for area in areas[:OFFERED])},
            )
        return super().clean(value)


class OrganisationField(forms.CharField):
    """An organisation by a name that it has or had, or by the word that stands in its address."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = organisations_called(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                _("No organisation of the register is called “%(name)s”. Write its whole name."),
                params={"name": text},
            )
        raise forms.ValidationError(
            _("Several organisations are called like this. Write one of: %(names)s."),
            params={"names": "; ".join(row.code for row in found[:OFFERED])},
        )


def seat_words(municipality: Municipality) -> str:
    """The name with the letters of its province: "Samone (TO)"; a name alone may be of two."""
    return f"{municipality.name} ({municipality.province.short})"


def written(when: PartialDate) -> str:
    """A date as the field reads it again: 12/3/2015, 9 marzo, marzo 2015, dal 2006."""
    if when.year is None:
        return f"{when.day} {str(MONTHS[when.month or 1]).lower()}"
    if when.day and not when.bound:
        return f"{when.day}/{when.month}/{when.year}"
    return partial_words(when)
