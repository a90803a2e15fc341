"""From an empty database to a network whose mail is tried: the code that `serve` prints, then only the browser."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.entering import choose_password, set_up_second_factor
from tests.journeys.site import served
from tests.journeys.walking import Walk
from tests.migrated import lay

pytestmark = pytest.mark.browser

CODE = re.compile(r"\b(?:[A-Z2-9]{4}-){2}[A-Z2-9]{4}\b")
HERE = "/lavoro/reti/valle/"
PATIENCE = 30


@pytest.fixture
def home(tmp_path: Path) -> Path:
    lay(tmp_path)
    return tmp_path


@pytest.fixture
def url(home: Path) -> Iterator[str]:
    with served(home, "--with-worker") as url:
        yield url


@pytest.fixture
def new_browser(chromium: Browser, url: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=url, locale="it-IT")
    context.set_default_timeout(15_000)
    yield context
    context.close()


def send(page: Page, **typed: str) -> None:
    for name, value in typed.items():
        page.fill(f"main [name={name}]", value)
    page.click("main form button[type=submit]")
    page.wait_for_load_state()


def left(page: Page) -> list[str]:
    """What the list of the network’s page still asks for."""
    page.goto(HERE)
    rows = page.locator("main tr", has=page.locator(".tv-state--draft"))
    return [row.locator("th b").inner_text() for row in rows.all()]


def test_from_nothing_to_a_network_whose_mail_is_tried(
    home: Path, new_browser: BrowserContext
) -> None:
    page = new_browser.new_page()
    walk = Walk(page, scripts=True)
    found = CODE.search((home / "serve.log").read_text())
    assert found
    page.goto("/organizzazioni/")
    assert page.url.endswith("/inizio/")
    walk.look()
    send(page, code=found.group())
    walk.look()
    send(page, name="Rete della valle", slug="valle", summary="Chi in valle lavora insieme.")
    # Interrupted, she comes back to where she was.
    page.goto("/")
    assert page.url.endswith("/inizio/sede/")
    walk.look()
    page.uncheck("main [name=languages][value=en]")
    send(page, address="via Roma 1, 20090", municipality="Cesano Boscone")
    walk.look()
    choose_password(page)
    send(page, given_name="Chiara", family_name="Neri", email="chiara@valle.example")
    set_up_second_factor(page)
    before = left(page)
    walk.look()
    # The map begins where the seat is.
    page.goto(f"{HERE}territorio/")
    walk.look()
    page.click(".tv-map a[aria-label^='Cesano Boscone,']")
    page.check("main label:has-text('Corsico') input")
    page.click(".tv-map a[aria-label^='Assago,']")
    page.wait_for_selector("#anteprima")
    assert "Assago (MI), Cesano Boscone (MI), Corsico (MI)" in page.inner_text("#anteprima")
    walk.look()
    page.click("#anteprima button[name=save]")
    page.wait_for_load_state()
    page.goto(f"{HERE}testi/")
    walk.look()
    send(page, controller="Comune di Cesano Boscone")
    try_the_mail(page)
    walk.look()
    assert set(before) - set(left(page)) == {
        "Indica il territorio della rete",
        "Indica chi risponde dei dati personali",
        "Prova la posta",
    }
    assert list((home / "mail").iterdir())
    assert walk.faults == {}
    page.goto("/en/")
    assert page.url.endswith("://" + page.url.split("/")[2] + "/")
    assert "via Roma 1, 20090, Cesano Boscone (MI)" in page.inner_text("footer")
    page.goto("/inizio/")
    assert page.locator("main h1").inner_text() == "Questa installazione è già iniziata"


def try_the_mail(page: Page) -> None:
    """Until the page says that the letter was sent."""
    page.goto(f"{HERE}prova-della-posta/")
    send(page)
    until = time.monotonic() + PATIENCE
    while "inviata" not in page.locator("main dl").inner_text():
        assert time.monotonic() < until, page.locator("main dl").inner_text()
        page.reload()
