"""The three facts that matter: residents, women and men, how large."""

from datetime import date

from django.utils.translation import gettext as _

from tavolo.territory.models import Municipality, Population
from tavolo.territory.queries import AreaSummary, Residents
from tavolo.ui import words
from tavolo.ui.components.facts import Fact, Facts
from tavolo.ui.words import Missing


def area_facts(summary: AreaSummary | None) -> Facts | None:
    """Residents, women and men, how many municipalities and how large."""
    if summary is None:
        return None
    return Facts((*_people(summary.residents), _size(summary)))


def municipality_facts(found: Municipality, population: Population | None) -> Facts:
    """Residents, women and men, surface and how densely it is lived in."""
    if population is None:
        people = Residents(0, 0, 0, 0, 1)
    else:
        people = Residents(population.year, population.women, population.men, 1, 1)
    derived = population is not None and population.derived
    return Facts((*_people(people, derived=derived), _surface(found, people.total)))


def _people(people: Residents, *, derived: bool = False) -> tuple[Fact, Fact]:
    if people.total is None:
        return Fact(_("residents"), Missing.UNKNOWN), Fact(_("women"), Missing.UNKNOWN)
    day = words.day_words(date(people.year, 1, 1), weekday=False)
    notes = [_("on %(date)s") % {"date": day}]
    notes += [counted_words(people)]
    if derived:
        notes.append(_("sum of the municipalities that went into it"))
    return (
        Fact(_("residents"), people.total, note="; ".join(filter(None, notes))),
        Fact(_("women"), people.women, note=_beside_women(people)),
    )


def counted_words(people: Residents) -> str:
    """Of how many municipalities the residents are known, where it is some but not all."""
    if people.is_whole or not people.known:
        return ""
    counted = {"known": words.number(people.known), "all": words.number(people.municipalities)}
    return _("municipalities counted: %(known)s of %(all)s") % counted


def _beside_women(people: Residents) -> str:
    return _("%(share)s of residents; %(men)s men") % {
        "share": words.percent(people.share_of_women or 0, 1),
        "men": words.number(people.men),
    }


def _size(summary: AreaSummary) -> Fact:
    count = summary.municipalities
    size = "" if summary.km2 is None else f"{words.number(summary.km2)} km²"
    return Fact(_("municipality") if count == 1 else _("municipalities"), count, note=size)


def _surface(found: Municipality, residents: int | None) -> Fact:
    if found.km2 is None:
        return Fact("km²", Missing.UNKNOWN)
    notes = []
    if residents is not None:
        crowd = words.number(residents / found.km2)
        notes.append(_("%(number)s residents per km²") % {"number": crowd})
    if found.boundary_year is not None:
        notes.append(_("boundary of %(year)s") % {"year": found.boundary_year})
    return Fact("km²", round(found.km2, 2), note="; ".join(notes))
