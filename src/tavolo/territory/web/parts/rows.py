"""The lists under the maps: areas with their sums, municipalities with their residents."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tavolo.territory.queries import AreaSummary
from tavolo.territory.queries.members import Member
from tavolo.territory.web.listing import Line, Listing, Measure, with_figure
from tavolo.territory.web.pages.common import Request
from tavolo.territory.web.parts.facts import counted_words
from tavolo.territory.web.parts.frame import PARTS
from tavolo.territory.web.shades import Shading
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Row, Table
from tavolo.ui.words import Missing

Values = tuple[float | None, ...]


def areas_table(
    caption: str,
    areas: Sequence[AreaSummary],
    whole: AreaSummary | None,
    shading: Shading | None,
    request: Request,
    *,
    empty: EmptyState | None = None,
) -> Table:
    """Areas with their sums, and the sum of all at the foot; without `empty` none is there yet."""
    measures, filled = with_figure(_area_measures(), shading)
    lines = [
        Line(
            f"{each.kind}.{each.code}",
            each.title,
            each.sort_key,
            request.to.area(each.kind, each.code),
            filled(each.key, _area_values(each)),
            note=counted_words(each.residents),
        )
        for each in areas
    ]
    listing = Listing(
        caption,
        _("Area"),
        measures,
        lines,
        empty
        or EmptyState(
            _("No areas yet"), _("They will be here once the territory has been imported.")
        ),
        PARTS,
    )
    foot = _foot(measures, _area_values(whole), shading) if whole else None
    return listing.table(request.http.GET, foot=foot)


def _area_measures() -> tuple[Measure, ...]:
    return (
        Measure("comuni", _("Municipalities")),
        Measure("residenti", _("Residents"), main=True),
        Measure("numero-donne", _("Women")),
        Measure("superficie", "km²"),
    )


def _area_values(row: AreaSummary) -> Values:
    women = row.residents.women if row.residents.known else None
    return row.municipalities, row.residents.total, women, row.km2


def municipalities_table(
    members: Sequence[Member],
    whole: AreaSummary | None,
    shading: Shading | None,
    request: Request,
    empty: EmptyState,
) -> Table:
    """The municipalities of an area, with who lives there, page by page; `empty` where it has none."""
    measures, filled = with_figure(_municipality_measures(), shading)
    lines = [
        Line(
            f"{each.istat_code}.{number}" if each.unit else each.istat_code,
            each.name,
            each.sort_key,
            request.to.municipality(each.istat_code),
            filled(each.key, _municipality_values(each)),
            note=_("only its part %(unit)s") % {"unit": each.unit} if each.unit else "",
        )
        for number, each in enumerate(members)
    ]
    listing = Listing(
        _("Municipalities"),
        _("Municipality"),
        measures,
        lines,
        empty,
        PARTS,
    )
    foot = _foot(measures, _whole_values(whole), shading) if whole else None
    return listing.table(request.http.GET, foot=foot)


def _municipality_measures() -> tuple[Measure, ...]:
    return (
        Measure("residenti", _("Residents"), main=True),
        Measure("numero-donne", _("Women")),
        Measure("numero-uomini", _("Men")),
        Measure("superficie", "km²", decimals=1),
    )


def _municipality_values(each: Member) -> Values:
    if each.unit:
        return None, None, None, None
    return each.residents, each.women, each.men, each.km2


def _whole_values(whole: AreaSummary) -> Values:
    people = whole.residents
    known = people.known > 0
    return people.total, people.women if known else None, people.men if known else None, whole.km2


def _foot(measures: tuple[Measure, ...], values: Values, shading: Shading | None) -> Row:
    if shading is not None and len(measures) > len(values):
        values = (*values, shading.whole)
    cells = zip(measures, values, strict=True)
    return Row(
        (
            Cell(_("Together")),
            *(
                Cell(Missing.UNKNOWN if value is None else value, decimals=measure.decimals)
                for measure, value in cells
            ),
        )
    )
