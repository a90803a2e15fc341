"""Who makes up an area: on a day, and who came and left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from tavolo.kernel.dated import Period, valid_on
from tavolo.territory.models import Area, AreaMembership
from tavolo.territory.queries.areas import AreaSummary, Residents


@dataclass(frozen=True)
class Member:
    """A municipality, or its part `unit`, in an area for a time; `women` and `men` are None if not known.

    Name and code are those of the day that was asked for; of who was not then, those of today.
    """

    key: int
    istat_code: str
    name: str
    sort_key: str
    km2: float | None
    women: int | None
    men: int | None
    unit: str
    period: Period
    source: str
    demonstration: bool

    @property
    def residents(self) -> int | None:
        """Of the whole municipality; of a part of it they are not known."""
        if self.unit or self.women is None or self.men is None:
            return None
        return self.women + self.men


@dataclass(frozen=True)
class Turn:
    """A day on which an area became another: who came, who left, by name."""

    day: date
    came: tuple[Member, ...]
    left: tuple[Member, ...]


def members_of(area: Area, *, on: date, year: int | None) -> list[Member]:
    """Everybody who ever belonged to the area, with residents of that year; by name, one query."""
    return _members(AreaMembership.objects.filter(area=area), on, year)


def turns_of(area: Area, *, on: date) -> tuple[Turn, ...]:
    """The days on which somebody came or left, for an area of which nobody else is asked; one query."""
    dated = Q(valid_from__isnull=False) | Q(valid_until__isnull=False)
    return turns(_members(AreaMembership.objects.filter(dated, area=area), on, None))


def turns(members: Iterable[Member]) -> tuple[Turn, ...]:
    """The days on which some of these came or left, the earliest first."""
    members = list(members)
    ends = {end for m in members for end in (m.period.valid_from, m.period.valid_until) if end}
    return tuple(
        Turn(
            day,
            tuple(member for member in members if member.period.valid_from == day),
            tuple(member for member in members if member.period.valid_until == day),
        )
        for day in sorted(ends)
    )


def summary_of(area: Area, members: Iterable[Member], year: int | None) -> AreaSummary:
    """The sums of an area over these members; a municipality of which parts belong counts once."""
    whole = {member.key: member for member in members}
    whole |= {member.key: member for member in members if not member.unit}
    return AreaSummary(
        kind=area.kind,
        code=area.code,
        name=area.name,
        title=area.title,
        short=area.short,
        km2=_surface(whole.values()),
        residents=_residents(whole.values(), year),
        key=area.pk,
        sort_key=area.sort_key,
    )


def _surface(members: Iterable[Member]) -> float | None:
    known = [member.km2 for member in members if member.km2 is not None and not member.unit]
    return sum(known) if known else None


def _residents(members: Iterable[Member], year: int | None) -> Residents:
    members = list(members)
    known = [member for member in members if member.residents is not None]
    women, men = (sum(getattr(m, sex) for m in known) for sex in ("women", "men"))
    return Residents(year or 0, women, men, len(known), len(members))


def _members(
    memberships: QuerySet[AreaMembership, Any], on: date, year: int | None
) -> list[Member]:
    rows = memberships.annotate(
        naming=FilteredRelation(
            "municipality__versions", condition=valid_on(on, "municipality__versions__")
        ),
        counted=FilteredRelation(
            "municipality__populations", condition=Q(municipality__populations__year=year or 0)
        ),
        code_then=F("naming__istat_code"),
        name_then=F("naming__name"),
        order_then=F("naming__sort_key"),
        women=F("counted__women"),
        men=F("counted__men"),
    ).values_list(
        "municipality_id",
        "municipality__istat_code",
        "municipality__name",
        "municipality__sort_key",
        "code_then",
        "name_then",
        "order_then",
        "municipality__km2",
        "women",
        "men",
        "unit__name",
        "valid_from",
        "valid_until",
        "source",
        "demonstration",
    )
    return sorted(map(_member, rows), key=lambda member: (member.sort_key, member.key, member.unit))


def _member(row: Any) -> Member:
    key, code, name, order, code_then, name_then, order_then, km2, women, men, unit, *rest = row
    begin, end, source, demonstration = rest
    return Member(
        key,
        code_then or code,
        name_then or name,
        order_then or order,
        km2,
        women,
        men,
        unit or "",
        Period(begin, end),
        source,
        demonstration,
    )
