from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.actions import end_fact
from tavolo.tables import actions, queries
from tavolo.tables.models import Body
from tavolo.tables.plugs import group_presets
from tests.factories.in_office import a_delegation, an_office, partly
from tests.factories.people import a_network, a_person
from tests.factories.registry import a_participant, acting, acting_for, an_organisation
from tests.factories.tables import a_body, a_delegate, a_seat, many_seats
from tests.factories.territory import a_province

pytestmark = pytest.mark.django_db
DAY = date(2016, 2, 23)


@pytest.fixture
def network() -> Network:
    return a_network()


@pytest.fixture
def body(network: Network) -> Body:
    return a_body(network, "Tavolo permanente", since="2015-06-01")


def holders(body: Body, on: date, **values: object) -> list[str]:
    return [line.holder for line in queries.roster(body, on=on, **values).lines]


def test_the_roster_of_a_day_is_who_sat_there_on_it(body: Body) -> None:
    first, second = (an_organisation(body.network, name) for name in ("Aurora", "Bussola"))
    seat = a_seat(body, first, since="2015-07-01")
    a_seat(body, second, since="2016-01-01")
    actions.end_seat(
        seat=seat, last=date(2016, 6, 30), reason="resignation", act="lettera", by=OPERATOR
    )
    found = {day: holders(body, date.fromisoformat(day)) for day in (
        "2015-06-30", "2015-07-01", "2016-01-01", "2016-06-30", "2016-07-01")}  # fmt: skip
    assert found == {
        "2015-06-30": [],
        "2015-07-01": ["Aurora"],
        "2016-01-01": ["Aurora", "Bussola"],
        "2016-06-30": ["Aurora", "Bussola"],
        "2016-07-01": ["Bussola"],
    }


def test_what_was_known_then_stays_an_answer(body: Body) -> None:
    seat = a_seat(body, an_organisation(body.network, "Aurora"), since="2015-07-01")
    then = clock.now()
    actions.withdraw_seat(seat=seat, reason="un’altra", by=OPERATOR)
    assert holders(body, DAY, known_at=then) == ["Aurora"]
    assert holders(body, DAY) == []


def test_counts_by_category_and_municipality(network: Network, body: Body) -> None:
    province = a_province(municipalities=2)
    town = province.memberships.first().municipality
    union = an_organisation(network, "Sindacato", kind="trade_union", municipality=town)
    comune = an_organisation(network, "Comune", kind="municipality", municipality=town)
    for one in (union, comune, an_organisation(network, "Aurora")):
        a_seat(body, one, since="2015-07-01")
    a_seat(body, an_organisation(network, "Prefettura", kind="prefecture"), role="partner")
    found = queries.roster(body, on=DAY)
    assert (found.count, len(found.adherents)) == (4, 3)
    assert found.by_category == {"association": 1, "trade_union": 1, "municipality": 1}
    assert found.by_municipality == {town.istat_code: 2, "": 1}
    assert holders(body, DAY, category="trade_union") == ["Sindacato"]
    assert holders(body, DAY, municipality=town) == ["Sindacato", "Comune"]


def test_of_the_table_those_who_sit_in_a_group_too(body: Body) -> None:
    [group, *_rest] = actions.found_groups(
        parent=body, preset=group_presets.get("milano_groups"), by=OPERATOR
    )
    first, second = (an_organisation(body.network, name) for name in ("Aurora", "Bussola"))
    for one in (first, second):
        a_seat(body, one)
    a_seat(group, second, role="coordinator")
    assert holders(body, DAY, group=group) == ["Bussola"]
    assert holders(group, DAY) == ["Bussola"]


def test_the_seat_of_an_office_fills_and_empties_by_itself(network: Network, body: Body) -> None:
    comune = an_organisation(network, "Comune di Argelato", kind="municipality")
    a_seat(body, comune, theme="equal_opportunities")
    ada, bianca = a_person("Ada", "Rossi"), a_person("Bianca", "Verdi")
    office = an_office(comune, ada, since="2015-01-01", until="2016-01-31")
    a_delegation(comune, ada, since="2015-01-01", until="2016-01-31", on=office)
    a_delegation(comune, bianca, since="2016-03-01")

    def who(on: date) -> tuple[str | None, int]:
        found = queries.roster(body, on=on)
        first = found.lines[0].effective
        return (first.name if first else None, len(found.vacancies))

    assert who(date(2016, 1, 31)) == ("Ada Rossi", 0)
    assert who(DAY) == (None, 1)
    assert who(date(2016, 3, 1)) == ("Bianca Verdi", 0)
    assert queries.roster(body, on=date(2016, 1, 1)).lines[0].effective.words == "assessora"


def test_the_seat_of_a_title_and_of_a_title_with_a_matter(network: Network, body: Body) -> None:
    comune = an_organisation(network, "Comune", kind="municipality")
    a_seat(body, comune, title="mayor")
    a_seat(body, comune, title="assessor", theme="equal_opportunities")
    mayor, first, second = (a_person(name) for name in ("Marco", "Ada", "Bice"))
    an_office(comune, mayor, "mayor")
    an_office(comune, first)
    a_delegation(comune, second, on=an_office(comune, second))
    sitting = [line.effective.person for line in queries.roster(body, on=DAY).lines]
    assert sitting == [second, mayor]


def test_a_seat_of_a_unit_and_of_a_person(network: Network, body: Body) -> None:
    from tavolo.registry.actions import add_unit

    comune = an_organisation(network, "Comune", kind="municipality")
    unit = add_unit(organisation=comune, name="Polizia Locale", kind="organ", by=OPERATOR)
    a_seat(body, comune, unit=unit)
    person = a_person("Barbara", "Peres")
    a_seat(body, person=person, basis="election")
    assert holders(body, DAY) == ["Polizia Locale, Comune", "Barbara Peres"]
    assert queries.roster(body, on=DAY).lines[1].effective.person == person


def test_whom_an_association_sends_is_not_public(network: Network, body: Body) -> None:
    own, other = (a_participant(network, name) for name in ("Aurora", "Bussola"))
    comune = an_organisation(network, "Comune", kind="municipality")
    sent, near, far = (a_person(name) for name in ("Ada", "Bice", "Cora"))
    acting_for(other, near)
    a_delegate(a_seat(body, own), sent)
    a_delegate(a_seat(body, comune), a_person("Dora"))

    def seen(person: Person | None) -> list[str]:
        actor = acting(person) if person else ANONYMOUS
        lines = queries.roster(body, on=DAY, actor=actor).lines
        return [line.effective.name for line in lines]

    assert [seen(None), seen(far)] == [["", "Dora Verdi"]] * 2
    assert [seen(sent), seen(near)] == [["Ada Verdi", "Dora Verdi"]] * 2
    assert not any(line.sends_nobody for line in queries.roster(body, on=DAY).lines)


def test_names_are_those_of_the_day(network: Network, body: Body) -> None:
    from tavolo.registry.models import OrganisationName

    one = an_organisation(network, "Vecchio nome")
    a_seat(body, one)
    row = OrganisationName.objects.known().get(organisation=one)
    end_fact(fact=row, last=partly("2016-12-31"), by=OPERATOR)
    name = actions.name_body(body=body, name="Tavolo rosa", began=partly("2017"), by=OPERATOR)
    assert holders(body, DAY) == ["Vecchio nome"]
    assert queries.body_as_of(body, on=DAY).name == "Tavolo permanente"
    assert queries.body_as_of(body, on=date(2017, 1, 1)).name == name.name
    assert queries.names_on([body], on=DAY) == {body.pk: "Tavolo permanente"}


def test_who_has_not_joined(network: Network) -> None:
    province = a_province(municipalities=3)
    body = a_body(network, areas=[province])
    towns = [row.municipality for row in province.memberships.order_by("id")]
    joined, known = (
        an_organisation(network, town.name, kind="municipality", municipality=town)
        for town in towns[:2]
    )
    a_seat(body, joined, theme="equal_opportunities")
    found = [
        (one.municipality, one.organisation) for one in queries.not_joined(body, on=clock.today())
    ]
    assert found == [(towns[1], known), (towns[2], None)]


def test_one_act_founds_a_coordination_for_each_district(network: Network) -> None:
    from tests.factories.territory import a_municipality

    province = a_province(municipalities=2)
    towns = [row.municipality for row in province.memberships.order_by("id")]
    for town in towns:
        an_organisation(network, town.name, kind="municipality", municipality=town)
    found = actions.coordinate_areas(
        network=network,
        kind="coordination_political",
        area_kind="province",
        within=province,
        name="Coordinamento, {area}",
        act="atto 1",
        established=None,
        by=OPERATOR,
    )
    assert [body.name for body in found] == ["Coordinamento, Provincia di Lucca"]
    assert queries.roster(found[0], on=clock.today()).count == 2
    assert len(queries.roster(found[0], on=clock.today()).vacancies) == 2
    town = a_municipality("Nuovo", province=province)
    an_organisation(network, "Nuovo", kind="municipality", municipality=town)
    again = actions.seat_offices(
        body=found[0], area=province, theme="equal_opportunities", act="atto 2", by=OPERATOR
    )
    assert [seat.organisation.name for seat in again] == ["Nuovo"]


def test_no_area_no_act_no_coordination(network: Network) -> None:
    from tavolo.tables.errors import NoSuchAreas, SeatActMissing

    told = {
        "network": network,
        "kind": "coordination_political",
        "area_kind": "education_area",
        "within": a_province(municipalities=1),
        "name": "Coordinamento {area}",
        "established": None,
        "by": OPERATOR,
    }
    with pytest.raises(NoSuchAreas):
        actions.coordinate_areas(act="atto", **told)
    with pytest.raises(SeatActMissing):
        actions.coordinate_areas(act=" ", **told)


def test_lists_of_bodies_know_the_day_and_every_name(network: Network, body: Body) -> None:
    actions.name_body(body=body, name="Tavolo rosa", ended=partly("2016"), by=OPERATOR)
    other = a_body(a_network("altra"), "Osservatorio", kind="observatory")
    assert list(queries.bodies_on(DAY)) == [body, other] or list(queries.bodies_on(DAY)) == [
        other,
        body,
    ]
    assert list(queries.bodies_on(DAY, words="ROSA tavolo")) == [body]
    assert list(queries.bodies_on(DAY, network=network, kind="standing_table")) == [body]
    assert list(queries.bodies_on(date(2015, 5, 31), network=network)) == []
    assert list(queries.bodies_on(DAY, network=network, at_the_top=True)) == [body]
    a_seat(body, an_organisation(network))
    a_seat(body, an_organisation(network), role="observer")
    counted = queries.with_adherents(queries.bodies_on(DAY, network=network), on=DAY)
    assert [row.adherents for row in counted] == [1]


def test_where_an_organisation_sits_and_the_whole_story(network: Network, body: Body) -> None:
    one = an_organisation(network, "Aurora")
    first = a_seat(body, one, since="2015-07-01", until="2015-12-31")
    second = a_seat(body, one, since="2016-02-01")
    found = queries.where_they_sit([one], on=DAY)
    assert [line.seat for line in found[one.pk]] == [second]
    assert [line.seat for line in queries.seats_story(body, on=DAY)] == [second, first]


@pytest.mark.parametrize("number", [1, 10, 600])
def test_a_roster_takes_as_many_queries_for_600_as_for_one(body: Body, number: int) -> None:
    many_seats(body, number)
    with CaptureQueriesContext(connection) as counted:
        found = queries.roster(body, on=clock.today())
        assert len([line.effective for line in found.lines]) == number
        assert found.by_municipality == {"": number}
    assert len(counted) == 3


def test_merged_organisations_answer_for_each_other(network: Network, body: Body) -> None:
    from tavolo.registry.actions import merge_organisations

    one, double = (
        an_organisation(network, name, kind="municipality") for name in ("Comune", "Comune bis")
    )
    a_seat(body, one, theme="equal_opportunities")
    a_delegation(double, a_person("Ada"))
    assert len(queries.roster(body, on=DAY).vacancies) == 1
    merge_organisations(organisation=double, into=one, reason="la stessa", by=OPERATOR)
    assert len(queries.roster(body, on=clock.today() - timedelta(days=1)).vacancies) == 0
