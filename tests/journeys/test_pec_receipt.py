"""A secretary drops a PEC receipt in, sees what it says, binds it, and enters the number of the register."""

import pytest

from tests.journeys.conftest import NewContext
from tests.journeys.site import Site
from tests.journeys.walking import Walk, signed_in
from tests.messages.pec.building import pec

pytestmark = pytest.mark.browser

NETWORK = "Città metropolitana di Bologna"
HERE = "/lavoro/reti/bologna/"
WITH = {"with scripts": True, "without scripts": False}


@pytest.mark.parametrize("scripts", WITH)
def test_a_receipt_is_dropped_in_bound_and_numbered(
    new_context: NewContext, site: Site, scripts: str
) -> None:
    walk = signed_in(new_context, site, NETWORK, scripts=WITH[scripts])
    # Each way has an original of its own: both walk in one network.
    told = {"msgid": f"{scripts.replace(' ', '.')}@pec.rete.example", "identifier": f"{scripts}@x"}
    bring(walk, "busta.eml", pec(kind="posta-certificata", receipt="", **told))
    assert "Busta di trasporto" in walk.main()
    bring(walk, "ricevuta.eml", pec(**told))
    see_what_it_says(walk)
    walk.press("Collega a questo")
    assert "Il messaggio è collegato." in walk.page.inner_text("body")
    enter_its_number(walk)
    assert walk.faults == {}


def bring(walk: Walk, name: str, content: bytes) -> None:
    walk.page.goto(f"{HERE}pec/")
    walk.look()
    walk.choose_file(walk.page.locator("input[type=file]"), name, content)
    walk.press("Carica")


def see_what_it_says(walk: Walk) -> None:
    said = walk.main()
    for words in (
        "Ricevuta di avvenuta consegna",
        "Il contenuto è integro: è quello firmato da Gestore PEC di prova.",
        "Non è stato verificato se chi firma è un vero gestore PEC",
        "martedì 30 giugno 2026, 12:30:15 (UTC+02:00)",
        "Dall’identificativo risponde a: Convocazione del tavolo di giugno",
    ):
        assert words in said, words


def enter_its_number(walk: Walk) -> None:
    """From the receipt to what it answers, and there the number that the register gave."""
    page = walk.page
    walk.reach(page.locator("main").get_by_role("link", name="Messaggi PEC: Convocazione").first)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    walk.look()
    assert "Attende il numero di protocollo." in walk.main()
    walk.press("Inserisci il numero", role="link")
    walk.write(page.locator("#id_number"), "0004321")
    page.locator("#id_day").fill("2026-07-01")
    walk.press("Inserisci")
    assert "0004321 del 01/07/2026" in walk.main()
