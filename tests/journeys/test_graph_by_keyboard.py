"""Somebody who uses the keyboard alone reads a network as a graph, and goes on to one who takes part in it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import NewContext

pytestmark = pytest.mark.browser

NETWORK, GRAPH = "/reti/milano/", "/reti/milano/grafo/"
TABS = 40

FOCUSED = """() => {
  const here = document.activeElement;
  return {id: here.id, name: here.getAttribute('aria-label') || here.textContent.trim(),
          inside: !!here.closest('.tv-graph svg')};
}"""
# What shows the focus: the frame round a node, drawn in another colour and width than at rest.
FRAME = """() => {
  const look = getComputedStyle(document.activeElement.querySelector('.g-hit'));
  return [look.stroke, parseFloat(look.strokeWidth)];
}"""


def without_violations(page: Page, *, colours: bool = True) -> None:
    rules = {"color-contrast": {"enabled": colours}}
    found = Axe().run(page, options={"rules": rules}).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


def tab_to(page: Page, words: str) -> None:
    for _step in range(TABS):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED)["name"]:
            return
    raise AssertionError(f"The keyboard does not reach {words}")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_graph_is_read_by_keyboard(new_context: NewContext, *, scripts: bool) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(NETWORK)
    tab_to(page, "Guardala come grafo")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{GRAPH}")
    nodes = page.locator(".tv-graph svg a")
    names = [nodes.nth(place).get_attribute("aria-label") for place in range(nodes.count())]
    listed = page.locator("#aderenti tbody th").all_inner_texts()
    assert sorted(name.split(", sede ")[0] for name in names) == sorted(listed)

    # One stop each, in the order in which they stand.
    tab_to(page, "Salta il grafo")
    for name in names[:5]:
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) == {
            "id": nodes.nth(names.index(name)).get_attribute("id"),
            "name": name,
            "inside": True,
        }
        assert page.evaluate(FRAME) == ["rgb(20, 41, 63)", 3]
    page.keyboard.press("Enter")
    page.wait_for_url("**/organizzazioni/**")
    assert page.locator("h1").inner_text() == names[4].split(", sede ")[0]


def test_who_does_not_want_to_walk_it_skips_it(page: Page) -> None:
    page.goto(GRAPH)
    tab_to(page, "Salta il grafo")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["inside"] is False
    without_violations(page)


@pytest.mark.parametrize(
    "options",
    [{}, {"forced_colors": "active"}, {"viewport": {"width": 320, "height": 640}}],
    ids=["wide", "forced colours", "narrow"],
)
def test_it_has_no_fault_and_never_scrolls_sideways(
    new_context: NewContext, options: dict[str, object]
) -> None:
    page = new_context(**options).new_page()
    page.goto(GRAPH)
    # Forced colours are the reader's own.
    without_violations(page, colours="forced_colors" not in options)
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(wide)
    narrow = page.viewport_size["width"] < 768
    assert page.locator(".tv-graph svg").first.is_visible() is not narrow
    assert page.locator("#aderenti tbody th").count() > 50
    if narrow:
        assert "Il disegno compare su uno schermo più largo" in page.locator("main").inner_text()


def test_labels_never_overlap(page: Page) -> None:
    page.goto(GRAPH)
    boxes = page.eval_on_selector_all(
        ".g-label",
        "all => all.map(e => { const b = e.getBoundingClientRect(); return [b.x, b.y, b.right, b.bottom] })",
    )
    assert len(boxes) > 50
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = (
                one[2] <= other[0]
                or other[2] <= one[0]
                or one[3] <= other[1] + 4
                or other[3] <= one[1] + 4
            )
            assert apart, (one, other)
