"""A desk is handed over: each thing to a successor or left, together or not at all."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tavolo.journal.actions import erase_values
from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, Actor, Held, Passing, actor_of, holdings
from tavolo.kernel.errors import NotAllowed, NotFound, Refusal
from tavolo.people.models import Person
from tavolo.registry import queries
from tavolo.registry.actions import (
    Handing,
    affiliate,
    appoint_deputy,
    appoint_secretary,
    enter_fact,
    hand_over,
)
from tavolo.registry.errors import (
    ActMissing,
    LastSecretary,
    NobodyElseCanSignIn,
    NotHandedOver,
    NotHeld,
    NothingNew,
    SuccessorMissing,
)
from tavolo.registry.models import Affiliation, Deputy, NetworkOffice, Representation
from tests.factories.counting import ENOUGH
from tests.factories.people import a_person, an_account
from tests.factories.registry import a_founded_network, a_participant, an_organisation
from tests.registry.conftest import Valley

TODAY = clock.today()
DAY = timedelta(days=1)
TERM = TODAY + 30 * DAY


@pytest.fixture
def elsa(db: None) -> Person:
    """Who takes over; she can sign in."""
    return an_account(given_name="Elsa", family_name="Morani").person


def all_of(valley: Valley) -> list[tuple[str, str, bool]]:
    told = queries.held_by(valley.person, valley.network, on=TODAY)
    return [(holding.key, held.label, held.needed) for holding, several in told for held in several]


def a_full_desk(valley: Valley) -> dict[str, UUID]:
    """The secretary holds one of each kind; the uids by holding."""
    auser = a_participant(valley.network, "Auser")
    affiliation = affiliate(
        person=valley.person, organisation=auser, function="delegata", by=OPERATOR
    )
    speaks = Representation(
        person=valley.person, organisation=auser, capacity="delegate", matter="il tavolo"
    )
    enter_fact(fact=speaks, by=OPERATOR)
    dora = a_person("Dora", "Conti")
    gives = appoint_deputy(
        principal=valley.person,
        deputy=dora,
        network=valley.network,
        parts=["imports"],
        last_day=TERM,
        by=valley.secretary,
    )
    marta = a_person("Marta", "Blu")
    affiliate(person=marta, organisation=auser, by=OPERATOR)
    holds = appoint_deputy(
        principal=marta,
        deputy=valley.person,
        network=valley.network,
        organisation=auser,
        act="Lettera",
        last_day=TERM,
        by=OPERATOR,
    )
    return {
        "registry.offices": NetworkOffice.objects.get(person=valley.person).uid,
        "registry.affiliations": affiliation.uid,
        "registry.representations": speaks.uid,
        "registry.deputies_given": gives.uid,
        "registry.deputies_held": holds.uid,
    }


def handed(valley: Valley, *things: Handing, **told: Any) -> Entry:
    values = {"act": "Determina 9", "by": valley.secretary}
    return hand_over(
        network=valley.network, person=valley.person, things=things, **{**values, **told}
    )


def test_one_list_holds_all_that_a_person_holds(valley: Valley) -> None:
    a_full_desk(valley)
    assert all_of(valley) == [
        ("registry.offices", "Segreteria", True),
        ("registry.affiliations", "Auser", False),
        ("registry.representations", "Auser", False),
        ("registry.deputies_given", "Dora Conti", False),
        ("registry.deputies_held", "Marta Blu", False),
    ]
    nobody = a_person()
    assert queries.held_by(nobody, valley.network, on=TODAY) == []


def test_what_lies_in_another_network_is_not_of_this_desk(valley: Valley) -> None:
    other = a_founded_network("monte", "Rete del monte")
    affiliate(person=valley.person, organisation=an_organisation(other), by=OPERATOR)
    appoint_secretary(network=other, person=valley.person, act="atto", by=OPERATOR)
    assert all_of(valley) == [("registry.offices", "Segreteria", True)]


def test_everything_goes_to_the_successor_from_the_day_after(valley: Valley, elsa: Person) -> None:
    held = a_full_desk(valley)
    entry = handed(valley, *(Handing(key, uid, elsa) for key, uid in held.items()))
    assert queries.held_by(valley.person, valley.network, on=TODAY + DAY) == []
    told = queries.held_by(elsa, valley.network, on=TODAY + DAY)
    assert [(holding.key, each.label) for holding, several in told for each in several] == [
        ("registry.offices", "Segreteria"),
        ("registry.affiliations", "Auser"),
        ("registry.representations", "Auser"),
        ("registry.deputies_given", "Dora Conti"),
        ("registry.deputies_held", "Marta Blu"),
    ]
    office = NetworkOffice.objects.get(person=elsa)
    assert (office.act, office.valid_from) == ("Determina 9", TODAY + DAY)
    deputy = Deputy.objects.on(TODAY + DAY).get(principal=elsa)
    assert (deputy.parts, deputy.last_day, deputy.deputy.name) == (["imports"], TERM, "Dora Conti")
    assert Affiliation.objects.known().get(person=elsa).function == "delegata"
    speaks = Representation.objects.known().get(person=elsa)
    assert (speaks.capacity, speaks.matter, speaks.act) == ("delegate", "il tavolo", "Determina 9")
    # Until the evening of her last day all of it is hers.
    secretary = actor_of(valley.person.uid, on=TODAY)
    assert secretary.has("network_secretary", network=valley.network.uid)
    closing = queries.closing_at(valley.network, entry.uid)
    assert (closing.person, closing.last_day, closing.act) == (valley.person, TODAY, "Determina 9")
    assert [(thing.label, thing.to) for thing in closing.things] == [
        ("Segreteria", elsa),
        ("Auser", elsa),
        ("Auser", elsa),
        ("Dora Conti", elsa),
        ("Marta Blu", elsa),
    ]


def test_things_go_to_several_or_to_nobody(valley: Valley, elsa: Person) -> None:
    held, nina = a_full_desk(valley), a_person("Nina", "Gialli")
    entry = handed(
        valley,
        Handing("registry.affiliations", held["registry.affiliations"], nina),
        Handing("registry.representations", held["registry.representations"], None),
        Handing("registry.deputies_given", held["registry.deputies_given"], None),
        Handing("registry.deputies_held", held["registry.deputies_held"], None),
    )
    assert all_of(valley)[:1] == [("registry.offices", "Segreteria", True)]
    later = queries.held_by(valley.person, valley.network, on=TODAY + DAY)
    assert [holding.key for holding, _held in later] == ["registry.offices"]
    closing = queries.closing_at(valley.network, entry.uid)
    assert [thing.to for thing in closing.things] == [nina, None, None, None]


def test_whoever_has_it_already_is_not_given_it_twice(valley: Valley, elsa: Person) -> None:
    held = a_full_desk(valley)
    appoint_secretary(network=valley.network, person=elsa, act="prima", by=OPERATOR)
    auser = Affiliation.objects.get(uid=held["registry.affiliations"]).organisation
    affiliate(person=elsa, organisation=auser, function="presidente", by=OPERATOR)
    handed(
        valley,
        Handing("registry.offices", held["registry.offices"], elsa),
        Handing("registry.affiliations", held["registry.affiliations"], elsa),
        act="",
    )
    assert NetworkOffice.objects.get(person=elsa).act == "prima"
    assert Affiliation.objects.known().get(person=elsa).function == "presidente"


def refused(valley: Valley, *things: Handing, **told: Any) -> type[Refusal]:
    """Why, where the one thing stays with her; nothing is left of the attempt."""
    before, entries = all_of(valley), Entry.objects.count()
    with pytest.raises(NotHandedOver) as refusal:
        handed(valley, *things, **told)
    assert refusal.value.held == things[-1].held
    assert (all_of(valley), Entry.objects.count()) == (before, entries)
    return type(refusal.value.why)


def test_a_network_is_not_left_without_a_secretary(valley: Valley, elsa: Person) -> None:
    office = a_full_desk(valley)["registry.offices"]
    assert refused(valley, Handing("registry.offices", office, None)) is SuccessorMissing
    assert refused(valley, Handing("registry.offices", office, valley.person)) is SuccessorMissing
    invited = a_person("Nina", "Gialli")
    # Who cannot sign in cannot run it.
    assert refused(valley, Handing("registry.offices", office, invited)) is NobodyElseCanSignIn
    assert refused(valley, Handing("registry.offices", office, elsa), act="") is ActMissing


def test_a_secretary_leaves_where_another_remains(valley: Valley, elsa: Person) -> None:
    appoint_secretary(network=valley.network, person=elsa, act="atto", by=OPERATOR)
    office = NetworkOffice.objects.get(person=valley.person).uid
    assert all_of(valley) == [("registry.offices", "Segreteria", False)]
    handed(valley, Handing("registry.offices", office, None))
    assert NetworkOffice.objects.get(person=valley.person).last_day == TODAY


def test_a_successor_who_comes_too_late_is_none(valley: Valley, elsa: Person) -> None:
    appoint_secretary(
        network=valley.network, person=elsa, act="atto", since=TODAY + 9 * DAY, by=OPERATOR
    )
    office = NetworkOffice.objects.get(person=valley.person).uid
    assert refused(valley, Handing("registry.offices", office, elsa)) is LastSecretary
    handed(valley, Handing("registry.offices", office, elsa), last_day=TODAY + 8 * DAY)


def test_one_refusal_holds_everything_back(valley: Valley, elsa: Person) -> None:
    held = a_full_desk(valley)
    why = refused(
        valley,
        Handing("registry.affiliations", held["registry.affiliations"], elsa),
        Handing("registry.offices", uuid4(), elsa),
    )
    assert why is NotHeld


def test_what_was_handed_over_is_not_handed_over_again(valley: Valley, elsa: Person) -> None:
    thing = Handing("registry.affiliations", a_full_desk(valley)["registry.affiliations"], elsa)
    handed(valley, thing)
    assert refused(valley, thing) is NotHeld


def test_nothing_and_nobody_is_refused(valley: Valley, elsa: Person, stranger: Actor) -> None:
    with pytest.raises(NothingNew):
        handed(valley)
    office = Handing("registry.offices", a_full_desk(valley)["registry.offices"], elsa)
    for by in (stranger, Actor(elsa.uid, valley.person.uid, roles=valley.secretary.roles)):
        with pytest.raises(NotAllowed):
            handed(valley, office, by=by)


def test_what_was_handed_over_is_read_in_its_network_until_it_is_erased(
    valley: Valley, elsa: Person
) -> None:
    thing = Handing("registry.affiliations", a_full_desk(valley)["registry.affiliations"], elsa)
    entry = handed(valley, thing)
    with pytest.raises(NotFound):
        queries.closing_at(a_founded_network("monte", "Rete del monte"), entry.uid)
    with pytest.raises(NotFound):
        queries.closing_at(valley.network, uuid4())
    other = Entry.objects.exclude(uid=entry.uid).filter(network=valley.network)[0]
    with pytest.raises(NotFound):
        queries.closing_at(valley.network, other.uid)
    erase_values(entries=[entry], by=valley.secretary)
    with pytest.raises(NotFound):
        queries.closing_at(valley.network, entry.uid)


@pytest.mark.parametrize("key", [plug.key for plug in holdings])
def test_each_holding_keeps_its_contract(
    valley: Valley, elsa: Person, key: str, django_assert_max_num_queries
) -> None:
    uid = a_full_desk(valley)[key]
    # What a deputy is given, somebody must hold who gives it.
    appoint_secretary(network=valley.network, person=elsa, act="atto", by=OPERATOR)
    holding = holdings.get(key)
    assert str(holding.label)
    with django_assert_max_num_queries(1):
        (held,) = holding.held(valley.person.uid, valley.network.uid, TODAY)
    assert isinstance(held, Held)
    assert held.uid == uid
    assert held.label
    assert list(holding.held(valley.person.uid, uuid4(), TODAY)) == []
    assert list(holding.held(uuid4(), valley.network.uid, TODAY)) == []
    holding.hand_over(
        uid,
        Passing(
            person=valley.person.uid,
            to=elsa.uid,
            network=valley.network.uid,
            on=TODAY + DAY,
            act="Determina 9",
            by=OPERATOR,
        ),
    )
    assert list(holding.held(valley.person.uid, valley.network.uid, TODAY + DAY)) == []


def test_the_list_costs_the_same_for_one_thing_and_for_200(
    valley: Valley, django_assert_num_queries
) -> None:
    made = 0
    for number in ENOUGH:
        for _more in range(number - made):
            organisation = an_organisation(valley.network)
            Affiliation.objects.create(
                person=valley.person,
                organisation=organisation,
                valid_from=TODAY,
                recorded_at=clock.now(),
            )
        made = number
        with django_assert_num_queries(len(holdings.all())):
            queries.held_by(valley.person, valley.network, on=TODAY)
