"""To whom it is shown who holds an office and who speaks: the rule, the same in SQL, and how much is asked."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role
from tavolo.kernel.models import Network
from tavolo.registry import queries, rules
from tavolo.registry.actions import admit_organisation
from tavolo.registry.choices import Capacity, DelegationTheme, OfficeTitle, OrganisationKind
from tavolo.registry.models import (
    Delegation,
    NetworkOffice,
    OfficeHolding,
    Organisation,
    Participation,
    PersonalFact,
    Representation,
)
from tests.factories.in_office import a_delegation, a_representation, an_office
from tests.factories.people import a_person
from tests.factories.registry import (
    a_founded_network,
    a_participant,
    acting,
    acting_for,
    many_participants,
)
from tests.registry.conftest import Valley

HERE, ELSEWHERE, PERSON, ORGANISATION = uuid4(), uuid4(), uuid4(), uuid4()
SECRETARY = Actor(uuid4(), roles=frozenset({Role("network_secretary", HERE)}))
SENT_TO = Actor(uuid4(), roles=frozenset({Role("network_secretary", ELSEWHERE)}))
MEMBER = Actor(
    uuid4(),
    roles=frozenset({Role("organisation_member", HERE, ("organisation", ORGANISATION))}),
)
BESIDE = Actor(
    uuid4(),
    roles=frozenset({Role("organisation_member", ELSEWHERE, ("organisation", uuid4()))}),
)
STRANGER = Actor(uuid4())
EVERYBODY = [OPERATOR, SECRETARY, SENT_TO, MEMBER, BESIDE, Actor(PERSON), STRANGER, ANONYMOUS]
NEAR = [OPERATOR, SECRETARY, MEMBER, Actor(PERSON)]


@pytest.mark.parametrize(
    ("public", "administration", "seen_by"),
    [
        (True, False, EVERYBODY),
        (False, True, EVERYBODY),
        (False, False, NEAR),
    ],
)
def test_offices_of_administrations_are_public_of_others_those_that_say_so(
    public: bool, administration: bool, seen_by: list[Actor]
) -> None:
    seen = [
        actor
        for actor in EVERYBODY
        if rules.may_see_office(
            actor,
            public=public,
            administration=administration,
            person=PERSON,
            organisation=ORGANISATION,
            steward=HERE,
        )
    ]
    assert seen == seen_by


AT_THE_TABLE = [OPERATOR, SECRETARY, SENT_TO, MEMBER, BESIDE, Actor(PERSON)]


@pytest.mark.parametrize(
    ("capacity", "administration", "network", "seen_by"),
    [
        (Capacity.LEGAL_REPRESENTATIVE, False, None, EVERYBODY),
        (Capacity.DELEGATE, True, ELSEWHERE, EVERYBODY),
        (Capacity.DELEGATE, False, ELSEWHERE, AT_THE_TABLE),
        (Capacity.SUBSTITUTE, True, ELSEWHERE, AT_THE_TABLE),
        (Capacity.DELEGATE, False, None, NEAR),
        (Capacity.CONTACT_PERSON, True, None, NEAR),
        (Capacity.CONTACT_PERSON, True, ELSEWHERE, [OPERATOR, SECRETARY, SENT_TO, MEMBER, Actor(PERSON)]),
    ],
)  # fmt: skip
def test_who_is_sent_is_seen_by_those_who_sit_there(
    capacity: Capacity, administration: bool, network: UUID | None, seen_by: list[Actor]
) -> None:
    seen = [
        actor
        for actor in EVERYBODY
        if rules.may_see_representation(
            actor,
            capacity=capacity,
            administration=administration,
            person=PERSON,
            organisation=ORGANISATION,
            steward=HERE,
            network=network,
        )
    ]
    assert seen == seen_by


@pytest.mark.parametrize(
    ("said", "kind", "answer"),
    [
        (None, OrganisationKind.MUNICIPALITY, True),
        (None, OrganisationKind.ASSOCIATION, False),
        (None, OrganisationKind.SCHOOL, False),
        (True, OrganisationKind.SCHOOL, True),
        (False, OrganisationKind.HEALTH_AUTHORITY, False),
    ],
)
def test_what_is_an_administration(said: bool | None, kind: str, answer: bool) -> None:
    assert rules.is_administration(said, kind) is answer


# Rules and SQL say the same


@pytest.fixture
def country(db: None) -> list[Actor]:
    """Two networks, an administration and an association of each, with persons in every capacity."""
    networks = a_founded_network("prima"), a_founded_network("seconda")
    persons = [a_person(name) for name in ("Ada", "Bea", "Carla", "Dora")]
    groups = [
        a_participant(network, kind=kind)
        for network, kind in product(networks, ("municipality", "association"))
    ]
    admit_organisation(network=networks[1], organisation=groups[1], since=None, by=OPERATOR)
    for group in groups:
        _fill(group, persons, [*networks, None])
    acting_for(groups[0], persons[0])
    acting_for(groups[3], persons[1])
    secretaries = [office.person for office in NetworkOffice.objects.all()]
    return [ANONYMOUS, OPERATOR, *(acting(person) for person in (*persons, *secretaries))]


def _fill(group: Organisation, persons: list[Any], networks: Iterable[Network | None]) -> None:
    for public, person in zip((True, False), persons, strict=False):
        office = an_office(group, person, OfficeTitle.DIRECTOR, public=public)
        a_delegation(group, person, on=office)
    a_delegation(group, persons[2])
    for capacity, network in product(Capacity, networks):
        a_representation(group, persons[3], capacity, network=network)


def test_what_is_seen_in_sql_is_what_the_rule_lets_see(country: list[Actor]) -> None:
    offices = list(OfficeHolding.objects.select_related("person", "organisation__steward"))
    delegations = list(Delegation.objects.select_related("person", "organisation__steward"))
    rows = Representation.objects.select_related("person", "organisation__steward", "network")
    representations = list(rows)
    assert [len(offices), len(delegations), len(representations)] == [8, 12, 48]
    public = {row.uid: row.public for row in offices}
    for actor in country:
        seen = {row.pk for row in offices if _sees(actor, row, public=row.public)}
        assert set(queries.offices_visible_to(actor).values_list("pk", flat=True)) == seen
        seen = {r.pk for r in delegations if _sees(actor, r, public=public.get(r.holding, False))}
        assert set(queries.delegations_visible_to(actor).values_list("pk", flat=True)) == seen
        seen = {row.pk for row in representations if _sees_sent(actor, row)}
        assert set(queries.representations_visible_to(actor).values_list("pk", flat=True)) == seen


def _about(row: PersonalFact) -> dict[str, Any]:
    organisation = row.organisation
    return {
        "administration": rules.is_administration(
            organisation.is_administration, organisation.kind
        ),
        "person": row.person.uid,
        "organisation": organisation.uid,
        "steward": organisation.steward.uid,
    }


def _sees(actor: Actor, row: PersonalFact, *, public: bool) -> bool:
    return rules.may_see_office(actor, public=public, **_about(row))


def _sees_sent(actor: Actor, row: Representation) -> bool:
    network = row.network.uid if row.network else None
    return rules.may_see_representation(
        actor, capacity=row.capacity, network=network, **_about(row)
    )


def test_the_stranger_reads_no_name_that_is_not_public(valley: Valley, stranger: Actor) -> None:
    group = a_participant(valley.network, "Centro antiviolenza Aurora", kind="association")
    volunteer = a_person("Ida", "Segreta")
    office = an_office(group, volunteer, OfficeTitle.PRESIDENT, public=False)
    a_delegation(group, volunteer, on=office)
    a_representation(group, volunteer, network=valley.network)
    for actor in (ANONYMOUS, stranger):
        found = [
            queries.in_office(group, on=clock.today(), actor=actor),
            queries.offices_story(group, actor=actor),
            queries.who_speaks(group, on=clock.today(), theme=EQUALITY, actor=actor),
        ]
        assert found == [[], [], []]
    named = {one.person for one in queries.who_speaks(group, on=clock.today(), actor=OPERATOR)}
    assert named == {volunteer}


EQUALITY = DelegationTheme.EQUAL_OPPORTUNITIES

# How much is asked


def asked(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as counted:
        read()
    return len(counted)


def in_all_of_them(network: Network, number: int) -> list[Organisation]:
    """As many organisations with somebody in office and somebody sent, written at once."""
    many_participants(network, number - Participation.objects.count(), kind="municipality")
    organisations = [row.organisation for row in queries.participants(network, on=clock.today())]
    person, now = a_person(), clock.now()
    about = {"person": person, "recorded_at": now}
    OfficeHolding.objects.bulk_create(
        OfficeHolding(
            organisation=one,
            title=title,
            form="feminine",
            valid_until=until,
            **about,
        )
        for one in organisations
        for title, until in ((OfficeTitle.MAYOR, None), (OfficeTitle.ASSESSOR, date(2020, 1, 1)))
    )
    Delegation.objects.bulk_create(
        Delegation(organisation=one, theme=EQUALITY, **about) for one in organisations[::2]
    )
    Representation.objects.bulk_create(
        Representation(organisation=one, capacity=Capacity.DELEGATE, **about)
        for one in organisations
    )
    return organisations


@pytest.mark.parametrize("most", [200, pytest.param(5_000, marks=pytest.mark.prove)])
@pytest.mark.parametrize("reader", ["in office", "speaking", "vacant", "one"])
def test_the_number_of_queries_is_the_same_for_one_and_for_many(
    valley: Valley, reader: str, most: int
) -> None:
    found = []
    network, day = valley.network, clock.today()
    for number in (1, 10, 50, most):
        many = in_all_of_them(network, number)
        read = {
            "in office": lambda many=many: queries.in_office_of(many, on=day),
            "speaking": lambda many=many: queries.who_speaks_for(
                many, on=day, network=network, theme=EQUALITY
            ),
            "vacant": lambda: queries.vacancies(network, on=day),
            "one": lambda many=many: (
                queries.in_office(many[0], on=day),
                queries.who_speaks(many[0], on=day),
                queries.offices_story(many[0]),
            ),
        }[reader]
        found.append(asked(read))
    assert found == {"in office": [3] * 4, "speaking": [4] * 4, "one": [9] * 4}.get(
        reader, [found[0]] * 4
    )
    assert found[0] <= 10
