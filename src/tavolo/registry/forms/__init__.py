"""The boundary of the register: what was typed becomes values, or a sentence beside it."""

from tavolo.registry.forms.base import ActForm, ConfirmForm
from tavolo.registry.forms.fields import MunicipalityField, PartialDayField, seat_words
from tavolo.registry.forms.organisation import (
    EditOrganisationForm,
    NewOrganisationForm,
    OrganisationForm,
    initial_of,
)

__all__ = [
    "ActForm",
    "ConfirmForm",
    "EditOrganisationForm",
    "MunicipalityField",
    "NewOrganisationForm",
    "OrganisationForm",
    "PartialDayField",
    "initial_of",
    "seat_words",
]
