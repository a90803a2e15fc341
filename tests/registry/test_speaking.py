"""Who is in office, who speaks for whom, what is vacant: on a day, as it was known, to whom it is shown."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tavolo.kernel.actor import OPERATOR
from tavolo.people.models import Person
from tavolo.registry.actions import (
    add_unit,
    change_fact,
    correct_fact,
    end_fact,
    merge_organisations,
    unmerge_organisation,
)
from tavolo.registry.choices import (
    Capacity,
    DelegationTheme,
    OfficeTitle,
    UnitKind,
)
from tavolo.registry.models import Organisation
from tavolo.registry.queries import (
    Speaker,
    in_office,
    offices_story,
    who_speaks,
)
from tests.factories.in_office import a_delegation, a_representation, an_office, partly
from tests.factories.people import a_person
from tests.factories.registry import a_founded_network, a_participant, an_organisation
from tests.registry.conftest import Valley

MAYOR, OTHER = OfficeTitle.MAYOR, OfficeTitle.OTHER
EQUALITY, CULTURE = DelegationTheme.EQUAL_OPPORTUNITIES, DelegationTheme.CULTURE
DAY = date(2021, 3, 1)
SINCE = "2019-06-10"


@pytest.fixture
def town(valley: Valley) -> Organisation:
    return a_participant(valley.network, "Comune di Vallalta", kind="municipality")


@pytest.fixture
def group(valley: Valley) -> Organisation:
    return a_participant(valley.network, "Associazione Alba", kind="association")


@pytest.fixture
def ada(db: None) -> Person:
    return a_person("Ada", "Conti")


@pytest.fixture
def bice(db: None) -> Person:
    return a_person("Bice", "Longhi")


@pytest.fixture
def carla(db: None) -> Person:
    return a_person("Carla", "Dini")


def told(speakers: list[Speaker]) -> list[tuple[str, str, str]]:
    return [(one.person.family_name, one.words, str(one.since or "")) for one in speakers]


# In office


def test_who_is_in_office_by_rank_with_what_is_delegated(
    town: Organisation, ada: Person, bice: Person, carla: Person
) -> None:
    assessor = an_office(town, ada, since=SINCE)
    an_office(town, bice, MAYOR, since=SINCE, form="masculine")
    an_office(town, bice, OfficeTitle.COUNCILLOR, since="2014", until="2018")
    a_delegation(town, ada, CULTURE, on=assessor)
    a_delegation(town, ada, on=assessor, words="Pari opportunità e pace")
    a_delegation(town, carla, DelegationTheme.YOUTH, since=SINCE)
    found = in_office(town, on=DAY)
    assert [(one.person, one.words, [d.words for d in one.delegations]) for one in found] == [
        (bice, "sindaco", []),
        (ada, "assessora", ["Cultura", "Pari opportunità e pace"]),
        (carla, "Politiche giovanili", []),
    ]
    assert [one.is_delegation for one in found] == [False, False, True]
    assert (str(found[0].began), found[0].ended) == (SINCE, None)
    assert in_office(town, on=date(2018, 12, 31))[0].words == "consigliera"


def test_the_story_has_everybody_the_last_to_begin_first(
    town: Organisation, ada: Person, bice: Person, carla: Person
) -> None:
    an_office(town, ada, MAYOR, until="2014")
    an_office(town, bice, MAYOR, since="2014", until="2019-06-09")
    an_office(town, carla, MAYOR, since=SINCE)
    assert [(one.person, str(one.ended or "")) for one in offices_story(town)] == [
        (carla, ""),
        (bice, "2019-06-09"),
        (ada, "2014"),
    ]


# Who speaks


def test_who_speaks_in_the_order_in_which_it_counts(
    valley: Valley, town: Organisation, ada: Person, bice: Person, carla: Person
) -> None:
    an_office(town, bice, MAYOR, since=SINCE)
    assessor = an_office(town, ada, since=SINCE)
    a_delegation(town, ada, on=assessor)
    a_representation(town, carla, Capacity.SUBSTITUTE, since="2020", network=valley.network)
    a_representation(town, bice, since="2020-02-01", matter="casa delle donne")
    a_representation(town, ada, since="2021-01-15", network=valley.network)
    a_representation(town, carla, Capacity.LEGAL_REPRESENTATIVE)
    a_representation(town, carla, Capacity.CONTACT_PERSON)
    found = who_speaks(town, on=DAY, network=valley.network, theme=EQUALITY, actor=OPERATOR)
    assert told(found) == [
        ("Conti", "delegata o delegato", "2021-01-15"),
        ("Dini", "supplente", "2020"),
        ("Longhi", "delegata o delegato", "2020-02-01"),
        ("Conti", "assessora con delega: Pari opportunità", ""),
        ("Dini", "legale rappresentante", ""),
        ("Longhi", "sindaca", SINCE),
    ]
    assert [(one.network, one.matter) for one in found[:3]] == [
        (valley.network, ""),
        (valley.network, ""),
        (None, "casa delle donne"),
    ]


def test_towards_another_network_only_who_is_sent_to_all(
    valley: Valley, town: Organisation, ada: Person, bice: Person
) -> None:
    other = a_founded_network("piana", "Rete della piana")
    a_representation(town, ada, since="2020", network=valley.network)
    a_representation(town, bice, since="2020")
    assert [one.person for one in who_speaks(town, on=DAY, network=other)] == [bice]
    assert [one.person for one in who_speaks(town, on=DAY)] == [ada, bice]


def test_the_head_is_the_first_office_that_is_held(
    valley: Valley, ada: Person, bice: Person, carla: Person
) -> None:
    region = an_organisation(valley.network, "Provincia di Valle", "province")
    an_office(region, ada, OfficeTitle.EQUALITY_ADVISER, since=SINCE)
    an_office(region, bice, OfficeTitle.PRESIDENT, since=SINCE, form="masculine")
    an_office(region, carla, OfficeTitle.SECRETARY_GENERAL, since=SINCE)
    assert told(who_speaks(region, on=DAY)) == [("Longhi", "presidente", SINCE)]
    an_office(region, carla, OfficeTitle.LEGAL_REPRESENTATIVE, since=SINCE)
    assert told(who_speaks(region, on=DAY)) == [("Dini", "legale rappresentante", SINCE)]


def test_a_delegation_without_office_speaks_too(town: Organisation, ada: Person) -> None:
    a_delegation(town, ada, since=SINCE)
    assert told(who_speaks(town, on=DAY, theme=EQUALITY)) == [
        ("Conti", "delega: Pari opportunità", SINCE)
    ]
    assert who_speaks(town, on=DAY) == []


def test_a_unit_speaks_for_itself(town: Organisation, ada: Person, bice: Person) -> None:
    police = add_unit(organisation=town, name="Polizia Locale", kind=UnitKind.CORPS, by=OPERATOR)
    an_office(town, ada, MAYOR, since=SINCE)
    an_office(town, bice, OfficeTitle.COMMANDER, since=SINCE, unit=police)
    assert told(who_speaks(town, on=DAY)) == [("Conti", "sindaca", SINCE)]
    assert told(who_speaks(town, on=DAY, unit=police)) == [("Longhi", "comandante", SINCE)]


# As it was known


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_a_correction_and_a_change_are_known_differently(
    town: Organisation, ada: Person, bice: Person, carla: Person
) -> None:
    with time_machine.travel(at(date(2019, 6, 11)), tick=False):
        row = a_representation(town, ada, since=SINCE)
    with time_machine.travel(at(date(2020, 2, 1)), tick=False):
        row = correct_fact(fact=row, values={"person": bice}, by=OPERATOR)
    with time_machine.travel(at(date(2021, 2, 1)), tick=False):
        change_fact(fact=row, since=partly("2021-01-01"), values={"person": carla}, by=OPERATOR)

    def speaks(day: date, known: date | None) -> list[Person]:
        found = who_speaks(town, on=day, known_at=at(known) if known else None)
        return [one.person for one in found]

    before, after = date(2019, 9, 1), date(2021, 1, 15)
    # What was wrong was never so; what changed was so until it changed.
    assert [speaks(before, known) for known in (date(2019, 6, 1), before, date(2020, 3, 1), None)] == [
        [], [ada], [bice], [bice],
    ]  # fmt: skip
    assert [speaks(after, known) for known in (before, date(2020, 3, 1), after, None)] == [
        [ada], [bice], [bice], [carla],
    ]  # fmt: skip


def test_offices_are_read_as_they_were_known(town: Organisation, ada: Person) -> None:
    with time_machine.travel(at(date(2020, 1, 1)), tick=False):
        office = an_office(town, ada, MAYOR, since=SINCE)
    with time_machine.travel(at(date(2022, 1, 1)), tick=False):
        end_fact(fact=office, last=partly("2020-12-31"), by=OPERATOR)
    assert in_office(town, on=DAY) == []
    then = in_office(town, on=DAY, known_at=at(date(2021, 6, 1)))
    assert [(one.person, one.ended) for one in then] == [(ada, None)]
    assert [one.ended for one in offices_story(town, known_at=at(date(2021, 6, 1)))] == [None]


def test_the_rows_of_a_merged_organisation_speak_for_what_it_is(
    valley: Valley, group: Organisation, ada: Person, bice: Person
) -> None:
    twice = an_organisation(valley.network, "Alba ODV", "association")
    thrice = an_organisation(valley.network, "Alba APS", "association")
    an_office(twice, ada, OfficeTitle.PRESIDENT, since=SINCE)
    an_office(thrice, bice, OfficeTitle.DIRECTOR, since=SINCE)
    with time_machine.travel(at(date(2023, 1, 1)), tick=False):
        merge_organisations(organisation=thrice, into=twice, reason="la stessa", by=OPERATOR)
    with time_machine.travel(at(date(2023, 2, 1)), tick=False):
        merge_organisations(organisation=twice, into=group, reason="la stessa", by=OPERATOR)
    assert [one.person for one in who_speaks(group, on=DAY)] == [ada, bice]
    assert [one.person for one in in_office(group, on=DAY)] == [ada, bice]
    assert [one.person for one in in_office(twice, on=DAY)] == [ada, bice]
    assert in_office(group, on=DAY, known_at=at(date(2023, 1, 15))) == []
    unmerge_organisation(organisation=twice, by=OPERATOR)
    assert who_speaks(group, on=DAY) == []
