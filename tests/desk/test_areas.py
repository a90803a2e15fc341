"""Districts at the desk: seen with what is missing, chosen from a day on, saved, undone."""

import re
from datetime import date
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.territory.actions import end_area, place_network, set_members
from tavolo.territory.models import (
    Area,
    AreaChange,
    AreaMembership,
    Municipality,
    NetworkArea,
    Succession,
)
from tests.desk.conftest import Valley
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.districts import a_district, a_unit, members_on, periods
from tests.factories.registry import a_network_with_secretary
from tests.factories.territory import a_municipality, a_province

pytestmark = pytest.mark.django_db

HERE = "/lavoro/reti/valle/aree/"
NEW = f"{HERE}nuova/"
PLAIN = f"{HERE}distretto-socio-sanitario/piana/"
DAY, LATER = date(2016, 1, 1), date(2024, 1, 1)
SINCE = "dal=2024-01-01"


@pytest.fixture
def province(valley: Valley) -> Area:
    found = a_province()
    for number, name in enumerate(("Altopascio", "Barga", "Camaiore", "Dozza"), start=1):
        a_municipality(name, province=found, istat_code=f"04600{number}")
    place_network(network=valley.network, area=found, by=OPERATOR)
    return found


@pytest.fixture
def towns(province: Area) -> list[Municipality]:
    return list(Municipality.objects.order_by("sort_key"))


@pytest.fixture
def plain(towns) -> Area:
    return a_district("Piana", *towns[:2], since=DAY, parent=towns[0].province)


def text(answer) -> str:
    """What is read on the page, in one line."""
    page = re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2])
    return re.sub(r"\s+([.,:;])", r"\1", re.sub(r"\s+", " ", unescape(page)))


def hidden(answer) -> dict[str, str]:
    page = answer.content.decode()
    form = page.partition('id="scelta"')[2]
    found = re.findall(r'name="(form_key|mark|seen)" value="([^"]*)"', form)
    return dict(reversed(found))


def posted(client: Client, path: str, *ticked: str, **more: str):
    """The form of the page at `path` as a browser sends it, with these ticked."""
    told = {"day": "2024-01-01", "act": "show", **hidden(client.get(path)), **more}
    return client.post(path, {**told, "m": ticked})


# What there is


def test_the_overview_says_what_is_missing(as_secretary: Client, plain: Area, towns) -> None:
    a_district("Unita", towns[0], kind="municipal_union")
    for _each in range(2):
        a_district("", towns[3], kind="project_area")
    AreaMembership.objects.create(area=a_district("Valle", towns[2]), municipality=towns[0])
    page = text(as_secretary.get(HERE))
    assert "4 comuni nel territorio" in page
    assert "Altopascio è insieme in «Piana», «Valle»." in page
    assert "1 comune non sta in nessuna, e dovrebbe: Dozza." in page
    assert "3 comuni non stanno in nessuna: Barga, Camaiore, Dozza." in page
    assert "Non ancora inseriti Ambiti scolastici Ambiti sociali Aziende sanitarie" in page


def test_a_sound_partition_is_said_to_be_one(as_secretary: Client, towns) -> None:
    a_district("Tutto", *towns)
    page = text(as_secretary.get(HERE))
    assert "Ogni comune del territorio sta in una e una sola." in page


def test_many_names_are_cut_short(as_secretary: Client, province: Area) -> None:
    for number in range(20):
        a_municipality(f"Zona {number}", province=province)
    a_district("Piana", Municipality.objects.get(name="Dozza"))
    page = text(as_secretary.get(HERE))
    assert "23 comuni non stanno in nessuna, e dovrebbero: Altopascio, Barga" in page
    assert ", e altri 11." in page


def test_areas_without_members_are_shown_last(as_secretary: Client, plain: Area) -> None:
    end_area(area=plain, day=LATER, by=OPERATOR)
    page = as_secretary.get(HERE)
    assert "In questo giorno nessun comune del territorio" in text(page)
    assert text(page).count("Piana 0") == 1
    assert "senza comuni" in text(page)
    before = as_secretary.get(f"{HERE}?al=2023-12-31")
    assert "senza comuni" not in text(before)
    assert as_secretary.get(f"{HERE}?al=ieri").status_code == 400


def test_without_a_territory_there_is_a_way_to_it(as_secretary: Client, valley: Valley) -> None:
    for path in (HERE, NEW):
        page = as_secretary.get(path)
        assert 'href="/lavoro/reti/valle/territorio/"' in page.content.decode()
        assert "Scegli il territorio" in text(page)


def test_what_an_area_holds_beyond_the_territory_is_counted(
    as_secretary: Client, plain: Area, towns
) -> None:
    beyond = a_municipality("Aulla", province=a_province("045", "Massa-Carrara"))
    set_members(area=plain, day=LATER, municipalities=[towns[0], beyond], by=OPERATOR)
    assert "e 1 fuori dal territorio" in text(as_secretary.get(HERE))
    page = text(as_secretary.get(PLAIN))
    assert "fuori dal territorio della rete, e restano come sono: Aulla" in page


# Who may


@pytest.mark.parametrize(
    "path", [HERE, NEW, PLAIN, *(f"{PLAIN}{x}/" for x in ("nome", "copia", "rettifica", "fine"))]
)
def test_who_does_not_run_the_network_finds_nothing(
    client: Client, as_member: Client, as_stranger: Client, plain: Area, path: str
) -> None:
    for somebody in (as_member, as_stranger):
        assert somebody.get(path).status_code == 404
        assert somebody.post(path, {}).status_code in {404, 405}
    assert client.get(path).status_code == 302


def test_another_networks_districts_are_not_there(as_secretary: Client, plain: Area) -> None:
    other, _account = a_network_with_secretary("monte")
    elsewhere = a_municipality("Aulla", province=a_province("045", "Massa-Carrara"))
    place_network(network=other, municipality=elsewhere, by=OPERATOR)
    theirs = a_district("Lunigiana", elsewhere, since=DAY)
    for path in (
        f"{HERE}distretto-socio-sanitario/{theirs.code}/",
        f"{HERE}distretto-socio-sanitario/nessuno/",
        f"{HERE}provincia/046/",
        f"{HERE}contea/piana/",
        "/lavoro/reti/monte/aree/",
    ):
        assert as_secretary.get(path).status_code == 404, path


# Entering one


def entered(client: Client, **changes: str):
    told = {
        "kind": "ambito-scolastico",
        "name": "Piana",
        "parent": str(Area.objects.get(kind="province", code="046").uid),
        "form_key": str(uuid4()),
        **changes,
    }
    return client.post(NEW, told)


def test_a_district_is_entered_once(as_secretary: Client, province: Area) -> None:
    key = str(uuid4())
    for _twice in range(2):
        answer = entered(as_secretary, form_key=key, title="Ambito Piana")
        assert answer["Location"] == f"{HERE}ambito-scolastico/piana/"
    area = Area.objects.get(kind="education_area")
    assert (area.title, area.parent) == ("Ambito Piana", province)
    page = as_secretary.get(answer["Location"])
    assert "Scegli i comuni" in text(page) or "scegli i comuni" in text(page)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": " "}, "id_name-error"),
        ({"code": "Piana!"}, "id_code-error"),
        ({"code": "presa"}, "id_code-error"),
        ({"kind": "provincia"}, "id_kind-error"),
        ({"parent": str(uuid4())}, "id_parent-error"),
    ],
)
def test_a_fault_of_a_new_district_is_said(
    as_secretary: Client, province: Area, changes: dict[str, str], fault: str
) -> None:
    a_district("Presa", kind="education_area")
    page = entered(as_secretary, **changes).content.decode()
    assert f'id="{fault}"' in page
    assert Area.objects.filter(kind="education_area").count() == 1


def test_the_kind_is_chosen_by_the_way_one_came(as_secretary: Client, province: Area) -> None:
    page = as_secretary.get(f"{NEW}?tipo=unione").content.decode()
    assert re.search(r'value="unione"[^>]* checked', page)


# Choosing


def test_a_shape_is_a_link_that_turns_it_over_and_comes_back_to_it(
    as_secretary: Client, plain: Area
) -> None:
    page = as_secretary.get(f"{PLAIN}?{SINCE}").content.decode()
    link = re.search(r'<a href="([^"]+)"[^>]*id="mappa-046003"', page)
    assert link
    assert unescape(link[1]) == f"{PLAIN}?dal=2024-01-01&cambia=046003#mappa-046003"
    turned = as_secretary.get(unescape(link[1])).content.decode()
    back = re.search(r'<a href="([^"]+)"[^>]*id="mappa-046003"', turned)
    assert unescape(back[1]) == f"{PLAIN}?dal=2024-01-01#mappa-046003"
    assert 'aria-label="Camaiore, entra; lascialo com’era"' in turned
    other = re.search(r'<a href="([^"]+)"[^>]*id="mappa-046001"', turned)
    assert unescape(other[1]).endswith("cambia=046003-046001#mappa-046001")


def test_what_changes_is_said_before_it_is_saved(as_secretary: Client, plain: Area, towns) -> None:
    a_district("Valle", towns[2], since=DAY)
    page = as_secretary.get(f"{PLAIN}?{SINCE}&cambia=046001-046003-046004-999999")
    assert "Che cosa cambia dal 1° gennaio 2024 Entrano Camaiore, Dozza Escono Altopascio" in text(
        page
    )
    assert "Valle perde: Camaiore." in text(page)
    assert members_on(plain, LATER) == ["Altopascio", "Barga"]


def test_without_a_change_there_is_nothing_to_save(as_secretary: Client, plain: Area) -> None:
    page = as_secretary.get(f"{PLAIN}?{SINCE}").content.decode()
    assert 'id="anteprima"' not in page
    assert 'value="save"' not in page


def test_ticks_become_the_address(as_secretary: Client, plain: Area) -> None:
    answer = posted(as_secretary, PLAIN, "046002", "046003", "999999")
    assert answer["Location"] == f"{PLAIN}?{SINCE}&cambia=046001-046003#anteprima"
    same = posted(as_secretary, PLAIN, "046001", "046002")
    assert same["Location"] == f"{PLAIN}?{SINCE}"


def test_a_link_of_the_map_takes_the_ticks_along(as_secretary: Client, plain: Area) -> None:
    answer = posted(as_secretary, PLAIN, "046001", "046002", "046003", turn="046001", act="")
    assert answer["Location"] == f"{PLAIN}?{SINCE}&cambia=046001-046003#mappa-046001"


def test_the_list_is_narrowed_and_forgets_nothing(as_secretary: Client, plain: Area) -> None:
    found = posted(as_secretary, PLAIN, "046001", "046002", "046003", act="find", find="BARGA")
    assert found["Location"] == f"{PLAIN}?{SINCE}&cambia=046003&cerca=BARGA#elenco"
    page = as_secretary.get(found["Location"]).content.decode()
    assert re.findall(r'type="checkbox" name="m" value="(\w+)"', page) == ["046002"]
    assert re.findall(r'type="hidden" name="m" value="(\w+)"', page) == ["046001", "046003"]
    again = posted(as_secretary, found["Location"], "046001", "046003", find="BARGA")
    assert "cambia=046002-046003" in again["Location"]
    nothing = as_secretary.get(f"{PLAIN}?cerca=atlantide")
    assert "Nessun comune del territorio ha questo nel nome." in text(nothing)


def saved(client: Client, path: str, *ticked: str, **more: str):
    return posted(client, path, *ticked, **{"act": "save", **more})


def test_saving_writes_what_was_shown(as_secretary: Client, plain: Area, towns, valley) -> None:
    valley_area = a_district("Valle", towns[2], since=DAY)
    path = f"{PLAIN}?{SINCE}&cambia=046001-046003"
    answer = saved(as_secretary, path, "046002", "046003", source="Delibera 7/2023")
    assert answer["Location"] == f"{PLAIN}?{SINCE}"
    assert periods(plain) == [
        ("Altopascio", "", "2016-01-01", "2024-01-01"),
        ("Barga", "", "2016-01-01", ""),
        ("Camaiore", "", "2024-01-01", ""),
    ]
    assert periods(valley_area) == [("Camaiore", "", "2016-01-01", "2024-01-01")]
    row = AreaMembership.objects.get(area=plain, municipality=towns[2])
    assert (row.source, row.demonstration) == ("Delibera 7/2023", False)
    change = AreaChange.objects.order_by("-id")[0]
    assert (change.network, change.by) == (valley.network, valley.secretary.person.uid)
    page = text(as_secretary.get(answer["Location"]))
    assert "Salvato. Puoi annullare qui sotto." in page
    assert "Modificata dal 1° gennaio 2024 2 comuni" in page
    assert "Chiara Neri" in page


def test_saving_twice_changes_once(as_secretary: Client, plain: Area) -> None:
    path = f"{PLAIN}?{SINCE}&cambia=046003"
    told = {**hidden(as_secretary.get(path)), "day": "2024-01-01", "act": "save"}
    ticked = ["046001", "046002", "046003"]
    for _twice in range(2):
        assert as_secretary.post(path, {**told, "m": ticked}).status_code == 302
    assert plain.changes.count() == 2


def test_what_was_not_shown_is_not_saved(as_secretary: Client, plain: Area) -> None:
    path = f"{PLAIN}?{SINCE}&cambia=046003"
    for ticked, day in (
        (("046001", "046002", "046003", "046004"), "2024-01-01"),
        (("046001", "046002", "046003"), "2025-01-01"),
    ):
        answer = saved(as_secretary, path, *ticked, day=day)
        assert answer.status_code == 302
        page = as_secretary.get(answer["Location"])
        assert "La scelta è cambiata da quando è stata mostrata." in text(page)
    assert members_on(plain, LATER) == ["Altopascio", "Barga"]


def test_what_moved_meanwhile_elsewhere_is_shown_first(
    as_secretary: Client, plain: Area, towns
) -> None:
    path = f"{PLAIN}?{SINCE}&cambia=046003"
    told = {**hidden(as_secretary.get(path)), "day": "2024-01-01", "act": "save"}
    a_district("Valle", towns[2], since=DAY)
    answer = as_secretary.post(path, {**told, "m": ["046001", "046002", "046003"]})
    assert "Valle perde: Camaiore." in text(as_secretary.get(answer["Location"]))
    assert members_on(plain, LATER) == ["Altopascio", "Barga"]


def test_who_comes_second_is_told_and_keeps_the_choice(
    as_secretary: Client, plain: Area, towns
) -> None:
    path = f"{PLAIN}?{SINCE}&cambia=046003"
    told = {**hidden(as_secretary.get(path)), "day": "2024-01-01", "act": "save", "source": "atto"}
    set_members(area=plain, day=date(2025, 1, 1), municipalities=towns[:1], by=OPERATOR)
    answer = as_secretary.post(path, {**told, "m": ["046001", "046002", "046003"]})
    page = text(answer)
    assert "Nel frattempo qualcun altro ha cambiato i comuni di quest’area." in page
    assert "Entrano Camaiore" in page
    assert 'value="atto"' in answer.content.decode()


def test_a_day_that_does_not_exist_is_said(as_secretary: Client, plain: Area) -> None:
    for day in ("ieri", "2024-02-30", "9999-12-31", ""):
        answer = posted(as_secretary, PLAIN, "046001", day=day)
        assert answer.status_code == 200
        assert 'id="id_day-error"' in answer.content.decode()
    assert as_secretary.get(f"{PLAIN}?dal=2024-02-30").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "dal=0001-01-01",
        "dal=9999-12-31",
        "cambia=-%00-046003--<b>",
        "cerca=%00%22%3E",
        "parti=%00",
        "parti=²",
        "parti=999999",
        f"cambia={'046003-' * 2000}",
    ],
)
def test_whatever_stands_in_the_address_there_is_a_page(
    as_secretary: Client, plain: Area, query: str
) -> None:
    answer = as_secretary.get(f"{PLAIN}?{query}")
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode().partition("<form")[2].partition("</form>")[0]


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"act": "save"},
        {"act": "save", "form_key": "x", "day": "2024-01-01"},
        {"undo": "x"},
        {"undo": ""},
        {"act": "save", "form_key": str(uuid4()), "day": "0001-01-01", "m": "046001"},
        {"act": "find", "form_key": str(uuid4()), "day": "2024-01-01", "find": "a\x00b"},
        {"act": "save", "form_key": str(uuid4()), "day": "2024-01-01", "turn": "u999", "m": "u1"},
    ],
)
def test_whatever_is_sent_there_is_an_answer(
    as_secretary: Client, plain: Area, told: dict[str, str]
) -> None:
    assert as_secretary.post(PLAIN, told).status_code in {200, 302, 404}
    assert members_on(plain, LATER) == ["Altopascio", "Barga"]


def test_a_change_of_earlier_days_says_how_long_it_holds(
    as_secretary: Client, plain: Area, towns
) -> None:
    set_members(area=plain, day=date(2025, 1, 1), municipalities=towns[:1], by=OPERATOR)
    page = text(as_secretary.get(f"{PLAIN}?{SINCE}&cambia=046003"))
    assert "Vale fino al 31 dicembre 2024: per i giorni dopo è già inserito altro." in page


def test_who_is_no_more_is_followed_by_its_successor(
    as_secretary: Client, plain: Area, towns
) -> None:
    Municipality.objects.filter(pk=towns[0].pk).update(valid_until=LATER)
    Succession.objects.create(
        predecessor=towns[0], successor=towns[3], day=LATER, kind="incorporation"
    )
    page = as_secretary.get(f"{PLAIN}?{SINCE}")
    assert "Altopascio non esiste più in data 1° gennaio 2024; al suo posto c’è: Dozza." in text(
        page
    )
    assert f"{PLAIN}?dal=2024-01-01&amp;cambia=046004" in page.content.decode()
    saved(as_secretary, f"{PLAIN}?{SINCE}&cambia=046004", "046002", "046004")
    assert periods(plain) == [
        ("Altopascio", "", "2016-01-01", "2024-01-01"),
        ("Barga", "", "2016-01-01", ""),
        ("Dozza", "", "2024-01-01", ""),
    ]
    Succession.objects.all().delete()
    plain.changes.all().delete()
    AreaMembership.objects.filter(municipality=towns[0]).update(valid_until=None)
    assert "Altopascio non esiste più in data 1° gennaio 2024." in text(
        as_secretary.get(f"{PLAIN}?{SINCE}")
    )


def test_parts_of_a_municipality_are_chosen_in_the_list(
    as_secretary: Client, plain: Area, towns
) -> None:
    north, south = a_unit(towns[0], "Municipio 1"), a_unit(towns[0], "Municipio 2")
    path = f"{PLAIN}?{SINCE}&parti=046001"
    page = as_secretary.get(path)
    assert "Municipio 1 (Altopascio)" in text(page)
    assert "le sue parti si scelgono nell’elenco" in page.content.decode()
    whole = posted(as_secretary, path, f"u{north.pk}", f"u{south.pk}", "046002")
    assert "cambia" not in whole["Location"]
    split = f"{path}&cambia=u{south.pk}"
    saved(as_secretary, split, f"u{north.pk}", "046002")
    assert periods(plain) == [
        ("Altopascio", "", "2016-01-01", "2024-01-01"),
        ("Altopascio", "Municipio 1", "2024-01-01", ""),
        ("Barga", "", "2016-01-01", ""),
    ]


def test_nothing_is_asked_of_a_map_that_was_never_drawn(
    as_secretary: Client, valley, plain
) -> None:
    NetworkArea.objects.all().delete()
    alone = a_municipality("Aulla", province=a_province("045", "Massa"), drawn=False)
    place_network(network=valley.network, municipality=alone, by=OPERATOR)
    district = a_district("Lunigiana", alone, since=DAY)
    page = as_secretary.get(f"{HERE}distretto-socio-sanitario/{district.code}/")
    assert page.status_code == 200
    assert 'id="mappa"' not in page.content.decode()
    empty = as_secretary.get(f"{HERE}distretto-socio-sanitario/{district.code}/?dal=1800-01-01")
    assert empty.status_code == 200


# Undoing


def undo(client: Client, change: AreaChange, **more: str):
    return client.post(PLAIN, {"undo": str(change.uid), "form_key": str(uuid4()), **more})


def test_the_last_change_is_undone(as_secretary: Client, plain: Area) -> None:
    saved(as_secretary, f"{PLAIN}?{SINCE}&cambia=046003", "046001", "046002", "046003")
    change = plain.changes.order_by("-id")[0]
    answer = undo(as_secretary, change)
    assert answer["Location"] == PLAIN
    assert members_on(plain, LATER) == ["Altopascio", "Barga"]
    page = text(as_secretary.get(PLAIN))
    assert "Annullato: i comuni sono quelli di prima." in page
    assert "annullata" in page


def test_what_cannot_be_undone_is_said(as_secretary: Client, plain: Area, towns) -> None:
    first = plain.changes.get()
    set_members(area=plain, day=LATER, municipalities=towns[:1], by=OPERATOR)
    page = text(undo(as_secretary, first))
    assert "L’area è stata modificata di nuovo dopo" in page
    assert undo(as_secretary, AreaChange(uid=uuid4())).status_code == 404
    elsewhere = a_district("Valle", towns[3], since=DAY)
    assert undo(as_secretary, elsewhere.changes.get()).status_code == 404


# What else


def test_last_years_members_are_copied(as_secretary: Client, plain: Area, towns) -> None:
    end_area(area=plain, day=date(2025, 9, 1), by=OPERATOR)
    page = as_secretary.get(f"{PLAIN}copia/").content.decode()
    mark = re.search(r'name="mark" value="(\w+)"', page)[1]
    told = {
        "source": str(plain.uid),
        "then": "2025-08-31",
        "day": "2026-09-01",
        "mark": mark,
        "form_key": str(uuid4()),
    }
    answer = as_secretary.post(f"{PLAIN}copia/", told)
    assert answer["Location"] == f"{PLAIN}?dal=2026-09-01"
    assert members_on(plain, date(2026, 9, 1)) == ["Altopascio", "Barga"]
    again = as_secretary.post(f"{PLAIN}copia/", {**told, "form_key": str(uuid4())})
    assert "Nel frattempo qualcun altro" in text(again)


def test_copying_into_another_area_takes_over_where_that_is_asked(
    as_secretary: Client, plain: Area, towns
) -> None:
    new = a_district("Nuova", parent=plain.parent)
    path = f"{HERE}distretto-socio-sanitario/nuova/copia/"
    told = {"source": str(plain.uid), "then": "2023-01-01", "day": "2024-01-01", "mark": ""}
    refused = as_secretary.post(path, {**told, "form_key": str(uuid4())})
    assert "Altopascio è già in «Piana» in data 1° gennaio 2024." in text(refused)
    as_secretary.post(path, {**told, "take_over": "on", "form_key": str(uuid4())})
    assert members_on(new, LATER) == ["Altopascio", "Barga"]
    project = a_district("Progetto", kind="project_area", parent=plain.parent)
    page = as_secretary.get(f"{HERE}area-di-progetto/{project.code}/copia/").content.decode()
    assert "take_over" not in page


def correcting(client: Client, **changes: str):
    page = client.get(f"{PLAIN}rettifica/").content.decode()
    mark = re.search(r'name="mark" value="(\w+)"', page)[1]
    told = {
        "from-0": "2016-01-01",
        "from-1": "2016-01-01",
        "mark": mark,
        "form_key": str(uuid4()),
        **changes,
    }
    return client.post(f"{PLAIN}rettifica/", told)


def test_days_that_were_wrong_are_put_right(as_secretary: Client, plain: Area) -> None:
    answer = correcting(
        as_secretary, **{"from-0": "2015-01-01", "last-0": "2023-12-31", "never-1": "on"}
    )
    assert answer["Location"] == PLAIN
    assert periods(plain) == [("Altopascio", "", "2015-01-01", "2024-01-01")]
    assert "Rettifica 2 comuni" in text(as_secretary.get(PLAIN))


def test_impossible_days_are_said_beside_them(as_secretary: Client, plain: Area, towns) -> None:
    page = correcting(as_secretary, **{"last-0": "2015-12-31"})
    assert 'id="id_last-0-error"' in page.content.decode()
    a_district("Valle", towns[2], since=DAY)
    Municipality.objects.filter(pk=towns[0].pk).update(valid_from=DAY)
    refused = correcting(as_secretary, **{"from-0": ""})
    assert "Non esiste per tutto quel periodo: Altopascio." in text(refused)


def test_what_lies_beyond_the_territory_is_not_put_right(
    as_secretary: Client, plain: Area, towns
) -> None:
    beyond = a_municipality("Aulla", province=a_province("045", "Massa-Carrara"))
    set_members(area=plain, day=DAY, municipalities=[*towns[:2], beyond], by=OPERATOR)
    page = as_secretary.get(f"{PLAIN}rettifica/")
    assert "Fuori dal territorio della rete: resta com’è." in text(page)
    correcting(as_secretary, **{"from-1": "2016-01-01", "from-2": "2018-01-01"})
    assert ("Aulla", "", "2016-01-01", "") in periods(plain)
    assert ("Barga", "", "2018-01-01", "") in periods(plain)


def test_nothing_is_there_to_be_put_right_yet(as_secretary: Client, province: Area) -> None:
    a_district("Piana", parent=province)
    assert "Nessun comune ne ha ancora fatto parte" in text(as_secretary.get(f"{PLAIN}rettifica/"))


def test_an_area_ends_on_its_last_day(as_secretary: Client, plain: Area) -> None:
    told = {"last_day": "2023-12-31", "mark": "", "form_key": str(uuid4())}
    answer = as_secretary.post(f"{PLAIN}fine/", told)
    assert answer["Location"] == PLAIN
    assert {row[3] for row in periods(plain)} == {"2024-01-01"}
    assert "Terminata, nessun comune dal 1° gennaio 2024" in text(as_secretary.get(PLAIN))


def naming(client: Client, **changes: str):
    page = client.get(f"{PLAIN}nome/").content.decode()
    told = {
        "name": "Piana",
        "title": "Piana",
        "parent": str(Area.objects.get(kind="province", code="046").uid),
        "version": re.search(r'name="version" value="(\d+)"', page)[1],
        "form_key": str(uuid4()),
        **changes,
    }
    return client.post(f"{PLAIN}nome/", told)


def test_an_area_is_called_otherwise(as_secretary: Client, plain: Area) -> None:
    heir = a_district("Piana nuova", parent=plain.parent)
    answer = naming(as_secretary, name="Piana di Lucca", title="", successor=str(heir.uid))
    assert answer["Location"] == PLAIN
    plain.refresh_from_db()
    assert (plain.name, plain.title, plain.successor) == ("Piana di Lucca", "Piana di Lucca", heir)


def test_who_names_second_is_told_and_can_go_on(as_secretary: Client, plain: Area) -> None:
    naming(as_secretary, name="Loro")
    stale = naming(as_secretary, name="Mio", version="1")
    assert stale.status_code == 409
    assert "Qualcun altro ha salvato mentre scrivevi." in text(stale)
    assert "Mio" in stale.content.decode()
    version = re.search(r'name="version" value="(\d+)"', stale.content.decode())[1]
    key = re.search(r'name="form_key" value="([^"]+)"', stale.content.decode())[1]
    assert naming(as_secretary, name="Mio", version=version, form_key=key).status_code == 302


def test_what_is_not_the_networks_own_is_not_renamed(
    as_secretary: Client, plain: Area, towns
) -> None:
    beyond = a_municipality("Aulla", province=a_province("045", "Massa-Carrara"))
    set_members(area=plain, day=DAY, municipalities=[*towns[:2], beyond], by=OPERATOR)
    page = text(naming(as_secretary, name="Nuova"))
    assert "Di quest’area fanno parte anche comuni fuori dal territorio della rete" in page
    plain.refresh_from_db()
    assert plain.name == "Piana"


# Cost


@pytest.mark.parametrize("number", ENOUGH)
@pytest.mark.parametrize("page", ["", "distretto-socio-sanitario/piana/?cambia=000000"])
def test_the_number_of_queries_does_not_grow(
    as_secretary: Client, valley: Valley, number: int, page: str
) -> None:
    home = a_province()
    made = [a_municipality(f"C{n:03}", province=home) for n in range(number)]
    place_network(network=valley.network, area=home, by=OPERATOR)
    a_district("Piana", *made[::2], since=DAY, parent=home)
    a_district("Valle", *made[1::2], since=DAY, parent=home)
    for _each in range(min(number, 3)):
        a_district("", made[0], kind="project_area", since=DAY, parent=home)
    path = f"{HERE}{page}".replace("000000", made[0].istat_code)
    assert queries_of(as_secretary, path) <= 20
    assert clock.today() > LATER
