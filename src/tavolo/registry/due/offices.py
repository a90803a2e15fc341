"""Offices and delegated matters that end, or have just ended, and for which nobody follows."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.kernel.actor import Actor
from tavolo.kernel.plugs import Due, NothingOwed, due_sources
from tavolo.registry.choices import DelegationTheme
from tavolo.registry.queries.falling_due import EndingOffice, offices_ending
from tavolo.registry.titles import matter_words, open_office_words


class Offices(NothingOwed):
    key = "registry.offices"
    slug = "cariche"
    label = gettext_lazy("Offices")
    order = 30

    def due(self, actor: Actor, *, on: date, until: date) -> Sequence[Due]:
        return [
            Due(
                key=str(row.uid),
                title=f"{row.organisation}: {_what(row)}",
                action=(_("Enter who follows"), _filling(row)),
                network=row.network,
                last_day=row.last_day,
                note=_("held by %(name)s, nobody follows") % {"name": row.holder},
            )
            for row in offices_ending(actor, on=on, until=until)
        ]


def _what(row: EndingOffice) -> str:
    if row.theme:
        return matter_words(row.theme, row.words if row.theme == DelegationTheme.OTHER else "")
    return open_office_words(row.title, row.words, row.masculine)


def _filling(row: EndingOffice) -> str:
    section, asked = ("incarichi", "carica") if row.title else ("deleghe", "materia")
    new = reverse("registry:new_fact", kwargs={"code": row.code, "section": section})
    return f"{new}?{urlencode({asked: row.title or row.theme})}"


due_sources.add(Offices())
