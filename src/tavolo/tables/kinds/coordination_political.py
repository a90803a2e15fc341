"""Those who hold the delegation in their municipalities, together."""

from django.utils.translation import gettext_lazy as _

from tavolo.tables.plugs import BodyKind

BodyKind(
    "coordination_political",
    "coordinamenti-politici",
    _("Political coordination"),
    _("Political coordinations"),
    order=20,
    political=True,
)
