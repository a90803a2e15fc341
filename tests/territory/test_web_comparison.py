"""Two kinds of area laid over each other: sentences, matrix, map, and who is left out."""

import re
from datetime import date

import pytest

from tavolo.territory.models import AreaMembership, Municipality
from tests.factories.counting import queries_of
from tests.factories.districts import a_district, a_unit
from tests.factories.territory import a_municipality, a_province
from tests.territory.reading import PUBLIC_BUDGET, body, links, main, section, words

pytestmark = pytest.mark.django_db

KINDS = "a=distretto-socio-sanitario&b=distretto-culturale"
HERE = f"/territorio/confronto/?{KINDS}&entro=provincia:046"


@pytest.fixture
def towns() -> list[Municipality]:
    province = a_province()
    return [a_municipality(name, province=province) for name in ("A", "B", "C", "D", "E", "F")]


@pytest.fixture
def laid(towns):
    """Health: AB, CD, EF. Culture: AB the same, CDE across, and nobody has F."""
    a, b, c, d, e, f = towns
    for name, members in (("Uno", (a, b)), ("Due", (c, d)), ("Tre", (e, f))):
        a_district(name, *members)
    a_district("Alfa", a, b, kind="cultural_district")
    a_district("Beta", c, d, e, kind="cultural_district")


def matrix(html: str) -> list[list[str]]:
    rows = re.findall(
        r"<tr>(.*?)</tr>",
        re.search(r'<table class="tv-matrix.*?</table>', html, re.DOTALL).group(),
        re.DOTALL,
    )
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [
        [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip() for cell in row]
        for row in cells
    ]


def test_the_bare_address_asks_what_to_compare(client, towns):
    html = main(body(client, "/territorio/confronto/"))

    assert re.findall(r'<select[^>]*name="(\w+)"', html) == ["a", "b", "entro"]
    assert '<option value="distretto-socio-sanitario">Distretti socio-sanitari</option>' in html
    assert '<option value="provincia:046">Provincia di Lucca</option>' in html
    assert "Come stanno fra loro" not in html


def test_what_was_chosen_stays_chosen(client, laid):
    html = main(body(client, HERE))

    assert re.findall(r'<option value="([^"]+)" selected', html) == [
        "distretto-socio-sanitario",
        "distretto-culturale",
        "provincia:046",
    ]


def test_the_report_begins_with_the_sentence_that_sums_it_up(client, laid):
    said = re.findall(
        r"<p class=\"(?:tv-lede)?\">(.*?)</p>", section(body(client, HERE), "Come stanno fra loro")
    )

    assert said == [
        "Distretti socio-sanitari: 1 su 3 coincidono con un’area dell’altro tipo (Distretti culturali).",
        "Distretti socio-sanitari: 1 su 3 non stanno per intero in una sola area dell’altro tipo.",
        "Distretti culturali: 1 su 2 non stanno per intero in una sola area dell’altro tipo.",
        "1 comune su 6 sta dove i confini si incrociano.",
    ]


def test_the_matrix_counts_what_each_two_share_and_who_is_left(client, laid):
    assert matrix(body(client, HERE)) == [
        [
            "Distretti socio-sanitari / Distretti culturali",
            "Alfa 2 comuni",
            "Beta 3 comuni",
            "in nessuna",
        ],
        ["Due 2 comuni", "· 0", "2", "· 0"],
        ["Tre 2 comuni", "· 0", "1", "1"],
        ["Uno 2 comuni", "2 la stessa area", "· 0", "· 0"],
    ]


def test_the_map_shows_the_parts_with_counts(client, laid):
    html = section(body(client, HERE), "Sulla mappa")

    shades = dict(re.findall(r'aria-label="(\w), [^"]*"[^>]*><path class="([\w-]+)"', html))
    assert shades == {
        "A": "m-q1", "B": "m-q1", "C": "m-q2", "D": "m-q2", "E": "m-cross", "F": "m-unknown",
    }  # fmt: skip
    for said in (
        "le due aree sono la stessa (2)",
        "un’area sta dentro l’altra (2)",
        "le due aree si incrociano (1)",
        "in nessuna area di uno dei tipi (1)",
    ):
        assert said in html
    # Three outlines and the key; two and the key.
    assert html.count('class="m-solid"') == 4
    assert html.count('class="m-dash"') == 3
    assert 'aria-label="E, Tre, Beta"' in html


def test_who_is_left_out_is_named_with_a_link(client, laid, towns):
    html = section(body(client, HERE), "Chi resta fuori, chi sta in due")

    assert "Distretti culturali: 1 comune non sta in nessuna area." in html
    assert "Questo tipo di area non deve coprire tutto." in html
    assert f"/territorio/comune/{towns[5].istat_code}/" in html
    assert "Distretti socio-sanitari:" not in html


def test_who_lies_in_two_areas_of_one_kind_is_named(client, laid, towns):
    double = a_district("Doppio")
    AreaMembership.objects.create(area=double, municipality=towns[0])

    html = body(client, HERE)

    table = re.search(r'<table[^>]*id="doppi".*?</table>', html, re.DOTALL).group()
    assert "Doppio, Uno" in table
    assert "in due aree dello stesso tipo (1)" in html


def test_kinds_that_divide_alike_are_said_to(client, towns):
    for kind in ("health_social_district", "cultural_district"):
        a_district("Uno", *towns[:3], kind=kind)
        a_district("Due", *towns[3:], kind=kind)

    html = section(body(client, HERE), "Come stanno fra loro")

    assert "I due tipi dividono questo territorio allo stesso modo: 2 aree per ciascuno." in html


def test_a_kind_without_areas_here_is_said_to_have_none(client, towns):
    a_district("Uno", *towns)

    html = body(client, HERE)

    assert "Distretti culturali: in questa data qui non ne risulta nessuna area." in html
    assert "tv-matrix" not in html
    assert "Chi resta fuori" not in html


def test_areas_that_reach_beyond_the_territory_say_so(client, laid, towns):
    outside = a_municipality("Fuori", province=a_province("045", "Massa"))
    AreaMembership.objects.create(
        area=AreaMembership.objects.filter(municipality=towns[0], area__kind="cultural_district")
        .get()
        .area,
        municipality=outside,
    )

    assert "2 comuni, altri 1 fuori" in words(body(client, HERE))


def test_parts_of_a_municipality_are_compared_as_such(client, towns):
    one, two = a_unit(towns[0], "Municipio 1"), a_unit(towns[0], "Municipio 2")
    a_district("Nord", units=[one])
    a_district("Sud", units=[two])
    a_district("Arte", towns[0], kind="cultural_district")

    rows = matrix(body(client, HERE))

    assert [row[1] for row in rows[1:3]] == ["1", "1"]


def test_many_columns_become_lists(client, towns):
    for number, town in enumerate(towns):
        a_district(f"U{number}", town)
        a_district(f"C{number}", town, kind="cultural_district")
    massa = a_province("045", "Massa")
    extra = [a_municipality(province=massa) for _two in range(2)]
    for town in extra:
        a_district("", town)
        a_district("", town, kind="cultural_district")

    here = body(client, HERE)
    everywhere = body(client, f"/territorio/confronto/?{KINDS}")

    assert "tv-matrix--list" not in here
    assert "tv-matrix--list" in everywhere


def test_of_a_whole_country_the_map_waits_for_a_territory(client, laid, monkeypatch):
    monkeypatch.setattr("tavolo.territory.web.pages.comparison.MOST_DRAWN", 5)

    html = main(body(client, f"/territorio/confronto/?{KINDS}"))

    assert "<figure" not in html
    assert "Per vedere la mappa scegli una regione" in html


def test_another_day_is_compared_as_it_was(client, towns):
    a_district("Uno", *towns, since=date(2020, 1, 1))
    a_district("Alfa", *towns, kind="cultural_district")

    then = body(client, f"{HERE}&al=2019-12-31")

    assert "Distretti socio-sanitari: in questa data qui non ne risulta nessuna area." in then
    assert "Com’era martedì 31 dicembre 2019" in then
    assert all("al=2019-12-31" in href for href in links(then) if href.startswith("/territorio/"))


def test_any_area_may_be_the_territory(client, laid, towns):
    district = (
        AreaMembership.objects.filter(municipality=towns[0], area__kind="health_social_district")
        .get()
        .area
    )

    html = body(
        client, f"/territorio/confronto/?{KINDS}&entro=distretto-socio-sanitario:{district.code}"
    )

    assert district.title in main(html)
    assert f'value="distretto-socio-sanitario:{district.code}" selected' in html


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("a=contea&b=provincia", "Scegli i due tipi di area dall’elenco."),
        ("a=provincia&b=provincia", "Scegli due tipi di area diversi."),
        (f"{KINDS}&entro=provincia:999", "Scegli il territorio dall’elenco."),
        (f"{KINDS}&entro=contea:1", "Scegli il territorio dall’elenco."),
        (f"{KINDS}&entro=046", "Scegli il territorio dall’elenco."),
        (f"{KINDS}&entro=provincia:%00", "Scegli il territorio dall’elenco."),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(client, towns, query, sentence):
    answer = client.get(f"/territorio/confronto/?{query}")

    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_with_one_kind_alone_it_asks_for_the_other(client, towns):
    html = main(body(client, "/territorio/confronto/?a=provincia"))

    assert '<option value="provincia" selected>' in html
    assert "Come stanno fra loro" not in html


def test_the_report_speaks_english(client, laid):
    html = words(body(client, f"/en{HERE}"))

    assert "1 of 3 coincide with one of the other kind (Cultural districts)." in html
    assert "Cultural districts: 1 municipality lies in none." in html


def test_queries_do_not_grow_with_areas_and_municipalities(client):
    province = a_province()
    seen = []
    for more in (1, 9, 40):
        for _number in range(more):
            town = a_municipality(province=province)
            a_district("", town)
            a_district("", town, kind="cultural_district")
        seen.append(queries_of(client, HERE))

    assert len(set(seen)) == 1
    assert seen[0] <= PUBLIC_BUDGET
