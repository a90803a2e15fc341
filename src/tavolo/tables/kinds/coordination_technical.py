"""Those who do the work in the offices, together."""

from django.utils.translation import gettext_lazy as _

from tavolo.tables.plugs import BodyKind

BodyKind(
    "coordination_technical",
    "coordinamenti-tecnici",
    _("Technical coordination"),
    _("Technical coordinations"),
    order=30,
    political=False,
)
