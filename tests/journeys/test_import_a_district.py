"""A secretary brings a district in a spreadsheet with five faults, mends them, looks, undoes, brings it again.

All of it by keyboard; once with scripts, with an accessibility check of every page on the way at two
widths, once without any script, on a phone.
"""

import io
import re
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from tests.journeys.conftest import NewContext
from tests.journeys.site import Site

pytestmark = pytest.mark.browser

NETWORK = "Città metropolitana di Bologna"
HERE = "/lavoro/reti/bologna/importa/"
GRAVE = {"moderate", "serious", "critical"}
HEADINGS = ("Nome dell'area", "Codice ISTAT", "Comune", "Dal", "Atto")
ACT = "Delibera 12/2025"
# A zero that the spreadsheet dropped is no fault; five things are: an unknown code, a name that is not
# the code's, a municipality in two districts, a day that is none, a municipality of elsewhere.
ROWS = (
    ("Terre di Pianura", 37003, "Baricella", "01/01/2026", ACT),
    ("Terre di Pianura", "037999", "Budrio", "01/01/2026", ACT),
    ("Terre di Pianura", "037030", "Castenaso", "01/01/2026", ACT),
    ("Terre di Pianura", "037035", "Malalbergo", "01/01/2026", ACT),
    ("Terre del Navile", "037035", "Malalbergo", "01/01/2026", ACT),
    ("Terre di Pianura", "037038", "Minerbio", "31/02/2026", ACT),
    ("Terre di Pianura", "046017", "Lucca", "01/01/2026", ACT),
)
TOWNS = {"Baricella", "Budrio", "Granarolo dell'Emilia", "Malalbergo", "Minerbio", "Molinella"}
PRESSES = 250
UPLOAD = re.compile("Carica un file.*Distretti")


def spreadsheet() -> bytes:
    book = openpyxl.Workbook()
    for row in (HEADINGS, *ROWS):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class Walk:
    """A person at the keyboard, who looks at every page she comes to."""

    def __init__(self, page: Page, *, scripts: bool) -> None:
        self.page, self.scripts = page, scripts
        self.faults: dict[str, list[str]] = {}

    def main(self) -> str:
        return " ".join(self.page.locator("main").inner_text().split())

    def reach(self, there: Locator) -> None:
        """Tab to it, from where the page began."""
        for _press in range(PRESSES):
            if there.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {there}")

    def press(self, name: str, *, role: Any = "button") -> None:
        """Press a button, or with `role` follow a link, and look at the page where one comes."""
        self.reach(self.page.locator("main").get_by_role(role, name=name, exact=True).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def write(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose_file(self, field: Locator, name: str, content: bytes) -> None:
        """Come to the field by keyboard; the window that then opens is the browser's own."""
        self.reach(field)
        field.set_input_files({"name": name, "mimeType": "", "buffer": content})

    def wait_for(self, words: str) -> None:
        """The page refreshes itself until the work is done."""
        self.page.locator("main").get_by_text(words).first.wait_for(timeout=30_000)
        self.look()

    def look(self) -> None:
        """Nothing is wider than the page, and nothing in its way, on a phone and on a desk."""
        before = self.page.viewport_size
        for width in (320, 1280) if self.scripts else (320,):
            self.page.set_viewport_size({"width": width, "height": 800})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            found = [f"{wide} px"] if wide > width else []
            if self.scripts:
                found += [
                    f"{violation['id']}: {violation['nodes'][0]['html'][:160]}"
                    for violation in Axe().run(self.page).response["violations"]
                    if violation["impact"] in GRAVE
                ]
            if found:
                self.faults[f"{self.page.url} at {width}"] = found
        if before:
            self.page.set_viewport_size(before)


@pytest.fixture(params=["with scripts", "without scripts"])
def walk(request: pytest.FixtureRequest, new_context: NewContext, site: Site) -> Walk:
    scripts = request.param == "with scripts"
    width = 1280 if scripts else 320
    context = new_context(java_script_enabled=scripts, viewport={"width": width, "height": 800})
    page = context.new_page()
    account = next(
        each
        for each in site.sign_ins
        if each["role_key"] == "secretary" and each["network"] == NETWORK
    )
    page.goto("/accesso/")
    page.fill("input[name=login]", account["email"])
    page.fill("input[type=password]", account["password"])
    page.click("main button[type=submit]")
    page.wait_for_url("**/lavoro/**")
    return Walk(page, scripts=scripts)


def test_a_district_is_brought_mended_seen_undone_and_brought_again(walk: Walk) -> None:
    page = walk.page
    page.goto(HERE)
    walk.look()
    walk.reach(page.locator("main").get_by_role("link", name=UPLOAD).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    walk.look()
    bring(walk)
    mend(walk)
    district = import_and_see(walk)
    undo(walk, district)
    walk.press("Ricontrolla, per importare di nuovo")
    walk.wait_for("in attesa di conferma")
    assert import_and_see(walk) == district
    # The demonstration stays as it was found.
    undo(walk, district)
    assert walk.faults == {}


def bring(walk: Walk) -> None:
    page = walk.page
    walk.choose_file(page.locator("input[type=file]"), "distretti 2026.xlsx", spreadsheet())
    walk.reach(page.get_by_label("Tipo di area"))
    page.keyboard.type("Distretto socio")
    walk.press("Carica e controlla")
    walk.wait_for("in attesa di conferma")
    said = walk.main()
    for sentence in (
        "Riga 3 Codice ISTAT 037999",
        "Il codice 037030 è quello di Granarolo dell'Emilia, non di Castenaso",
        "31/02/2026",
        "Lucca è fuori dal territorio della rete",
    ):
        assert sentence in " ".join(said.split())
    assert "6 con errori" in said


def mend(walk: Walk) -> None:
    """Each wrong cell where it stands; of row 8 the name too, which is among the other cells."""
    page = walk.page
    walk.press("Correggi 6 righe", role="link")
    assert page.locator("#id_cell-3-1").evaluate("element => element === document.activeElement")
    assert page.locator("#id_cell-3-1").get_attribute("aria-describedby") == (
        "id_cell-3-1-hint id_cell-3-1-error"
    )
    walk.write(page.locator("#id_cell-3-1"), "037008")
    walk.write(page.locator("#id_cell-4-2"), "Granarolo dell'Emilia")
    walk.write(page.locator("#id_cell-6-1"), "037028")
    walk.write(page.locator("#id_cell-6-2"), "Galliera")
    walk.write(page.locator("#id_cell-7-3"), "1/1/2026")
    walk.write(page.locator("#id_cell-8-1"), "037039")
    walk.reach(page.get_by_text("Le altre celle della riga 8"))
    page.keyboard.press("Enter")
    walk.write(page.locator("#id_cell-8-2"), "Molinella")
    walk.press("Correggi e ricontrolla")
    walk.wait_for("Importa tutto")
    assert "con errori" not in walk.main()


def import_and_see(walk: Walk) -> str:
    """Import, and open the public page of the district; gives its address."""
    page = walk.page
    walk.press("Importa tutto")
    walk.wait_for("Guarda il risultato")
    batch = page.url
    walk.press("Terre di Pianura", role="link")
    district = page.url
    assert page.locator("main h1").inner_text().startswith("Terre di Pianura")
    assert page.locator("main svg path").count() >= len(TOWNS)
    said = walk.main().replace("’", "'")
    assert {town for town in TOWNS if town in said} == TOWNS
    page.goto(batch)
    return district


def undo(walk: Walk, district: str) -> None:
    page = walk.page
    walk.press("Annulla l’importazione", role="link")
    walk.press("Annulla l’importazione")
    walk.wait_for("non c’è più")
    batch = page.url
    answer = page.goto(district)
    assert answer is not None
    assert answer.status == 404
    page.goto(batch)
