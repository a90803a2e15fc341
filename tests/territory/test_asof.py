"""What an address asks for: a day, a figure, and nothing that does not exist."""

from datetime import date

import pytest
from django.test import RequestFactory

from tavolo.kernel import clock
from tavolo.kernel.errors import BadRequest
from tavolo.territory.plugs import figures
from tavolo.territory.web.addresses import Addresses
from tavolo.territory.web.asof import Asked, asked


def ask(query: str) -> Asked:
    return asked(RequestFactory().get(f"/territorio/?{query}"))


@pytest.mark.parametrize("query", ["", "al=", "al=%20"])
def test_without_a_day_it_is_today(query):
    assert ask(query).is_today
    assert ask(query).on == clock.today()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2016-02-23", date(2016, 2, 23)),
        ("2016-02-29", date(2016, 2, 29)),
        ("0001-01-01", date.min),
        ("9999-12-31", date.max),
    ],
)
def test_a_day_is_read(text, day):
    assert ask(f"al={text}").on == day


@pytest.mark.parametrize(
    "text",
    [
        "2016-02-30",
        "0000-00-00",
        "0000-01-01",
        "2016-13-01",
        "10000-01-01",
        "20160223",
        "2016-W08-2",
        "2016-2-3",
        "23/02/2016",
        "ieri",
        "٢٠١٦-٠٢-٢٣",
        "2016-02-23T00:00",
        "%00",
        "-2016-02-23",
    ],
)
def test_what_is_no_day_is_refused_in_a_sentence(text):
    with pytest.raises(BadRequest) as refused:
        ask(f"al={text}")

    assert str(refused.value) == (
        "L’indirizzo indica un giorno che non esiste. "
        "Scrivi anno, mese e giorno, per esempio 2016-02-23."
    )


def test_a_day_said_twice_is_one_and_two_days_are_none():
    assert ask("al=2016-02-23&al=2016-02-23").on == date(2016, 2, 23)
    with pytest.raises(BadRequest) as refused:
        ask("al=2016-02-23&al=2016-02-24")
    assert "due cose insieme" in str(refused.value)


def test_a_figure_is_known_by_its_word():
    assert ask("mostra=densita").figure is figures.get("density")
    assert ask("").figure is None


def test_an_unknown_figure_is_refused_and_the_known_ones_are_named():
    with pytest.raises(BadRequest) as refused:
        ask("mostra=felicita")

    assert "residenti, densita, donne, sotto-3, 65-e-oltre, superficie" in str(refused.value)


def test_addresses_keep_the_day_and_areas_the_figure():
    then = Addresses(ask("al=2016-02-23&mostra=densita"))
    now = Addresses(ask(""))

    assert then.municipality("015189") == "/territorio/comune/015189/?al=2016-02-23"
    assert then.area("region", "03") == "/territorio/regione/03/?al=2016-02-23&mostra=densita"
    assert then.country() == "/territorio/?al=2016-02-23&mostra=densita"
    assert then.kind("province") == "/territorio/provincia/?al=2016-02-23"
    assert then.comparison("province", "region", ("region", "03")) == (
        "/territorio/confronto/?a=provincia&b=regione&entro=regione%3A03&al=2016-02-23"
    )
    assert now.municipality("015189") == "/territorio/comune/015189/"
    assert now.area("region", "03") == "/territorio/regione/03/"


def test_another_day_given_by_hand_wins():
    assert Addresses(ask("al=2016-02-23")).municipality("1", al="2014-01-01") == (
        "/territorio/comune/1/?al=2014-01-01"
    )
