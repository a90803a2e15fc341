"""Every address that the demonstration names, in a real browser, as a person would meet it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Request

from tests.journeys.site import Site

pytestmark = pytest.mark.browser

ROLES = ("anyone", "stranger", "member", "secretary")
GRAVE = {"moderate", "serious", "critical"}
# By address, what it answers with.
KINDS: dict[str, str] = {}
SignIn = Callable[[Page, str], None]
NewContext = Callable[..., BrowserContext]


@pytest.fixture(params=ROLES)
def visits(
    request: pytest.FixtureRequest, new_context: NewContext, sign_in: SignIn, site: Site
) -> Callable[..., Iterator[tuple[Page, str]]]:
    """Opens each address of one role, with a browser of the asked kind, and gives page and address."""
    role = request.param

    def walk(language: str = "it", **options: Any) -> Iterator[tuple[Page, str]]:
        context = new_context(**options)
        page = context.new_page()
        if role != "anyone":
            sign_in(page, role)
        also = ("insider",) if role == "secretary" else ()
        for address in site.addresses(role, *also, language=language):
            if not shows_a_page(context, address):
                continue
            page.goto(address)
            yield page, address

    walk.role = role  # type: ignore[attr-defined]
    return walk


def shows_a_page(context: BrowserContext, address: str) -> bool:
    """Feeds, maps of the site and files are addresses too, but no pages; asked once for all walks."""
    if address not in KINDS:
        answer = context.request.get(address)
        assert answer.status == 200, f"{address}: {answer.status}"
        KINDS[address] = answer.headers["content-type"]
    return "text/html" in KINDS[address]


def grave(page: Page) -> list[str]:
    return [
        f"{violation['id']} ({violation['impact']}): {violation['nodes'][0]['html'][:160]}"
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in GRAVE
    ]


def overhear(page: Page, asked: set[str], complaints: list[str]) -> None:
    """What it asks for and complains of; a stylesheet that the content policy refuses is said in the console."""
    page.on("request", lambda request: asked.add(request.url))
    page.on("console", lambda said: complaints.append(said.text))
    page.on("requestfailed", lambda failed: complaints.append(fault_of(failed)))


def test_axe_the_keyboard_and_the_content_policy_find_nothing(visits: Any, site: Site) -> None:
    """On a wide screen, with scripts; one visit to each page, since most of the time is theirs."""
    asked: set[str] = set()
    complaints: list[str] = []
    listening: set[int] = set()
    faults, missed, unseen = {}, {}, {}
    for page, address in visits(viewport={"width": 1280, "height": 800}):
        if id(page) not in listening:
            listening.add(id(page))
            overhear(page, asked, complaints)
            page.goto(address)
        page.wait_for_load_state("networkidle")
        if found := grave(page):
            faults[address] = found
        if found := by_keyboard(page):
            missed[address] = found[:3]
        if found := page.evaluate("window.unseen"):
            unseen[address] = found[:3]
    assert (faults, missed, unseen) == ({}, {}, {})
    assert {url for url in asked if not url.startswith((site.url, "data:"))} == set()
    assert [said for said in complaints if said] == []


def test_axe_finds_nothing_on_a_phone_and_nothing_scrolls_sideways(visits: Any) -> None:
    faults, wide = {}, {}
    for page, address in visits(viewport={"width": 320, "height": 640}):
        if found := grave(page):
            faults[address] = found
        if (taken := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[address] = taken
    assert (faults, wide) == ({}, {})


def test_axe_finds_nothing_in_english(visits: Any) -> None:
    faults = {}
    for page, address in visits("en", viewport={"width": 1280, "height": 800}):
        if found := grave(page):
            faults[address] = found
    assert faults == {}


def test_pages_work_without_javascript(visits: Any) -> None:
    lacking = [
        address
        for page, address in visits(java_script_enabled=False)
        if page.locator("main h1").count() != 1 or not page.locator("main h1").is_visible()
    ]
    assert lacking == []


def fault_of(request: Request) -> str:
    """What went wrong with a request; going on to the next page is no fault."""
    return "" if "ERR_ABORTED" in (request.failure or "") else f"{request.url}: {request.failure}"


LISTEN = """() => {
  window.reached = new Set(); window.unseen = [];
  // What has the focus from the start is looked at without it first.
  document.activeElement.blur();
  const look = e => [e, e.firstElementChild].filter(Boolean).map(x => { const s = getComputedStyle(x);
    return [s.outlineStyle + s.outlineWidth + s.outlineColor, s.boxShadow, s.stroke, s.strokeWidth, s.backgroundColor].join('|') }).join('/');
  const all = [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary')]
    // A first button for Enter alone, hidden from everybody, is not one of the things to reach.
    .filter(e => !e.disabled && e.checkVisibility({visibilityProperty: true}) && !e.matches('[aria-hidden=true][tabindex="-1"]'));
  const before = new Map(all.map(e => [e, look(e)]));
  document.addEventListener('focusin', event => { const e = event.target; window.reached.add(e);
    if (before.has(e) && look(e) === before.get(e)) window.unseen.push(e.outerHTML.slice(0, 120)); });
  window.wanted = all;
  return all.length;
}"""
MISSED = """() => {
  const radio = e => e.type === 'radio' && [...window.reached].some(r => r.name === e.name);
  return window.wanted.filter(e => !window.reached.has(e) && !radio(e)).map(e => e.outerHTML.slice(0, 120));
}"""


def by_keyboard(page: Page) -> list[str]:
    """What the tabulator does not reach; what shows no focus is in `window.unseen` then."""
    presses = page.evaluate(LISTEN) + 6
    # A day has three parts and a calendar, each with a stop of its own.
    presses += 3 * page.locator("input[type=date]").count()
    for _press in range(presses):
        page.keyboard.press("Tab")
    return list(page.evaluate(MISSED))


def test_the_anonymous_visitor_gets_no_cookie(new_context: NewContext, site: Site) -> None:
    context = new_context()
    page = context.new_page()
    for address in site.addresses("anyone"):
        if shows_a_page(context, address):
            page.goto(address)
    assert context.cookies() == []


def test_forced_colours_and_print_keep_the_words(visits: Any) -> None:
    lost = []
    for page, address in visits(forced_colors="active"):
        page.emulate_media(media="print")
        if not page.locator("main h1").is_visible():
            lost.append(address)
        page.emulate_media(media="screen")
    assert lost == []
