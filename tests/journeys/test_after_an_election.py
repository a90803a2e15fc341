"""An assessor changes after an election: the old ones end in one act, the new one is entered, the public page says it.

All of it by keyboard; once with scripts, with an accessibility check of every page on the way at two
widths, once without any script, on a phone.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator

from tests.journeys.conftest import NewContext
from tests.journeys.site import Site
from tests.journeys.walking import Walk, signed_in

pytestmark = pytest.mark.browser

LAST, FIRST = "14/6/2026", "15/6/2026"


@dataclass(frozen=True)
class Town:
    """Of a network of the demonstration: who was its assessora, and who comes after her."""

    network: str
    code: str
    former: str
    given_name: str
    family_name: str

    @property
    def newcomer(self) -> str:
        return f"{self.given_name} {self.family_name}"


# Each walk leaves another administration behind: each has a municipality of its own.
TOWNS = {
    "with scripts": Town(
        "Città metropolitana di Milano",
        "comune-di-rozzano",
        "Fiorella Imprenti",
        "Teodora",
        "Bellini",
    ),
    "without scripts": Town(
        "Comune di Cesano Boscone",
        "comune-di-cesano-boscone",
        "Ilaria Ravasi",
        "Livia",
        "Fontanesi",
    ),
}


@pytest.mark.parametrize("scripts", TOWNS)
def test_after_an_election_the_new_assessora_is_entered(
    new_context: NewContext, site: Site, scripts: str
) -> None:
    town = TOWNS[scripts]
    walk = signed_in(new_context, site, town.network, scripts=scripts == "with scripts")
    find_the_record(walk, town)
    end_the_administration(walk, town)
    fill_what_is_vacant(walk, town)
    read_what_everybody_reads(walk, town)
    assert walk.faults == {}


def find_the_record(walk: Walk, town: Town) -> None:
    """From the list of the network's organisations to the record of the municipality."""
    walk.page.goto(f"/lavoro/organizzazioni/{town.code}/")
    walk.look()
    assert town.former in walk.main()


def end_the_administration(walk: Walk, town: Town) -> None:
    walk.press("Dopo le elezioni", role="link")
    assert town.former in walk.main()
    # Without its last day nothing ends, and what is missing is said.
    walk.press("Fai finire queste cariche")
    assert "Scrivi l’ultimo giorno." in walk.main()
    walk.write(field(walk, "Ultimo giorno in carica"), LAST)
    walk.write(field(walk, "Atto"), "Verbale di proclamazione del 15/6/2026")
    walk.press("Fai finire queste cariche")
    said = walk.main()
    assert "Le cariche sono finite." in said
    assert "Assessore o assessora" in said
    assert "dal 15 giugno 2026" in said


def fill_what_is_vacant(walk: Walk, town: Town) -> None:
    """The new assessora, with her delegation; she is not in the register yet."""
    walk.press("Inserisci chi c’è adesso (Assessore o assessora)", role="link")
    assert "femminile: assessora" in walk.main()
    walk.write(field(walk, "Cognome"), town.family_name)
    walk.write(field(walk, "Nome"), town.given_name)
    walk.tick("femminile: assessora")
    walk.tick("Pari opportunità")
    walk.write(field(walk, "Da quando"), FIRST)
    walk.write(field(walk, "Atto"), "Decreto sindacale 1/2026")
    walk.press("Inserisci chi è in carica")
    said = walk.main()
    assert "È nel registro." in said
    assert f"{town.newcomer} assessora" in said
    assert f"{town.newcomer} Pari opportunità" in said
    walk.page.goto(f"/lavoro/organizzazioni/{town.code}/elezioni/")
    walk.look()
    assert "Inserisci chi c’è adesso (Assessore" not in walk.main()


def read_what_everybody_reads(walk: Walk, town: Town) -> None:
    """Today the new one speaks for it; a year ago the former one did."""
    walk.page.goto(f"/organizzazioni/{town.code}/")
    walk.look()
    assert town.newcomer in walk.main()
    walk.page.goto(f"/organizzazioni/{town.code}/?al=2025-11-22")
    walk.look()
    said = walk.main()
    assert town.former in said
    assert town.newcomer not in said


def field(walk: Walk, label: str) -> Locator:
    return walk.page.locator("main").get_by_role("textbox", name=re.compile(f"^{label}")).first
