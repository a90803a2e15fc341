"""A secretary asks what became of a commitment; a delegate answers by link, on a phone, without an account."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import NewContext
from tests.journeys.site import Site
from tests.journeys.walking import Walk, signed_in

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
SUBJECT = "Com’è andata: Indicare una persona di riferimento"


def test_a_delegate_answers_by_link_from_a_phone(new_context: NewContext, site: Site) -> None:
    here = next(each["path"] for each in site.examples if each["path"].endswith("/chiedi/"))
    network = site.account("secretary")["network"]
    secretary = signed_in(new_context, site, network, scripts=True)
    ask(secretary, here)
    phone = Walk(new_context(viewport=PHONE, is_mobile=True).new_page(), scripts=True)
    open_letter(phone)
    answer(phone)
    assert phone.page.context.cookies() == []
    see_the_answer(secretary, here)
    assert secretary.faults == {}
    assert phone.faults == {}
    assert token_of(phone.page) not in (Path(site.home) / "serve.log").read_text()


def ask(walk: Walk, here: str) -> None:
    walk.page.goto(here)
    walk.look()
    walk.write(walk.page.get_by_label("Con parole tue"), "Serve per la riunione di martedì.")
    walk.press("Spedisci le lettere")
    assert "Le lettere sono in viaggio." in walk.page.inner_text("body")


def open_letter(walk: Walk) -> None:
    """The letter of the secretary who has just asked: it falls into the folder within seconds."""
    page = walk.page
    until = time.monotonic() + 90
    while time.monotonic() < until:
        page.goto("/posta/")
        for letter in page.get_by_role("link", name=SUBJECT).all()[:1]:
            letter.click()
            if "riunione di martedì" in page.inner_text("main"):
                walk.look()
                follow(page)
                return
        page.wait_for_timeout(1_000)
    raise AssertionError("the letter did not come")


def follow(page: Page) -> None:
    page.locator("main a[href*='/c/']").first.click()
    page.wait_for_url("**/c/**")


def answer(walk: Walk) -> None:
    walk.look()
    assert walk.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert "Marta Sassofranco" in walk.main()
    walk.tick("è fatto in parte")
    walk.press("Invia la risposta")
    assert "Questo campo è obbligatorio" in walk.main() or "obbligatorio" in walk.main()
    walk.write(walk.page.get_by_label("In poche parole"), "Manca ancora un ente su cinque.")
    walk.press("Invia la risposta")
    assert "Grazie: la tua risposta è registrata." in walk.main()
    assert "Manca ancora un ente su cinque." in walk.main()


def see_the_answer(walk: Walk, here: str) -> None:
    walk.page.goto(here.removesuffix("chiedi/"))
    walk.look()
    said = walk.main()
    assert "Manca ancora un ente su cinque." in said
    assert "da Marta Sassofranco" in said
    assert "risposta data" in said


def token_of(page: Page) -> str:
    return page.url.split("/c/")[1].split("/")[0]
