"""Two kinds of area laid over each other: where they coincide, where they cross, who is left out."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.kernel.errors import BadRequest, NotFound
from tavolo.territory import queries
from tavolo.territory.choices import Level
from tavolo.territory.models import Area
from tavolo.territory.plugs import AreaKind, area_kinds, kind_by_slug
from tavolo.territory.queries import Comparison
from tavolo.territory.web.maps.parts import parts_map
from tavolo.territory.web.pages.common import Context, Request
from tavolo.territory.web.parts import compared, frame

TERRITORIES = ("region", "metropolitan_city", "province")
MOST_DRAWN = 700  # municipalities: beyond, a territory is to be chosen for a map
_NAMED = re.compile(r"(?P<slug>[-\w]+):(?P<code>[-\w]+)", re.ASCII)
_CHOOSE = gettext_lazy("Choose both kinds of area from the list.")
_TWO = gettext_lazy("Choose two different kinds of area.")
_WHERE = gettext_lazy("Choose the territory from the list.")


@dataclass(frozen=True)
class Choice:
    """One option of a list."""

    value: str
    label: str
    chosen: bool


def comparison(request: Request) -> Context:
    """The form, and once two kinds are chosen the report. Refuses with BadRequest what does not exist."""
    query = request.http.GET
    one, other = _kind(query.get("a", "")), _kind(query.get("b", ""))
    if one is not None and one is other:
        raise BadRequest(_TWO)
    within = _territory(query.get("entro", ""))
    context = {
        "day": frame.Day.of(request.asked, query),
        "breadcrumbs": frame.breadcrumbs(request.to, _("Two kinds of area compared")),
        "firsts": _kinds(one),
        "seconds": _kinds(other),
        "territories": _territories(request, within),
    }
    if one is None or other is None:
        return context
    return context | _report(request, one, other, within)


def _report(request: Request, one: AreaKind, other: AreaKind, within: Area | None) -> Context:
    found = queries.compare(one.key, other.key, within=within, on=request.asked.on)
    return {
        "one": one,
        "other": other,
        "within": within,
        "sentences": compared.sentences(found, one, other),
        "matrix": compared.matrix(found, one, other, request.to),
        "map": _map(request, found, one, other),
        "gaps": compared.gaps(found, one, other, request.to),
        "overlaps": compared.overlaps(found, one, other, request.to),
        "invented": any(
            area.demonstration for side in (found.one, found.other) for area in side.areas
        ),
    }


def _map(request: Request, found: Comparison, one: AreaKind, other: AreaKind) -> object:
    if not found.pairs or found.one.municipalities > MOST_DRAWN:
        return None
    keys = {place.key for place in compared.places(found)}
    drawing = queries.municipalities_drawn(
        queries.municipalities_by_key(keys), Level.MIDDLE, on=request.asked.on
    )
    return parts_map(found, (str(one.plural), str(other.plural)), drawing, request.to)


def _kind(slug: str) -> AreaKind | None:
    found = kind_by_slug(slug) if slug else None
    if slug and found is None:
        raise BadRequest(_CHOOSE)
    return found


def _kinds(chosen: AreaKind | None) -> list[Choice]:
    return [Choice(kind.slug, str(kind.plural), kind is chosen) for kind in area_kinds]


def _territory(text: str) -> Area | None:
    """The area that `<slug>:<code>` names; the whole country for nothing."""
    if not text:
        return None
    named = _NAMED.fullmatch(text)
    kind = kind_by_slug(named["slug"]) if named else None
    if named is None or kind is None:
        raise BadRequest(_WHERE)
    try:
        return queries.area_at(kind.key, named["code"])[0]
    except NotFound as fault:
        raise BadRequest(_WHERE) from fault


def _territories(request: Request, chosen: Area | None) -> list[tuple[str, list[Choice]]]:
    """Regions, metropolitan cities and provinces of the day, and whatever else was chosen."""
    named = queries.areas_named(TERRITORIES, on=request.asked.on)
    groups = [
        (
            str(area_kinds.get(kind).plural),
            [
                _area_choice(area_kinds.get(kind), code, title, chosen)
                for each, code, title in named
                if each == kind
            ],
        )
        for kind in TERRITORIES
    ]
    if chosen is not None and chosen.kind not in TERRITORIES:
        kind = area_kinds.get(chosen.kind)
        groups.append((str(kind.plural), [_area_choice(kind, chosen.code, chosen.title, chosen)]))
    return groups


def _area_choice(kind: AreaKind, code: str, title: str, chosen: Area | None) -> Choice:
    here = chosen is not None and (chosen.kind, chosen.code) == (kind.key, code)
    return Choice(f"{kind.slug}:{code}", title, here)
