"""A secretary changes a health district on the map with the keyboard alone, sees it, saves it, undoes it."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import NewContext

pytestmark = pytest.mark.browser

OVERVIEW = "/lavoro/reti/bologna/aree/"
AREA = f"{OVERVIEW}distretto-socio-sanitario/reno-lavino-samoggia/"
PUBLIC = "/territorio/distretto-socio-sanitario/reno-lavino-samoggia/"
MARZABOTTO, SASSO = "037036", "037057"
TABS = 120


def without_violations(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id")


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the thing with that id has the focus."""
    for _step in range(TABS):
        if focused(page) == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not reach {wanted}")


def members(page: Page) -> list[str]:
    """Those that are ticked as belonging to the district."""
    return page.locator("input[name=m]:checked + span").all_inner_texts()


def signed_in(page: Page) -> None:
    page.goto("/accesso/")
    page.fill("input[name=login]", "segreteria@bologna.example")
    page.fill("input[type=password]", "rete-di-prova")
    page.click("main button[type=submit]")
    page.wait_for_url("**/lavoro/**")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_by_keyboard_on_the_map(new_context: NewContext, scripts: bool, tmp_path: Path) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    signed_in(page)
    page.goto(OVERVIEW)
    page.get_by_role("link", name="Distretto socio-sanitario Reno Lavino Samoggia").click()
    page.wait_for_url(f"**{AREA}")
    before = members(page)
    assert before == [
        "Casalecchio di Reno",
        "Monte San Pietro",
        "Sasso Marconi",
        "Valsamoggia",
        "Zola Predosa",
    ]

    page.fill("#id_day", "2026-01-01")
    page.click("#elenco button[value=show]")
    page.wait_for_url("**dal=2026-01-01**")
    for code in (MARZABOTTO, SASSO):
        tab_to(page, f"mappa-{code}")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**#mappa-{code}")
        # The focus stays on the shape that was chosen.
        assert focused(page) == f"mappa-{code}"

    preview = page.locator("#anteprima")
    assert "Che cosa cambia dal 1° gennaio 2026" in preview.inner_text()
    told = re.sub(r"\s+", " ", preview.inner_text())
    assert "Entrano Marzabotto Escono Sasso Marconi" in told
    assert "Distretto socio-sanitario Appennino Bolognese perde: Marzabotto." in told
    if scripts:
        without_violations(page)

    page.fill("#id_source", "Delibera di prova 1/2025")
    page.get_by_role("button", name="Salva", exact=True).click()
    page.wait_for_load_state()
    assert "Salvato. Puoi annullare qui sotto." in page.locator("main").inner_text()
    assert members(page) == [
        "Casalecchio di Reno",
        "Marzabotto",
        "Monte San Pietro",
        "Valsamoggia",
        "Zola Predosa",
    ]

    page.goto(f"{PUBLIC}?al=2026-01-01")
    assert page.locator("svg a[aria-label^='Marzabotto']").count() == 1
    assert page.locator("svg a[aria-label^='Sasso Marconi']").count() == 0
    page.goto(f"{PUBLIC}?al=2025-12-31")
    assert page.locator("svg a[aria-label^='Sasso Marconi']").count() == 1

    page.goto(f"{AREA}?dal=2026-01-01")
    page.get_by_role("button", name=re.compile("Annulla ?: Modificata dal 1° gennaio 2026")).click()
    page.wait_for_load_state()
    assert "Annullato: i comuni sono quelli di prima." in page.locator("main").inner_text()
    page.goto(f"{AREA}?dal=2026-01-01")
    assert members(page) == before


def test_a_tick_and_a_shape_go_together(page: Page) -> None:
    """Where scripts run, a link of the map does not lose what was ticked before it."""
    signed_in(page)
    page.goto(f"{AREA}?dal=2026-01-01")
    page.locator("summary", has_text="Savena-Idice").click()
    page.get_by_role("checkbox", name="Pianoro").check()
    page.locator(f"#mappa-{MARZABOTTO}").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**cambia=**#mappa-{MARZABOTTO}")
    told = re.sub(r"\s+", " ", page.locator("#anteprima").inner_text())
    assert "Entrano Marzabotto, Pianoro" in told
    page.locator(f"#mappa-{MARZABOTTO}").focus()
    page.get_by_label("Cerca un comune").fill("pian")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    # Enter in a field shows, and never saves.
    assert "Salvato" not in page.locator("main").inner_text()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_hold_at_every_width(new_context: NewContext, width: int) -> None:
    page = new_context(viewport={"width": width, "height": 800}).new_page()
    signed_in(page)
    for path in (
        OVERVIEW,
        f"{OVERVIEW}nuova/",
        f"{AREA}?cambia={MARZABOTTO}",
        *(f"{AREA}{name}/" for name in ("nome", "copia", "rettifica", "fine")),
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        without_violations(page)
