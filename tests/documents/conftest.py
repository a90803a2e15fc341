from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from tavolo.documents.actions import add_document
from tavolo.documents.intake import Kept
from tavolo.documents.models import Document
from tavolo.kernel import blobs
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.people.models import Account
from tavolo.registry.models import Organisation
from tests.factories.people import an_account, with_second_factor
from tests.factories.registry import a_network_with_secretary, a_participant, acting, acting_for

PDF = b"%PDF-1.7 atto"


@dataclass(frozen=True)
class Desk:
    """A network, who runs it, an organisation that it keeps, and who acts for another of its members."""

    network: Network
    secretary: Account
    organisation: Organisation
    member: Account

    @property
    def actor(self) -> Actor:
        return acting(self.secretary.person)

    @property
    def holder(self) -> tuple[str, UUID]:
        return ("organisation", self.organisation.uid)


@pytest.fixture
def desk(db: None, settings, tmp_path: Path) -> Desk:
    settings.TAVOLO_HOME = tmp_path
    network, secretary = a_network_with_secretary()
    member = an_account("mara@rete.example", "Mara", "Gialli")
    acting_for(a_participant(network, "Associazione Prova"), member.person)
    return Desk(network, secretary, a_participant(network, "Comune di Prova"), member)


def kept(content: bytes = PDF, **more: object) -> Kept:
    """A file that has been looked at: what tests of rows need, without the child."""
    blob = blobs.store([content])
    told = {"file_name": "atto.pdf", "media_type": "application/pdf"} | more
    return Kept(digest=blob.digest, size=blob.size, **told)  # type: ignore[arg-type]


@pytest.fixture
def add(desk: Desk) -> Callable[..., Document]:
    def added(visibility: str = "public", **more: object) -> Document:
        told: dict[str, object] = {"file": kept(), "title": "Statuto", "by": desk.actor} | more
        return add_document(
            **{"holder": desk.holder, "network": desk.network, "visibility": visibility, **told}
        )

    return added


@pytest.fixture
def as_account(new_client: Callable[[], Client]) -> Callable[[Account], Client]:
    """A browser of hers, signed in; with the second factor unless `plain`."""

    def signed_in(account: Account, *, plain: bool = False) -> Client:
        client = new_client()
        client.force_login(account if plain else with_second_factor(account))
        return client

    return signed_in
