"""A deputy acts in the secretary's place in one part of the work; the secretary hands over her desk and leaves.

By keyboard, with an accessibility check of every page on the way; with scripts in one network,
without on a phone in another, because whoever has handed over cannot do it again.
"""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator

from tests.journeys.conftest import NewContext
from tests.journeys.site import Site
from tests.journeys.walking import Walk, signed_in

pytestmark = pytest.mark.browser

NETWORKS = {
    "with scripts": ("Provincia di Lucca", "lucca"),
    "without scripts": ("Comune di Cesano Boscone", "cesano-boscone"),
}


@dataclass
class Desk:
    """The secretary and a member of a network, each in a browser of her own."""

    here: str
    secretary: Walk
    member: Walk

    def names(self) -> tuple[str, str]:
        bars = (walk.page.locator(".tv-bar a").last for walk in (self.secretary, self.member))
        own, hers = (bar.inner_text().strip() for bar in bars)
        return own, hers


@pytest.fixture(params=list(NETWORKS))
def desk(request: pytest.FixtureRequest, new_context: NewContext, site: Site) -> Desk:
    name, slug = NETWORKS[request.param]
    secretary, member = (
        signed_in(new_context, site, name, scripts=request.param == "with scripts", role=role)
        for role in ("secretary", "member")
    )
    return Desk(f"/lavoro/reti/{slug}/", secretary, member)


def test_a_deputy_acts_in_one_part_and_a_secretary_leaves(desk: Desk) -> None:
    own, hers = desk.names()
    name_a_deputy(desk, hers)
    act_for_her(desk, own)
    revoke(desk, hers)
    leave_her_place(desk.member)
    hand_over(desk, own, hers)
    assert desk.secretary.faults == {}
    assert desk.member.faults == {}


def opened(walk: Walk, path: str) -> int:
    answer = walk.page.goto(path)
    assert answer is not None
    walk.look()
    return answer.status


def field(walk: Walk, label: str) -> Locator:
    return walk.page.locator("main").get_by_label(label).first


def choose(walk: Walk, label: str, words: str) -> None:
    """Of a list by the first letters, as one does at the keyboard."""
    there = field(walk, label)
    walk.reach(there)
    walk.page.keyboard.type(words)
    chosen = there.locator("option:checked").inner_text()
    assert chosen.startswith(words), chosen


def above(walk: Walk) -> str:
    opened(walk, "/lavoro/")
    return " ".join(walk.page.locator(".tv-acting").inner_text().split())


def name_a_deputy(desk: Desk, deputy: str) -> None:
    walk = desk.secretary
    opened(walk, f"{desk.here}sostituti/")
    walk.press("Indica chi sostituisce", role="link")
    own, _hers = desk.names()
    choose(walk, "Per conto di chi, e per che cosa", f"{own}: segreteria")
    choose(walk, "Chi agisce per suo conto", deputy)
    walk.tick("Importazione di elenchi")
    field(walk, "Fino al giorno, compreso").fill("2027-06-30")
    walk.press("Conferma la sostituzione")
    assert deputy in walk.main()
    assert "Importazione di elenchi" in walk.main()


def act_for_her(desk: Desk, principal: str) -> None:
    walk = desk.member
    assert opened(walk, f"{desk.here}importa/") == 404
    opened(walk, "/lavoro/")
    walk.press(f"Agisci per conto di {principal}")
    assert f"Stai agendo per conto di {principal}" in above(walk)
    assert opened(walk, f"{desk.here}importa/") == 200
    for closed in ("persone/", "dati/", "aree/", "sostituti/", "consegne/"):
        assert opened(walk, f"{desk.here}{closed}") == 404


def revoke(desk: Desk, deputy: str) -> None:
    walk = desk.secretary
    opened(walk, f"{desk.here}sostituti/")
    walk.press("Revoca", role="link")
    assert f"{deputy} deve smettere" in walk.main()
    walk.press("Revoca")
    assert "Ancora nessuna sostituzione" in walk.main()
    assert "è finito" in above(desk.member)
    assert opened(desk.member, f"{desk.here}importa/") == 404


def leave_her_place(walk: Walk) -> None:
    opened(walk, "/lavoro/")
    button = walk.page.locator(".tv-acting button")
    walk.reach(button)
    with walk.page.expect_navigation():
        walk.page.keyboard.press("Enter")
    assert walk.page.locator(".tv-acting").count() == 0


def hand_over(desk: Desk, own: str, successor: str) -> None:
    walk = desk.secretary
    opened(walk, f"{desk.here}consegne/")
    # Nobody else runs the network, so it cannot be left without anybody.
    assert "Nessuno: finisce" not in field(walk, "Segreteria").inner_text()
    walk.press("Consegna")
    assert "Non hai ancora scelto niente" in walk.main()
    choose(walk, "Segreteria", successor)
    walk.press("Consegna")
    assert "Manca l’atto" in walk.main()
    walk.write(field(walk, "Atto con cui è stato deciso"), "Determinazione di prova")
    walk.press("Consegna")
    said = walk.main()
    for words in (f"Consegne di {own}", "Segreteria", successor, "Determinazione di prova"):
        assert words in said
    # She comes in until the evening; who follows her stands in the list already.
    opened(walk, f"{desk.here}persone/")
    assert f"{own} accede" in walk.main()
