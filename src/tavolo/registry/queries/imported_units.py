"""What is there under the subjects of an import of units."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from tavolo.kernel.text import search_key
from tavolo.registry.models import OrganisationUnit
from tavolo.registry.queries.imported import among, said

State = Mapping[str, Any]

UNIT = "unit:"
COLUMNS = {
    "uid": "uid",
    "code": "code",
    "organisation": "organisation__code",
    "name": "name",
    "kind": "kind",
    "parent": "parent__code",
    "municipality": "municipality__uid",
    "place": "municipality__name",
    "began": "began",
    "ended": "ended",
    "valid_from": "valid_from",
    "valid_until": "valid_until",
    "source": "source",
    "version": "version",
}


def unit_subject(code: str) -> str:
    return f"{UNIT}{code}"


def taken_codes() -> set[str]:
    """The codes of all units; one query."""
    return set(OrganisationUnit.objects.values_list("code", flat=True))


def units_of(organisations: Collection[str]) -> dict[tuple[str, str], State]:
    """The units of these organisations by the organisation's code and their folded name; one query."""
    return {
        (state["organisation"], search_key(state["name"])): state
        for state in _states("organisation__code", organisations)
        if state["organisation"] in organisations
    }


def unit_states(subjects: Collection[str]) -> dict[str, State]:
    """The units among the subjects, whole; one query, or none."""
    codes = {s.removeprefix(UNIT) for s in subjects if s.startswith(UNIT)}
    if not codes:
        return {}
    found = (state for state in _states("code", codes) if state["code"] in codes)
    return {unit_subject(state["code"]): state for state in found}


def _states(field: str, keys: Collection[str]) -> Iterable[dict[str, Any]]:
    rows = among(OrganisationUnit.objects.order_by("pk"), field, keys)
    for values in rows.values_list(*COLUMNS.values()):
        yield dict(zip(COLUMNS, map(said, values), strict=True))
