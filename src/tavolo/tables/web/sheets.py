"""Who sits in a body, as a file that a spreadsheet opens."""

from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.registry.web.sheets import csv_answer
from tavolo.tables import queries
from tavolo.tables.choices import Category, DelegateKind, SeatRole
from tavolo.tables.queries import SeatLine
from tavolo.tables.web.body import category_asked
from tavolo.territory.web.asof import asked


@require_safe
def roster_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """The seats of the day, of one category where the address says so; persons as far as they are public."""
    body, day = queries.body_by_code(code), asked(request)
    found = queries.roster(body, on=day.on, category=category_asked(request))
    header = (
        *("uid", _("Who sits there"), _("Category"), _("Role"), _("Municipality of the seat")),
        *(_("ISTAT code"), _("In person"), _("Substitutes"), _("Act"), _("From"), _("Until")),
    )
    return csv_answer(f"{body.code}-{day.on.isoformat()}", header, _lines(found.lines))


def _lines(lines: tuple[SeatLine, ...]) -> Iterator[tuple[object, ...]]:
    for line in lines:
        town, seat = line.municipality, line.seat
        substitutes = [one.name for one in line.sent if one.kind == DelegateKind.SUBSTITUTE]
        yield (
            *(seat.uid, line.holder, Category(line.category).label, SeatRole(line.role).label),
            *((town.name, town.istat_code) if town else ("", "")),
            line.effective.name if line.effective else "",
            ", ".join(name for name in substitutes if name),
            *(seat.act, seat.began or seat.valid_from, seat.ended or seat.last_day),
        )
