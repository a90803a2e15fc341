"""A secretary's morning: she opens Oggi, does what is overdue and one thing of another room, and both are gone.

By keyboard, with an accessibility check of every page on the way, at a desk; without scripts on a
phone in another network.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import NewContext
from tests.journeys.site import REFERENCE_DAY, Site
from tests.journeys.walking import Walk, signed_in

pytestmark = pytest.mark.browser

# A form that comes sooner is taken for a program's.
PATIENCE = 4_000
NETWORKS = {
    "with scripts": ("Città metropolitana di Milano", "milano"),
    "without scripts": ("Città metropolitana di Bologna", "bologna"),
}


@dataclass
class Morning:
    """What the secretary finds: a promise whose term has passed, and a request with its number."""

    walk: Walk
    promise: str
    request: str


@pytest.fixture(params=list(NETWORKS))
def morning(request: pytest.FixtureRequest, new_context: NewContext, site: Site) -> Morning:
    name, slug = NETWORKS[request.param]
    walk = signed_in(new_context, site, name, scripts=request.param == "with scripts")
    promise = f"Consegnare le chiavi della sala di {slug}"
    something_promised(walk.page, promise)
    return Morning(walk, promise, somebody_asks(walk.page, slug))


def something_promised(page: Page, name: str) -> None:
    """Long ago, so that nothing of the demonstration is older."""
    page.goto("/lavoro/impegni/nuovo/")
    page.fill("input[name=name]", name)
    page.check("input[name=no_owner]")
    term = date.fromisoformat(REFERENCE_DAY) - timedelta(days=200)
    page.fill("input[name=due]", term.isoformat())
    page.click("main button.btn-primary")
    page.wait_for_url("**/lavoro/impegni/**")


def somebody_asks(page: Page, slug: str) -> str:
    """Whoever is named on a page of the network writes to it; gives the number of the request."""
    page.goto("/dati-personali/")
    page.fill("input[name=page]", f"/reti/{slug}/")
    page.check("input[name=wish][value=correction]")
    page.fill("textarea[name=words]", "Il mio nome è scritto male.")
    page.fill("input[name=name]", "Ada Prova")
    page.fill("input[name=email]", f"ada.{slug}@prova.example")
    page.wait_for_timeout(PATIENCE)
    page.click("main button.btn-primary")
    page.wait_for_url("**/dati-personali/*/")
    return page.url.rstrip("/").rsplit("/", 1)[1]


def test_a_secretary_does_two_things_and_they_are_gone(morning: Morning) -> None:
    walk = morning.walk
    today(walk)
    first = walk.page.locator("main .tv-due tbody tr").first
    assert walk.page.locator("main .tv-due caption").first.inner_text().startswith("Scaduto")
    assert morning.promise in first.inner_text()
    assert "da 200 giorni" in first.inner_text()
    before = waiting(walk)
    say_how_it_ended(walk, morning.promise)
    today(walk)
    assert morning.promise not in walk.main()
    answer(walk, f"Richiesta {morning.request}")
    today(walk)
    assert morning.request not in walk.main()
    assert waiting(walk) == before - 2
    assert walk.faults == {}


def today(walk: Walk) -> None:
    walk.page.goto("/lavoro/")
    walk.look()


def waiting(walk: Walk) -> int:
    """How many things the menu says; where nothing is left it says no number."""
    here = walk.page.locator(".tv-side a[aria-current=page]")
    assert here.count() == 1
    number = here.locator(".n")
    return int(number.inner_text()) if number.count() else 0


def follow(walk: Walk, title: str, verb: str) -> None:
    """The one action of a line."""
    link = walk.page.locator("main tr", has_text=title).get_by_role("link")
    assert link.inner_text().startswith(verb)
    walk.reach(link)
    with walk.page.expect_navigation():
        walk.page.keyboard.press("Enter")
    walk.look()


def say_how_it_ended(walk: Walk, promise: str) -> None:
    follow(walk, promise, "Registra l’esito")
    walk.tick("fatto")
    walk.write(walk.page.locator("textarea[name=note]"), "Le chiavi sono in portineria.")
    walk.press("Inserisci il passo")


def answer(walk: Walk, request: str) -> None:
    follow(walk, request, "Rispondi")
    walk.tick("corretto")
    walk.write(walk.page.locator("textarea[name=answer]"), "Il nome è corretto, grazie.")
    walk.press("Invia la risposta")
