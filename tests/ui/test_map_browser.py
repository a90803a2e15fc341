"""The layer over a map in a real browser: nearer, moved, told; and never in the way."""

import mimetypes
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Locator, Page, Route, sync_playwright

from tavolo.ui.components.map import Map, Shape, ViewBox
from tavolo.ui.middleware import POLICY

pytestmark = pytest.mark.browser

ORIGIN = "http://tavolo.test"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
SIDE, MANY = 100, 4
STYLES = ("bootstrap-italia/css/bootstrap-italia.min.css", "ui/tavolo.css", "ui/components.css")


def document() -> str:
    """Sixteen squares, each a link, in a page as long as a page is."""
    squares = tuple(
        Shape(
            f"M{column * SIDE} {row * SIDE}h{SIDE}v{SIDE}h-{SIDE}z",
            f"Comune {row * MANY + column + 1}",
            f"/comune/{row * MANY + column + 1}/",
            f"m-q{(row + column) % 5 + 1}",
            "9.635 residenti",
            ref=f"{row * MANY + column + 1}",
        )
        for row in range(MANY)
        for column in range(MANY)
    )
    drawn = Map(
        "Sedici comuni di prova",
        squares,
        ViewBox(0, 0, MANY * SIDE, MANY * SIDE),
        key="mappa",
        list_href="#elenco",
        caption="Confini di prova",
    ).render()
    styles = "".join(f'<link rel="stylesheet" href="/static/{name}">' for name in STYLES)
    return (
        f'<!doctype html><html lang="it"><head><meta charset="utf-8"><title>Prova</title>{styles}'
        '<meta name="viewport" content="width=device-width"></head><body><main><h1>Prova</h1>'
        f'{drawn}<h2 id="elenco">Elenco</h2><p>{"Parole. " * 4000}</p></main></body></html>'
    )


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
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
def visit(chromium: Browser) -> Iterator[Any]:
    opened, page_html = [], document()

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).split("#")[0].split("?")[0]
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if isinstance(found, str):
            kind = mimetypes.guess_type(found)[0] or "font/woff2"
            route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        else:
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=page_html, content_type="text/html", headers=headers)

    def go(path: str = "/", **options: Any) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1000, "height": 800}} | options)
        context.route("**", serve)
        opened.append(context)
        page = context.new_page()
        page.faults = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        page.goto(ORIGIN + path)
        return page

    yield go
    for context in opened:
        context.close()


def box(page: Page) -> list[float]:
    return [float(n) for n in page.locator(".tv-map svg").first.get_attribute("viewBox").split()]


def zoom(page: Page) -> float:
    return round(560 / box(page)[2], 2)


def said(page: Page) -> Locator:
    return page.locator(".tv-map-said")


def centre(page: Page, selector: str) -> tuple[float, float]:
    frame = page.locator(selector).first.bounding_box()
    return frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2


def test_without_a_script_it_is_a_map_of_links_and_nothing_to_press(visit: Any) -> None:
    page = visit(java_script_enabled=False)

    assert page.locator(".tv-map svg a").count() == MANY * MANY
    assert page.locator(".tv-map button").count() == 0
    assert said(page).inner_text() == "Sedici comuni di prova"


def test_nothing_moves_when_the_layer_comes(visit: Any) -> None:
    def places(page: Page) -> list[dict[str, float]]:
        return [
            page.locator(selector).first.bounding_box()
            for selector in (".tv-map", ".tv-map svg", "figcaption", "#elenco")
        ]

    for width in (1000, 390, 320):
        viewport = {"width": width, "height": 800}
        plain = places(visit(java_script_enabled=False, viewport=viewport))
        assert places(visit(viewport=viewport)) == plain


def test_the_page_shifts_by_nothing_while_it_is_used(visit: Any) -> None:
    page = visit()
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(200)
    page.evaluate(
        "window.shifted = 0; new PerformanceObserver(list => { for (const e of list.getEntries())"
        " window.shifted += e.value }).observe({type: 'layout-shift'})"
    )

    page.locator("#mappa-6").hover()
    page.get_by_role("button", name="Ingrandisci la mappa").click()
    page.locator("#mappa-7").focus()
    page.wait_for_timeout(100)

    assert page.evaluate("window.shifted") == 0


def test_axe_finds_nothing(visit: Any) -> None:
    for options in ({}, {"viewport": {"width": 320, "height": 800}}):
        page = visit(**options)
        page.get_by_role("button", name="Ingrandisci la mappa").click()
        page.locator("#mappa-6").focus()
        found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []


def test_it_breaks_no_rule_of_the_content_policy_and_throws_nothing(visit: Any) -> None:
    told: list[str] = []
    page = visit()
    page.on("console", lambda message: told.append(message.text))
    page.reload()
    page.get_by_role("button", name="Ingrandisci la mappa").click()

    assert page.faults == []
    assert [text for text in told if "script" in text.lower() or "style" in text.lower()] == []


def test_buttons_have_names_and_say_when_they_are_at_their_end(visit: Any) -> None:
    page = visit()
    names = ("Ingrandisci la mappa", "Rimpicciolisci la mappa", "Mostra tutta la mappa")
    nearer, farther, whole = (page.get_by_role("button", name=name) for name in names)

    def ends() -> list[str]:
        return [each.get_attribute("aria-disabled") for each in (nearer, farther, whole)]

    assert ends() == ["false", "true", "true"]
    nearer.click()
    assert (zoom(page), ends()) == (1.6, ["false", "false", "false"])
    for _time in range(5):
        nearer.click()
    assert (zoom(page), ends()) == (16, ["true", "false", "false"])
    farther.click()
    assert zoom(page) == 10
    whole.click()
    assert (box(page), ends()) == ([0, 0, 560, 560], ["false", "true", "true"])
    assert all(each.bounding_box()["height"] >= 24 for each in (nearer, farther, whole))


def test_keys_work_once_one_is_inside_and_only_then(visit: Any) -> None:
    page = visit()
    page.keyboard.press("+")
    assert zoom(page) == 1

    page.locator("#mappa-6").focus()
    page.keyboard.press("+")
    assert zoom(page) == 1.6
    before = box(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    after = box(page)
    assert after[0] > before[0]
    assert after[1] > before[1]
    page.keyboard.press("-")
    assert zoom(page) == 1
    page.keyboard.press("+")
    page.keyboard.press("0")
    assert box(page) == [0, 0, 560, 560]


def test_arrows_scroll_the_page_while_the_map_is_whole(visit: Any) -> None:
    page = visit()
    page.locator("#mappa-6").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)

    assert box(page) == [0, 0, 560, 560]
    assert page.evaluate("scrollY") > 0


def test_keys_of_the_browser_are_left_to_it(visit: Any) -> None:
    page = visit()
    page.locator("#mappa-6").focus()
    page.keyboard.press("Control++")

    assert zoom(page) == 1


def test_the_wheel_scrolls_the_page_until_one_is_inside(visit: Any) -> None:
    page = visit()
    page.mouse.move(*centre(page, ".tv-map svg"))
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(200)
    assert (zoom(page), page.evaluate("scrollY")) == (1, 200)

    page.evaluate("scrollTo(0, 0)")
    page.locator("#mappa-6").focus()
    page.mouse.move(*centre(page, ".tv-map svg"))
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(100)
    assert zoom(page) > 1.5
    assert page.evaluate("scrollY") == 0


def test_the_wheel_with_ctrl_comes_nearer_and_never_enlarges_the_page(visit: Any) -> None:
    page = visit()
    page.mouse.move(*centre(page, ".tv-map svg"))
    page.keyboard.down("Control")
    page.mouse.wheel(0, -60)
    page.keyboard.up("Control")
    page.wait_for_timeout(100)

    assert zoom(page) > 1.5
    assert page.evaluate("visualViewport.scale") == 1


def test_what_lies_under_the_pointer_stays_there(visit: Any) -> None:
    page = visit()
    page.locator("#mappa-16").focus()
    x, y = centre(page, "#mappa-1")
    page.mouse.move(x, y)
    page.mouse.wheel(0, -400)
    page.wait_for_timeout(100)

    there = page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('a').id", [x, y])
    assert there == "mappa-1"


def test_a_drag_moves_the_map_and_chooses_nothing(visit: Any) -> None:
    page = visit()
    page.get_by_role("button", name="Ingrandisci la mappa").click()
    before = box(page)
    x, y = centre(page, ".tv-map svg")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 40, steps=5)
    page.mouse.up()

    after = box(page)
    assert after[0] > before[0]
    assert after[1] > before[1]
    assert page.url == f"{ORIGIN}/"


def test_a_click_chooses_also_when_the_hand_slips_a_little(visit: Any) -> None:
    page = visit()
    page.get_by_role("button", name="Ingrandisci la mappa").click()
    x, y = centre(page, ".tv-map svg")
    page.mouse.move(x + 5, y + 5)
    page.mouse.down()
    page.mouse.move(x + 7, y + 6)
    page.mouse.up()
    page.wait_for_url("**/comune/**")


def test_enter_chooses_after_a_drag_too(visit: Any) -> None:
    page = visit()
    page.get_by_role("button", name="Ingrandisci la mappa").click()
    x, y = centre(page, ".tv-map svg")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 40, steps=5)
    page.mouse.up()
    page.locator("#mappa-11").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/comune/11/")


PINCH = """
() => {
  const svg = document.querySelector(".tv-map svg"), frame = svg.getBoundingClientRect();
  const x = frame.left + frame.width / 2, y = frame.top + frame.height / 2;
  const send = (kind, id, dx) => svg.dispatchEvent(new PointerEvent(kind, {
    pointerId: id, pointerType: "touch", clientX: x + dx, clientY: y, bubbles: true, button: 0 }));
  send("pointerdown", 1, -20); send("pointerdown", 2, 20);
  send("pointermove", 1, -40); send("pointermove", 2, 40);
  send("pointerup", 1, -40); send("pointerup", 2, 40);
}
"""


def test_two_fingers_come_nearer(visit: Any) -> None:
    page = visit(has_touch=True)
    page.evaluate(PINCH)

    assert zoom(page) == 2


def test_one_finger_scrolls_the_page_until_the_map_is_enlarged(visit: Any) -> None:
    page = visit(has_touch=True)
    action = "getComputedStyle(document.querySelector('.tv-map svg')).touchAction"
    assert page.evaluate(action) == "pan-x pan-y"
    page.get_by_role("button", name="Ingrandisci la mappa").click()
    assert page.evaluate(action) == "none"


def test_a_line_says_what_the_pointer_is_over(visit: Any) -> None:
    page = visit()
    assert said(page).inner_text() == "Sedici comuni di prova"
    page.locator("#mappa-6").hover()
    assert said(page).inner_text() == "Comune 6, 9.635 residenti"
    assert said(page).get_attribute("aria-live") == "polite"
    page.mouse.move(900, 10)
    assert said(page).inner_text() == "Sedici comuni di prova"


def test_it_says_what_has_the_focus_without_saying_it_twice_to_a_listener(visit: Any) -> None:
    page = visit()
    page.locator("#mappa-6").focus()

    assert said(page).inner_text() == "Comune 6, 9.635 residenti"
    assert said(page).get_attribute("aria-live") == "off"
    page.keyboard.press("Tab")
    assert said(page).inner_text() == "Comune 7, 9.635 residenti"


def test_no_box_of_the_browser_flickers_beside_the_line_and_names_stay(visit: Any) -> None:
    page = visit()

    assert page.locator(".tv-map title").count() == 0
    assert page.get_by_role("link", name="Comune 6, 9.635 residenti").count() == 1
    assert page.get_by_role("group", name="Sedici comuni di prova").count() == 1


def test_a_shape_out_of_sight_comes_into_sight_with_the_focus(visit: Any) -> None:
    page = visit()
    page.locator("#mappa-1").focus()
    for _time in range(4):
        page.keyboard.press("+")
    page.locator("#mappa-16").focus()
    page.wait_for_timeout(100)

    shape, map_ = (page.locator(name).bounding_box() for name in ("#mappa-16", ".tv-map svg"))
    x, y = shape["x"] + shape["width"] / 2, shape["y"] + shape["height"] / 2
    assert map_["x"] <= x <= map_["x"] + map_["width"]
    assert map_["y"] <= y <= map_["y"] + map_["height"]
    assert 0 <= y <= 800


def test_a_fragment_brings_the_focus_back_to_its_shape(visit: Any) -> None:
    page = visit("/#mappa-6")

    assert page.evaluate("document.activeElement.id") == "mappa-6"
    plain = visit("/#mappa-6", java_script_enabled=False)
    plain.keyboard.press("Tab")
    focused = plain.locator("*:focus")
    assert focused.get_attribute("id") in {"mappa-6", "mappa-7"}


@pytest.mark.parametrize("colours", ["none", "active"])
def test_the_focus_is_drawn_above_all_shapes(visit: Any, colours: str) -> None:
    page = visit(forced_colors=colours)
    page.locator("#mappa-6").focus()
    page.keyboard.press("Tab")

    mark = page.locator(".m-mark").last
    assert mark.get_attribute("d") == page.locator("#mappa-7 path").get_attribute("d")
    width, stroke = mark.evaluate(
        "e => [getComputedStyle(e).strokeWidth, getComputedStyle(e).stroke]"
    )
    assert float(width.removesuffix("px")) >= 3
    assert stroke != "none"


def test_words_strokes_and_hatchings_keep_their_size(visit: Any) -> None:
    page = visit()
    before = page.locator("#mappa-q2").get_attribute("patternTransform")
    page.get_by_role("button", name="Ingrandisci la mappa").click()

    after = page.locator("#mappa-q2").get_attribute("patternTransform")
    scale = [
        float(text.removeprefix("scale(").removesuffix(")").split(",")[0])
        for text in (before, after)
    ]
    assert scale[0] / scale[1] == pytest.approx(1.6, rel=0.01)
    assert (
        page.locator(".tv-map svg").first.evaluate("e => e.style.getPropertyValue('--zoom')")
        == "1.6"
    )


def test_paper_gets_the_whole_map_and_the_screen_its_part_again(visit: Any) -> None:
    page = visit()
    page.get_by_role("button", name="Ingrandisci la mappa").click()
    near = box(page)

    page.emulate_media(media="print")
    page.locator(".tv-map svg[viewBox='0.000 0.000 560.000 560.000']").wait_for()
    assert not page.locator(".tv-map-tools").is_visible()
    page.emulate_media(media="screen")
    page.locator(".tv-map svg:not([viewBox='0.000 0.000 560.000 560.000'])").first.wait_for()
    assert box(page) == near
    # A browser that prints says so beforehand, and waits.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert box(page) == [0, 0, 560, 560]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert box(page) == near


def test_whoever_wants_no_motion_sees_none(visit: Any) -> None:
    page = visit(reduced_motion="reduce")
    page.get_by_role("button", name="Ingrandisci la mappa").click()

    assert page.evaluate("document.getAnimations().length") == 0
