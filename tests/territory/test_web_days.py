"""Pages as of any day: names, codes and areas of that day, and a sentence where there is nothing."""

from datetime import date

import pytest
import time_machine

from tavolo.territory.choices import SuccessionKind
from tavolo.territory.models import Area, AreaMembership, Municipality
from tests.factories.counting import queries_of
from tests.factories.districts import a_district, a_unit
from tests.factories.pasts import counted, merged, with_versions
from tests.factories.territory import (
    a_metropolitan_city,
    a_municipality,
    a_province,
    a_region,
)
from tests.territory.reading import PUBLIC_BUDGET, body, links, main, section, words

pytestmark = pytest.mark.django_db

NEW_YEAR = date(2014, 1, 1)


@pytest.fixture
def valsamoggia() -> Municipality:
    """Merged in 2014 of two."""
    return merged(
        "Valsamoggia",
        "037061",
        NEW_YEAR,
        ("Bazzano", "037004"),
        ("Crespellano", "037018"),
        province=a_province("037", "Bologna"),
    )


@pytest.mark.parametrize(
    "address",
    [
        "/territorio/",
        "/territorio/comuni/",
        "/territorio/confronto/",
        "/territorio/provincia/",
        "/territorio/provincia/046/",
        "/territorio/regione/09/",
        "/territorio/comune/046007/",
    ],
)
class TestEveryPage:
    @pytest.fixture(autouse=True)
    def _a_country(self):
        a_municipality("Capannori", province=a_province(), istat_code="046007")

    def test_today_has_a_form_for_another_day(self, client, address):
        html = main(body(client, address))

        if "confronto" not in address:
            assert '<input class="form-control" id="giorno" name="al" type="date"' in html
            assert "Torna a oggi" not in html
        assert "Com’era" not in html

    def test_another_day_is_said_and_leads_back_to_today(self, client, address):
        html = body(client, f"{address}?al=2016-02-23")

        assert "Com’era martedì 23 febbraio 2016" in html
        assert ", 23 febbraio 2016 ·" in html.split("</title>")[0]

    def test_a_day_ahead_is_said_to_be_one(self, client, address):
        with time_machine.travel("2026-11-22T12:00:00+01:00"):
            html = body(client, f"{address}?al=2030-01-01")

        assert "Come sarà martedì 1° gennaio 2030, per quanto è noto" in html

    def test_the_first_and_the_last_day_of_a_calendar_are_days(self, client, address):
        for day in ("0001-01-01", "9999-12-31"):
            assert client.get(f"{address}?al={day}").status_code == 200

    @pytest.mark.parametrize(
        "query",
        ["al=2016-02-30", "al=0000-00-00", "al=ieri", "al=2016-01-01&al=2017-01-01", "mostra=x"],
    )
    def test_what_does_not_exist_is_refused_in_a_sentence(self, client, address, query):
        answer = client.get(f"{address}?{query}")

        assert answer.status_code == 400
        assert "L’indirizzo" in answer.content.decode() or "mappa" in answer.content.decode()

    def test_every_link_of_the_page_keeps_the_day(self, client, address):
        html = body(client, f"{address}?al=2016-02-23")

        inside = [
            href
            for href in links(html)
            if href.startswith("/territorio/") and "al=2016-02-23" not in href
        ]
        assert inside == []

    def test_the_form_keeps_what_else_the_page_shows(self, client, address):
        if address.startswith("/territorio/comune/") or "confronto" in address:
            return
        html = main(body(client, f"{address}?al=2023-05-05&mostra=densita&ordina=-nome"))

        assert '<input type="hidden" name="mostra" value="densita">' in html
        assert '<input type="hidden" name="ordina" value="-nome">' in html

    def test_it_speaks_english(self, client, address):
        html = body(client, f"/en{address}?al=2016-02-23")

        assert "As it was on Tuesday 23 February 2016" in html
        assert all(href.startswith(("/en/", "?", "#", "/api/")) for href in links(html)), links(
            html
        )


def test_a_municipality_has_the_name_and_codes_of_the_day(client):
    town = a_municipality("Nuovo", province=a_province(), istat_code="046100")
    with_versions(
        town,
        ("Vecchio", "046001", None, date(1990, 5, 4)),
        ("Nuovo", "046001", date(1990, 5, 4), date(2000, 1, 1)),
        ("Nuovo", "046100", date(2000, 1, 1), None),
    )

    then = body(client, "/territorio/comune/046001/?al=1980-01-01")
    later = body(client, "/territorio/comune/046001/?al=1995-01-01")
    today = body(client, "/territorio/comune/046100/")

    assert "<h1>Vecchio</h1>" in then
    assert "Oggi si chiama Nuovo." in then
    assert "<h1>Nuovo</h1>" in later
    assert "Si chiamava Vecchio fino al 3 maggio 1990." in later
    assert "Si chiamava Vecchio fino al 3 maggio 1990." in today
    assert "<dd>046001</dd>" in later
    assert "<dd>046100</dd>" in today
    assert words(
        section(f"<main>{today}</main>", "La storia").join(["<main>", "</main>"])
    ).endswith(
        "4 maggio 1990 Si chiama Nuovo, non più Vecchio. "
        "sabato 1° gennaio 2000 Il codice ISTAT è 046100, non più 046001."
    )


def test_another_code_of_the_same_municipality_leads_to_that_of_the_day_with_a_sentence(client):
    town = a_municipality("Rimini", province=a_province(), istat_code="099014")
    with_versions(
        town,
        ("Rimini", "040034", None, date(1992, 4, 16)),
        ("Rimini", "099014", date(1992, 4, 16), None),
    )

    today = client.get("/territorio/comune/040034/")
    then = client.get("/territorio/comune/099014/?al=1980-01-01")

    assert (today.status_code, today["Location"]) == (302, "/territorio/comune/099014/?da=040034")
    assert then["Location"] == "/territorio/comune/040034/?al=1980-01-01&da=099014"
    html = body(client, today["Location"])
    assert (
        "Hai chiesto il codice 040034, che era il suo da prima dell’inizio dei dati, "
        "fino al 15 aprile 1992: in questa data il codice è 099014."
    ) in html
    assert 'name="da"' not in html


def test_a_code_that_it_never_bore_is_not_spoken_of(client):
    a_municipality("Rimini", istat_code="099014")

    assert "Hai chiesto" not in body(client, "/territorio/comune/099014/?da=<script>")


def test_an_old_code_leads_to_the_successor_with_a_sentence(client, valsamoggia):
    html = body(client, "/territorio/comune/037004/")

    assert "<h1>Bazzano</h1>" in html
    assert "Bazzano è confluito in Valsamoggia il 1° gennaio 2014." in html
    assert links(html)[1:4] == [
        "/territorio/comune/037061/",
        "/territorio/comune/037004/?al=2013-12-31",
        "/territorio/comune/037061/?al=2014-01-01",
    ]
    assert "fino al 31 dicembre 2013" in html


def test_on_its_last_day_it_is_there_and_on_the_next_it_is_not(client, valsamoggia):
    last = body(client, "/territorio/comune/037004/?al=2013-12-31")
    next_day = body(client, "/territorio/comune/037004/?al=2014-01-01")

    assert "Provincia di Bologna" in words(last)
    assert "Da allora:" in last
    assert "Bazzano confluisce in Valsamoggia" in section(last, "La storia")
    assert "Bazzano è confluito" not in last
    assert "Bazzano è confluito" in next_day
    assert "/territorio/comune/037061/?al=2014-01-01" in links(next_day)


def test_what_is_not_yet_says_when_and_of_whom(client, valsamoggia):
    html = body(client, "/territorio/comune/037061/?al=2010-03-08")

    assert (
        "L’8 marzo 2010 Valsamoggia non esisteva ancora: "
        "nasce il 1° gennaio 2014 dalla fusione di Bazzano e Crespellano."
    ) in html
    assert links(html)[1:4] == [
        "/territorio/comune/037004/?al=2010-03-08",
        "/territorio/comune/037018/?al=2010-03-08",
        "/territorio/comune/037061/?al=2014-01-01",
    ]


def test_the_story_of_a_merger_is_told_on_both_sides(client, valsamoggia):
    html = section(body(client, "/territorio/comune/037061/"), "La storia")

    assert "Nasce Valsamoggia, dalla fusione di Bazzano e Crespellano" in html
    assert 'href="/territorio/comune/037004/?al=2013-12-31"' in html
    assert "L.R. 1" in html


PARTED = (
    "Piccolo è esistito fino al 31 dicembre 2013; parti del suo territorio sono passate a Grande."
)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (SuccessionKind.INCORPORATION, "Piccolo è stato incorporato in Grande il 1° gennaio 2014."),
        (SuccessionKind.PART, PARTED),
    ],
)
def test_an_end_is_told_as_what_it_was(client, kind, sentence):
    merged("Grande", "046002", NEW_YEAR, ("Piccolo", "046001"), province=a_province(), kind=kind)

    assert sentence in body(client, "/territorio/comune/046001/")


def test_an_end_without_known_heir_is_told_as_such(client):
    with_versions(
        a_municipality("Perduto", istat_code="046001"),
        ("Perduto", "046001", None, date(1928, 6, 8)),
    )

    html = body(client, "/territorio/comune/046001/")

    assert (
        "Perduto è esistito fino al 7 giugno 1928; "
        "i dati non dicono che cosa ne abbia preso il posto."
    ) in html


def test_a_beginning_without_known_origin_is_told_as_such(client):
    with_versions(
        a_municipality("Nuovo", istat_code="046001"), ("Nuovo", "046001", date(1950, 1, 1), None)
    )

    html = body(client, "/territorio/comune/046001/?al=1949-12-31")

    assert "Il 31 dicembre 1949 Nuovo non esisteva ancora: nasce il 1° gennaio 1950." in html


def test_between_two_lives_both_are_one_link_away(client):
    with_versions(
        a_municipality("Fenice", istat_code="046001"),
        ("Fenice", "046001", None, date(1928, 1, 1)),
        ("Fenice", "046001", date(1946, 1, 1), None),
    )

    html = body(client, "/territorio/comune/046001/?al=1930-06-01")

    assert "Il 1° giugno 1930 Fenice era unito ad altri comuni; torna a essere comune il" in html
    around = [href for href in links(html) if href.startswith("/territorio/comune/")]
    assert around == [
        "/territorio/comune/046001/?al=1927-12-31",
        "/territorio/comune/046001/?al=1946-01-01",
    ]
    assert "Fenice torna a essere comune" in section(html, "La storia")


def test_a_municipality_belongs_to_the_areas_of_the_day(client):
    town = a_municipality("Rozzano", province=a_province(), istat_code="015189")
    a_district("Sud", town, since=date(2016, 1, 1))
    a_district("Cultura", town, kind="cultural_district", since=date(2018, 1, 1))

    html = section(
        body(client, "/territorio/comune/015189/?al=2016-02-23"),
        "A chi appartiene, con quali codici",
    )

    assert "Sud" in html
    assert "dal 1° gennaio 2016" in html
    assert "Cultura" not in html


def test_a_kind_that_must_cover_and_does_not_is_not_determinable(client):
    a_municipality("Solo", istat_code="046001")

    html = section(body(client, "/territorio/comune/046001/"), "A chi appartiene, con quali codici")

    assert html.count("i dati non lo dicono") == html.count("non determinabile") > 0
    assert "Distretto socio-sanitario" in html
    assert "Distretto culturale" not in html


def test_what_was_invented_for_the_demonstration_is_marked(client):
    town = a_municipality("Solo", istat_code="046001")
    district = a_district("Finto", town)
    AreaMembership.objects.filter(area=district).update(demonstration=True)

    assert "inventato per la dimostrazione" in body(client, "/territorio/comune/046001/")
    address = f"/territorio/distretto-socio-sanitario/{district.code}/"
    assert "Nessun documento ufficiale dice quali comuni ne fanno parte." in body(client, address)


def test_a_district_that_holds_a_part_names_it_and_claims_nobody(client):
    town = a_municipality("Milano", istat_code="015146")
    unit = a_unit(town, "Municipio 4")
    district = a_district("Est", units=[unit])

    area = body(client, f"/territorio/distretto-socio-sanitario/{district.code}/")
    home = body(client, "/territorio/comune/015146/")

    assert "solo la parte Municipio 4" in area
    assert "non determinabile" in area
    assert "<dd>1.000</dd>" not in area
    assert "con la parte Municipio 4" in home
    assert "Municipio 4" in section(home, "Le sue parti")


def test_residents_are_of_the_latest_year_that_is_not_later(client):
    town = a_municipality("Capannori", istat_code="046007", people=None)
    counted(town, 2012, 300, 200, derived=True)
    counted(town, 2023, 600, 500)

    before = words(body(client, "/territorio/comune/046007/?al=2011-12-31"))
    then = words(body(client, "/territorio/comune/046007/?al=2020-06-01"))
    today = words(body(client, "/territorio/comune/046007/"))

    assert "I dati sulla popolazione cominciano dal 2012." in before
    assert "500 residenti al 1° gennaio 2012; somma dei comuni confluiti" in then.replace(
        "residenti al 1° gennaio 2012; somma dei comuni confluiti 500",
        "500 residenti al 1° gennaio 2012; somma dei comuni confluiti",
    )
    assert "1.100" in today
    assert "2023 600 500 1.100 2012 somma dei comuni confluiti 300 200 500" in today


def test_an_area_has_the_municipalities_of_the_day_and_tells_who_came_and_left(client, valsamoggia):
    then = body(client, "/territorio/provincia/037/?al=2013-12-31")
    today = body(client, "/territorio/provincia/037/")

    assert "Bazzano" in section(then, "I comuni")
    assert "Valsamoggia" not in section(then, "I comuni")
    assert "I confini di allora non sono noti, perciò la mappa non mostra" not in then
    assert "Bazzano" not in section(today, "I comuni")
    story = section(today, "La storia")
    assert "Entra Valsamoggia. Escono Bazzano e Crespellano." in story
    assert 'href="/territorio/comune/037004/"' in story


def test_who_has_no_boundary_is_named_beside_the_map(client, valsamoggia):
    a_municipality("Disegnato", province=Area.objects.get(code="037"))

    html = body(client, "/territorio/provincia/037/?al=2013-12-31")

    assert (
        "I confini di allora non sono noti, perciò la mappa non mostra: Bazzano, Crespellano."
    ) in html


def test_an_empty_area_says_so_and_leads_to_a_day_on_which_it_is_not(client):
    city = a_metropolitan_city(municipalities=1)
    AreaMembership.objects.filter(area=city).update(valid_from=date(2015, 1, 1))
    before = Area.objects.create(
        kind="province", code="015", name="Milano", title="Provincia di Milano", successor=city
    )

    html = body(client, "/territorio/citta-metropolitana/215/?al=2010-01-01")

    assert "In questa data nessun comune appartiene a quest’area." in html
    assert "/territorio/citta-metropolitana/215/?al=2015-01-01" in links(html)
    assert f"/territorio/provincia/{before.code}/?al=2010-01-01" in links(html)
    assert "<figure" not in html


def test_an_area_that_ended_leads_to_its_last_day(client):
    town = a_municipality()
    district = a_district("Breve", town)
    AreaMembership.objects.filter(area=district).update(valid_until=date(2020, 1, 1))

    html = body(client, f"/territorio/distretto-socio-sanitario/{district.code}/")

    assert f"/territorio/distretto-socio-sanitario/{district.code}/?al=2019-12-31" in links(html)


def test_a_province_leads_to_the_city_in_its_place_and_keeps_the_day(client):
    city = a_metropolitan_city(municipalities=1)
    province = a_province("016", "Bergamo", region=a_region("03", "Lombardia"))
    Area.objects.filter(pk=province.pk).update(successor=city)

    answer = client.get("/territorio/provincia/016/?al=2016-02-23&mostra=densita")

    assert (answer.status_code, answer["Location"]) == (
        302,
        "/territorio/citta-metropolitana/215/?al=2016-02-23&mostra=densita",
    )


def test_a_province_that_still_was_says_what_came_in_its_place(client):
    city = a_metropolitan_city()
    province = a_province("016", "Bergamo", municipalities=1)
    Area.objects.filter(pk=province.pk).update(successor=city)

    html = body(client, "/territorio/provincia/016/?al=2014-01-01")

    assert "Al suo posto è venuta:" in html
    assert "/territorio/citta-metropolitana/215/?al=2014-01-01" in links(html)


@pytest.mark.parametrize(("kind", "code"), [("provincia", "037"), ("regione", "09")])
def test_a_region_of_another_day_has_the_provinces_of_that_day(client, valsamoggia, kind, code):
    province = Area.objects.get(kind="province", code="037")
    AreaMembership.objects.filter(area=province).update(valid_from=date(2000, 1, 1))

    html = body(client, f"/territorio/{kind}/{code}/?al=1999-12-31")

    assert "Provincia di Bologna, " not in section(
        html, "Le province" if kind == "regione" else "I comuni"
    )


QUERIES = ("", "?al=2016-02-23", "?al=2024-05-05&mostra=densita", "?mostra=65-e-oltre")


@pytest.mark.parametrize("query", QUERIES)
def test_queries_do_not_grow_with_the_municipalities(client, query):
    """1, 10 and 200 of them, with merger, districts, units and ages."""
    province = a_province()
    town = merged("Uno", "046001", NEW_YEAR, ("Prima", "046002"), province=province)
    a_municipality("In nessun distretto", province=province)
    a_unit(town)
    a_district("Sanità", town)
    addresses = [
        f"/territorio/{query}",
        f"/territorio/provincia/{query}",
        f"/territorio/distretto-socio-sanitario/{query}",
        f"/territorio/regione/09/{query}",
        f"/territorio/provincia/046/{query}",
        f"/territorio/comune/046001/{query}",
        f"/territorio/comuni/{query}",
    ]
    seen = {address: [queries_of(client, address)] for address in addresses}
    for more in (9, 190):
        for number in range(more):
            a_municipality(f"Altro {more} {number}", province=province)
        for address in addresses:
            seen[address].append(queries_of(client, address))

    for address, counts in seen.items():
        assert len(set(counts)) == 1, (address, counts)
        assert counts[0] <= PUBLIC_BUDGET, (address, counts)
