"""The network as a graph: who stands there, what ties them, what a stranger sees."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.registry.actions import admit_organisation, end_participation
from tavolo.registry.models import (
    Organisation,
    OrganisationName,
    OrganisationSuccession,
    Participation,
    Seat,
    ServedTerritory,
    Standing,
)
from tavolo.registry.queries import Ties, members_on, ties_of
from tavolo.registry.web.tied import MOST_DRAWN
from tests.factories.counting import queries_of
from tests.factories.registry import (
    a_founded_network,
    a_participant,
    an_organisation,
    many_participants,
)
from tavolo.territory.models import Municipality
from tests.factories.territory import a_municipality, a_province
from tests.registry.conftest import Valley, names_in, text

PUBLIC = 12
GRAPH = "/reti/valle/grafo/"


def since_ever(model: type, organisation: Organisation, **values: object) -> None:
    model._default_manager.create(
        organisation=organisation, recorded_at=clock.now(), **values
    )


def seated(organisation: Organisation, town: object, *, public: bool = True) -> None:
    Seat.objects.filter(organisation=organisation).delete()
    since_ever(Seat, organisation, kind="registered", municipality=town, public=public)


def towns(*names: str) -> list[Municipality]:
    province = a_province()
    return [a_municipality(name, province=province) for name in names]


def drawn(answer: object) -> list[tuple[str, str]]:
    graph = answer.context["graph"]  # type: ignore[attr-defined]
    return [(node.label, node.about) for node in graph.nodes]


def ties_in(answer: object) -> list[tuple[str, str, str]]:
    graph = answer.context["graph"]  # type: ignore[attr-defined]
    names = [node.label for node in graph.nodes]
    return [(names[tie.one], names[tie.other], tie.css) for tie in graph.ties]


def test_everybody_stands_on_the_ring_by_place_and_name(client: Client, valley: Valley) -> None:
    lucca, rozzano = towns("Lucca", "Rozzano")
    seated(a_participant(valley.network, "Zeta"), lucca)
    seated(a_participant(valley.network, "Alfa"), rozzano)
    seated(a_participant(valley.network, "Beta"), lucca)
    a_participant(valley.network, "Senza sede")
    an_organisation(valley.network, "Fuori dalla rete")
    answer = client.get(GRAPH)
    assert drawn(answer) == [
        ("Beta", "sede a Lucca, sede nello stesso comune di un’altra organizzazione"),
        ("Zeta", "sede a Lucca, sede nello stesso comune di un’altra organizzazione"),
        ("Alfa", "sede a Rozzano"),
        ("Senza sede", "sede non inserita"),
    ]
    assert names_in(answer) == ["Alfa", "Beta", "Senza sede", "Zeta"]
    assert ties_in(answer) == [("Beta", "Zeta", "g-ring")]
    assert not answer.cookies
