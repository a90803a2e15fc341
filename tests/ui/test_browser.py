"""The gallery in a real browser: narrow, without a script, in forced colours, on paper, and under axe."""

import mimetypes
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.ui import urls

pytestmark = pytest.mark.browser

ORIGIN = "http://tavolo.test"
PATHS = ("/componenti/", "/banco/", "/non-esiste/")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any) -> dict[str, bytes]:
    """Made before a browser runs: Django refuses its database beside the browser's loop."""
    trial = override_settings(ROOT_URLCONF=urls.__name__)
    doors = patch("tavolo.ui.context.nav_entries", urls.entries())
    with django_db_blocker.unblock(), trial, doors:
        return {path: Client().get(path).content for path in PATHS}


@pytest.fixture(scope="module")
def chromium(pages: dict[str, bytes]) -> Iterator[Browser]:
    path = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if path is None:
        pytest.skip("Chromium is not there")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, pages: dict[str, bytes]) -> Iterator[Any]:
    opened = []

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).split("#")[0].split("?")[0]
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if path in pages:
            route.fulfill(body=pages[path], content_type="text/html")
        elif isinstance(found, str):
            kind = mimetypes.guess_type(found)[0] or "font/woff2"
            route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        else:
            route.fulfill(status=404)

    def go(path: str, **options: Any) -> Page:
        context = chromium.new_context(**options)
        context.route("**", serve)
        opened.append(context)
        page = context.new_page()
        page.goto(ORIGIN + path)
        return page

    yield go
    for context in opened:
        context.close()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(visit: Any, path: str, width: int) -> None:
    page = visit(path, viewport={"width": width, "height": 800})
    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [1024, 390, 320])
def test_nothing_scrolls_sideways(visit: Any, path: str, width: int) -> None:
    page = visit(path, viewport={"width": width, "height": 800}, java_script_enabled=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_is_asked_of_anybody_else(visit: Any) -> None:
    asked: list[str] = []
    page = visit("/componenti/")
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    assert {url for url in asked if not url.startswith((ORIGIN, "data:"))} == set()
    assert len(asked) <= 12


def test_the_summary_of_faults_has_the_focus_without_a_script(visit: Any) -> None:
    page = visit("/componenti/", java_script_enabled=False)
    assert page.locator("*:focus").get_attribute("class") == "tv-errors"


def test_a_link_of_the_summary_leads_to_its_field(visit: Any) -> None:
    page = visit("/componenti/")
    page.click('.tv-errors a[href$="tax_code"]')
    page.keyboard.type("1")
    assert page.input_value("#id_wrong-tax_code") == "19712340015"


def test_the_first_stop_skips_to_the_content(visit: Any) -> None:
    page = visit("/banco/")
    page.keyboard.press("Tab")
    assert page.locator("*:focus").inner_text() == "Vai al contenuto"
    assert page.locator("*:focus").bounding_box()["height"] > 20


def test_focus_is_seen_on_light_and_dark_grounds(visit: Any) -> None:
    page = visit("/componenti/")
    for selector in (".it-footer a", ".tv-doors a, .tv-find", "main .btn", ".tv-chain a", "select"):
        page.locator(selector).first.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert (selector, ring) == (selector, "solid")


def test_shapes_are_reached_by_keyboard_and_named(visit: Any) -> None:
    page = visit("/componenti/")
    shape = page.locator(".tv-map svg a").first
    shape.focus()
    assert shape.get_attribute("aria-label") == "Comune 1, 9.635 residenti"
    stroke = "getComputedStyle(document.activeElement.firstElementChild).strokeWidth"
    assert page.evaluate("document.activeElement.tagName") == "a"
    page.keyboard.press("Tab")
    assert page.evaluate(stroke) == "4px"


def test_a_table_becomes_labelled_lines_on_a_phone(visit: Any) -> None:
    page = visit("/componenti/", viewport={"width": 390, "height": 800})
    cell = page.locator("#comuni tbody td").first
    label = "e => getComputedStyle(e, '::before').content"
    assert cell.evaluate(label) == '"Residenti"'
    head = page.locator("#comuni thead")
    assert head.bounding_box()["height"] <= 1


def test_paper_has_the_text_and_nothing_to_press(visit: Any) -> None:
    page = visit("/componenti/")
    page.emulate_media(media="print")
    for hidden in (
        ".tv-doors",
        ".it-header-slim-wrapper",
        "main form",
        ".skiplinks",
        ".breadcrumb-container",
    ):
        assert [page.locator(hidden).first.is_visible(), hidden] == [False, hidden]
    for shown in ("main h1", "#comuni", ".tv-map svg", ".tv-credits"):
        assert [page.locator(shown).first.is_visible(), shown] == [True, shown]


def test_forced_colours_keep_states_and_maps(visit: Any) -> None:
    page = visit("/componenti/", forced_colors="active")
    adjust = "e => getComputedStyle(e).forcedColorAdjust"
    assert page.locator(".tv-map svg").first.evaluate(adjust) == "none"
    before = "e => getComputedStyle(e, '::before').forcedColorAdjust"
    assert page.locator(".tv-state").first.evaluate(before) == "none"


def test_whoever_wants_no_motion_gets_none(visit: Any) -> None:
    page = visit("/componenti/", reduced_motion="reduce")
    assert page.locator(".btn").first.evaluate("e => getComputedStyle(e).transitionProperty") in (
        "none",
        "all",
    )
    assert (
        page.locator(".btn").first.evaluate("e => getComputedStyle(e).transitionDuration") == "0s"
    )
