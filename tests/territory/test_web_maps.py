"""Areas shaded by a figure: the map, its key, the table beside it, and the whole country as a file."""

import gzip
import re
from datetime import date

import brotli
import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tavolo.kernel.facts import announce
from tavolo.territory.choices import Level
from tavolo.territory.facts import TerritoryImported
from tavolo.territory.models import Municipality, Population
from tavolo.territory.web.country import drawing
from tests.factories.districts import a_district
from tests.factories.pasts import merged
from tests.factories.territory import a_municipality, a_province, a_region, draw
from tests.territory.reading import body, links, main, section, words

pytestmark = pytest.mark.django_db

SVG = "/territorio/comuni.svg"


@pytest.fixture(autouse=True)
def _nothing_kept():
    caches["drawings"].clear()
    yield
    caches["drawings"].clear()


def imported() -> None:
    """What an import announces: from here on drawings are kept."""
    with transaction.atomic():
        announce(TerritoryImported(year=2023))


@pytest.fixture
def lucca():
    """Six municipalities of 100, 200, … 500 residents, one of which nothing is known."""
    province = a_province()
    for number in range(1, 6):
        a_municipality(f"Comune {number}", province=province, people=(number * 60, number * 40))
    a_municipality("Ignoto", province=province, people=None)
    return province


def shades(html: str) -> dict[str, str]:
    """The shade of each linked shape, by its spoken name."""
    found = re.findall(r'aria-label="([^"]+)"[^>]*><path class="([\w-]+)"', html)
    return dict(found)


def test_shapes_are_shaded_and_what_is_unknown_has_a_pattern_of_its_own(client, lucca):
    html = body(client, "/territorio/provincia/046/?mostra=residenti")

    assert shades(html) == {
        "Comune 1, Residenti: 100": "m-q1",
        "Comune 2, Residenti: 200": "m-q2",
        "Comune 3, Residenti: 300": "m-q3",
        "Comune 4, Residenti: 400": "m-q4",
        "Comune 5, Residenti: 500": "m-q5",
        "Ignoto, Residenti: non determinabile": "m-unknown",
    }
    assert 'fill="url(#mappa-q5)"' in html


def test_the_key_says_what_is_counted_and_how_many_have_it(client, lucca):
    key = words(
        f"<main>{section(body(client, '/territorio/provincia/046/?mostra=residenti'), 'I comuni')}</main>"
    )

    assert (
        "Residenti (residenti al 1° gennaio 2023) 100 (1) 200 (1) 300 (1) 400 (1) 500 (1) "
        "non determinabile (1)"
    ) in key


def test_the_table_has_the_same_figure_marked_and_its_sum(client, lucca):
    html = section(body(client, "/territorio/provincia/046/?mostra=densita"), "I comuni")

    assert re.findall(r'<th scope="col" class="([^"]+)"', html)[-1] == "num is-chosen"
    assert "Densità, residenti per km²" in html
    chosen = re.findall(r'<td class="num is-chosen"[^>]*><span>(.*?)</span></td>', html)
    assert chosen[:5] == ["10", "20", "30", "40", "50"]
    assert "non determinabile" in chosen[5]
    assert chosen[6] == "30"  # 1,500 on 50 km²: who is not known is in neither


def test_a_figure_that_has_a_column_is_only_marked_there(client, lucca):
    html = main(body(client, "/territorio/provincia/046/?mostra=residenti"))

    assert html.count('scope="col"') == body(client, "/territorio/provincia/046/").count(
        'scope="col"'
    )
    assert 'class="num is-chosen"' in html


def test_the_choice_of_a_figure_stays_on_the_way_down_and_comes_back_to_the_map(client, lucca):
    html = body(client, "/territorio/regione/09/?mostra=donne")

    assert "/territorio/provincia/046/?mostra=donne" in links(html)
    picks = [href for href in links(html) if href.endswith("#parti") and "ordina" not in href]
    assert picks[0] == "?#parti"
    assert "?mostra=densita#parti" in picks
    assert 'aria-current="true">Donne, quota' in html


def test_an_area_of_areas_is_shaded_by_their_sums(client, lucca):
    other = a_province("045", "Massa", place=1)
    a_municipality("Massa", province=other, people=(10, 10))

    html = body(client, "/territorio/regione/09/?mostra=densita")

    assert shades(html) == {
        "Provincia di Lucca, Densità: 30 residenti per km²": "m-q4",
        "Provincia di Massa, Densità: 2 residenti per km²": "m-q2",
    }
    assert "comuni rilevati: 5 su 6" in html


def test_a_district_without_a_drawing_of_its_own_gets_the_outline_of_its_municipalities(
    client, lucca
):
    towns = list(Municipality.objects.filter(name__startswith="Comune").order_by("id"))
    district = a_district("Piana", *towns[:2])

    html = body(client, "/territorio/distretto-socio-sanitario/?mostra=residenti")

    assert shades(html) == {f"{district.title}, Residenti: 300": "m-q3"}


def test_a_kind_tells_how_far_it_covers_the_country(client, lucca):
    first, *others = Municipality.objects.order_by("id")
    a_district("Piana", first)

    html = words(body(client, "/territorio/distretto-socio-sanitario/"))

    assert "In questi dati 1 comuni su 6 stanno in una di queste aree." in html
    assert "1 comuni su 6" in html
    assert all(town.name in html for town in others)


def test_a_kind_without_areas_says_so(client, lucca):
    html = words(body(client, "/territorio/distretto-culturale/"))

    assert "Nessuna area di questo tipo In questa data non se ne conosce nessuna." in html
    assert "Quanto territorio coprono" not in html


@pytest.mark.parametrize("kind", ["comune", "contea"])
def test_a_kind_that_does_not_exist_is_not_found(client, kind):
    assert client.get(f"/territorio/{kind}/").status_code == 404


def test_shapes_have_addresses_of_their_own_on_the_page(client, lucca):
    code = Municipality.objects.get(name="Comune 1").istat_code

    html = body(client, "/territorio/provincia/046/")
    town = body(client, f"/territorio/comune/{code}/")

    assert f'id="mappa-{code}"' in html
    assert f"/territorio/provincia/046/#mappa-{code}" in links(town)


def test_the_districts_of_a_municipality_are_drawn_over_each_other(client, lucca):
    one, two, three, *_others = Municipality.objects.order_by("id")
    a_district("Salute", one, two)
    a_district("Cultura", two, three, kind="cultural_district")

    html = section(
        body(client, f"/territorio/comune/{two.istat_code}/"), "I distretti di cui fa parte"
    )

    assert html.count('class="m-solid"') == html.count('class="m-dash"') == 3
    assert "1 comune sta in tutti." in html
    assert "Dove i confini non coincidono" in html


def test_the_country_is_a_picture_with_a_key_and_a_table(client, lucca):
    imported()

    html = body(client, "/territorio/comuni/?mostra=residenti")

    picture = re.search(r'<img src="([^"]+)" alt="([^"]+)" width="900" height="(\d+)">', html)
    assert picture.group(1).startswith(f"{SVG}?mostra=residenti&amp;v=")
    assert picture.group(2) == "Tutti i comuni d’Italia: Residenti"
    assert "non determinabile (1)" in html
    assert "Toscana" in section(html, "Comune per comune")
    assert '<pattern id="mappa-q1-key"' in html


def test_before_any_import_there_is_neither_picture_nor_file(client):
    assert "<img" not in main(body(client, "/territorio/comuni/"))
    assert client.get(SVG).status_code == 404


class TestFile:
    """The drawing of the whole country."""

    @pytest.fixture(autouse=True)
    def _a_country(self, lucca):
        imported()

    def test_it_has_one_path_a_shade_no_words_and_no_style(self, client):
        answer = client.get(f"{SVG}?mostra=residenti")

        text = answer.content.decode()
        assert answer["Content-Type"] == "image/svg+xml"
        assert re.findall(r'<path fill="([^"]+)"', text) == [
            f"url(#{name})" for name in ("q1", "q2", "q3", "q4", "q5", "unknown")
        ]
        assert not re.search(r"<(title|text|style|script|a)\b|style=|href=", text)

    def test_it_comes_in_the_encoding_that_the_browser_reads(self, client):
        plain = client.get(SVG)
        small = client.get(SVG, headers={"accept-encoding": "gzip, deflate, br"})
        old = client.get(SVG, headers={"accept-encoding": "gzip"})

        assert brotli.decompress(small.content) == plain.content
        assert gzip.decompress(old.content) == plain.content
        assert [answer.get("Content-Encoding") for answer in (plain, small, old)] == [
            None,
            "br",
            "gzip",
        ]
        assert len({answer["ETag"] for answer in (plain, small, old)}) == 3
        assert "Accept-Encoding" in plain["Vary"]

    def test_who_has_it_is_not_sent_it_again(self, client):
        first = client.get(SVG)
        again = client.get(SVG, headers={"if-none-match": first["ETag"]})

        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]

    def test_it_may_be_kept_for_ever_where_the_address_names_its_content(self, client):
        page = body(client, "/territorio/comuni/")
        named = re.search(r'<img src="([^"]+)"', page).group(1).replace("&amp;", "&")

        assert client.get(named)["Cache-Control"] == "public, max-age=31536000, immutable"
        assert client.get(SVG)["Cache-Control"] == "public, no-cache"
        assert client.get(f"{SVG}?v=another")["Cache-Control"] == "public, no-cache"

    def test_it_is_made_once(self, client, monkeypatch):
        made = []
        make = drawing._make
        monkeypatch.setattr(drawing, "_make", lambda *how: made.append(how) or make(*how))

        for _time in range(3):
            client.get(SVG)
            client.get("/territorio/comuni/")
        with CaptureQueriesContext(connection) as seen:
            client.get(SVG)

        assert len(made) == 1
        assert len(seen) <= 3

    def test_an_import_makes_it_anew(self, client):
        before = client.get(f"{SVG}?mostra=residenti")
        Population.objects.update(women=1, men=0, total=1)
        assert client.get(f"{SVG}?mostra=residenti")["ETag"] == before["ETag"]

        imported()

        after = client.get(f"{SVG}?mostra=residenti")
        assert after["ETag"] != before["ETag"]
        assert after.content != before.content

    def test_figures_and_days_have_drawings_of_their_own(self, client):
        merged("Nuovo", "046900", date(2014, 1, 1), province=a_province("047", "Pistoia"))
        addresses = (
            "",
            "?mostra=residenti",
            "?mostra=superficie",
            "?al=2013-12-31",
            "?al=2022-01-01",
        )

        tags = [client.get(f"{SVG}{query}")["ETag"] for query in addresses]

        assert len(set(tags)) == len(tags)
        assert (
            client.get(f"{SVG}?al=2014-01-01")["ETag"] == client.get(f"{SVG}?al=2022-05-05")["ETag"]
        )

    def test_who_did_not_live_then_is_ground(self, client):
        merged("Nuovo", "046900", date(2014, 1, 1), province=a_province("047", "Pistoia"))

        assert '<path fill="#e3e6ea"' in client.get(f"{SVG}?al=2013-12-31").content.decode()
        assert '<path fill="#e3e6ea"' not in client.get(SVG).content.decode()

    def test_the_same_file_serves_both_languages(self, client):
        assert client.get(f"/en{SVG}")["ETag"] == client.get(SVG)["ETag"]
        assert "residents on 1 January 2023" in body(client, "/en/territorio/comuni/")

    def test_it_is_only_read(self, client):
        assert client.post(SVG).status_code == 405
        assert client.head(SVG).status_code == 200

    def test_a_hostile_day_and_figure_are_refused(self, client):
        for query in ("al=2016-02-30", "mostra=x", "al=1&al=2"):
            assert client.get(f"{SVG}?{query}").status_code == 400


def test_without_an_import_nothing_is_kept(client, lucca):
    first = client.get(f"{SVG}?mostra=residenti").content
    Population.objects.update(women=1, men=0, total=1)

    assert client.get(f"{SVG}?mostra=residenti").content != first


def test_the_regions_of_the_country_are_shaded_too(client, lucca):
    other = a_region("08", "Emilia-Romagna")
    draw(other, (1000, 0, 2000, 1000), Level.COARSE)
    a_municipality("Bologna", province=a_province("037", "Bologna", region=other), people=(9, 1))

    html = body(client, "/territorio/?mostra=donne")

    assert shades(html) == {
        "Emilia-Romagna, Donne, quota: 90,0 % dei residenti": "m-q4",
        "Toscana, Donne, quota: 60,0 % dei residenti": "m-q2",
    }
