"""What a network says of itself in the statements at the foot of every page."""

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.network import Setting

CONTROLLER = Setting("portal.controller", _("Who answers for the personal data"), "", str)
DATA_PROTECTION = Setting(
    "portal.data_protection", _("Contact of the data protection officer"), "", str
)
ACCESSIBILITY_STATEMENT = Setting(
    "portal.accessibility_statement", _("Address of the official accessibility statement"), "", str
)
ACCESSIBILITY_CONTACT = Setting(
    "portal.accessibility_contact", _("Whom to write to about accessibility"), "", str
)
STATEMENTS = (CONTROLLER, DATA_PROTECTION, ACCESSIBILITY_STATEMENT, ACCESSIBILITY_CONTACT)
