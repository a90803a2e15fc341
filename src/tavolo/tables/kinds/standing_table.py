"""A table that stays: organisations sit there, mostly by a public notice."""

from django.utils.translation import gettext_lazy as _

from tavolo.tables.plugs import BodyKind

BodyKind(
    "standing_table",
    "tavoli-permanenti",
    _("Standing table"),
    _("Standing tables"),
    order=10,
    open_by_notice=True,
)
