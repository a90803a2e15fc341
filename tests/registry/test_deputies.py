"""Deputies: named for a term and for parts, revoked, and worth no more than what the principal holds."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tavolo.journal.queries import entries_of
from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, actor_of
from tavolo.kernel.errors import NotAllowed, NotFound, Refusal
from tavolo.people.models import Person
from tavolo.registry import queries, rules
from tavolo.registry.actions import appoint_deputy, appoint_secretary, end_office, revoke_deputy
from tavolo.registry.errors import (
    ActMissing,
    AlreadyDeputy,
    AlreadyEnded,
    AlreadySuperseded,
    DeputyOfHerself,
    EndsBeforeItBegan,
    NothingToGive,
    UnknownPart,
)
from tavolo.registry.models import Deputy, NetworkOffice, Organisation
from tests.factories.people import a_person
from tests.factories.registry import a_founded_network, a_participant, acting, acting_for
from tests.registry.conftest import Valley

TODAY = clock.today()
TERM = TODAY + timedelta(days=30)
DAY = timedelta(days=1)


@pytest.fixture
def dora(db: None) -> Person:
    return a_person("Dora", "Conti")


def named(valley: Valley, deputy: Person, **told: Any) -> Deputy:
    values = {"principal": valley.person, "last_day": TERM, "by": valley.secretary}
    return appoint_deputy(deputy=deputy, network=valley.network, **{**values, **told})


def for_her(valley: Valley, deputy: Person, on: Any = TODAY) -> Actor:
    return actor_of(deputy.uid, on=on, acting_for=valley.person.uid)


def test_a_deputy_acts_for_the_principal_for_the_term(valley: Valley, dora: Person) -> None:
    row = named(valley, dora, parts=["imports", "imports", "territory"], act=" Determina  7 ")
    assert (row.parts, row.act, row.valid_from, row.last_day) == (
        ["imports", "territory"],
        "Determina 7",
        TODAY,
        TERM,
    )
    network = valley.network.uid
    for day, holds in ((TODAY - DAY, False), (TODAY, True), (TERM, True), (TERM + DAY, False)):
        actor = for_her(valley, dora, day)
        assert rules.runs_network(actor, network, "imports") is holds
        assert not rules.runs_network(actor, network, "people")
        assert not rules.runs_network(actor, network)
    # As herself she is who she was.
    assert acting(dora).roles == frozenset()
    (entry,) = entries_of(row)
    assert entry.values == {
        "principal": str(valley.person.uid),
        "deputy": str(dora.uid),
        "organisation": "",
        "kind": "deputy",
        "parts": ["imports", "territory"],
        "act": "Determina 7",
        "since": TODAY.isoformat(),
        "until": (TERM + DAY).isoformat(),
    }


def test_a_deputy_for_everything_runs_the_network_but_appoints_nobody(
    valley: Valley, dora: Person
) -> None:
    named(valley, dora)
    actor = for_her(valley, dora)
    assert rules.runs_network(actor, valley.network.uid)
    assert not rules.acts_in_person(actor)
    with pytest.raises(NotAllowed):
        appoint_secretary(network=valley.network, person=dora, act="x", by=actor)
    with pytest.raises(NotAllowed):
        named(valley, a_person(), by=actor, act="x")


def test_nothing_is_left_when_the_principals_office_ends(valley: Valley, dora: Person) -> None:
    named(valley, dora)
    appoint_secretary(network=valley.network, person=a_person(), act="atto", by=OPERATOR)
    end_office(office=NetworkOffice.objects.get(person=valley.person), by=valley.secretary)
    assert for_her(valley, dora).roles != frozenset()
    assert for_her(valley, dora, TODAY + DAY).roles == frozenset()


def test_a_member_gives_what_is_hers_for_one_organisation(valley: Valley, dora: Person) -> None:
    marta, auser = a_person("Marta", "Blu"), a_participant(valley.network, "Auser")
    acting_for(auser, marta)
    acting_for(a_participant(valley.network, "Zonta"), marta)
    row = named(valley, dora, principal=marta, organisation=auser, by=acting(marta))
    assert row.organisation == auser
    actor = actor_of(dora.uid, on=TODAY, acting_for=marta.uid)
    assert rules.organisations_of(actor) == {auser.uid}


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"by": ANONYMOUS}, NotAllowed),
        ({"by": Actor()}, NotAllowed),
        ({"parts": ["imports", "votes"]}, UnknownPart),
        ({"last_day": TODAY - DAY}, EndsBeforeItBegan),
        ({"since": TERM + DAY}, EndsBeforeItBegan),
        ({"since": TODAY - 9 * DAY, "last_day": TODAY - DAY}, EndsBeforeItBegan),
        ({"by": OPERATOR}, ActMissing),
    ],
)
def test_what_cannot_be_given_is_not(
    valley: Valley, dora: Person, told: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        named(valley, dora, **told)
    assert not Deputy.objects.exists()


def test_nobody_is_her_own_deputy_or_gives_what_she_does_not_hold(
    valley: Valley, dora: Person
) -> None:
    with pytest.raises(DeputyOfHerself):
        named(valley, valley.person)
    with pytest.raises(NothingToGive):
        named(valley, valley.person, principal=dora, act="atto")
    auser = a_participant(valley.network, "Auser")
    with pytest.raises(NothingToGive):
        named(valley, dora, organisation=auser)
    elsewhere = a_founded_network("monte", "Rete del monte")
    with pytest.raises(NothingToGive):
        appoint_deputy(
            principal=valley.person,
            deputy=dora,
            network=elsewhere,
            last_day=TERM,
            by=valley.secretary,
        )


def test_the_same_is_not_given_twice_at_once(valley: Valley, dora: Person) -> None:
    named(valley, dora)
    with pytest.raises(AlreadyDeputy):
        named(valley, dora, since=TERM)
    named(valley, dora, since=TERM + DAY, last_day=TERM + DAY)


def test_a_deputy_is_revoked_at_once(valley: Valley, dora: Person) -> None:
    row = named(valley, dora, since=TODAY - DAY)
    ended = revoke_deputy(deputy=row, by=valley.secretary)
    assert (ended.uid, ended.last_day) == (row.uid, TODAY - DAY)
    assert for_her(valley, dora).roles == frozenset()
    with pytest.raises(AlreadyEnded):
        revoke_deputy(deputy=ended, by=valley.secretary)
    with pytest.raises(AlreadySuperseded):
        revoke_deputy(deputy=row, by=valley.secretary)


def test_what_was_given_today_is_taken_back_today(valley: Valley, dora: Person) -> None:
    row = named(valley, dora)
    revoke_deputy(deputy=row, by=valley.secretary)
    assert for_her(valley, dora).roles == frozenset()
    assert not Deputy.objects.known().exists()
    assert [entry.action for entry in entries_of(row)] == [
        "registry.deputy_revoked",
        "registry.deputy_appointed",
    ]


def test_a_deputy_is_revoked_from_a_day_on_and_by_herself(valley: Valley, dora: Person) -> None:
    row = named(valley, dora)
    with pytest.raises(NotAllowed):
        revoke_deputy(deputy=row, by=acting(a_person()))
    with pytest.raises(NotAllowed):
        revoke_deputy(deputy=row, by=for_her(valley, dora))
    ended = revoke_deputy(deputy=row, last_day=TODAY + DAY, by=acting(dora))
    assert ended.last_day == TODAY + DAY
    with pytest.raises(AlreadyEnded):
        revoke_deputy(deputy=ended, last_day=TERM, by=acting(dora))


def test_deputies_are_seen_by_the_rule_in_sql_as_in_words(valley: Valley, dora: Person) -> None:
    marta, auser = a_person("Marta", "Blu"), a_participant(valley.network, "Auser")
    acting_for(auser, marta)
    named(valley, dora)
    named(valley, a_person(), principal=marta, organisation=auser, act="atto")
    actors = (
        OPERATOR, valley.secretary, acting(dora), acting(marta), acting(a_person()), ANONYMOUS,
        for_her(valley, dora),
    )  # fmt: skip
    for actor in actors:
        seen = set(queries.deputies_visible_to(actor).values_list("uid", flat=True))
        assert seen == {
            row.uid
            for row in Deputy.objects.known()
            if rules.may_see_deputy(
                actor,
                principal=row.principal.uid,
                deputy=row.deputy.uid,
                network=row.network.uid,
            )
        }
    assert [row.principal for row in queries.principals_of(dora.uid, on=TODAY)] == [valley.person]
    assert queries.principals_of(dora.uid, on=TERM + DAY) == []


def test_those_that_hold_and_those_that_ended_are_two_lists(valley: Valley, dora: Person) -> None:
    old = named(valley, dora, since=TODAY - 9 * DAY, last_day=TODAY)
    row = named(valley, a_person("Elsa", "Neri"))
    network, actor = valley.network, valley.secretary
    assert list(queries.deputies_in(network, actor=actor, on=TODAY)) == [old, row]
    assert list(queries.deputies_ended(network, actor=actor, on=TODAY + DAY)) == [old]
    assert queries.deputy_at(network, row.uid, actor=actor, on=TODAY) == row
    for asked in ({"on": TERM + DAY, "actor": actor}, {"on": TODAY, "actor": acting(a_person())}):
        with pytest.raises(NotFound):
            queries.deputy_at(network, row.uid, **asked)


def test_who_works_in_a_network_and_what_each_could_give(valley: Valley, dora: Person) -> None:
    auser: Organisation = a_participant(valley.network, "Auser")
    acting_for(auser, dora)
    acting_for(auser, valley.person)
    a_person("Nora", "Bianchi")
    persons = list(queries.persons_in(valley.network, on=TODAY))
    assert {person.pk for person in persons} == {valley.person.pk, dora.pk}
    assert queries.what_they_hold(persons, valley.network, on=TODAY) == {
        valley.person.pk: [None, auser],
        dora.pk: [auser],
    }


# Each example founds a network.
@pytest.mark.django_db
@settings(max_examples=settings().max_examples // 4)
@given(
    since=st.integers(-3, 3),
    length=st.integers(0, 5),
    parts=st.sets(st.sampled_from(["imports", "people"])),
    asked=st.integers(-5, 9),
)
def test_a_deputy_has_no_day_and_no_part_more_than_was_given(
    since: int, length: int, parts: set[str], asked: int
) -> None:
    network = a_founded_network(f"rete-{Deputy.objects.count()}-{Person.objects.count()}")
    principal = NetworkOffice.objects.get(network=network).person
    deputy, first, day = a_person(), TODAY + since * DAY, TODAY + asked * DAY
    last = first + length * DAY
    if last < TODAY:
        return
    appoint_deputy(
        principal=principal,
        deputy=deputy,
        network=network,
        parts=parts,
        since=first,
        last_day=last,
        by=acting(principal),
    )
    actor = actor_of(deputy.uid, on=day, acting_for=principal.uid)
    # The principal's office began today: before it there is nothing to give.
    holds = first <= day <= last and day >= TODAY
    for part in ("", "imports", "people", "territory"):
        given_part = not parts or part in parts
        assert rules.runs_network(actor, network.uid, part) is (holds and given_part)
