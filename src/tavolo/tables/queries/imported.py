"""What is there under the subjects of imports of bodies, seats and delegates: whole, so that it can be compared."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Count, QuerySet

from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.queries.imported import said
from tavolo.registry.queries.imported_persons import digest_of
from tavolo.tables.models import (
    Body,
    BodyLineage,
    BodyName,
    BodyPurpose,
    BodyRegulation,
    BodyTerritory,
    Delegate,
    Seat,
)

State = Mapping[str, Any]
Bearer = tuple[str, str]  # code of the organisation, "" without one; digest of the name

BODY, REGULATION, SEAT = "body:", "body_regulation:", "body_seat:"
SENT, PERSON = "body_delegate:", "body_person:"
# What rests on a body or a seat is counted: whoever takes it back sees that something was added.
HELD = (Seat, Delegate, BodyPurpose, BodyRegulation, BodyLineage)


def body_subject(code: str) -> str:
    return f"{BODY}{code}"


def regulation_subject(code: str) -> str:
    return f"{REGULATION}{code}"


def person_subject(bearer: Bearer) -> str:
    return PERSON + ":".join(bearer)


def seat_subject(body: str, holder: Bearer, office: tuple[str, str], began: str) -> str:
    """A seat is told apart by body, holder, office and first day."""
    return SEAT + _short(body, *holder, *office, began)


def delegate_subject(seat: str, digest: str, kind: str, began: str) -> str:
    return SENT + _short(seat, digest, kind, began)


def body_states(subjects: Collection[str], network: Network | None) -> dict[str, State]:
    """The bodies among the subjects, with names, territory and how much rests on them; nine queries, or none."""
    codes = {s.removeprefix(BODY) for s in subjects if s.startswith(BODY)}
    if not codes:
        return {}
    bodies = [row for row in whole(Body.objects.filter(network=network)) if row["code"] in codes]
    ours: dict[str, Any] = {"body__network": network}
    names = by_body(whole(BodyName._base_manager.filter(**ours)))
    places = by_body(whole(BodyTerritory._base_manager.filter(**ours)))
    held = {model.__name__: _counted(model._base_manager.filter(**ours)) for model in HELD}
    rows = Body.objects.filter(network=network, parent__isnull=False).order_by()
    held["Group"] = dict(rows.values_list("parent").annotate(number=Count("pk")))
    return {
        body_subject(row["code"]): {
            "body": row,
            "names": names[row["id"]],
            "places": places[row["id"]],
            "held": {name: counts.get(row["id"], 0) for name, counts in held.items()},
        }
        for row in bodies
    }


def regulation_states(subjects: Collection[str], network: Network | None) -> dict[str, State]:
    """All that was ever adopted of each; one query, or none."""
    codes = {s.removeprefix(REGULATION) for s in subjects if s.startswith(REGULATION)}
    if not codes:
        return {}
    rows = BodyRegulation._base_manager.filter(body__network=network)
    found: dict[str, list[Any]] = defaultdict(list)
    for row in whole(rows, "body__code"):
        if row["body__code"] in codes:
            found[regulation_subject(row["body__code"])].append(row)
    return {subject: {"rows": rows} for subject, rows in found.items()}


def seat_states(subjects: Collection[str], network: Network | None) -> dict[str, State]:
    """Every row of these seats, and how many are sent to them; two queries, or none."""
    wanted = {s for s in subjects if s.startswith(SEAT)}
    if not wanted:
        return {}
    sent = Delegate._base_manager.filter(body__network=network).order_by()
    sums = sent.values_list("seat").annotate(number=Count("pk"))
    counts = {str(seat): number for seat, number in sums}
    found: dict[str, Any] = {}
    for row in seats_in(network):
        subject = row["subject"]
        if subject in wanted:
            state = found.setdefault(subject, {"rows": [], "sent": 0})
            state["rows"].append(row)
            state["sent"] = counts.get(row["uid"], 0)
    return found


def seats_in(network: Network | None) -> list[dict[str, Any]]:
    """Every row of every seat of a network, with its `subject`; one query."""
    rows = whole(
        Seat._base_manager.filter(network=network, unit__isnull=True),
        *("body__code", "organisation__code", "person__given_name", "person__family_name"),
    )
    for row in rows:
        digest = digest_of(row["person__given_name"] or "", row["person__family_name"] or "")
        holder = (row["organisation__code"] or "", digest if row["person_id"] else "")
        office = (row["title"], row["theme"])
        row["subject"] = seat_subject(row["body__code"], holder, office, row["began"] or "")
    return rows


def delegate_states(subjects: Collection[str], network: Network | None) -> dict[str, State]:
    """Every row of these delegates; one query, or none."""
    wanted = {s for s in subjects if s.startswith(SENT)}
    if not wanted:
        return {}
    found: dict[str, Any] = {}
    for row in delegates_in(network):
        if row["subject"] in wanted:
            found.setdefault(row["subject"], {"rows": []})["rows"].append(row)
    return found


def delegates_in(network: Network | None) -> list[dict[str, Any]]:
    """Every row of every delegate of a network, with its `subject` and `digest`; one query."""
    rows = whole(
        Delegate._base_manager.filter(body__network=network),
        *("person__given_name", "person__family_name"),
    )
    for row in rows:
        row["digest"] = digest_of(row["person__given_name"], row["person__family_name"])
        row["subject"] = delegate_subject(
            row["seat"], row["digest"], row["kind"], row["began"] or ""
        )
    return rows


def seated_persons(network: Network | None) -> dict[Bearer, dict[int, Person]]:
    """Who sits in bodies of the network or is sent there, by organisation and name; three queries."""
    places: dict[int, set[str]] = defaultdict(set)
    holders = {}
    for row in seats_in(network):
        holders[row["uid"]] = row["organisation__code"] or ""
        if row["person_id"]:
            places[row["person_id"]].add("")
    for row in delegates_in(network):
        places[row["person_id"]].add(holders.get(row["seat"], ""))
    found: dict[Bearer, dict[int, Person]] = defaultdict(dict)
    for person in Person.objects.filter(pk__in=places):
        digest = digest_of(person.given_name, person.family_name)
        for code in places[person.pk]:
            found[code, digest][person.pk] = person
    return found


def person_states(subjects: Collection[str], network: Network | None) -> dict[str, State]:
    """Who is called so and sits there, or is sent, for the organisation; three queries, or none."""
    wanted = {s for s in subjects if s.startswith(PERSON)}
    if not wanted:
        return {}
    return {
        subject: {"persons": [_person(person) for person in persons.values()]}
        for bearer, persons in seated_persons(network).items()
        if (subject := person_subject(bearer)) in wanted
    }


def whole(rows: QuerySet[Any], *more: str) -> list[dict[str, Any]]:
    """These rows, every column of them and `more`, as JSON holds them."""
    columns = [field.attname for field in rows.model._meta.concrete_fields]
    found = rows.order_by("pk").values(*columns, *more)
    return [{name: said(value) for name, value in row.items()} for row in found]


def by_body(rows: Iterable[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["body_id"]].append(row)
    return found


def _person(person: Person) -> dict[str, Any]:
    return {
        "uid": str(person.uid),
        "given_name": person.given_name,
        "family_name": person.family_name,
        "version": person.version,
    }


def _counted(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.order_by().values_list("body").annotate(number=Count("pk")))


def _short(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:40]
