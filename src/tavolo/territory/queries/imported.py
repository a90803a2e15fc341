"""What is there under the subjects of an import, whole: two equal states are the same rows."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from tavolo.territory.models import Area, AreaMembership, Population, SubMunicipalUnit

State = Mapping[str, Any]


def area_subject(kind: str, code: str) -> str:
    return f"area:{kind}:{code}"


def membership_subject(
    kind: str, code: str, town: object, unit: object | None, begins: date | None
) -> str:
    return f"member:{kind}:{code}:{town}:{unit or ''}:{_said(begins) or ''}"


def unit_subject(town: object, code: str, begins: date | None) -> str:
    return f"unit:{town}:{code}:{_said(begins) or ''}"


def population_subject(town: object, year: int) -> str:
    return f"population:{town}:{year}"


def area_states(subjects: Collection[str]) -> dict[str, State]:
    """The areas among the subjects; one query, or none."""
    wanted = {tuple(s.split(":")[1:3]) for s in subjects if s.startswith("area:")}
    if not wanted:
        return {}
    rows = Area.objects.filter(
        kind__in={kind for kind, _code in wanted}, code__in={code for _kind, code in wanted}
    ).select_related("parent", "successor")
    return {
        area_subject(row.kind, row.code): area_state(row)
        for row in rows
        if (row.kind, row.code) in wanted
    }


def area_state(row: Area) -> State:
    return {
        "uid": str(row.uid),
        "kind": row.kind,
        "code": row.code,
        "name": row.name,
        "title": row.title,
        "short": row.short,
        "parent": str(row.parent.uid) if row.parent else None,
        "successor": str(row.successor.uid) if row.successor else None,
        "longitude": row.longitude,
        "latitude": row.latitude,
        "boundary_year": row.boundary_year,
        "version": row.version,
    }


def membership_states(subjects: Collection[str]) -> dict[str, State]:
    """The memberships among the subjects; one query, or none."""
    wanted = {subject for subject in subjects if subject.startswith("member:")}
    if not wanted:
        return {}
    return {subject: state for subject, state in _memberships(wanted) if subject in wanted}


def _memberships(wanted: Collection[str]) -> Iterable[tuple[str, State]]:
    areas = {tuple(subject.split(":")[1:3]) for subject in wanted}
    rows = AreaMembership.objects.filter(
        area__kind__in={kind for kind, _code in areas},
        area__code__in={code for _kind, code in areas},
    ).values_list(
        *("area__kind", "area__code", "municipality__uid", "unit__uid"),
        *("valid_from", "valid_until", "source", "demonstration"),
    )
    for kind, code, town, unit, begins, *rest in rows:
        subject = membership_subject(kind, code, town, unit, begins)
        yield subject, membership_state(kind, code, town, unit, begins, *rest)


def membership_state(  # noqa: PLR0917  the columns of one table
    kind: str,
    code: str,
    town: object,
    unit: object | None,
    begins: date | None,
    until: date | None,
    source: str,
    demonstration: bool,  # noqa: FBT001
) -> dict[str, Any]:
    return {
        "kind": kind,
        "area": code,
        "municipality": str(town),
        "unit": str(unit) if unit else None,
        "valid_from": _said(begins),
        "valid_until": _said(until),
        "source": source,
        "demonstration": demonstration,
    }


def unit_states(subjects: Collection[str]) -> dict[str, State]:
    """The parts of municipalities among the subjects; one query, or none."""
    wanted = set(subjects)
    if not wanted:
        return {}
    rows = SubMunicipalUnit.objects.filter(
        municipality__uid__in={subject.split(":")[1] for subject in wanted}
    ).select_related("municipality")
    found = {
        unit_subject(row.municipality.uid, row.code, row.valid_from): unit_state(row)
        for row in rows
    }
    return {subject: state for subject, state in found.items() if subject in wanted}


def unit_state(row: SubMunicipalUnit) -> dict[str, Any]:
    return {
        "uid": str(row.uid),
        "municipality": str(row.municipality.uid),
        "code": row.code,
        "name": row.name,
        "term": row.term,
        "valid_from": _said(row.valid_from),
        "valid_until": _said(row.valid_until),
        "source": row.source,
    }


def population_states(subjects: Collection[str]) -> dict[str, State]:
    """The populations among the subjects; one query, or none."""
    wanted = set(subjects)
    if not wanted:
        return {}
    rows = Population.objects.filter(
        year__in={int(subject.split(":")[2]) for subject in wanted},
        municipality__uid__in={subject.split(":")[1] for subject in wanted},
    ).select_related("municipality")
    found = {
        population_subject(row.municipality.uid, row.year): population_state(row) for row in rows
    }
    return {subject: state for subject, state in found.items() if subject in wanted}


def population_state(row: Population) -> dict[str, Any]:
    return {
        "municipality": str(row.municipality.uid),
        "year": row.year,
        "women": row.women,
        "men": row.men,
        "total": row.total,
        "bands": row.bands,
        "derived": row.derived,
        "source": row.source,
    }


def _said(day: date | None) -> str | None:
    return day.isoformat() if day else None
