"""Areas: which, of what, how large, and who lives there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, Max, OuterRef, Q, QuerySet, Sum

from tavolo.kernel.dated import valid_on
from tavolo.kernel.errors import NotFound
from tavolo.territory.models import Area, AreaAlias, AreaMembership, Municipality, Population


@dataclass(frozen=True)
class Residents:
    """Who lived there on 1 January of `year`, in those municipalities for which it is known.

    `known` of `municipalities` answered; with none of them there is no number at all, and not 0.
    """

    year: int
    women: int
    men: int
    known: int
    municipalities: int

    @property
    def total(self) -> int | None:
        return self.women + self.men if self.known else None

    @property
    def is_whole(self) -> bool:
        return self.known == self.municipalities

    @property
    def share_of_women(self) -> float | None:
        return self.women / (self.women + self.men) if self.women + self.men else None

    def __add__(self, other: "Residents") -> "Residents":
        return Residents(
            self.year,
            self.women + other.women,
            self.men + other.men,
            self.known + other.known,
            self.municipalities + other.municipalities,
        )


@dataclass(frozen=True)
class AreaSummary:
    """An area on a day; `km2` is the sum of the known surfaces, None where none is."""

    kind: str
    code: str
    name: str
    title: str
    short: str
    km2: float | None
    residents: Residents
    key: int = field(default=0, compare=False)
    sort_key: str = field(default="", compare=False)

    @property
    def municipalities(self) -> int:
        return self.residents.municipalities


def latest_year() -> int | None:
    """The newest year of which there is population; None before the first import."""
    year: int | None = Population.objects.aggregate(year=Max("year"))["year"]
    return year


def area_at(kind: str, code: str) -> tuple[Area, bool]:
    """The area under that code, and whether the code is a former one. Refuses with NotFound."""
    areas = Area.objects.select_related("parent", "successor")
    found = areas.filter(kind=kind, code=code).first()
    if found is not None:
        return found, False
    alias = (
        AreaAlias.objects.select_related("area__parent", "area__successor")
        .filter(kind=kind, code=code)
        .first()
    )
    if alias is None:
        raise NotFound
    return alias.area, True


def areas_named(kinds: Sequence[str], *, on: date) -> list[tuple[str, str, str]]:
    """Kind, code and full name of every area of these kinds that has members on that day, by name."""
    members = AreaMembership.objects.on(on).filter(area=OuterRef("pk"))
    areas = Area.objects.filter(Exists(members), kind__in=kinds).order_by("sort_key", "id")
    return list(areas.values_list("kind", "code", "title"))


def municipalities_in(area: Area, *, on: date, whole: bool = False) -> QuerySet[Municipality]:
    """The municipalities that belong to the area on that day; `whole` leaves out those in part."""
    members = AreaMembership.objects.on(on).filter(area=area)
    if whole:
        members = members.filter(unit=None)
    return Municipality.objects.filter(pk__in=members.values("municipality"))


def municipalities_in_any(areas: QuerySet[Area], *, on: date) -> QuerySet[Municipality]:
    """The municipalities that belong to at least one of the areas on that day."""
    members = AreaMembership.objects.on(on).filter(area__in=areas)
    return Municipality.objects.filter(pk__in=members.values("municipality"))


def municipalities_by_area(areas: QuerySet[Area], *, on: date) -> dict[int, list[int]]:
    """Which municipalities belong wholly to which of the areas on that day, by primary keys; one query."""
    found: dict[int, list[int]] = {}
    rows = AreaMembership.objects.on(on).filter(area__in=areas, unit=None)
    for area, municipality in rows.values_list("area_id", "municipality_id"):
        found.setdefault(area, []).append(municipality)
    return found


def municipalities_by_key(keys: Iterable[int]) -> QuerySet[Municipality]:
    """The municipalities with those primary keys, for queries that ask of several."""
    return Municipality.objects.filter(pk__in=list(keys))


def with_residents(
    municipalities: QuerySet[Municipality], year: int | None
) -> QuerySet[Municipality]:
    """Each with `women`, `men` and `residents` of that year, None where they are not known."""
    counted = FilteredRelation("populations", condition=Q(populations__year=year or 0))
    return municipalities.annotate(
        counted=counted,
        women=F("counted__women"),
        men=F("counted__men"),
        residents=F("counted__total"),
    )


def summaries(areas: QuerySet[Area], *, on: date, year: int | None) -> list[AreaSummary]:
    """Each of the areas with its sums on that day, by name; one query.

    An area without members on the day is left out. Of a municipality of which parts alone belong,
    neither residents nor surface are known.
    """
    whole = Q(memberships__unit__isnull=True)
    counted = FilteredRelation(
        "memberships__municipality__populations",
        condition=Q(memberships__municipality__populations__year=year or 0),
    )
    rows = (
        areas.filter(valid_on(on, "memberships__"))
        .annotate(counted=counted)
        .values("id", "kind", "code", "name", "title", "short", "sort_key")
        .annotate(
            km2=Sum("memberships__municipality__km2", filter=whole),
            municipalities=Count("memberships__municipality", distinct=True),
            known=Count("counted__year", filter=whole),
            women=Sum("counted__women", filter=whole, default=0),
            men=Sum("counted__men", filter=whole, default=0),
        )
        .order_by("sort_key", "id")
    )
    return [_summary(row, year) for row in rows]


def country_summary(regions: Iterable[AreaSummary], year: int | None) -> AreaSummary:
    """All regions together."""
    regions = list(regions)
    surfaces = [region.km2 for region in regions if region.km2 is not None]
    nobody = Residents(year or 0, 0, 0, 0, 0)
    return AreaSummary(
        kind="country",
        code="IT",
        name="Italia",
        title="Italia",
        short="IT",
        km2=sum(surfaces) if surfaces else None,
        residents=reduce(Residents.__add__, (region.residents for region in regions), nobody),
    )


def _summary(row: Mapping[str, Any], year: int | None) -> AreaSummary:
    named = {name: row[name] for name in ("kind", "code", "name", "title", "short", "km2")}
    return AreaSummary(
        **named, residents=_residents(row, year), key=row["id"], sort_key=row["sort_key"]
    )


def _residents(row: Mapping[str, Any], year: int | None) -> Residents:
    return Residents(year or 0, row["women"], row["men"], row["known"], row["municipalities"])
