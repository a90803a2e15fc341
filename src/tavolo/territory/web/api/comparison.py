"""`/areas/compare`: two kinds of area laid over each other, on any day."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, NotRequired

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from pydantic import Field
from typing_extensions import TypedDict

from tavolo.kernel.errors import NotFound
from tavolo.territory import queries
from tavolo.territory.models import Area
from tavolo.territory.queries import AreaThere, Comparison, Overlap, Pair, Partition, Place
from tavolo.territory.web.api import examples, records, types
from tavolo.territory.web.api.parameters import FirstKind, OtherKind, Within, area_on, known_kind
from tavolo.ui.api import AsOf, Router, answer, day_of, wrong

_NO_AREA = gettext_noop("names no area: write its kind, a slash and its code")


class PlaceRef(types.MunicipalityRef):
    unit: NotRequired[
        Annotated[str, Field(description=gettext_noop("A part of the municipality alone."))]
    ]


class AreaWithin(TypedDict):
    code: str
    name: str
    title: str
    municipalities: Annotated[
        list[PlaceRef],
        Field(description=gettext_noop("As far as the area lies in what was asked for.")),
    ]
    beyond: Annotated[
        int, Field(description=gettext_noop("How many of its municipalities lie outside of that."))
    ]
    population: types.PeopleOfArea | None
    demonstration: types.Demonstration


class InSeveral(PlaceRef):
    areas: Annotated[list[str], Field(description=gettext_noop("Their codes."))]


class Division(TypedDict):
    kind: str
    areas: list[AreaWithin]
    gaps: Annotated[
        list[PlaceRef], Field(description=gettext_noop("What lies in no area of this kind."))
    ]
    overlaps: Annotated[
        list[InSeveral],
        Field(description=gettext_noop("What lies in several, though the kind divides.")),
    ]
    must_cover: bool
    is_sound: Annotated[
        bool, Field(description=gettext_noop("Without overlaps and, where it must cover, gaps."))
    ]


class Shared(TypedDict):
    a: Annotated[str, Field(description=gettext_noop("Code of the area of the first kind."))]
    b: Annotated[str, Field(description=gettext_noop("Code of the area of the second kind."))]
    municipalities: Annotated[
        list[PlaceRef], Field(description=gettext_noop("What both have in common."))
    ]
    population: types.PeopleOfArea | None
    a_inside: bool
    b_inside: bool
    coincides: bool


class Compared(TypedDict):
    on: date
    a: Division
    b: Division
    pairs: list[Shared]
    agree: Annotated[
        bool, Field(description=gettext_noop("Whether both kinds divide the territory alike."))
    ]


def offer(router: Router) -> None:
    """The one address."""
    router.reads(
        "/areas/compare",
        name="areas_compare",
        answers=Compared,
        summary=gettext_noop("Two kinds of area laid over each other"),
        description=gettext_noop(
            "Which areas of two kinds share municipalities, and where one kind has gaps or overlaps."
        ),
        example=examples.COMPARISON,
    )(areas_compare)


def areas_compare(
    request: HttpRequest,  # noqa: ARG001
    *,
    a: FirstKind,
    b: OtherKind,
    within: Within,
    as_of: AsOf,
) -> HttpResponse:
    day = day_of(as_of)
    one, other = known_kind("a", a), known_kind("b", b)
    return answer(_compared(queries.compare(one, other, within=_within(within, day), on=day)))


def _within(place: str, day: date) -> Area | None:
    if not place:
        return None
    kind, _slash, code = place.partition("/")
    try:
        found = area_on(kind, code, day)
    except NotFound as fault:
        raise wrong("within", _NO_AREA) from fault
    return found.leads_to or found.area


def _compared(found: Comparison) -> Compared:
    return Compared(
        on=found.on,
        a=_division(found.one),
        b=_division(found.other),
        pairs=[_shared(pair) for pair in found.pairs],
        agree=found.agree,
    )


def _division(found: Partition) -> Division:
    return Division(
        kind=found.kind,
        areas=[_area(area) for area in found.areas],
        gaps=_places(found.gaps),
        overlaps=[_overlap(each) for each in found.overlaps],
        must_cover=found.must_cover,
        is_sound=found.is_sound,
    )


def _area(found: AreaThere) -> AreaWithin:
    return AreaWithin(
        code=found.code,
        name=found.name,
        title=found.title,
        municipalities=_places(found.places),
        beyond=found.beyond,
        population=records.people(found.residents),
        demonstration=found.demonstration,
    )


def _overlap(found: Overlap) -> InSeveral:
    return InSeveral(**_place(found.place), areas=[area.code for area in found.areas])


def _shared(pair: Pair) -> Shared:
    return Shared(
        a=pair.one.code,
        b=pair.other.code,
        municipalities=_places(pair.shared),
        population=records.people(pair.residents),
        a_inside=pair.one_inside,
        b_inside=pair.other_inside,
        coincides=pair.coincides,
    )


def _places(places: Iterable[Place]) -> list[PlaceRef]:
    return [_place(place) for place in places]


def _place(place: Place) -> PlaceRef:
    found = PlaceRef(istat_code=place.istat_code, name=place.name)
    if place.unit:
        found["unit"] = place.unit
    return found
