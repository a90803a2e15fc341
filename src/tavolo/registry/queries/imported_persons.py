"""What is there under the subjects of an import of persons: of whom, in which organisation, since when."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Count, F, QuerySet

from tavolo.kernel.models import Network
from tavolo.kernel.text import search_key
from tavolo.people.models import Account, Invitation, Person
from tavolo.registry.models import (
    Affiliation,
    Delegation,
    OfficeHolding,
    PersonalFact,
    Representation,
)
from tavolo.registry.queries.imported import among, said

State = Mapping[str, Any]
Bearer = tuple[str, str]  # the code of the organisation, and the digest of a name in it

PERSON, REACH, DELEGATE = "person:", "reach:", "delegate:"
OFFICE, DELEGATION = "office:", "delegation:"
DIGEST = 16

FACTS: Mapping[str, type[PersonalFact] | type[Affiliation]] = {
    "offices": OfficeHolding,
    "delegations": Delegation,
    "representations": Representation,
    "affiliations": Affiliation,
}
RECORDED = ("uid", "recorded_at", "superseded_at", "valid_from", "valid_until")
SOURCED = ("began", "ended", "act", "source", "end_reason")
VALUES: Mapping[str, Mapping[str, str]] = {
    "offices": {
        name: name for name in ("title", "title_feminine", "title_masculine", "form", "public")
    },
    "delegations": {name: name for name in ("theme", "words", "holding")},
    "representations": {"capacity": "capacity", "network": "network__uid", "matter": "matter"},
    "affiliations": {"function": "function"},
}


def digest_of(given_name: str, family_name: str) -> str:
    """What a subject says of a name, so that it is not spelt out there."""
    key = search_key(f"{given_name} {family_name}")
    return hashlib.sha256(key.encode()).hexdigest()[:DIGEST]


def bearer_of(subject: str) -> Bearer:
    code, digest = subject.split(":")[1:3]
    return code, digest


def persons_of(codes: Collection[str]) -> dict[Bearer, dict[int, Person]]:
    """Everybody of whom something is or was known in these organisations; five queries."""
    places: dict[int, set[str]] = defaultdict(set)
    for model in FACTS.values():
        rows = among(model._base_manager.all(), "organisation__code", codes)
        for person, code in rows.values_list("person_id", "organisation__code").distinct():
            if code in codes:
                places[person].add(code)
    found: dict[Bearer, dict[int, Person]] = defaultdict(dict)
    for person in among(Person.objects.all(), "pk", places).order_by("pk"):
        digest = digest_of(person.given_name, person.family_name)
        for code in places.get(person.pk, ()):
            found[code, digest][person.pk] = person
    return found


def person_states(subjects: Collection[str]) -> dict[str, State]:
    """Who is called so in the organisation, and whether she was invited; seven queries, or none."""
    wanted = {bearer_of(s): s for s in subjects if s.startswith(PERSON)}
    if not wanted:
        return {}
    there = {
        bearer: persons
        for bearer, persons in persons_of({code for code, _digest in wanted}).items()
        if bearer in wanted
    }
    invited = _invited({pk for persons in there.values() for pk in persons})
    return {
        wanted[bearer]: {"persons": [_person(each, invited) for each in persons.values()]}
        for bearer, persons in there.items()
    }


def _person(person: Person, invited: Mapping[int, int]) -> dict[str, Any]:
    return {
        "uid": str(person.uid),
        "given_name": person.given_name,
        "family_name": person.family_name,
        "version": person.version,
        "invited": invited.get(person.pk, 0),
    }


def _invited(persons: Collection[int]) -> dict[int, int]:
    rows = among(Invitation.objects.order_by(), "person", persons)
    return dict(rows.values_list("person_id").annotate(times=Count("pk")))


def reach_states(subjects: Collection[str]) -> dict[str, State]:
    """Whose address it is, and whether it was used; two queries, or none."""
    wanted = {s.removeprefix(REACH) for s in subjects if s.startswith(REACH)}
    if not wanted:
        return {}
    rows = [
        row
        for row in among(Account.objects.select_related("person"), "email", wanted)
        if row.email in wanted
    ]
    invited = _invited({row.person_id for row in rows})
    return {
        f"{REACH}{row.email}": {
            "email": row.email,
            "used": row.activated_at is not None,
            "invited": invited.get(row.person_id, 0),
        }
        for row in rows
    }


def fact_rows(
    table: str, codes: Collection[str], network: Network | None = None
) -> Iterable[tuple[Bearer, dict[str, Any]]]:
    """The rows of a table of persons in these organisations, each with whom it speaks of; one query."""
    columns = {name: name for name in RECORDED} | dict(VALUES[table])
    if table != "affiliations":
        columns |= {name: name for name in SOURCED}
    rows: QuerySet[Any] = among(
        FACTS[table]._base_manager.order_by("pk"), "organisation__code", codes
    )
    if table != "affiliations":
        rows = rows.filter(unit__isnull=True)
    if table == "representations":
        rows = rows.filter(network=network)
    told = rows.annotate(code=F("organisation__code")).values_list(
        *("code", "person__uid", "person__given_name", "person__family_name"), *columns.values()
    )
    for code, person, given, family, *values in told:
        if code in codes:
            row = dict(zip(columns, map(said, values), strict=True))
            yield (code, digest_of(given, family)), {"person": str(person), **row}


def delegate_states(subjects: Collection[str], network: Network | None) -> Mapping[str, State]:
    """For whom the person speaks in the network, and that she acts for it; two queries, or none."""
    wanted = {bearer_of(s): s for s in subjects if s.startswith(DELEGATE)}
    if not wanted:
        return {}
    codes = {code for code, _digest in wanted}
    found: dict[str, dict[str, list[Any]]] = {}
    for table in ("representations", "affiliations"):
        for bearer, row in fact_rows(table, codes, network):
            if bearer in wanted:
                empty: dict[str, list[Any]] = {"representations": [], "affiliations": []}
                found.setdefault(wanted[bearer], empty)[table].append(row)
    return found


def office_subject(bearer: Bearer, title: str, words: str = "") -> str:
    """An office of a person in an organisation; one outside the vocabulary is told apart by its words."""
    return f"{OFFICE}{':'.join(bearer)}:{title}:{_digest(words)}"


def delegation_subject(bearer: Bearer, theme: str, words: str) -> str:
    return f"{DELEGATION}{':'.join(bearer)}:{theme}:{_digest(words)}"


def office_states(subjects: Collection[str]) -> Mapping[str, State]:
    """The offices and delegations among the subjects, with all that was known of each; two queries, or none."""
    wanted = {s for s in subjects if s.startswith((OFFICE, DELEGATION))}
    if not wanted:
        return {}
    codes = {bearer_of(subject)[0] for subject in wanted}
    found: dict[str, dict[str, list[Any]]] = {}
    for bearer, row in fact_rows("offices", codes):
        words = row["title_feminine"] or row["title_masculine"]
        subject = office_subject(bearer, row["title"], words)
        if subject in wanted:
            found.setdefault(subject, {"offices": []})["offices"].append(row)
    for bearer, row in fact_rows("delegations", codes):
        subject = delegation_subject(bearer, row["theme"], row["words"])
        if subject in wanted:
            found.setdefault(subject, {"delegations": []})["delegations"].append(row)
    return found


def _digest(words: str) -> str:
    return hashlib.sha256(search_key(words).encode()).hexdigest()[:8] if words else ""
