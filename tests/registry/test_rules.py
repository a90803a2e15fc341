"""Rules as truth tables; each rule that has a twin in SQL is held to it, actor by actor, row by row."""

from itertools import product
from uuid import UUID, uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role
from tavolo.kernel.models import Network
from tavolo.registry import queries, rules
from tavolo.registry.actions import admit_organisation
from tavolo.registry.models import Affiliation, NetworkOffice, Organisation
from tests.factories.people import a_person
from tests.factories.registry import (
    a_founded_network,
    a_participant,
    acting,
    acting_for,
    an_organisation,
)

HERE, THERE, ORGANISATION, PERSON = uuid4(), uuid4(), uuid4(), uuid4()
SCOPE = ("organisation", ORGANISATION)

SECRETARY = Actor(uuid4(), roles=frozenset({Role("network_secretary", HERE)}))
NEIGHBOUR = Actor(uuid4(), roles=frozenset({Role("network_secretary", THERE)}))
MEMBER = Actor(uuid4(), roles=frozenset({Role("organisation_member", HERE, SCOPE)}))
STRANGER = Actor(uuid4())

IN_A_NETWORK = (
    rules.runs_network,
    rules.may_edit_network,
    rules.may_add_organisation,
    rules.may_edit_organisation,
    rules.may_admit,
    rules.may_affiliate,
    rules.may_appoint,
)


@pytest.mark.parametrize("rule", IN_A_NETWORK)
@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        (OPERATOR, True),
        (SECRETARY, True),
        (NEIGHBOUR, False),
        (MEMBER, False),
        (STRANGER, False),
        (ANONYMOUS, False),
    ],
)
def test_the_secretariat_runs_its_network_alone(rule, actor: Actor, allowed: bool) -> None:
    assert rule(actor, HERE) is allowed


@pytest.mark.parametrize(
    ("actor", "proposes"),
    [
        (OPERATOR, True),
        (SECRETARY, True),
        (NEIGHBOUR, False),
        (MEMBER, False),
        (STRANGER, False),
        (ANONYMOUS, False),
    ],
)
def test_a_network_proposes_to_the_steward_of_another(actor: Actor, proposes: bool) -> None:
    assert rules.may_propose(actor, HERE, steward=THERE) is proposes
    # Whoever may edit has nobody to propose to.
    assert not rules.may_propose(actor, HERE, steward=HERE)


@pytest.mark.parametrize(
    ("actor", "founds", "works"),
    [
        (OPERATOR, True, True),
        (SECRETARY, False, True),
        (MEMBER, False, False),
        (STRANGER, False, False),
        (ANONYMOUS, False, False),
    ],
)
def test_the_installation_founds_and_secretariats_work(
    actor: Actor, founds: bool, works: bool
) -> None:
    assert (rules.may_found_network(actor), rules.runs_any(actor)) == (founds, works)


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (OPERATOR, True),
        (SECRETARY, True),
        (MEMBER, True),
        (Actor(PERSON), True),
        (NEIGHBOUR, False),
        (STRANGER, False),
        (ANONYMOUS, False),
    ],
)
def test_who_acts_for_an_organisation_is_seen_by_those_it_concerns(
    actor: Actor, sees: bool
) -> None:
    assert (
        rules.may_see_affiliation(actor, person=PERSON, organisation=ORGANISATION, steward=HERE)
        is sees
    )


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("milano", True),
        ("cesano-boscone", True),
        ("a1", True),
        ("a", False),
        ("Milano", False),
        ("milano ", False),
        ("milano\n", False),
        ("-milano", False),
        ("a--b", False),
        ("x" * 60, True),
        ("x" * 61, False),
    ],
)
def test_what_can_stand_in_an_address(text: str, good: bool) -> None:
    assert rules.is_slug(text) is good


# Reserved words


def siblings(resolver: URLResolver, before: str = "") -> list[tuple[str, str]]:
    """Every address as text, with what leads to it: (what stands before the last part, the last part)."""
    found = []
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += siblings(pattern, route)
        elif isinstance(pattern, URLPattern):
            parts = [part for part in route.split("/") if part]
            found += [("/".join(parts[:i]), parts[i]) for i in range(len(parts))]
    return found


def words_beside(marker: str) -> set[str]:
    """The fixed words that stand where that part of an address stands too."""
    places = siblings(get_resolver())
    where = {before for before, part in places if part == marker}
    return {
        part for before, part in places if before in where and "<" not in part and "." not in part
    }


@pytest.mark.parametrize("marker", ["<slug:slug>", "<slug:code>"])
def test_no_word_of_the_site_can_become_a_code(marker: str) -> None:
    assert words_beside(marker) - rules.RESERVED_WORDS == set()


def test_a_word_beside_a_code_is_found() -> None:
    assert "nuova" in words_beside("<slug:code>")


# Rules and SQL say the same


@pytest.fixture
def country(db: None) -> list[Actor]:
    """Two networks that share an organisation; everybody who can stand in some relation to them."""
    first, second = a_founded_network("prima"), a_founded_network("seconda")
    shared, own = a_participant(first), a_participant(first)
    a_participant(second)
    an_organisation(second)
    admit_organisation(network=second, organisation=shared, since=None, by=OPERATOR)
    persons = [a_person(name) for name in ("Ada", "Bea", "Carla", "Dora")]
    acting_for(shared, persons[0])
    acting_for(own, persons[1])
    acting_for(own, persons[2])
    secretaries = [office.person for office in NetworkOffice.objects.all()]
    return [ANONYMOUS, OPERATOR, *(acting(person) for person in (*persons, *secretaries))]


def test_affiliations_in_sql_are_those_of_the_rule(country: list[Actor]) -> None:
    rows = list(Affiliation.objects.select_related("person", "organisation__steward"))
    assert len(rows) == 3
    for actor in country:
        by_rule = {
            row.pk
            for row in rows
            if rules.may_see_affiliation(
                actor,
                person=row.person.uid,
                organisation=row.organisation.uid,
                steward=row.organisation.steward.uid,
            )
        }
        in_sql = set(queries.affiliations_visible_to(actor).values_list("pk", flat=True))
        assert in_sql == by_rule


def test_networks_and_organisations_in_sql_are_those_of_the_rule(country: list[Actor]) -> None:
    for actor, (rows, query, rule) in product(country, twins()):
        by_rule = {pk for pk, uid in rows if rule(actor, uid)}
        assert set(query(actor).values_list("pk", flat=True)) == by_rule


def twins():
    networks: list[tuple[int, UUID]] = list(Network.objects.values_list("pk", "uid"))
    organisations = list(Organisation.objects.values_list("pk", "steward__uid"))
    return (
        (networks, queries.networks_run_by, rules.runs_network),
        (organisations, queries.organisations_editable_by, rules.may_edit_organisation),
    )
