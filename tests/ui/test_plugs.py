"""What rooms offer to pages: panels in order and in batches, the chain around a thing."""

from collections.abc import Hashable, Mapping, Sequence
from uuid import uuid4

import pytest
from django.db.models import Model

from tavolo.kernel.actor import ANONYMOUS, Actor
from tavolo.kernel.models import Installation, Network
from tavolo.ui import plugs
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.base import Component
from tavolo.ui.components.chain import Chain, Link

MEMBER = Actor(person=uuid4())


class Words:
    """A panel that shows its key on networks, and to those signed in where it is told so."""

    subject = Network

    def __init__(self, key: str, order: int, *, closed: bool = False, silent: bool = False) -> None:
        self.key, self.order, self.closed, self.silent = key, order, closed, silent
        self.asked = 0

    def visible(self, actor: Actor) -> bool:
        return actor.signed_in or not self.closed

    def load(self, subjects: Sequence[Model], actor: Actor) -> Mapping[Hashable, Component]:
        self.asked += 1
        return {} if self.silent else {each.pk: Badge("on", self.key) for each in subjects}


class Acts:
    """A link that knows a notice before and an action after each network."""

    subject = Network

    def __init__(self, key: str, order: int) -> None:
        self.key, self.order = key, order

    def before(self, subjects: Sequence[Model], actor: Actor) -> Mapping[Hashable, Sequence[Link]]:
        return {each.pk: (Link(f"avviso {self.key}", "/a/"),) for each in subjects}

    def after(self, subjects: Sequence[Model], actor: Actor) -> Mapping[Hashable, Sequence[Link]]:
        return {
            each.pk: (Link(f"azione {self.key}", "/b/"),) for each in subjects if actor.signed_in
        }


@pytest.fixture
def network() -> Network:
    return Network(pk=7, name="Prova")


@pytest.fixture
def registries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugs, "panels", plugs.Registry("panel"))
    monkeypatch.setattr(plugs, "chain_links", plugs.Registry("link"))


@pytest.mark.usefixtures("registries")
def test_panels_come_in_their_order_and_only_for_their_subject(network: Network) -> None:
    for panel in (Words("b", 20), Words("a", 10), Words("silent", 5, silent=True)):
        plugs.panels.add(panel)
    assert plugs.panels_of(network, ANONYMOUS) == [Badge("on", "a"), Badge("on", "b")]
    assert plugs.panels_of(Installation(id=1), ANONYMOUS) == []


@pytest.mark.usefixtures("registries")
def test_a_stranger_is_not_shown_a_closed_panel_and_it_is_not_even_loaded(network: Network) -> None:
    panel = plugs.panels.add(Words("closed", 1, closed=True))
    assert plugs.panels_of(network, ANONYMOUS) == []
    assert panel.asked == 0
    assert plugs.panels_of(network, MEMBER) == [Badge("on", "closed")]


@pytest.mark.usefixtures("registries")
def test_the_chain_has_the_thing_in_its_middle(network: Network) -> None:
    plugs.chain_links.add(Acts("2", 2))
    plugs.chain_links.add(Acts("1", 1))
    before = (Link("avviso 1", "/a/"), Link("avviso 2", "/a/"))
    after = (Link("azione 1", "/b/"), Link("azione 2", "/b/"))
    assert plugs.chain_of(network, "Prova", MEMBER) == Chain(
        (*before, Link("Prova", here=True), *after)
    )
    assert plugs.chain_of(network, "Prova", ANONYMOUS) == Chain((*before, Link("Prova", here=True)))


@pytest.mark.usefixtures("registries")
def test_a_thing_without_a_story_is_a_chain_of_one(network: Network) -> None:
    assert plugs.chain_of(network, "Prova", MEMBER) == Chain((Link("Prova", here=True),))


def test_every_navigation_entry_leads_somewhere(rf) -> None:
    from tavolo.ui.context import layout

    shown = layout(rf.get("/"))
    assert all(place.href.startswith("/") for place in (*shown["doors"], *shown["sections"]))
