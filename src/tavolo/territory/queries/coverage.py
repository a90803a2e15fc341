"""How far a kind of area covers the country on a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from tavolo.kernel.dated import valid_on
from tavolo.territory.models import AreaMembership

PROVINCES = ("province", "metropolitan_city")


@dataclass(frozen=True)
class Uncovered:
    """A municipality that no area of the kind holds, under its name and code of today."""

    istat_code: str
    name: str


@dataclass(frozen=True)
class ProvinceCovered:
    """Of the municipalities of a province, how many lie in an area of the kind, and who does not.

    `missing` is told where some do and some do not.
    """

    key: int
    kind: str
    code: str
    title: str
    municipalities: int
    covered: int
    missing: tuple[Uncovered, ...] = ()

    @property
    def is_begun(self) -> bool:
        return 0 < self.covered < self.municipalities


def coverage_of(kind: str, *, on: date) -> list[ProvinceCovered]:
    """Every province and metropolitan city of the day, by name; two queries."""
    held = AreaMembership.objects.filter(valid_on(on), area__kind=kind).values("municipality")
    rows = (
        AreaMembership.objects.filter(valid_on(on), area__kind__in=PROVINCES)
        .order_by("area__sort_key", "area_id")
        .values_list("area_id", "area__kind", "area__code", "area__title")
        .annotate(
            municipalities=Count("municipality", distinct=True),
            covered=Count("municipality", distinct=True, filter=Q(municipality__in=held)),
        )
    )
    provinces = [ProvinceCovered(*row) for row in rows]
    missing = _missing([each.key for each in provinces if each.is_begun], kind, on)
    return [
        ProvinceCovered(
            each.key,
            each.kind,
            each.code,
            each.title,
            each.municipalities,
            each.covered,
            tuple(missing.get(each.key, ())),
        )
        for each in provinces
    ]


def _missing(provinces: list[int], kind: str, on: date) -> dict[int, list[Uncovered]]:
    held = AreaMembership.objects.filter(valid_on(on), area__kind=kind).values("municipality")
    found: dict[int, list[Uncovered]] = defaultdict(list)
    rows = (
        AreaMembership.objects.filter(valid_on(on), area__in=provinces)
        .exclude(municipality__in=held)
        .order_by("municipality__sort_key", "municipality_id")
        .values_list("area_id", "municipality__istat_code", "municipality__name")
    )
    for area, code, name in rows:
        found[area].append(Uncovered(code, name))
    return found
