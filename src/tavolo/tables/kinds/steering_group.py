"""Few of a body, who accompany it and above all prompt it."""

from django.utils.translation import gettext_lazy as _

from tavolo.tables.plugs import BodyKind

BodyKind(
    "steering_group",
    "cabine-di-regia",
    _("Steering group"),
    _("Steering groups"),
    order=40,
    grouped=True,
)
