"""An empty network gets sixty members and their delegates from two spreadsheets, and invites them all at once.

All of it by keyboard; once with scripts, with an accessibility check of every page on the way at two
widths, once without any script, on a phone.
"""

import io
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

import openpyxl
import pyotp
import pytest
from playwright.sync_api import Locator

from tests.journeys.conftest import NewContext
from tests.journeys.entering import PASSWORD, secret_on
from tests.journeys.site import Site, environment
from tests.journeys.walking import Walk

pytestmark = pytest.mark.browser

PATIENCE = 60
SIXTY = 60
NAMES = ("Mimosa", "Ginestra", "Betulla", "Quercia", "Airone")
SORTS = ("Associazione", "Cooperativa", "Fondazione", "Consorzio", "Sindacato")
GIVEN = ("Ada", "Bianca", "Chiara", "Delia", "Elena")
# It is in the register already, by another network; the file has a letter too many.
THERE = "Associazione CeIS-Gruppo Giovani e Comunità di Lucca"
ALIKE = ("Associazione CeIS-Gruppo Giovanni e Comunità di Lucca", "Associazione", "Lucca", "")
HEADINGS = ("Denominazione", "Tipo", "Comune", "E-mail", "Dal")
DELEGATES = ("Ente", "Nome", "Cognome", "E-mail della persona")


@dataclass(frozen=True)
class Valley:
    """A network that nobody else walks in, with twelve towns of its own."""

    slug: str
    name: str
    towns: tuple[str, ...]

    @property
    def here(self) -> str:
        return f"/lavoro/reti/{self.slug}/"

    @property
    def members(self) -> list[tuple[str, str, str, str]]:
        """Fifty-nine that are nowhere yet: name, sort, town, e-mail."""
        return [
            (f"{name} {town}", sort, town, f"info@{name}-{self.domain(town)}".lower())
            for town in self.towns
            for name, sort in zip(NAMES, SORTS, strict=True)
        ][: SIXTY - 1]

    @property
    def delegates(self) -> list[tuple[str, str, str, str]]:
        """Sixty: one of each member that this network keeps, and a second one of the first."""
        rows = [
            (name, GIVEN[number % 5], f"Prova{town}", f"{number}@{self.domain(town)}")
            for number, (name, _sort, town, _email) in enumerate(self.members)
        ]
        return [*rows, (rows[0][0], "Zita", "Seconda", f"zita@{self.domain(self.towns[0])}")]

    def domain(self, town: str) -> str:
        return f"{town}.{self.slug}.example".lower()


VALLEYS = {
    "with scripts": Valley(
        "val-tanaro",
        "Rete della val Tanaro",
        (
            *("Asti", "Alba", "Bra", "Cherasco", "Cuneo", "Fossano"),
            *("Mondovì", "Saluzzo", "Savigliano", "Ceva", "Dogliani", "Busca"),
        ),
    ),
    "without scripts": Valley(
        "val-brenta",
        "Rete della val Brenta",
        (
            *("Padova", "Cittadella", "Este", "Monselice", "Vigonza", "Rubano"),
            *("Vicenza", "Schio", "Thiene", "Valdagno", "Marostica", "Lonigo"),
        ),
    ),
}


def spreadsheet(*rows: Sequence[str]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("scripts", VALLEYS)
def test_sixty_members_are_brought_and_invited(
    new_context: NewContext, site: Site, scripts: str
) -> None:
    valley = VALLEYS[scripts]
    secretary, delegate = (
        a_walk(new_context, scripts=scripts == "with scripts") for _person in range(2)
    )
    come_in(secretary, founded(site, valley))
    bring_the_members(secretary, valley)
    bring_the_delegates(secretary, valley)
    invite_them_all(secretary)
    somebody_accepts(delegate, site, valley)
    see_who_accepted(secretary, valley)
    assert secretary.faults == {}
    assert delegate.faults == {}


def a_walk(new_context: NewContext, *, scripts: bool) -> Walk:
    width = 1280 if scripts else 320
    context = new_context(java_script_enabled=scripts, viewport={"width": width, "height": 800})
    return Walk(context.new_page(), scripts=scripts)


def founded(site: Site, valley: Valley) -> str:
    """The invitation of the first secretary of an empty network."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.journeys.founding", valley.slug, valley.name),
            f"segreteria@{valley.slug}.example",
        ],
        env=environment(site.home, TAVOLO_BASE_URL=site.url),
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def accept(walk: Walk, invitation: str) -> None:
    page = walk.page
    page.goto(invitation)
    walk.look()
    for field in page.locator("main input[type=text][required]").all():
        if not field.input_value():
            walk.write(field, "Prova")
    for field in page.locator("input[type=password]").all():
        walk.write(field, PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def come_in(walk: Walk, invitation: str) -> None:
    """The secretary chooses a password and sets up her second factor."""
    accept(walk, invitation)
    page = walk.page
    page.wait_for_url("**/secondo-fattore/**")
    page.fill("input[name=code]", pyotp.TOTP(secret_on(page)).now())
    page.click("main button[type=submit]")
    page.wait_for_load_state()


def upload(walk: Walk, valley: Valley, kind: str, content: bytes) -> None:
    page = walk.page
    page.goto(f"{valley.here}importa/")
    walk.look()
    walk.reach(
        page.locator("main").get_by_role("link", name=re.compile(f"Carica un file.*{kind}$")).first
    )
    with page.expect_navigation():
        page.keyboard.press("Enter")
    walk.look()
    walk.choose_file(page.locator("input[type=file]"), f"{kind}.xlsx", content)
    walk.press("Carica e controlla")


def bring_the_members(walk: Walk, valley: Valley) -> None:
    """Four rows with faults, and two that look like another; sixty members come of sixty-one rows."""
    rows = [[*row, "2021"] for row in valley.members]
    town = valley.towns[0]
    twin = [f"Mimoza {town}", SORTS[0], town, "", ""]
    rows[10][2] = "Atlantide"
    rows[20][1] = "Bottega"
    rows[30][3] = "info@"
    rows[40][4] = "31/02/2021"
    upload(walk, valley, "Organizzazioni", spreadsheet(HEADINGS, *rows, [*ALIKE, ""], twin))
    walk.wait_for("in attesa di conferma")
    said = walk.main()
    assert "4 con errori" in said
    mend(walk, valley)
    decide(walk, valley)
    walk.press("Importa tutto")
    walk.wait_for("Guarda il risultato")


def mend(walk: Walk, valley: Valley) -> None:
    page = walk.page
    walk.press("Correggi 4 righe", role="link")
    said = walk.main()
    for words in ("Atlantide", "Bottega", "info@", "31/02/2021"):
        assert words in said
    walk.write(page.locator("#id_cell-12-2"), valley.members[10][2])
    walk.reach(page.locator("#id_cell-22-1"))
    page.keyboard.type(SORTS[0])
    walk.write(page.locator("#id_cell-32-3"), valley.members[30][3])
    walk.write(page.locator("#id_cell-42-4"), "2021")
    walk.press("Correggi e ricontrolla")
    walk.wait_for("Decidi su 2 righe")
    assert "con errori" not in walk.main()


def decide(walk: Walk, valley: Valley) -> None:
    walk.press("Decidi su 2 righe", role="link")
    town = valley.towns[0]
    walk.tick(f"È «{THERE} (Lucca)»")
    walk.tick(f"È «Mimosa {town} ({town})»")
    walk.press("Decidi e ricontrolla")
    walk.wait_for("Importa tutto")


def bring_the_delegates(walk: Walk, valley: Valley) -> None:
    upload(walk, valley, "Persone delegate", spreadsheet(DELEGATES, *valley.delegates))
    walk.wait_for("Importa tutto")
    walk.press("Importa tutto")
    walk.wait_for("Annulla l’importazione")


def invite_them_all(walk: Walk) -> None:
    walk.press("Invita tutte le persone", role="link")
    assert walk.page.locator("main input[type=checkbox]:checked").count() == SIXTY
    walk.press("Continua")
    assert f"Spedire {SIXTY} lettere?" in walk.main()
    walk.press("Spedisci le lettere")
    assert counted(walk) == {"hanno accettato": 0, "non hanno ancora accettato": SIXTY}


def counted(walk: Walk) -> dict[str, int]:
    said = walk.main()
    words = ("hanno accettato", "non hanno ancora accettato")
    return {
        each: int(re.findall(rf"\b{each}(?: inviti scaduti: \d+)? (\d+)", said)[0])
        for each in words
    }


def somebody_accepts(walk: Walk, site: Site, valley: Valley) -> None:
    *_names, address = valley.delegates[-1]
    accept(walk, link_in(letter_to(site, address)))
    walk.look()


def letter_to(site: Site, address: str) -> str:
    """The text of the letter, as soon as the worker has sent it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for path in (site.home / "mail").glob("*.eml"):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            if letter["To"] == address:
                return str(letter.get_body().get_content())  # type: ignore[union-attr]
        time.sleep(0.2)
    raise AssertionError(f"no letter came to {address}")


def link_in(text: str) -> str:
    found = re.search(r"/accesso/invito/[\w-]+/", text)
    assert found, text
    return found.group()


def see_who_accepted(walk: Walk, valley: Valley) -> None:
    walk.page.goto(f"{valley.here}persone/inviti/")
    walk.look()
    assert counted(walk) == {"hanno accettato": 1, "non hanno ancora accettato": SIXTY - 1}
    row = row_of(walk, "Zita Seconda").inner_text()
    assert "accede" in row
    assert "invito valido fino al" in row_of(walk, "Elena").inner_text()


def row_of(walk: Walk, name: str) -> Locator:
    return walk.page.locator("main table tr", has_text=name).first
