"""The register as of a day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tavolo.kernel import clock
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.paging import page_of
from tavolo.registry.actions import change_fact, correct_fact, enter_fact, merge_organisations
from tavolo.registry.choices import NameKind, SeatKind
from tavolo.registry.models import (
    Organisation,
    OrganisationFact,
    OrganisationName,
    Participation,
    Seat,
    Standing,
)
from tavolo.registry.queries import REGISTER_ORDER, register_on
from tests.factories.registry import an_organisation, many_participants
from tests.factories.territory import a_municipality
from tests.registry.conftest import Valley

THEN = date(2015, 6, 1)
MANY = (1, 10, 200)


def held(model: type[OrganisationFact], organisation: Organisation) -> OrganisationFact:
    return model._base_manager.get(organisation=organisation, superseded_at=None, valid_until=None)


def entered(valley: Valley, name: str, **values: object) -> Organisation:
    return an_organisation(valley.network, name, began=PartialDate(2010), **values)  # type: ignore[arg-type]


def names_on(day: date, **values: object) -> list[tuple[str, str, str]]:
    rows = register_on(day, **values).order_by(*REGISTER_ORDER)  # type: ignore[arg-type]
    return [(row.name_then, row.kind_then, row.place_then) for row in rows]  # type: ignore[attr-defined]


def test_the_register_has_the_names_of_that_day(valley: Valley) -> None:
    lucca = a_municipality("Lucca")
    pisa = a_municipality("Pisa", province=lucca.province)
    one = entered(valley, "Zeta", municipality=lucca)
    entered(valley, "Beta")
    since = PartialDate(2016, 1)
    change_fact(
        fact=held(OrganisationName, one), since=since, values={"name": "Alfa"}, by=valley.secretary
    )
    change_fact(
        fact=held(Standing, one), since=since, values={"kind": "foundation"}, by=valley.secretary
    )
    change_fact(
        fact=held(Seat, one), since=since, values={"municipality": pisa}, by=valley.secretary
    )
    assert names_on(date(2009, 12, 31)) == []
    assert names_on(THEN) == [("Beta", "association", ""), ("Zeta", "association", "Lucca")]
    # In January 2016 nobody knows the day: the new name counts from the first that it can mean.
    for day in (date(2016, 1, 1), date(2016, 1, 31), clock.today()):
        assert names_on(day) == [("Alfa", "foundation", "Pisa"), ("Beta", "association", "")]


def test_the_register_is_filtered_by_what_held_then(valley: Valley) -> None:
    lucca = a_municipality("Lucca")
    one = entered(valley, "Casa delle donne", municipality=lucca)
    enter_fact(
        fact=OrganisationName(
            organisation=one,
            kind=NameKind.OFFICIAL,
            name="Associazione Tenda",
            ended=PartialDate(2015),
        ),
        by=valley.secretary,
    )
    entered(valley, "Altra", kind="foundation")
    Participation.objects.create(
        network=valley.network, organisation=one, role="participant", valid_from=date(2014, 1, 1)
    )
    slug = valley.network.slug
    found = [("Casa delle donne", "association", "Lucca")]
    assert names_on(THEN, words="tenda assoc") == found
    assert names_on(clock.today(), words="tenda") == []
    assert names_on(THEN, kind="association") == found
    assert names_on(THEN, kind="school") == []
    assert names_on(THEN, legal_form="committee") == []
    assert names_on(THEN, municipality=lucca) == found
    assert names_on(THEN, network=slug) == found
    assert names_on(date(2013, 6, 1), network=slug) == []


def test_the_register_as_it_was_known(valley: Valley) -> None:
    one = entered(valley, "Sbagliata")
    before = clock.now()
    correct_fact(fact=held(OrganisationName, one), values={"name": "Giusta"}, by=valley.secretary)
    assert names_on(THEN, known_at=before) == [("Sbagliata", "association", "")]
    assert names_on(THEN) == [("Giusta", "association", "")]


def test_a_seat_that_is_not_public_places_nobody(valley: Valley) -> None:
    lucca = a_municipality("Lucca")
    one = entered(valley, "Casa rifugio")
    enter_fact(
        fact=Seat(organisation=one, kind=SeatKind.REGISTERED, municipality=lucca, public=False),
        by=valley.secretary,
    )
    assert names_on(THEN) == [("Casa rifugio", "association", "")]
    assert names_on(THEN, municipality=lucca) == []
    one.refresh_from_db()
    assert one.municipality is None


def test_whoever_was_merged_is_left_out(valley: Valley) -> None:
    one, other = entered(valley, "Uno"), entered(valley, "Uno bis")
    merge_organisations(organisation=other, into=one, reason="la stessa", by=valley.secretary)
    assert names_on(THEN) == [("Uno", "association", "")]


@pytest.mark.parametrize("number", [*MANY, 5000])
def test_a_page_of_the_register_takes_two_queries(valley: Valley, number: int) -> None:
    many_participants(valley.network, number)
    with CaptureQueriesContext(connection) as counted:
        page = page_of(register_on(THEN), order=REGISTER_ORDER)
    assert (page.total, len(counted)) == (number, 2)


def test_the_facts_of_a_day_are_found_by_their_index(valley: Valley) -> None:
    many_participants(valley.network, 200)
    plan = register_on(THEN).explain()
    assert "SCAN U0" not in plan
    assert "Seq Scan on registry_organisationname" not in plan or connection.vendor == "postgresql"
