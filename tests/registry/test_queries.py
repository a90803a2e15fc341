from datetime import date, timedelta

import pytest

from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import NotFound
from tavolo.kernel.paging import page_of
from tavolo.registry import queries
from tavolo.registry.actions import admit_organisation, end_participation
from tavolo.registry.choices import OrganisationKind
from tavolo.registry.models import Organisation
from tavolo.registry.queries import TakingPart
from tavolo.territory.models import Municipality
from tests.factories.people import a_person
from tests.factories.registry import (
    a_founded_network,
    a_participant,
    acting,
    an_organisation,
)
from tests.factories.territory import a_municipality, a_province
from tests.registry.conftest import Valley

TODAY = clock.today()


def names(rows) -> list[str]:
    return [row.name for row in page_of(rows).items]


@pytest.fixture
def register(valley: Valley) -> Valley:
    for name in (
        "Sant’Agata Onlus",
        "Comune di Forlì",
        "Auser",
        "AUSER Gruppo 10",
        "AUSER Gruppo 2",
    ):
        a_participant(valley.network, name)
    return valley


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["Auser", "AUSER Gruppo 2", "AUSER Gruppo 10", "Comune di Forlì", "Sant’Agata Onlus"]),
        ("forli", ["Comune di Forlì"]),
        ("FORLÌ comu", ["Comune di Forlì"]),
        ("agata", ["Sant’Agata Onlus"]),
        ("sant agata", ["Sant’Agata Onlus"]),
        ("gata", []),
        ("auser 1", ["AUSER Gruppo 10"]),
        (
            "%",
            ["Auser", "AUSER Gruppo 2", "AUSER Gruppo 10", "Comune di Forlì", "Sant’Agata Onlus"],
        ),
        ("_user", []),
    ],
)
def test_words_are_found_by_their_beginnings(
    register: Valley, words: str, found: list[str]
) -> None:
    assert names(queries.organisations(words=words, on=TODAY)) == found


def test_the_register_by_kind_and_by_network(valley: Valley) -> None:
    other = a_founded_network("altra")
    a_participant(valley.network, "A", kind="school")
    a_participant(valley.network, "B")
    a_participant(other, "C", kind="school")
    an_organisation(other, "D")
    assert names(queries.organisations(kind="school", on=TODAY)) == ["A", "C"]
    assert names(queries.organisations(network="altra", on=TODAY)) == ["C"]
    assert names(queries.organisations(network="altra", on=TODAY - timedelta(days=1))) == []
    assert queries.kinds_in_use() == [OrganisationKind.SCHOOL, OrganisationKind.ASSOCIATION]


def test_what_is_not_there_is_not_found(valley: Valley) -> None:
    with pytest.raises(NotFound):
        queries.organisation_by_code("nulla")
    with pytest.raises(NotFound):
        queries.network_by_slug("nulla")


def test_counts_of_a_network_on_a_day(valley: Valley) -> None:
    admit_organisation(
        network=valley.network,
        organisation=an_organisation(valley.network, kind="province"),
        since=PartialDate.parse("2006"),
        role="promoter",
        by=OPERATOR,
    )
    gone = admit_organisation(
        network=valley.network,
        organisation=an_organisation(valley.network),
        since=date(2007, 5, 1),
        by=OPERATOR,
    )
    end_participation(participation=gone, last_day=date(2015, 12, 31), by=OPERATOR)
    pk = valley.network.pk
    both = TakingPart(2, 1, {"province": 1, "association": 1})
    assert queries.taking_part(date(2015, 12, 31)) == {pk: both}
    assert queries.taking_part(date(2016, 1, 1)) == {pk: TakingPart(1, 1, {"province": 1})}
    assert queries.taking_part(date(2005, 1, 1)) == {}


def test_where_many_take_part_is_one_query(valley: Valley, django_assert_num_queries) -> None:
    rows = [a_participant(valley.network) for _number in range(5)]
    alone = an_organisation(valley.network)
    with django_assert_num_queries(1):
        found = queries.networks_of([*rows, alone], on=TODAY)
        assert {pk: [p.network.slug for p in each] for pk, each in found.items()} == {
            row.pk: ["valle"] for row in rows
        }


def test_the_secretaries_of_a_day(valley: Valley) -> None:
    assert [office.person for office in queries.secretaries(valley.network, on=TODAY)] == [
        valley.person
    ]
    assert list(queries.secretaries(valley.network, on=TODAY - timedelta(days=1))) == []


def test_at_work_one_sees_what_one_stewards_and_who_takes_part(valley: Valley) -> None:
    other = a_founded_network("altra")
    stewarded = an_organisation(valley.network, "A")
    guest = an_organisation(other, "B")
    admit_organisation(network=valley.network, organisation=guest, since=None, by=OPERATOR)
    an_organisation(other, "C")
    assert names(queries.organisations_at_work(valley.secretary, on=TODAY)) == ["A", "B"]
    assert list(queries.organisations_editable_by(valley.secretary)) == [stewarded]
    for nobody in (ANONYMOUS, acting(a_person())):
        assert names(queries.organisations_at_work(nobody, on=TODAY)) == []
    assert names(queries.organisations_at_work(OPERATOR, on=TODAY)) == ["A", "B", "C"]


def test_a_municipality_is_called_by_its_whole_name(db: None) -> None:
    lucca, pisa = a_province(), a_province("050", "Pisa")
    here = a_municipality("San Giuliano", province=lucca)
    there = a_municipality("San Giuliano", province=pisa)
    a_municipality("San Giuliano Terme", province=pisa)
    assert queries.municipalities_called("san giuliano") == [here, there]
    assert queries.municipalities_called("San Giuliano (pi)") == [there]
    assert queries.municipalities_called("San Giul") == []
    assert queries.municipalities_called("San Giuliano (") == [here, there]
    Municipality.objects.filter(pk=here.pk).update(valid_until=date(2014, 1, 1))
    assert queries.municipalities_called("San Giuliano") == [there]


def test_the_register_is_read_in_two_queries(valley: Valley, django_assert_num_queries) -> None:
    for _number in range(3):
        a_participant(valley.network)
    with django_assert_num_queries(2):
        page = page_of(queries.organisations(on=TODAY))
        assert [row.municipality for row in page.items] == [None] * 3
    assert page.total == Organisation.objects.count()
