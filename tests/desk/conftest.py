from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.people.actions import accept_invitation
from tavolo.people.models import Account
from tavolo.registry.actions import add_organisation, admit_organisation, affiliate, found_network
from tavolo.registry.models import Organisation
from tests.conftest import SameSiteClient
from tests.factories.people import PASSWORD, an_account, sign_in, with_second_factor


@pytest.fixture(autouse=True)
def _forgotten_codes() -> None:
    cache.clear()


@dataclass
class Valley:
    """A network with its secretary, an organisation and who acts for it; somebody who has nothing there."""

    network: Network
    secretary: Account
    organisation: Organisation
    member: Account
    stranger: Account


@pytest.fixture
def valley(db: None) -> Valley:
    network, _invitation, token = found_network(
        slug="valle",
        name="Rete della valle",
        secretary_email="segreteria@valle.example",
        by=OPERATOR,
    )
    secretary = accept_invitation(
        token=token, given_name="Chiara", family_name="Neri", password=PASSWORD
    )
    organisation = an_organisation(network, "Casa dei Sentieri")
    member, stranger = an_account(given_name="Marta"), an_account(given_name="Nora")
    affiliate(person=member.person, organisation=organisation, function="delegata", by=OPERATOR)
    for account in (secretary, member, stranger):
        with_second_factor(account)
    return Valley(network, secretary, organisation, member, stranger)


def an_organisation(network: Network, name: str) -> Organisation:
    organisation = add_organisation(steward=network, name=name, kind="association", by=OPERATOR)
    admit_organisation(network=network, organisation=organisation, since=clock.today(), by=OPERATOR)
    return organisation


@pytest.fixture
def as_secretary(valley: Valley) -> Client:
    return sign_in(SameSiteClient(), valley.secretary)


@pytest.fixture
def as_member(valley: Valley) -> Client:
    return sign_in(SameSiteClient(), valley.member)


@pytest.fixture
def as_stranger(valley: Valley) -> Client:
    return sign_in(SameSiteClient(), valley.stranger)
