"""The page of a body: what it is, who sits there, its groups, who has not joined, how it went on."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.kernel.actor import Actor
from tavolo.tables import queries
from tavolo.tables.choices import ActKind, Category, Level, SeatRole
from tavolo.tables.models import Body
from tavolo.tables.plugs import body_kinds
from tavolo.tables.queries import BodyAsOf, Roster, SeatLine
from tavolo.tables.web.bodies import body_href, part_of
from tavolo.tables.web.story import story_of, when_words
from tavolo.territory.web.addresses import Addresses
from tavolo.territory.web.asof import Asked, asked
from tavolo.territory.web.parts.frame import Day
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.facts import Fact, Facts
from tavolo.ui.components.table import Cell, Column, Filter, Option, Row, Table
from tavolo.ui.plugs import panels_of
from tavolo.ui.words import Missing

Context = dict[str, Any]


@require_safe
def body(request: HttpRequest, code: str) -> HttpResponse:
    """One body, or one group, as of any day."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    day = asked(request)
    known = queries.body_as_of(queries.body_by_code(code), on=day.on)
    whole = queries.roster(known.body, on=day.on, actor=actor)
    lacking = queries.not_joined(known.body, on=day.on) if known.territories else []
    context = {
        **_title(known, day, request),
        "facts": _facts(known, whole),
        "about": about(known, day),
        "purposes": _purposes(known),
        "groups": _groups(known, day),
        "roster": _roster(whole, day, category_asked(request)),
        "counts": _counts(whole),
        "vacant": whole.vacancies,
        "lacking": lacking,
        "story": story_of(known, lambda other: body_href(other, day)),
        "panels": panels_of(known.body, actor),
    }
    return render(request, "tables/body.html", context)


def category_asked(request: HttpRequest) -> str:
    """The key of a category, "" where the address names none that there is."""
    given = request.GET.get("categoria", "")
    return given if given in Category.values else ""


def _title(known: BodyAsOf, day: Asked, request: HttpRequest) -> Context:
    above = [Crumb(_("Tables and groups"), reverse("tables:bodies"))]
    if known.body.parent is not None:
        above.append(Crumb(known.body.parent.name, body_href(known.body.parent, day)))
    return {
        "name": known.name,
        "exists": known.exists,
        "kind": body_kinds.get(known.body.kind).label,
        "part_of": part_of(known.body),
        "parent_href": body_href(known.body.parent, day) if known.body.parent else "",
        "network": known.body.network,
        "day": Day.of(day, request.GET),
        "breadcrumbs": Breadcrumbs(tuple(above), known.name),
    }


def _facts(known: BodyAsOf, whole: Roster) -> Facts:
    began = known.body.started or known.body.established
    label = _("Works began") if known.body.started else _("Established")
    return Facts(
        (
            Fact(_("Adherents"), len(whole.adherents)),
            Fact(_("Groups"), len(known.groups)),
            Fact(label, when_words(began) or Missing.UNKNOWN),
        )
    )


def about(known: BodyAsOf, day: Asked) -> list[tuple[str, str, str]]:
    """Term, value, address; what nobody has said is left out."""
    row = known.body
    promoter = row.promoter
    told = [
        (_("Official name"), known.official.name if known.official else "", ""),
        (_("Also called"), ", ".join(_other_names(known)), ""),
        (_("Theme"), row.theme, ""),
        (_("Level"), str(Level(row.level).label) if row.level else "", ""),
        (_("Promoted by"), promoter.name if promoter else "", _organisation_href(promoter)),
        (_("On the impulse of"), row.on_impulse_of, ""),
        (_("Founding act"), _act_words(row), ""),
        (_("Established"), when_words(row.established), ""),
        (_("Works began"), when_words(row.started), ""),
        (_("Source"), row.source, ""),
    ]
    to = Addresses(day)
    for place in known.territories:
        area, town = place.area, place.municipality
        if area is not None:
            told.append((_("Territory"), area.title, to.area(area.kind, area.code)))
        elif town is not None:
            told.append((_("Territory"), town.name, to.municipality(town.istat_code)))
    return [line for line in told if line[1]]


def _other_names(known: BodyAsOf) -> list[str]:
    shown = {known.name, known.official.name if known.official else ""}
    return list(dict.fromkeys(row.name for row in known.names_now if row.name not in shown))


def _act_words(row: Body) -> str:
    kind = str(ActKind(row.founding_kind).label) if row.founding_kind else ""
    return ": ".join(part for part in (kind, row.founding_act) if part)


def _organisation_href(promoter: Any) -> str:
    return reverse("registry:organisation", args=[promoter.code]) if promoter else ""


def _purposes(known: BodyAsOf) -> list[tuple[int, str, str]]:
    named = {sphere.key: sphere.name for sphere in known.spheres}
    return [
        (row.number, row.words, ", ".join(named[key] for key in row.spheres if key in named))
        for row in known.purposes
    ]


def _groups(known: BodyAsOf, day: Asked) -> Table | None:
    if not known.groups:
        return None
    rosters = queries.rosters(known.groups, on=day.on)
    names = queries.names_on(known.groups, on=day.on)
    return Table(
        caption=_("Groups"),
        columns=(
            Column(_("Group")),
            Column(_("Kind")),
            Column(_("Coordinated by")),
            Column(_("Adherents"), numeric=True),
        ),
        rows=tuple(
            Row.of(
                Cell(_numbered(group, names[group.pk]), href=body_href(group, day)),
                str(body_kinds.get(group.kind).label),
                _coordinators(rosters[group.pk]) or _("not said"),
                len(rosters[group.pk].adherents),
            )
            for group in known.groups
        ),
        empty=EmptyState(_("No group"), _("It has none on this day.")),
        key="groups",
        caption_hidden=True,
    )


def _numbered(group: Body, name: str) -> str:
    return f"{group.number}. {name}" if group.number else name


def _coordinators(found: Roster) -> str:
    leads = {SeatRole.COORDINATOR, SeatRole.CHAIR}
    return ", ".join(line.holder for line in found.lines if line.role in leads)


def _roster(whole: Roster, day: Asked, category: str) -> Table:
    lines = [line for line in whole.lines if not category or line.category == category]
    there = [one for one in Category if one in {line.category for line in whole.lines}]
    query = dict(day.day_query) | ({"categoria": category} if category else {})
    sheet = reverse("tables:roster_csv", args=[whole.body.code])
    return Table(
        caption=_("Who sits there"),
        columns=(
            Column(_("Who")),
            Column(_("Role")),
            Column(_("In person")),
            Column(_("Since")),
        ),
        rows=tuple(_line(line, day) for line in lines),
        empty=EmptyState(_("Nobody sits there"), _("On this day no seat is known.")),
        key="seats",
        filters=(
            Filter("categoria", _("Category"), category, tuple(Option(c, c.label) for c in there)),
        ),
        kept=tuple(day.day_query.items()),
        exports=(CardLink(_("All as CSV"), f"{sheet}?{urlencode(query)}".removesuffix("?")),),
        caption_hidden=True,
    )


def _line(line: SeatLine, day: Asked) -> Row:
    seat = line.seat
    href = ""
    if seat.organisation is not None:
        href = reverse("registry:organisation", args=[seat.organisation.code])
        href += f"?{urlencode(day.day_query)}" if day.day_query else ""
    return Row.of(
        Cell(line.holder, href=href, note=Category(line.category).label),
        str(SeatRole(line.role).label),
        in_person(line),
        when_words(seat.began) or _("not said"),
    )


def in_person(line: SeatLine) -> Cell:
    """Who sits there; who is not public is somebody, and that is said."""
    if line.vacant:
        return Cell(Badge("off", _("vacant")))
    first = line.effective
    if first is None:
        return Cell(_("not said"))
    if first.person is None:
        return Cell(_("named, not public"))
    return Cell(first.name, note=first.words)


def _counts(whole: Roster) -> list[tuple[str, int]]:
    return [(str(Category(key).label), n) for key, n in sorted(whole.by_category.items())]
