"""What is there under the subjects of an import of organisations, whole: two equal states are the same rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.registry.models import (
    Contact,
    Identifier,
    Organisation,
    OrganisationFact,
    OrganisationName,
    Participation,
    Seat,
    Standing,
)

State = Mapping[str, Any]

ORGANISATION, MEMBER = "organisation:", "member:"
# More would not fit into one query of SQLite; then the whole table is read, and sieved here.
MOST_KEYS = 20_000

FACTS: Mapping[str, type[OrganisationFact]] = {
    "name": OrganisationName,
    "standing": Standing,
    "seat": Seat,
    "identifier": Identifier,
    "contact": Contact,
}
RECORDED = ("uid", "recorded_at", "superseded_at")
DATED = ("valid_from", "valid_until", "began", "ended", "source")
# What each fact says, by the name of its column or of that of the row that it points to.
VALUES: Mapping[str, Mapping[str, str]] = {
    "name": {"kind": "kind", "name": "name"},
    "standing": {
        "kind": "kind",
        "legal_form": "legal_form",
        "is_administration": "is_administration",
    },
    "seat": {
        "kind": "kind",
        "municipality": "municipality__uid",
        "place": "municipality__name",
        "address": "address",
        "postal_code": "postal_code",
        "public": "public",
    },
    "identifier": {"scheme": "scheme", "value": "value"},
    "contact": {
        "unit": "unit__uid",
        "channel": "channel",
        "value": "value",
        "label": "label",
        "public": "public",
    },
}
WITH_PRIVACY = frozenset({"seat", "contact"})
COLUMNS = {
    "uid": "uid",
    "code": "code",
    "steward": "steward__uid",
    "version": "version",
    "created_at": "created_at",
    "source": "source",
    "name": "name",
    "kind": "kind",
    "legal_form": "legal_form",
    "is_administration": "is_administration",
    "municipality": "municipality__uid",
    "website": "website",
    "public_email": "public_email",
    "phone": "phone",
    "tax_code": "tax_code",
    "merged_into": "merged_into__code",
    "merged_at": "merged_at",
}
PARTICIPATION = ("uid", "role", "began", "ended", "valid_from", "valid_until", "source")


def organisation_subject(code: str) -> str:
    return f"{ORGANISATION}{code}"


def member_subject(code: str) -> str:
    return f"{MEMBER}{code}"


def codes_in(subjects: Collection[str], prefix: str) -> set[str]:
    return {s.removeprefix(prefix) for s in subjects if s.startswith(prefix)}


def organisation_states(subjects: Collection[str], network: Network | None) -> dict[str, State]:
    """The organisations among the subjects with all that was ever known of them; six queries, or none.

    Of those whose steward is another network than the given one, what is public.
    """
    codes = codes_in(subjects, ORGANISATION)
    if not codes:
        return {}
    rows = among(Organisation.objects.all(), "code", codes)
    found: dict[int, dict[str, Any]] = {}
    for pk, *values in rows.values_list("pk", *COLUMNS.values()):
        state = dict(zip(COLUMNS, map(said, values), strict=True))
        if state["code"] in codes:
            found[pk] = state
    mine = str(network.uid) if network else None
    whole = {pk for pk, state in found.items() if mine in (None, state["steward"])}
    for state in found.values():
        state["facts"] = {table: [] for table in FACTS}
    for table in FACTS:
        for pk, fact in _facts(table, found):
            if pk in whole or (pk in found and fact.get("public", True)):
                found[pk]["facts"][table].append(fact)
    return {organisation_subject(state["code"]): state for state in found.values()}


def _facts(table: str, organisations: Collection[int]) -> Iterable[tuple[int, dict[str, Any]]]:
    columns = {**{name: name for name in (*RECORDED, *DATED)}, **VALUES[table]}
    rows = among(FACTS[table]._base_manager.order_by("pk"), "organisation", organisations)
    for pk, *values in rows.values_list("organisation_id", *columns.values()):
        yield pk, dict(zip(columns, map(said, values), strict=True))


def member_states(subjects: Collection[str], network: Network | None) -> dict[str, State]:
    """When the organisations among the subjects took part in the network, and how; one query, or none."""
    codes = codes_in(subjects, MEMBER)
    if not codes or network is None:
        return {}
    rows = among(Participation.objects.filter(network=network), "organisation__code", codes)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for code, *values in rows.order_by("pk").values_list("organisation__code", *PARTICIPATION):
        if code in codes:
            found[code].append(dict(zip(PARTICIPATION, map(said, values), strict=True)))
    return {
        member_subject(code): {"code": code, "spells": spells} for code, spells in found.items()
    }


def among(rows: QuerySet[Any], field: str, keys: Collection[Any]) -> QuerySet[Any]:
    """The rows whose field is among so many keys; of very many, all that have one."""
    if len(keys) > MOST_KEYS:
        return rows
    return rows.filter(**{f"{field}__in": keys})


def said(value: Any) -> Any:
    """A value of a column as JSON holds it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID | PartialDate):
        return str(value)
    return value


def known(state: State, table: str) -> list[dict[str, Any]]:
    """Of a state: the facts of a table that are held to be true and have not ended."""
    return [
        fact
        for fact in state["facts"][table]
        if fact.get("superseded_at") is None and fact.get("valid_until") is None
    ]
