"""A secretary brings a district in a spreadsheet with five faults, mends them, looks, undoes, brings it again.

All of it by keyboard; once with scripts, with an accessibility check of every page on the way at two
widths, once without any script, on a phone.
"""

import io
import re

import openpyxl
import pytest

from tests.journeys.conftest import NewContext
from tests.journeys.site import Site
from tests.journeys.walking import Walk, signed_in

pytestmark = pytest.mark.browser

NETWORK = "Città metropolitana di Bologna"
HERE = "/lavoro/reti/bologna/importa/"
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
UPLOAD = re.compile("Carica un file.*Distretti")


def spreadsheet() -> bytes:
    book = openpyxl.Workbook()
    for row in (HEADINGS, *ROWS):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(params=["with scripts", "without scripts"])
def walk(request: pytest.FixtureRequest, new_context: NewContext, site: Site) -> Walk:
    return signed_in(new_context, site, NETWORK, scripts=request.param == "with scripts")


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
