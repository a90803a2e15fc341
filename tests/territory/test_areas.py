"""Entering an area: its code is minted once, its name may be said otherwise."""

from datetime import date

import pytest

from tavolo.journal.models import Entry
from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.errors import NotAllowed, StaleVersion
from tavolo.kernel.models import AnnouncedFact
from tavolo.territory.actions import create_area, edit_area, place_network
from tavolo.territory.errors import (
    AreaCodeTaken,
    AreaCodeUnusable,
    AreaNameMissing,
    ParentElsewhere,
)
from tavolo.territory.models import AreaAlias
from tests.factories.districts import a_district
from tests.factories.people import a_network, secretary_of
from tests.factories.territory import a_municipality, a_province

pytestmark = pytest.mark.django_db

KIND = "health_social_district"


def test_an_area_is_entered_with_a_code_made_from_its_name() -> None:
    province = a_province()
    area = create_area(kind=KIND, name="  Pianura Est ", parent=province, by=OPERATOR)
    twin = create_area(kind=KIND, name="Pianura Est", title="Distretto Pianura Est", by=OPERATOR)
    elsewhere = create_area(kind="education_area", name="Pianura Est", by=OPERATOR)

    assert [
        (row.code, row.name, row.title, row.parent, row.version) for row in (area, twin, elsewhere)
    ] == [
        ("pianura-est", "Pianura Est", "Pianura Est", province, 1),
        ("pianura-est-2", "Pianura Est", "Distretto Pianura Est", None, 1),
        ("pianura-est", "Pianura Est", "Pianura Est", None, 1),
    ]
    assert Entry.objects.filter(action="territory.area_created", subject_uid=area.uid).count() == 1
    assert AnnouncedFact.objects.filter(key="territory.AreaCreated").count() == 3


def test_a_code_is_nobodys_twice_not_even_a_former_one() -> None:
    area = create_area(kind=KIND, name="Piana", code="r09-p1", by=OPERATOR)
    AreaAlias.objects.create(area=area, kind=KIND, code="vecchia")
    for code in ("r09-p1", "vecchia"):
        with pytest.raises(AreaCodeTaken):
            create_area(kind=KIND, name="Altra", code=code, by=OPERATOR)


@pytest.mark.parametrize("code", ["A1", "à", "a b", "-a", "a--b", "a/b", "a" * 41])
def test_a_code_fits_into_an_address(code: str) -> None:
    with pytest.raises(AreaCodeUnusable):
        create_area(kind=KIND, name="Piana", code=code, by=OPERATOR)


def test_a_name_without_letters_still_gets_a_code() -> None:
    assert create_area(kind=KIND, name="…", by=OPERATOR).code == "x"
    with pytest.raises(AreaNameMissing):
        create_area(kind=KIND, name=" ", by=OPERATOR)


def test_a_secretariat_enters_areas_where_its_network_works() -> None:
    network, province = a_network(), a_province(municipalities=1)
    other = a_province("045", "Massa-Carrara", municipalities=1)
    place_network(network=network, area=province, by=OPERATOR)
    secretary = secretary_of(network)

    area = create_area(kind=KIND, name="Piana", parent=province, network=network, by=secretary)

    assert area.parent == province
    for parent in (other, None):
        with pytest.raises(ParentElsewhere):
            create_area(kind=KIND, name="X", parent=parent, network=network, by=secretary)


def test_who_may_enter_areas() -> None:
    network, province = a_network(), a_province(municipalities=1)
    place_network(network=network, area=province, by=OPERATOR)
    elsewhere = secretary_of(a_network("monte", "Rete del monte"))
    for kind, by, named in (
        (KIND, ANONYMOUS, network),
        (KIND, elsewhere, network),
        (KIND, secretary_of(network), None),
        ("province", secretary_of(network), network),
    ):
        with pytest.raises(NotAllowed):
            create_area(kind=kind, name="X", parent=province, network=named, by=by)


def test_an_area_is_called_otherwise() -> None:
    area = create_area(kind=KIND, name="Piana", by=OPERATOR)
    heir = create_area(kind=KIND, name="Piana nuova", by=OPERATOR)

    edit_area(area=area, version=1, name="Piana di Lucca", title="", successor=heir, by=OPERATOR)

    area.refresh_from_db()
    assert (area.name, area.title, area.code, area.successor, area.version) == (
        "Piana di Lucca",
        "Piana di Lucca",
        "piana",
        heir,
        2,
    )
    assert area.search_key == "piana di lucca"
    with pytest.raises(StaleVersion):
        edit_area(area=area, version=1, name="Altra", by=OPERATOR)
    with pytest.raises(AreaNameMissing):
        edit_area(area=area, version=2, name=" ", by=OPERATOR)


def test_a_secretariat_renames_what_is_its_own() -> None:
    network, province = a_network(), a_province(municipalities=2)
    beyond = a_municipality("Aulla", province=a_province("045", "Massa-Carrara"))
    place_network(network=network, area=province, by=OPERATOR)
    secretary = secretary_of(network)
    town = province.memberships.first().municipality
    own, shared = (
        a_district("Propria", town),
        a_district("Comune", town, beyond, kind="municipal_union"),
    )
    empty = create_area(kind=KIND, name="Vuota", parent=province, by=OPERATOR)
    foreign = create_area(kind=KIND, name="Altrove", by=OPERATOR)

    for area in (own, empty):
        edit_area(
            area=area,
            version=1,
            name="Nuova",
            parent=area.parent,
            network=network,
            by=secretary,
        )
    for area in (shared, foreign):
        with pytest.raises(NotAllowed):
            edit_area(area=area, version=1, name="Nuova", network=network, by=secretary)
    with pytest.raises(ParentElsewhere):
        edit_area(
            area=own,
            version=2,
            name="Nuova",
            parent=beyond.province,
            network=network,
            by=secretary,
        )
    with pytest.raises(NotAllowed):
        edit_area(area=own, version=2, name="Nuova", network=network, by=ANONYMOUS)


def test_what_was_once_a_networks_territory_stays_its_own_to_name() -> None:
    network, province = a_network(), a_province(municipalities=1)
    place_network(network=network, area=province, valid_until=date(2020, 1, 1), by=OPERATOR)
    town = province.memberships.first().municipality
    area = a_district("Piana", town)
    edit_area(area=area, version=1, name="Nuova", network=network, by=secretary_of(network))
    area.refresh_from_db()
    assert area.name == "Nuova"
