"""What is typed at the desk."""

from tavolo.desk.forms.base import ActForm, ConfirmForm
from tavolo.desk.forms.network import (
    MUNICIPALITY,
    InviteForm,
    InviteMemberForm,
    InviteSecretaryForm,
    PlaceForm,
    SettingsForm,
    places_called,
    settings_of,
)

__all__ = [
    "MUNICIPALITY",
    "ActForm",
    "ConfirmForm",
    "InviteForm",
    "InviteMemberForm",
    "InviteSecretaryForm",
    "PlaceForm",
    "SettingsForm",
    "places_called",
    "settings_of",
]
