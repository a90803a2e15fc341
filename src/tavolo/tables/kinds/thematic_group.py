"""A numbered group that develops the work of a table on one theme."""

from django.utils.translation import gettext_lazy as _

from tavolo.tables.plugs import BodyKind, GroupPreset

BodyKind(
    "thematic_group",
    "gruppi-tematici",
    _("Thematic group"),
    _("Thematic groups"),
    order=50,
    grouped=True,
)
GroupPreset(
    "milano_groups",
    _("The five groups of Milano"),
    "thematic_group",
    (
        (1, "Contrasto alla violenza di genere", "violenza di genere"),
        (2, "Cultura di genere e prevenzione", "cultura di genere"),
        (3, "Lavoro, imprenditoria, conciliazione", "lavoro"),
        (4, "Contrasto al fenomeno della tratta", "tratta"),
        (5, "Migranti", "migranti"),
    ),
    "Comune di Rozzano, «Un tavolo contro la tratta degli esseri umani»",
)
