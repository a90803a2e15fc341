"""The components of the pages: facts, tables, breadcrumbs."""

from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tavolo.kernel.dated import Period
from tavolo.kernel.paging import Page
from tavolo.territory.models import Area, Municipality, Population
from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries import AreaSummary, Belonging, Drawn, Residents, by_age
from tavolo.territory.web import addresses
from tavolo.ui import words
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.facts import Fact, Facts
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table
from tavolo.ui.words import Missing

LIST = "elenco"
# Ages of care, of school, of work and after: where one life ends and the next begins.
AGES = (0, 3, 6, 11, 14, 18, 25, 35, 45, 55, 65, 75, 85)


def breadcrumbs(here: str, *above: Area | None) -> Breadcrumbs:
    """From Italy down; an area without one above it hangs from Italy."""
    country = Crumb(_("The territory"), reverse("territory:country"))
    areas = (Crumb(a.title, addresses.area(a.kind, a.code)) for a in above if a is not None)
    return Breadcrumbs((country, *areas), here)


def area_facts(summary: AreaSummary | None) -> Facts | None:
    """Residents, women and men, how many municipalities and how large."""
    if summary is None:
        return None
    people = summary.residents
    return Facts((*_people_facts(people), _size_fact(summary)))


def _people_facts(people: Residents) -> tuple[Fact, Fact]:
    day = _("on %(date)s") % {"date": words.day_words(date(people.year or 1, 1, 1), weekday=False)}
    if people.total is None:
        return Fact(_("residents"), Missing.UNKNOWN), Fact(_("women"), Missing.UNKNOWN)
    part = (
        ""
        if people.is_whole
        else _("; municipalities counted: %(known)s of %(all)s")
        % {
            "known": words.number(people.known),
            "all": words.number(people.municipalities),
        }
    )
    return (
        Fact(_("residents"), people.total, note=f"{day}{part}"),
        Fact(_("women"), people.women, note=_beside_women(people)),
    )


def _beside_women(people: Residents) -> str:
    return _("%(share)s of residents; %(men)s men") % {
        "share": words.percent(people.share_of_women or 0, 1),
        "men": words.number(people.men),
    }


def _size_fact(summary: AreaSummary) -> Fact:
    count = summary.municipalities
    size = "" if summary.km2 is None else f"{words.number(summary.km2)} km²"
    return Fact(_("municipality") if count == 1 else _("municipalities"), count, note=size)


def municipality_facts(
    found: Municipality, population: Population | None, year: int | None
) -> Facts:
    """Residents, women and men, surface and how densely it is lived in."""
    known = population is not None
    people = Residents(
        year or 0,
        population.women if population else 0,
        population.men if population else 0,
        int(known),
        1,
    )
    if found.km2 is None:
        surface = Fact("km²", Missing.UNKNOWN)
    else:
        crowd = people.total and _("%(number)s residents per km²") % {
            "number": words.number(people.total / found.km2)
        }
        surface = Fact("km²", round(found.km2, 2), note=crowd or "")
    return Facts((*_people_facts(people), surface))


def areas_table(caption: str, rows: list[AreaSummary], whole: AreaSummary | None) -> Table:
    """Areas with their sums, and the sum of all at the foot."""
    return Table(
        caption=caption,
        columns=(
            Column(_("Area")),
            Column(_("Municipalities"), numeric=True),
            Column(_("Residents"), numeric=True),
            Column(_("Women"), numeric=True),
            Column("km²", numeric=True),
        ),
        rows=tuple(
            _area_row(Cell(row.title, addresses.area(row.kind, row.code)), row) for row in rows
        ),
        empty=EmptyState(
            _("No areas yet"), _("They will be here once the territory has been imported.")
        ),
        key=LIST,
        foot=_area_row(Cell(_("Together")), whole) if whole and rows else None,
        dense=True,
        caption_hidden=True,
    )


def _area_row(name: Cell, row: AreaSummary) -> Row:
    known = row.residents.total is not None
    return Row.of(
        name,
        row.municipalities,
        row.residents.total,
        row.residents.women if known else None,
        None if row.km2 is None else round(row.km2),
    )


def municipalities_table(page: Page[Municipality], query: QueryDict) -> Table:
    to = addresses.Addresses()
    return Table(
        caption=_("Municipalities"),
        columns=(
            Column(_("Municipality")),
            Column(_("Residents"), numeric=True),
            Column(_("Women"), numeric=True),
            Column(_("Men"), numeric=True),
            Column("km²", numeric=True),
        ),
        rows=tuple(_municipality_row(row, to.municipality(row.istat_code)) for row in page.items),
        empty=EmptyState(
            _("No municipalities"), _("On this day no municipality belongs to this area.")
        ),
        key=LIST,
        paging=Paging.of(page, query),
        dense=True,
        caption_hidden=True,
    )


def _municipality_row(row: Municipality, href: str) -> Row:
    numbers = (getattr(row, name) for name in ("residents", "women", "men"))
    surface = Missing.UNKNOWN if row.km2 is None else round(row.km2, 1)
    return Row.of(Cell(row.name, href), *numbers, Cell(surface, decimals=1))


def neighbours_table(neighbours: list[Drawn]) -> Table:
    """The municipalities around, as the map shows them."""
    to = addresses.Addresses()
    return Table(
        caption=_("The municipalities around it"),
        columns=(Column(_("Municipality")), Column(_("Residents"), numeric=True)),
        rows=tuple(Row.of(Cell(item.name, to.of(item)), item.residents) for item in neighbours),
        empty=EmptyState(
            _("No municipality around it"), _("It lies by itself, or its boundary is not known.")
        ),
        key=LIST,
        dense=True,
        narrow="keep",
    )


def belongings_table(belongings: list[Belonging]) -> Table:
    return Table(
        caption=_("What it belongs to"),
        columns=(Column(_("Area")), Column(_("Kind")), Column(_("Period"))),
        rows=tuple(
            Row.of(
                Cell(item.title, addresses.area(item.kind, item.code)),
                area_kinds.get(item.kind).label,
                _period(item.period),
            )
            for item in belongings
        ),
        empty=EmptyState(
            _("No area"), _("On this day the municipality belongs to none of the known areas.")
        ),
        key="appartenenze",
        dense=True,
        caption_hidden=True,
    )


def _period(period: Period) -> str:
    start = (
        words.since_words(period.valid_from)
        if period.valid_from
        else _("since before the data begin")
    )
    return f"{start}, {words.until_words(period.valid_until)}" if period.valid_until else start


def ages_table(population: Population | None) -> Table | None:
    """Residents by age; None where the population is not known."""
    if population is None:
        return None
    bands = by_age(population, AGES)
    return Table(
        caption=_("Residents by age on %(date)s")
        % {"date": words.day_words(date(population.year, 1, 1), weekday=False)},
        columns=(
            Column(_("Age")),
            Column(_("Women"), numeric=True),
            Column(_("Men"), numeric=True),
            Column(_("Together"), numeric=True),
        ),
        rows=tuple(
            Row.of(_ages(band.first, band.last), band.women, band.men, band.women + band.men)
            for band in bands
        ),
        empty=EmptyState(_("No residents"), _("The source counts nobody.")),
        key="eta",
        foot=Row.of(_("Together"), population.women, population.men, population.total),
        dense=True,
        narrow="keep",
    )


def _ages(first: int, last: int | None) -> str:
    if last is None:
        return _("%(first)s years and over") % {"first": first}
    return _("%(first)s to %(last)s years") % {"first": first, "last": last}
