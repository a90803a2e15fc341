"""Persons with and without accounts, made by the room's own actions."""

from itertools import count

import pyotp
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, Actor, Role
from tavolo.kernel.models import Network
from tavolo.people.actions import create_account
from tavolo.people.models import Account, Person

PASSWORD = "quattro parole messe in fila"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_numbers = count(1)


def a_network(slug: str = "valle", name: str = "Rete della valle") -> Network:
    return Network.objects.create(slug=slug, name=name, created_at=clock.now())


def an_account(email: str = "", given_name: str = "Ada", family_name: str = "Rossi") -> Account:
    return create_account(
        email=email or f"persona{next(_numbers)}@rete.example",
        given_name=given_name,
        family_name=family_name,
        password=PASSWORD,
        by=OPERATOR,
    )


def a_person(given_name: str = "Bianca", family_name: str = "Verdi") -> Person:
    person = Person(given_name=given_name, family_name=family_name)
    person.save()
    return person


def with_second_factor(account: Account) -> Account:
    TOTP.activate(account, SECRET)
    RecoveryCodes.activate(account)
    return account


def code_now() -> str:
    return pyotp.TOTP(SECRET).at(clock.now())


def secretary_of(network: Network, person: Person | None = None) -> Actor:
    role = Role("network_secretary", network.uid)
    return Actor(person=person.uid if person else None, roles=frozenset({role}))


def sign_in(client: Client, account: Account, *, password: str = PASSWORD) -> Client:
    """By the page, and by the second page where the account has a second factor."""
    answer = client.post("/accesso/", {"login": account.email, "password": password})
    assert answer.status_code == 302, answer.content.decode()
    if answer["Location"].endswith("/accesso/verifica/"):
        answer = client.post("/accesso/verifica/", {"code": code_now()})
        assert answer.status_code == 302, answer.content.decode()
    return client
