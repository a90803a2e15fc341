"""What nobody holds any more, since when, and whom to ask."""

from datetime import date

import pytest

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.people.models import Person
from tavolo.registry.actions import (
    add_unit,
    discontinue_office,
    end_all_offices,
    end_unit,
    enter_fact,
)
from tavolo.registry.choices import Channel, DelegationTheme, OfficeTitle, UnitKind
from tavolo.registry.models import Contact, Organisation
from tavolo.registry.queries import Vacant, vacancies
from tavolo.registry.queries.vacancies import vacancies_of
from tests.factories.in_office import a_delegation, an_office, partly
from tests.factories.people import a_person
from tests.factories.registry import a_participant, an_organisation
from tests.registry.conftest import Valley

MAYOR, OTHER = OfficeTitle.MAYOR, OfficeTitle.OTHER
EQUALITY, CULTURE = DelegationTheme.EQUAL_OPPORTUNITIES, DelegationTheme.CULTURE
SINCE, LAST, VACANT = "2019-06-10", "2024-06-08", date(2024, 6, 9)


@pytest.fixture
def today() -> date:
    return clock.today()


@pytest.fixture
def town(valley: Valley) -> Organisation:
    return a_participant(valley.network, "Comune di Vallalta", kind="municipality")


@pytest.fixture
def ada(db: None) -> Person:
    return a_person("Ada", "Conti")


def told(found: list[Vacant]) -> list[tuple[str, str, date | None]]:
    return [(one.organisation.name, one.words, one.since) for one in found]


def test_after_an_election_everything_is_vacant_since_that_day(
    valley: Valley, town: Organisation, ada: Person, today: date
) -> None:
    assessor = an_office(town, ada, since=SINCE)
    an_office(town, a_person(), MAYOR, since=SINCE)
    an_office(town, ada, OTHER, since=SINCE, title_feminine="garante", title_masculine="garante")
    a_delegation(town, ada, on=assessor)
    a_delegation(town, ada, DelegationTheme.OTHER, words="tempi della città", on=assessor)
    end_all_offices(organisation=town, last=partly(LAST), act="Verbale", by=OPERATOR)
    an_office(town, ada, MAYOR, since="2024-06-10")
    assert told(vacancies(valley.network, on=today)) == [
        (town.name, "Assessore o assessora", VACANT),
        (town.name, "garante", VACANT),
        (town.name, "Pari opportunità", VACANT),
        (town.name, "tempi della città", VACANT),
    ]


def test_what_somebody_else_holds_is_not_vacant(
    valley: Valley, town: Organisation, ada: Person, today: date
) -> None:
    an_office(town, ada, since=SINCE, until=LAST)
    an_office(town, a_person(), since=SINCE)
    a_delegation(town, ada, since=SINCE, until=LAST)
    a_delegation(town, a_person(), since="2026-01-01")
    assert vacancies(valley.network, on=today) == []


def test_a_municipality_that_never_named_anybody_is_told_of(
    valley: Valley, town: Organisation, ada: Person, today: date
) -> None:
    other = a_participant(valley.network, "Comune di Alba", kind="municipality")
    a_delegation(other, ada, CULTURE, since=SINCE)
    a_participant(valley.network, "Associazione Brezza")
    an_organisation(valley.network, "Comune di fuori", "municipality")
    a_delegation(town, ada, since=SINCE)
    found = vacancies(valley.network, on=today)
    assert told(found) == [("Comune di Alba", "Pari opportunità", None)]
    assert (found[0].never, found[0].theme, found[0].title) == (True, EQUALITY, "")


def test_what_is_given_up_is_not_vacant_until_somebody_takes_it_up(
    valley: Valley, town: Organisation, ada: Person, today: date
) -> None:
    a_delegation(town, ada, since=SINCE)
    a_delegation(town, ada, CULTURE, since=SINCE, until=LAST)
    discontinue_office(
        organisation=town, theme=CULTURE, since=partly("2025"), reason="all’Unione", by=OPERATOR
    )
    assert vacancies(valley.network, on=today) == []
    a_delegation(town, ada, CULTURE, since="2025-06-01", until="2025-12-31")
    assert told(vacancies(valley.network, on=today)) == [(town.name, "Cultura", date(2026, 1, 1))]


def test_units_that_are_no_more_have_no_vacancies(
    valley: Valley, town: Organisation, ada: Person, today: date
) -> None:
    a_delegation(town, ada, since=SINCE)
    police, council = (
        add_unit(organisation=town, name=name, kind=UnitKind.ORGAN, by=OPERATOR)
        for name in ("Polizia Locale", "Consulta")
    )
    an_office(town, ada, OfficeTitle.COMMANDER, since=SINCE, until=LAST, unit=police)
    an_office(town, ada, OfficeTitle.PRESIDENT, since=SINCE, until=LAST, unit=council)
    end_unit(unit=council, last=partly("2025-12-31"), by=OPERATOR)
    found = vacancies(valley.network, on=today)
    assert [(one.unit, one.title, str(one.ended)) for one in found] == [
        (police, OfficeTitle.COMMANDER, LAST)
    ]


def test_what_is_yet_to_come_is_not_vacant(
    valley: Valley, town: Organisation, ada: Person, today: date
) -> None:
    a_delegation(town, ada, since=SINCE)
    an_office(town, ada, MAYOR, since="2999-01-01")
    assert vacancies(valley.network, on=today) == []


def test_of_one_organisation_it_is_the_same(
    valley: Valley, town: Organisation, ada: Person, today: date
) -> None:
    a_participant(valley.network, "Comune di Alba", kind="municipality")
    an_office(town, ada, MAYOR, since=SINCE, until=LAST)
    everywhere = vacancies(valley.network, on=today)
    mine = [one for one in everywhere if one.organisation == town]
    assert (len(everywhere), len(mine)) == (3, 2)
    assert vacancies_of(town, on=today) == mine


# Whom to ask


def test_whom_to_ask_is_the_public_contact_then_the_head_then_the_secretariat(
    valley: Valley, town: Organisation, ada: Person, today: date
) -> None:
    def asked() -> tuple[str, str, object]:
        (one,) = vacancies(valley.network, on=today)
        return one.ask.contact, one.ask.words, one.ask.network

    assert asked() == ("", "", valley.network)
    an_office(town, ada, MAYOR, since=SINCE)
    assert asked() == ("", "sindaca", None)
    for channel, value, public in (
        (Channel.CERTIFIED_EMAIL, "pec@comune.example", True),
        (Channel.EMAIL, "riservata@comune.example", False),
    ):
        enter_fact(
            fact=Contact(organisation=town, channel=channel, value=value, public=public),
            by=OPERATOR,
        )
    assert asked() == ("pec@comune.example", "", None)
    enter_fact(
        fact=Contact(organisation=town, channel=Channel.EMAIL, value="urp@comune.example"),
        by=OPERATOR,
    )
    assert asked() == ("urp@comune.example", "", None)
