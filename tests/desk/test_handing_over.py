"""Handing over a desk by its page, and the page of what went to whom."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.people.models import Account
from tavolo.registry.actions import affiliate, appoint_secretary
from tavolo.registry.models import Affiliation, NetworkOffice
from tests.conftest import SameSiteClient
from tests.desk.conftest import Valley, an_organisation
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import an_account, sign_in, with_second_factor

HERE = "/lavoro/reti/valle/consegne/"
WORK = 20


@pytest.fixture
def elsa(valley: Valley) -> Account:
    """Somebody who works in the network and can take over."""
    account = with_second_factor(an_account(given_name="Elsa", family_name="Morani"))
    affiliate(person=account.person, organisation=valley.organisation, by=OPERATOR)
    return account


def filled(**told: Any) -> dict[str, Any]:
    return {
        "form_key": str(uuid4()),
        "last_day": clock.today().isoformat(),
        "act": "Determina 9",
        "everything": "",
    } | told


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def field(valley: Valley) -> str:
    return f"cosa-{NetworkOffice.objects.get(person=valley.secretary.person).uid}"


def test_the_page_lists_ones_own_desk_or_anothers(
    valley: Valley, as_secretary: Client, elsa: Account
) -> None:
    own = as_secretary.get(HERE)
    assert [thing.held.label for thing in own.context["form"].form.things] == ["Segreteria"]
    other = as_secretary.get(f"{HERE}?persona={elsa.person.uid}")
    assert [t.held.label for t in other.context["form"].form.things] == ["Casa dei Sentieri"]
    nobody = as_secretary.get(f"{HERE}?persona={uuid4()}")
    assert nobody.context["form"] is None
    assert "niente da consegnare" in text(nobody)


def test_a_secretary_hands_over_and_leaves(
    valley: Valley, as_secretary: Client, elsa: Account
) -> None:
    sent = filled(**{field(valley): str(elsa.person.uid)})
    answer = as_secretary.post(HERE, sent)
    assert answer.status_code == 302, answer.context["form"].faults
    entry = Entry.objects.get(action="registry.desk_handed_over")
    assert answer["Location"] == f"{HERE}{entry.uid}/"
    # A double click does nothing twice.
    assert as_secretary.post(HERE, sent)["Location"] == answer["Location"]
    assert Entry.objects.filter(action="registry.desk_handed_over").count() == 1
    told = text(as_secretary.get(answer["Location"]))
    for words in ("Consegne di Chiara Neri", "Segreteria", "Elsa Morani", "Determina 9"):
        assert words in told
    office = NetworkOffice.objects.get(person=elsa.person)
    assert office.act == "Determina 9"


def test_everything_goes_to_one_but_what_is_said_otherwise(
    valley: Valley, as_secretary: Client, elsa: Account
) -> None:
    other = an_organisation(valley.network, "Zonta")
    affiliate(person=valley.secretary.person, organisation=other, by=OPERATOR)
    row = Affiliation.objects.known().get(organisation=other)
    as_secretary.post(
        HERE, filled(everything=str(elsa.person.uid), **{f"cosa-{row.uid}": "lascia"})
    )
    assert NetworkOffice.objects.filter(person=elsa.person).exists()
    assert not Affiliation.objects.known().filter(organisation=other, valid_until=None).exists()


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({}, "__all__"),
        ({"choice": "lascia"}, "office"),
        ({"choice": "elsa", "act": ""}, "act"),
        ({"choice": "elsa", "last_day": ""}, "last_day"),
        ({"choice": "elsa", "last_day": "2001-01-01"}, "__all__"),
        ({"everything": "x"}, "everything"),
    ],
)
def test_what_cannot_be_is_said_where_it_belongs(
    valley: Valley, as_secretary: Client, elsa: Account, told: dict[str, str], where: str
) -> None:
    choice = told.pop("choice", "").replace("elsa", str(elsa.person.uid))
    name = field(valley)
    answer = as_secretary.post(HERE, filled(**told, **{name: choice}))
    assert answer.status_code == 200
    faults = answer.context["form"].form.errors
    # A day on which she held nothing leaves nothing of hers to hand over.
    expected = {"office": name, "__all__": "__all__"}.get(where, where)
    assert list(faults) == [expected if told.get("last_day") != "2001-01-01" else name]
    assert not Entry.objects.filter(action="registry.desk_handed_over").exists()


def test_it_is_for_the_secretariat_alone(
    valley: Valley, as_member: Client, as_stranger: Client, as_secretary: Client, elsa: Account
) -> None:
    answer = as_secretary.post(HERE, filled(**{field(valley): str(elsa.person.uid)}))
    for client in (as_member, as_stranger):
        assert client.get(HERE).status_code == 404
        assert client.get(answer["Location"]).status_code == 404
        assert client.post(HERE, filled()).status_code == 404
    assert as_secretary.get(f"{HERE}{uuid4()}/").status_code == 404


def test_whoever_has_left_comes_in_no_more(
    valley: Valley, as_secretary: Client, elsa: Account
) -> None:
    appoint_secretary(network=valley.network, person=elsa.person, act="atto", by=OPERATOR)
    NetworkOffice.objects.filter(network=valley.network).update(valid_from="2026-01-01")
    as_secretary.post(HERE, filled(last_day="2026-11-01", **{field(valley): "lascia"}))
    assert as_secretary.get(HERE).status_code == 404
    assert sign_in(SameSiteClient(), elsa).get(HERE).status_code == 200


def test_the_page_costs_the_same_for_one_thing_and_for_200(
    valley: Valley, as_secretary: Client
) -> None:
    found, made = [], 0
    for number in ENOUGH:
        for each in range(made, number):
            organisation = an_organisation(valley.network, f"Associazione {each}")
            Affiliation.objects.create(
                person=valley.secretary.person,
                organisation=organisation,
                valid_from=clock.today(),
                recorded_at=clock.now(),
            )
        made = number
        found.append(queries_of(as_secretary, HERE))
    assert len(set(found)) == 1, found
    assert found[0] <= WORK
