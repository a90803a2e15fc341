"""What a network says of itself, and its territory."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from tavolo.desk import actions
from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.errors import NotAllowed, StaleVersion
from tavolo.kernel.network import setting_of
from tavolo.registry.settings import CONTACT
from tavolo.territory.models import Area, NetworkArea
from tests.desk.conftest import Valley
from tests.factories.counting import ENOUGH

HERE = "/lavoro/reti/valle/"
SETTINGS = f"{HERE}dati/"
TERRITORY = f"{HERE}territorio/"


def typed(client: Client, **changes: str) -> dict[str, str]:
    page = client.get(SETTINGS).content.decode()
    hidden = dict(re.findall(r'name="(form_key|version)" value="([^"]+)"', page))
    told = {"name": "Rete della valle", "summary": "", "active_since": "", "contact": ""}
    return {**told, **hidden, **changes}


def test_the_desk_shows_what_is_done_and_what_is_not(as_secretary: Client) -> None:
    page = as_secretary.get(HERE).content.decode()
    assert page.count("tv-state--done") == 2
    assert page.count("tv-state--draft") == 8
    assert "1 organizzazione" in page


def test_settings_are_saved_with_the_public_address(as_secretary: Client, valley: Valley) -> None:
    told = typed(
        as_secretary,
        summary="Chi lavora contro la violenza nella valle.",
        active_since="2015-06",
        contact="rete@valle.example",
    )
    assert as_secretary.post(SETTINGS, told)["Location"] == HERE
    valley.network.refresh_from_db()
    assert valley.network.summary == "Chi lavora contro la violenza nella valle."
    assert str(valley.network.active_since) == "2015-06"
    assert setting_of(valley.network, CONTACT, on=clock.today()) == "rete@valle.example"
    told = typed(as_secretary, contact="rete@valle.example", name="Rete della valle alta")
    as_secretary.post(SETTINGS, told)
    assert Entry.objects.filter(action="registry.setting_changed").count() == 1
    assert "Rete della valle alta" in as_secretary.get(HERE).content.decode()


def test_who_saves_second_sees_both_versions_and_can_go_on(
    as_secretary: Client, valley: Valley
) -> None:
    mine = typed(as_secretary, summary="La mia frase.")
    theirs = typed(as_secretary, summary="La loro frase.")
    assert as_secretary.post(SETTINGS, theirs).status_code == 302
    answer = as_secretary.post(SETTINGS, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "La loro frase." in page
    assert page.count("La mia frase.") == 2
    hidden = dict(re.findall(r'name="(form_key|version)" value="([^"]+)"', page))
    assert as_secretary.post(SETTINGS, {**mine, **hidden}).status_code == 302
    valley.network.refresh_from_db()
    assert valley.network.summary == "La mia frase."


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": "  "}, "id_name-error"),
        ({"active_since": "l’anno scorso"}, "id_active_since-error"),
        ({"contact": "chiocciola"}, "id_contact-error"),
    ],
)
def test_a_fault_is_said_and_nothing_is_saved(
    as_secretary: Client, valley: Valley, changes: dict[str, str], fault: str
) -> None:
    told = typed(as_secretary, **{"summary": "Una frase.", **changes})
    page = as_secretary.post(SETTINGS, told).content.decode()
    assert f'id="{fault}"' in page
    assert "Una frase." in page
    valley.network.refresh_from_db()
    assert (valley.network.version, valley.network.summary) == (1, "")


def test_the_action_asks_who_and_which_version(valley: Valley) -> None:
    told = {
        "network": valley.network,
        "name": "Rete",
        "summary": "",
        "active_since": None,
        "contact": "a@b.example",
    }
    from tavolo.kernel.actor import ANONYMOUS

    with pytest.raises(NotAllowed):
        actions.write_settings(version=1, by=ANONYMOUS, **told)
    with pytest.raises(StaleVersion):
        actions.write_settings(version=7, by=OPERATOR, **told)
    assert setting_of(valley.network, CONTACT, on=clock.today()) == ""


@pytest.fixture
def province(db: None) -> Area:
    return Area.objects.create(
        kind="province", code="lucca", name="Lucca", title="Provincia di Lucca", short="LU"
    )


def test_a_territory_is_chosen_by_its_name(
    as_secretary: Client, valley: Valley, province: Area
) -> None:
    told = {"kind": "province", "name": " lucca ", "form_key": str(uuid4())}
    assert as_secretary.post(TERRITORY, told)["Location"] == TERRITORY
    assert NetworkArea.objects.get(network=valley.network).area == province
    assert "Provincia di Lucca" in as_secretary.get(TERRITORY).content.decode()
    again = as_secretary.post(TERRITORY, {**told, "form_key": str(uuid4())})
    assert 'id="id_name-error"' in again.content.decode()


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "region", "name": "Lucca"},
        {"kind": "province", "name": "Luc"},
        {"kind": "province", "name": ""},
        {"kind": "pianeta", "name": "Lucca"},
        {"kind": "municipality", "name": "Lucca"},
    ],
)
def test_what_is_not_found_is_said(
    as_secretary: Client, valley: Valley, province: Area, told: dict[str, str]
) -> None:
    answer = as_secretary.post(TERRITORY, {**told, "form_key": str(uuid4())})
    assert answer.status_code == 200
    assert "tv-errors" in answer.content.decode()
    assert not NetworkArea.objects.exists()


def test_two_of_one_name_are_told_apart(as_secretary: Client, valley: Valley) -> None:
    from tavolo.territory.models import Municipality

    for number, letters in enumerate(("TO", "TN")):
        area = Area.objects.create(
            kind="province", code=letters.lower(), name=letters, title=letters, short=letters
        )
        Municipality.objects.create(
            name="Samone",
            istat_code=f"00000{number}",
            province=area,
            region=area,
            cadastral_code=f"X00{number}",
        )
    told = {"kind": "municipality", "name": "Samone", "form_key": str(uuid4())}
    page = as_secretary.post(TERRITORY, told).content.decode()
    assert "Samone (TO)" in page
    assert "Samone (TN)" in page
    told = {"kind": "municipality", "name": "Samone (TN)", "form_key": str(uuid4())}
    assert as_secretary.post(TERRITORY, told).status_code == 302
    assert NetworkArea.objects.get().municipality.province.short == "TN"


@pytest.mark.parametrize("path", [HERE, SETTINGS, TERRITORY])
def test_the_desk_asks_few_queries(
    as_secretary: Client, path: str, django_assert_max_num_queries
) -> None:
    as_secretary.get(path)
    with django_assert_max_num_queries(20):
        as_secretary.get(path)


@pytest.mark.parametrize("number", ENOUGH)
def test_territory_asks_the_same_number_of_queries(
    as_secretary: Client, valley: Valley, number: int, django_assert_num_queries
) -> None:
    for each in range(number):
        area = Area.objects.create(
            kind="province", code=f"p{each}", name=f"P{each}", title=f"P{each}"
        )
        NetworkArea.objects.create(network=valley.network, area=area, valid_from=date(2015, 1, 1))
    as_secretary.get(TERRITORY)
    with django_assert_num_queries(11):
        as_secretary.get(TERRITORY)
