"""Areas that have municipalities in common."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from tavolo.kernel.dated import valid_on
from tavolo.territory.models import Area, AreaMembership
from tavolo.territory.plugs import area_kinds


@dataclass(frozen=True)
class Sharing:
    """An area with `shared` of the municipalities of another, which has `size`; it has `municipalities`.

    `parts`: one of the two holds parts of municipalities, so that they cannot be called the same.
    """

    kind: str
    code: str
    title: str
    shared: int
    municipalities: int
    size: int
    parts: bool = False

    @property
    def coincides(self) -> bool:
        """Whether both have the same municipalities."""
        return not self.parts and self.shared == self.municipalities == self.size


def areas_sharing(area: Area, *, size: int, on: date) -> list[Sharing]:
    """Areas of other kinds with some of the `size` municipalities of this one on that day.

    By kind and name; one query. What is divided into areas itself, a region, is left out: there
    every boundary runs inside.
    """
    divided = [kind.key for kind in area_kinds if kind.children]
    held = AreaMembership.objects.filter(valid_on(on))
    mine = held.filter(area=area).values("municipality")
    reaching = held.filter(municipality__in=mine).values("area")
    rows = (
        Area.objects.exclude(kind__in=[area.kind, *divided])
        .filter(valid_on(on, "memberships__"), pk__in=reaching)
        .values("kind", "code", "title")
        .annotate(
            municipalities=Count("memberships__municipality", distinct=True),
            shared=Count(
                "memberships__municipality",
                filter=Q(memberships__municipality__in=mine),
                distinct=True,
            ),
            parts=Q(Exists(held.filter(area=area, unit__isnull=False)))
            | Q(Exists(held.filter(area=OuterRef("pk"), unit__isnull=False))),
        )
        .order_by("kind", "sort_key", "id")
    )
    return [Sharing(**row, size=size) for row in rows]
