from datetime import timedelta

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.portal import queries
from tavolo.portal.settings import CONTROLLER
from tavolo.registry.actions import change_setting, end_participation
from tavolo.registry.models import Participation
from tavolo.registry.settings import CONTACT, SOURCES
from tavolo.territory.actions import place_network
from tavolo.territory.models import Area, Municipality
from tests.factories.registry import a_founded_network, a_participant
from tests.factories.territory import a_municipality, a_province

TODAY = clock.today()
YESTERDAY = TODAY - timedelta(days=1)


def test_each_municipality_counts_once(placed: Network, province: Area) -> None:
    """Also where areas overlap, and where it is named by itself too."""
    twin = a_province("050", "Pisa")
    own = Municipality.objects.filter(province=province).first()
    twin.memberships.create(municipality=own)
    a_municipality("Sola", province=twin)
    place_network(network=placed, area=twin, by=OPERATOR)
    place_network(network=placed, municipality=own, by=OPERATOR)
    empty = a_founded_network("vuota")
    assert queries.municipality_counts([placed, empty], on=TODAY) == {placed.pk: 4}


def test_counting_takes_two_queries(
    placed: Network, town: Network, django_assert_num_queries
) -> None:
    with django_assert_num_queries(2):
        assert queries.municipality_counts([placed, town], on=TODAY) == {
            placed.pk: 4,
            town.pk: 1,
        }


def test_settings_are_those_of_the_day(valley: Network) -> None:
    for value, since in (("a@b.example", YESTERDAY), ("c@d.example", TODAY)):
        change_setting(network=valley, key=CONTACT.key, value=value, since=since, by=OPERATOR)
    found = {
        day: queries.settings_of(valley, (CONTACT, SOURCES), on=day)[CONTACT.key]
        for day in (YESTERDAY - timedelta(days=1), YESTERDAY, TODAY)
    }
    assert list(found.values()) == ["", "a@b.example", "c@d.example"]
    assert queries.settings_of(valley, (SOURCES,), on=TODAY) == {SOURCES.key: ""}


def test_statements_of_all_networks(valley: Network) -> None:
    other = a_founded_network("altra")
    change_setting(network=other, key=CONTROLLER.key, value="Comune di Altra", by=OPERATOR)
    found = queries.statements(on=TODAY)
    assert [(said.network, said.controller, said.contact) for said in found] == [
        (valley, "", ""),
        (other, "Comune di Altra", ""),
    ]


def test_who_takes_part_comes_kind_after_kind(valley: Network) -> None:
    for name, kind in (
        ("Z", "municipality"),
        ("B", "association"),
        ("A", "association"),
        ("C", "school"),
    ):
        a_participant(valley, name, kind=kind)
    rows = queries.participants_in_groups(valley, on=TODAY).order_by("rank", "sort_key", "id")
    assert [row.organisation.name for row in rows] == ["Z", "C", "A", "B"]
    assert not queries.participants_in_groups(valley, on=YESTERDAY).exists()


def test_municipalities_that_take_part_themselves(placed: Network, province: Area) -> None:
    first, second, _third = Municipality.objects.filter(province=province).order_by("id")
    a_participant(placed, kind="municipality", municipality=first)
    a_participant(placed, kind="association", municipality=second)
    a_participant(placed, kind="municipality")
    assert queries.municipalities_taking_part(placed, on=TODAY) == {first.pk}


def test_who_left_comes_latest_first(valley: Network) -> None:
    for name, year in (("A", "2010"), ("B", "2016"), ("C", "2012")):
        a_participant(valley, name)
        row = Participation.objects.get(organisation__name=name)
        Participation.objects.filter(pk=row.pk).update(valid_from=None)
        row.refresh_from_db()
        end_participation(participation=row, last_day=PartialDate.parse(year), by=OPERATOR)
    a_participant(valley, "D")
    found = queries.past_participants(valley, on=TODAY, most=2)
    assert [row.organisation.name for row in found] == ["B", "C"]
