"""The screens of commitments: list, filters, file, entering, the next step, two versions."""

import csv
import io
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.models import Network
from tavolo.people.models import Account
from tavolo.registry.actions import add_commitment, edit_commitment, take_step
from tavolo.registry.models import Commitment, CommitmentStep, Organisation
from tavolo.registry.web.promised import promised
from tests.conftest import SameSiteClient
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import an_account, sign_in, with_second_factor
from tests.factories.registry import (
    a_founded_network,
    a_network_with_secretary,
    a_participant,
    acting_for,
)

LIST = "/lavoro/impegni/"
TODAY = clock.today()
WORK = 20


@pytest.fixture
def valley(db: None) -> tuple[Network, Account]:
    network, account = a_network_with_secretary()
    return network, with_second_factor(account)


@pytest.fixture
def network(valley: tuple[Network, Account]) -> Network:
    return valley[0]


@pytest.fixture
def secretary(valley: tuple[Network, Account], client: Client) -> Client:
    return sign_in(client, valley[1])


@pytest.fixture
def owner(network: Network) -> Organisation:
    return a_participant(network, "Casa dei Sentieri")


@pytest.fixture
def member(owner: Organisation) -> Client:
    account = with_second_factor(an_account(given_name="Marta"))
    acting_for(owner, account.person)
    return sign_in(SameSiteClient(), account)


@pytest.fixture
def stranger(db: None) -> Client:
    return sign_in(SameSiteClient(), with_second_factor(an_account(given_name="Nora")))


def a_commitment(network: Network, name: str = "Aprire uno sportello", **told: Any) -> Commitment:
    owner = told.get("owner")
    values = {"no_owner": owner is None, "due": TODAY + timedelta(days=30), "by": OPERATOR}
    return add_commitment(network=network, name=name, **{**values, **told})


def page_of(row: Commitment) -> str:
    return f"{LIST}{row.uid}/"


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def names(answer: Any) -> list[str]:
    return [row.cells[0].value for row in answer.context["table"].rows]


def entered(**told: Any) -> dict[str, Any]:
    return {
        "form_key": str(uuid4()),
        "name": "Aprire uno sportello",
        "details": "",
        "source": "Verbale 3",
        "owner": "casa-dei-sentieri",
        "due": "2030-01-31",
        "network": "valle",
        "on": TODAY.isoformat(),
    } | told


def stepped(row: Commitment, **told: Any) -> dict[str, Any]:
    return {
        "form_key": str(uuid4()),
        "version": str(row.version),
        "state": "in_progress",
        "on": TODAY.isoformat(),
        "note": "",
        "address": "",
        "owner": row.owner.code if row.owner else "",
        "due": row.due.isoformat() if row.due else "",
        **({"no_owner": "on"} if row.no_owner else {}),
        **({"no_due": "on"} if row.no_due else {}),
    } | told


def test_an_empty_list_says_what_will_stand_there(secretary: Client, member: Client) -> None:
    told = text(secretary.get(LIST))
    assert "Ancora nessun impegno" in told
    assert "Inserisci il primo impegno" in told
    assert "Inserisci il primo impegno" not in text(member.get(LIST))


def test_a_commitment_is_entered_and_shown(secretary: Client, owner: Organisation) -> None:
    sent = entered(public="on")
    answer = secretary.post(f"{LIST}nuovo/", sent)
    row = Commitment.objects.get()
    assert answer["Location"] == page_of(row)
    assert secretary.post(f"{LIST}nuovo/", sent)["Location"] == page_of(row)
    assert Commitment.objects.count() == 1
    told = text(secretary.get(page_of(row)))
    for words in ("Aprire uno sportello", "Casa dei Sentieri", "31 gennaio 2030", "Verbale 3"):
        assert words in told
    assert "da Chiara Neri" in told


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "—"}, "name"),
        ({"owner": ""}, "owner"),
        ({"owner": "unheard"}, "owner"),
        ({"no_owner": "on"}, "owner"),
        ({"due": ""}, "due"),
        ({"due": "31 febbraio"}, "due"),
        ({"due": "9999-12-31"}, "due"),
        ({"no_due": "on"}, "due"),
        ({"on": "2999-01-01"}, "on"),
        ({"network": "monte"}, "network"),
    ],
)
def test_what_lacks_is_said_beside_its_field(
    secretary: Client, owner: Organisation, told: dict[str, str], field: str
) -> None:
    answer = secretary.post(f"{LIST}nuovo/", entered(**told))
    assert answer.status_code == 200
    assert list(answer.context["form"].form.errors) == [field]
    assert not Commitment.objects.exists()


def test_an_explicit_none_is_entered(secretary: Client, owner: Organisation) -> None:
    none = {"owner": "", "no_owner": "on", "due": "", "no_due": "on"}
    assert secretary.post(f"{LIST}nuovo/", entered(**none)).status_code == 302
    assert "nessuno in particolare" in text(secretary.get(LIST))


def test_the_list_is_narrowed_and_given_as_a_file(
    secretary: Client, network: Network, owner: Organisation
) -> None:
    late = a_commitment(network, "Tardi", owner=owner, due=TODAY - timedelta(days=1), details="=1")
    done = a_commitment(network, "Fatto", due=None, no_due=True)
    take_step(commitment=done, version=1, state="done", note="Sì", by=OPERATOR)
    assert names(secretary.get(LIST)) == ["Tardi", "Fatto"]
    assert names(secretary.get(f"{LIST}?stato=in-ritardo")) == ["Tardi"]
    assert names(secretary.get(f"{LIST}?stato=done")) == ["Fatto"]
    assert names(secretary.get(f"{LIST}?di=casa-dei-sentieri")) == ["Tardi"]
    assert names(secretary.get(f"{LIST}?q=fat")) == ["Fatto"]
    assert names(secretary.get(f"{LIST}?stato=unheard&rete=monte")) == ["Tardi", "Fatto"]
    assert "Nessun risultato" in text(secretary.get(f"{LIST}?q=zzz"))
    answer = secretary.get(f"{LIST}elenco.csv?stato=in-ritardo")
    sheet = b"".join(answer).decode().removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")  # type: ignore[arg-type]
    (line,) = list(csv.reader(io.StringIO(sheet)))[1:]
    assert line == [
        "Rete valle",
        "Tardi",
        "Casa dei Sentieri",
        str(late.due),
        "aperto",
        "sì",
        "",
        "'=1",
    ]


def test_a_step_is_entered_with_its_evidence(secretary: Client, network: Network) -> None:
    row = a_commitment(network)
    sent = stepped(row, state="done", address="https://example.org/verbale")
    assert secretary.post(page_of(row), sent)["Location"] == page_of(row)
    answer = secretary.get(page_of(row))
    assert b'href="https://example.org/verbale"' in answer.content
    row.refresh_from_db()
    assert (row.state, row.version) == ("done", 2)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"state": "done"}, "note"),
        ({"state": "dropped"}, "note"),
        ({"state": "open"}, "note"),
        ({"state": ""}, "state"),
        ({"on": "2999-01-01"}, "on"),
        ({"due": ""}, "due"),
        ({"no_owner": ""}, "owner"),
        ({"address": "javascript:alert(1)"}, "address"),
    ],
)
def test_a_step_that_lacks_something_keeps_what_was_typed(
    secretary: Client, network: Network, told: dict[str, str], field: str
) -> None:
    row = a_commitment(network)
    answer = secretary.post(page_of(row), stepped(row, **told))
    assert answer.status_code == 200
    assert list(answer.context["form"].form.errors) == [field]
    assert CommitmentStep.objects.count() == 1


def test_who_takes_a_step_second_sees_how_it_stands(secretary: Client, network: Network) -> None:
    row = a_commitment(network)
    sent = stepped(row, note="La mia.")
    take_step(commitment=row, version=1, state="partly", note="La loro.", by=OPERATOR)
    answer = secretary.post(page_of(row), sent)
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "La loro." in told
    assert "La mia." in told
    again = {"form_key": str(uuid4()), "version": "2"}
    assert secretary.post(page_of(row), {**sent, **again}).status_code == 302


def test_who_puts_it_otherwise_second_sees_both(secretary: Client, network: Network) -> None:
    row = a_commitment(network)
    page = f"{page_of(row)}modifica/"
    sent = {"form_key": str(uuid4()), "version": "1", "name": "Mio", "details": "", "source": ""}
    edit_commitment(commitment=row, version=1, name="Loro", public=True, by=OPERATOR)
    answer = secretary.post(page, sent)
    assert answer.status_code == 409
    told = text(answer)
    for words in ("Loro", "Mio", "sì", "no"):
        assert words in told
    sent |= {"form_key": str(uuid4()), "version": "2"}
    assert secretary.post(page, sent)["Location"] == page_of(row)
    row.refresh_from_db()
    assert row.name == "Mio"


def test_a_member_reads_and_a_stranger_finds_nothing(
    network: Network, member: Client, stranger: Client, secretary: Client
) -> None:
    row = a_commitment(network)
    assert names(member.get(LIST)) == ["Aprire uno sportello"]
    assert member.get(page_of(row)).context["form"] is None
    told = {
        path: [client.get(path).status_code for client in (member, stranger)]
        for path in (LIST, page_of(row), f"{LIST}nuovo/", f"{page_of(row)}modifica/")
    }
    assert told == {
        LIST: [200, 404],
        page_of(row): [200, 404],
        f"{LIST}nuovo/": [404, 404],
        f"{page_of(row)}modifica/": [404, 404],
    }
    assert member.post(page_of(row), stepped(row)).status_code == 404
    absent = f"{LIST}{uuid4()}/"
    hidden = stranger.get(page_of(row)).content.replace(str(row.uid).encode(), b"")
    assert hidden == stranger.get(absent).content.replace(absent.split("/")[-2].encode(), b"")
    assert stranger.get(f"{LIST}elenco.csv").status_code == 404


def test_what_is_public_is_read_without_the_names_of_clerks(
    secretary: Client, stranger: Client, owner: Organisation
) -> None:
    secretary.post(f"{LIST}nuovo/", entered(public="on"))
    row = Commitment.objects.get()
    told = text(stranger.get(page_of(row)))
    assert "Aprire uno sportello" in told
    assert "Chiara Neri" not in told


def test_what_another_network_keeps_is_not_in_the_list(secretary: Client) -> None:
    other = a_founded_network("monte", "Rete del monte")
    row = a_commitment(other)
    a_commitment(other, "Pubblico", public=True)
    assert names(secretary.get(LIST)) == []
    assert secretary.get(page_of(row)).status_code == 404


def test_the_panel_tells_what_was_promised(network: Network, owner: Organisation) -> None:
    assert promised(owner, actor=ANONYMOUS, on=TODAY) is None
    for number in range(12):
        a_commitment(network, f"Impegno {number:02}", owner=owner, public=True)
    table = promised(owner, actor=ANONYMOUS, on=TODAY)
    assert table is not None
    assert [row.cells[0].value for row in table.rows] == [f"Impegno {n:02}" for n in range(10)]
    assert {row.cells[0].href for row in table.rows} == {""}
    assert (table.paging.shown, table.paging.total) == (10, 12)  # type: ignore[union-attr]


def test_the_list_costs_the_same_for_one_and_for_200(
    secretary: Client, network: Network, owner: Organisation
) -> None:
    made, found = 0, []
    for number in ENOUGH:
        for _more in range(number - made):
            a_commitment(network, owner=owner)
        made = number
        found.append((queries_of(secretary, LIST), queries_of(secretary, f"{LIST}elenco.csv")))
    assert len(set(found)) == 1, found
    assert max(found[0]) <= WORK


def test_a_long_history_costs_the_same(secretary: Client, network: Network) -> None:
    row, found = a_commitment(network), []
    for number in ENOUGH:
        while row.version < number:
            take_step(commitment=row, version=row.version, state="open", note="x", by=OPERATOR)
        found.append(queries_of(secretary, page_of(row)))
    assert len(set(found)) == 1, found
    assert found[0] <= WORK
