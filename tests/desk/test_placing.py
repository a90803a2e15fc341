"""The territory of a network, chosen on the map or in the list, and taken out again."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from tavolo.desk.actions import choose_territory
from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.errors import NotAllowed
from tavolo.registry.actions import change_setting
from tavolo.registry.settings import SEAT
from tavolo.territory.actions import leave_place, place_network
from tavolo.territory.choices import Level
from tavolo.territory.models import Area, Municipality, NetworkArea
from tests.desk.conftest import Valley
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.territory import a_municipality, a_province, a_region, area_box, draw

PAGE = "/lavoro/reti/valle/territorio/"
BUDGET = 20


@pytest.fixture
def province(db: None) -> Area:
    found = a_province("046", "Lucca")
    for place, area in enumerate((found, found.parent)):
        for level in Level:
            draw(area, area_box(place), level)
    return found


@pytest.fixture
def towns(province: Area) -> list[Municipality]:
    names = ("Altopascio", "Barga", "Camaiore")
    return [a_municipality(name, province=province) for name in names]


def here(province: Area) -> str:
    return f"{PAGE}?dove=provincia-{province.code}"


def sent(client: Client, path: str, **told: object) -> str:
    return client.post(path, {"form_key": str(uuid4()), **told}).headers.get("Location", "")


def chosen(valley: Valley) -> list[str]:
    rows = NetworkArea.objects.on(clock.today()).filter(network=valley.network)
    return sorted(row.municipality.name if row.municipality else row.area.title for row in rows)


def ticked(page: str) -> list[str]:
    return re.findall(r'name="m" value="(\d+)" checked>', page)


def test_from_italy_one_comes_to_a_province(
    as_secretary: Client, towns: list[Municipality], province: Area
) -> None:
    italy = as_secretary.get(PAGE).content.decode()
    region = f"{PAGE}?dove=regione-{province.parent.code}"
    assert f'href="{region}#mappa" aria-label="{province.parent.title}"' in italy
    assert f'<li><a href="{region}">{province.parent.title}</a>' in italy
    provinces = as_secretary.get(region).content.decode()
    assert f'href="{here(province)}#mappa" aria-label="{province.title}"' in provinces
    page = as_secretary.get(here(province)).content.decode()
    assert [town.name in page for town in towns] == [True] * 3


@pytest.mark.parametrize(
    "where", ["luna", "regione-99", "provincia-", "regione-046", "provincia-x"]
)
def test_a_place_that_is_not_there_is_italy(
    as_secretary: Client, province: Area, where: str
) -> None:
    page = as_secretary.get(f"{PAGE}?dove={where}&piu=abc-١&meno=--&x=1")
    assert page.status_code == 200
    assert "Scegli una regione" in page.content.decode()


def test_choosing_begins_where_the_seat_is(
    as_secretary: Client, valley: Valley, towns: list[Municipality], province: Area
) -> None:
    told = {"address": "", "municipality": towns[0].istat_code}
    change_setting(network=valley.network, key=SEAT.key, value=told, by=OPERATOR)
    assert as_secretary.get(PAGE).context["where"].area == province
    place_network(network=valley.network, area=province.parent, by=OPERATOR)
    assert as_secretary.get(PAGE).context["where"].area == province.parent
    elsewhere = a_municipality("Aulla", province=a_province("045", "Massa"))
    place_network(network=valley.network, municipality=elsewhere, by=OPERATOR)
    assert as_secretary.get(PAGE).context["where"].area == elsewhere.province


def test_a_shape_is_a_link_that_turns_over_and_nothing_is_saved(
    as_secretary: Client, valley: Valley, towns: list[Municipality], province: Area
) -> None:
    code = towns[0].istat_code
    page = as_secretary.get(here(province)).content.decode()
    link = f"{here(province)}&amp;piu={code}#mappa-{code}"
    assert f'href="{link}" aria-label="Altopascio, non scelto; aggiungilo"' in page
    page = as_secretary.get(f"{here(province)}&piu={code}").content.decode()
    assert ticked(page) == [code]
    assert 'aria-label="Altopascio, entra; lascialo fuori"' in page
    assert "Altopascio (" in page
    assert chosen(valley) == []


def test_what_is_ticked_is_shown_then_saved_with_what_was_chosen_elsewhere(
    as_secretary: Client, valley: Valley, towns: list[Municipality], province: Area
) -> None:
    first, second, _third = (town.istat_code for town in towns)
    elsewhere = a_municipality("Aulla", province=a_province("045", "Massa"))
    path = f"{here(province)}&piu={elsewhere.istat_code}"
    shown = sent(as_secretary, path, m=[first, second], show="1")
    codes = "-".join(sorted([first, second, elsewhere.istat_code]))
    assert shown == f"{here(province)}&piu={codes}#anteprima"
    assert sent(as_secretary, path, m=[first], go="italia").startswith(f"{PAGE}?dove=italia&piu=")
    turned = sent(as_secretary, path, m=[first], turn=second)
    assert turned == f"{here(province)}&piu={codes}#mappa-{second}"
    assert chosen(valley) == []
    assert sent(as_secretary, path, m=[first, second], save="1") == here(province)
    assert chosen(valley) == ["Altopascio", "Aulla", "Barga"]
    assert NetworkArea.objects.filter(valid_from=None).count() == 3


def test_saving_says_what_is_meant_and_leaves_what_another_has_done(
    as_secretary: Client, valley: Valley, towns: list[Municipality], province: Area
) -> None:
    first, _second, third = towns
    for town in towns[:2]:
        place_network(network=valley.network, municipality=town, by=OPERATOR)
    # The page was shown before somebody else took the second; the first is taken out here.
    told = {"m": [third.istat_code], "was": [first.istat_code], "save": "1"}
    sent(as_secretary, here(province), **told)
    assert chosen(valley) == ["Barga", "Camaiore"]
    sent(as_secretary, here(province), **told)
    assert chosen(valley) == ["Barga", "Camaiore"]
    # Chosen again, it belongs to it from today; taken out on the same day, it never did.
    sent(as_secretary, here(province), m=[first.istat_code], save="1")
    again = NetworkArea.objects.get(municipality=first, valid_until=None)
    assert again.valid_from == clock.today()
    assert sent(as_secretary, PAGE, leave=str(first.uid)).startswith(PAGE)
    assert NetworkArea.objects.get(municipality=first).valid_until == clock.today()
    assert Entry.objects.filter(action="territory.network_left").count() == 2


def test_sent_twice_it_is_done_once(
    as_secretary: Client, valley: Valley, towns: list[Municipality], province: Area
) -> None:
    told = {"form_key": str(uuid4()), "m": [towns[0].istat_code], "save": "1"}
    for _time in range(2):
        assert as_secretary.post(here(province), told).status_code == 302
    assert Entry.objects.filter(action="territory.network_placed").count() == 1


def test_a_whole_province_is_taken_once_and_its_towns_are_not_ticked(
    as_secretary: Client, valley: Valley, towns: list[Municipality], province: Area
) -> None:
    for _time in range(2):
        assert sent(as_secretary, here(province), whole="1") == here(province)
    assert chosen(valley) == [province.title]
    page = as_secretary.get(here(province)).content.decode()
    assert page.count("checked disabled") == 3
    assert "È della rete per intero." in page
    assert sent(as_secretary, here(province), save="1", m=[]) == here(province)
    assert chosen(valley) == [province.title]
    assert as_secretary.post(f"{PAGE}?dove=italia", {"whole": "1"}).status_code == 404
    sent(as_secretary, PAGE, leave=str(province.uid))
    assert chosen(valley) == []


@pytest.mark.parametrize("uid", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_what_is_no_piece_is_passed_over(as_secretary: Client, valley: Valley, uid: str) -> None:
    assert sent(as_secretary, PAGE, leave=uid).startswith(PAGE)


def test_days_before_stay_as_they_were(valley: Valley, towns: list[Municipality]) -> None:
    piece = place_network(network=valley.network, municipality=towns[0], by=OPERATOR)
    leave_place(piece=piece, on=clock.today(), by=OPERATOR)
    with time_machine.travel(clock.now() - timedelta(days=1)):
        assert chosen(valley) == ["Altopascio"]
    # Once more changes nothing.
    leave_place(piece=piece, on=clock.today() + timedelta(days=1), by=OPERATOR)
    piece.refresh_from_db()
    assert piece.valid_until == clock.today()


def test_only_who_runs_the_network_may(valley: Valley, towns: list[Municipality]) -> None:
    piece = place_network(network=valley.network, municipality=towns[0], by=OPERATOR)
    with pytest.raises(NotAllowed):
        leave_place(piece=piece, on=clock.today(), by=ANONYMOUS)
    for coming, leaving in (([towns[1].istat_code], []), ([], [towns[0].istat_code])):
        with pytest.raises(NotAllowed):
            choose_territory(network=valley.network, coming=coming, leaving=leaving, by=ANONYMOUS)
    assert chosen(valley) == ["Altopascio"]


def test_for_a_stranger_the_page_is_not_there(as_stranger: Client, province: Area) -> None:
    assert as_stranger.get(here(province)).status_code == 404
    assert as_stranger.post(here(province), {"whole": "1"}).status_code == 404


def test_where_nothing_was_drawn_the_list_remains(as_secretary: Client, valley: Valley) -> None:
    page = as_secretary.get(PAGE).content.decode()
    assert "I comuni d’Italia non ci sono ancora." in page
    bare = a_province("045", "Massa")
    town = a_municipality("Aulla", province=bare, drawn=False)
    page = as_secretary.get(here(bare)).content.decode()
    assert f'value="{town.istat_code}"' in page
    assert "<svg viewBox" not in page.partition('id="scelta"')[2]


def test_a_province_of_two_hundred_asks_as_much_as_one_of_one(
    as_secretary: Client, valley: Valley, province: Area
) -> None:
    found, made = [], 0
    for number in ENOUGH:
        while made < number:
            town = a_municipality(f"Comune {made}", province=province)
            place_network(network=valley.network, municipality=town, by=OPERATOR)
            made += 1
        found.append(queries_of(as_secretary, here(province)))
    assert len(set(found)) == 1, found
    assert found[0] <= BUDGET


def test_a_region_without_municipalities_says_so(as_secretary: Client, valley: Valley) -> None:
    region = a_region("09", "Toscana")
    assert (
        "I comuni d’Italia"
        in as_secretary.get(f"{PAGE}?dove=regione-{region.code}").content.decode()
    )
