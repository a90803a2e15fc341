from datetime import date

import pytest

from tavolo.kernel.actor import OPERATOR
from tavolo.territory import queries
from tavolo.territory.actions import place_network
from tavolo.territory.choices import Level
from tavolo.territory.models import Municipality
from tests.factories.people import a_network
from tests.factories.territory import a_municipality, a_province, draw

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def names(rows) -> list[str]:
    return [row.name for row in rows]


def test_a_network_has_the_municipalities_of_its_pieces_each_once():
    network, other = a_network(), a_network("monte", "Rete del monte")
    province = a_province(municipalities=2)
    inside = queries.municipalities_in(province, on=TODAY).order_by("sort_key")[0]
    alone = a_municipality("Zeri", province=a_province("045", "Massa-Carrara"))
    a_municipality("Aulla", province=alone.province)
    for place in ({"area": province}, {"municipality": inside}, {"municipality": alone}):
        place_network(network=network, by=OPERATOR, **place)

    found = queries.municipalities_of(network, on=TODAY).order_by("sort_key")

    assert names(found) == ["Comune 1", "Comune 2", "Zeri"]
    assert not queries.municipalities_of(other, on=TODAY).exists()


def test_a_networks_territory_is_asked_as_of_a_day():
    network, province = a_network(), a_province(municipalities=1)
    place_network(
        network=network,
        area=province,
        valid_from=date(2006, 1, 1),
        valid_until=date(2020, 1, 1),
        by=OPERATOR,
    )

    days = (date(2005, 12, 31), date(2006, 1, 1), date(2019, 12, 31), date(2020, 1, 1))

    assert [queries.municipalities_of(network, on=day).count() for day in days] == [0, 1, 1, 0]
    assert [len(queries.outline_of(network, on=day).pieces) for day in days] == [0, 1, 1, 0]


def test_a_single_municipality_stands_on_the_ground_of_its_province():
    network, province = a_network(), a_province()
    town = a_municipality(province=province, drawn=False)
    draw(town, (200, 200, 250, 250), Level.MIDDLE)
    place_network(network=network, municipality=town, by=OPERATOR)

    outline = queries.outline_of(network, on=TODAY)

    assert names(outline.pieces) == [town.name]
    assert names(outline.ground) == [province.title]
    assert outline.bounds == (0, 0, 1000, 1000)
    assert outline.place == outline.pieces[0].place


def test_a_network_without_territory_is_an_empty_outline():
    outline = queries.outline_of(a_network(), on=TODAY)

    assert (outline.pieces, outline.ground, outline.place) == ((), (), None)


def test_italy_carries_the_territory_of_every_network(django_assert_num_queries):
    networks = [a_network(f"rete-{n}", f"Rete {n}") for n in range(4)]
    for number, network in enumerate(networks[:3]):
        place_network(
            network=network,
            area=a_province(f"04{number}", f"P{number}", municipalities=1),
            by=OPERATOR,
        )
    place_network(network=networks[3], municipality=Municipality.objects.first(), by=OPERATOR)

    with django_assert_num_queries(4):
        found = queries.italy_map(networks, on=TODAY)

    assert names(found.regions.shapes) == ["Toscana"]
    assert [names(found.networks[network.pk].pieces) for network in networks] == [
        ["Provincia di P0"],
        ["Provincia di P1"],
        ["Provincia di P2"],
        ["Comune 1"],
    ]
    with django_assert_num_queries(3):
        outlines = queries.outlines_of(networks, on=TODAY)
    assert {outline.level for outline in outlines.values()} == {Level.MIDDLE}
