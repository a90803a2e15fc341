"""An organisation takes along what it entered and what concerns it, and nothing of others."""

import csv
import io
import json
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tavolo.documents.models import Document, Version
from tavolo.journal.models import Entry
from tavolo.kernel import blobs, clock
from tavolo.kernel.actor import OPERATOR, Actor, Role
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import travels
from tavolo.people.models import Account
from tavolo.registry.actions import (
    add_commitment,
    admit_organisation,
    enter_fact,
    propose_change,
    take_along,
)
from tavolo.registry.choices import HOLDS_PAPERS
from tavolo.registry.models import Contact, Organisation
from tavolo.registry.queries.taking import OWN, taken_by
from tests.factories.people import a_person, an_account, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary, a_participant, acting_for

pytestmark = pytest.mark.django_db

HERE = "/lavoro/organizzazioni/casa-delle-donne/porta-via/"
PLANTED = "Riservatissimo"


@pytest.fixture
def network() -> Network:
    network, account = a_network_with_secretary("valle")
    with_second_factor(account)
    return network


@pytest.fixture
def house(network: Network) -> Organisation:
    house = a_participant(network, "Casa delle donne")
    member = with_second_factor(an_account("bianca@casa.example", "Bianca", "Verdi"))
    acting_for(house, member.person)
    contact(house, "interna@casa.example")
    commitment = add_commitment(
        network=network, name="=Aprire lo sportello", owner=house, no_due=True, by=OPERATOR
    )
    paper(network, house, "Statuto", "private", b"what the statute says")
    _others(network)
    assert commitment.owner == house
    return house


def contact(organisation: Organisation, value: str) -> None:
    fact = Contact(organisation=organisation, channel="email", value=value, public=False)
    enter_fact(fact=fact, by=OPERATOR)


def paper(
    network: Network, holder: Organisation, title: str, visibility: str, content: bytes
) -> None:
    document = Document.objects.create(
        network=network,
        holder_kind=HOLDS_PAPERS,
        holder_uid=holder.uid,
        title=title,
        visibility=visibility,
        created_at=clock.now(),
    )
    blob = blobs.store([content])
    Version.objects.create(
        document=document,
        number=1,
        blob=blob,
        digest=blob.digest,
        file_name="carta.pdf",
        media_type="application/pdf",
        size=blob.size,
        entered_at=clock.now(),
    )


def _others(network: Network) -> None:
    """What is other members' business, each time in a word that can be looked for."""
    other = a_participant(network, "Altra associazione")
    acting_for(other, a_person(PLANTED, PLANTED))
    contact(other, f"{PLANTED}@altra.example")
    add_commitment(network=network, name=PLANTED, owner=other, no_due=True, by=OPERATOR)
    paper(network, other, PLANTED, "public", PLANTED.encode())


def opened(client: Client) -> ZipFile:
    answer = client.post(HERE)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    return ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


@pytest.fixture
def archive(house: Organisation, client: Client) -> ZipFile:
    return opened(sign_in(client, Account.objects.get(email="bianca@casa.example")))


def test_it_holds_what_is_the_organisation_s(archive: ZipFile) -> None:
    told = json.loads(archive.read("dati.json"))
    tables: dict[str, list[dict[str, Any]]] = told["tables"]
    assert [row["value"] for row in tables["registry.Contact"]] == ["interna@casa.example"]
    assert [row["person"]["name"] for row in tables["registry.Affiliation"]] == ["Bianca Verdi"]
    assert [row["network"]["address"] for row in tables["registry.Participation"]] == ["valle"]
    assert [row["name"] for row in tables["registry.Commitment"]] == ["=Aprire lo sportello"]
    assert {act["action"] for act in told["acts"]} >= {
        "registry.organisation_added",
        "registry.fact_entered",
        "registry.organisation_data_taken",
    }
    papers = [name for name in archive.namelist() if name.startswith("documenti/")]
    assert [archive.read(name) for name in papers] == [b"what the statute says"]


def test_a_person_reads_it_with_a_browser_and_a_spreadsheet(archive: ZipFile) -> None:
    page = archive.read("index.html").decode()
    assert "<h1>Casa delle donne</h1>" in page
    assert "<script" not in page
    tables = [name for name in archive.namelist() if name.startswith("tabelle/")]
    assert all(f'href="{name}"' in page for name in tables)
    commitments = archive.read("tabelle/impegni.csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(commitments), delimiter=";"))
    # A spreadsheet takes it for words, not for a formula.
    assert any(cell == "'=Aprire lo sportello" for cell in rows[1])


def test_nothing_of_others_is_in_it(archive: ZipFile) -> None:
    whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"interna@casa.example" in whole
    assert PLANTED.encode() not in whole
    assert b"segreteria@valle.example" not in whole
    # The secretary is no person of its own: what she did is told without her name.
    assert b"Chiara Neri" not in whole
    assert b'"values": {' not in whole


def test_who_did_it_is_named_where_she_is_its_own(house: Organisation, client: Client) -> None:
    account = Account.objects.get(email="bianca@casa.example")
    told = json.loads(opened(sign_in(client, account)).read("dati.json"))
    by = {act["action"]: act["by"] for act in told["acts"]}
    assert by["registry.organisation_data_taken"] == "Bianca Verdi"
    assert by["registry.organisation_added"] == ""


def test_a_proposal_about_it_is_in_it(house: Organisation, client: Client) -> None:
    other, _account = a_network_with_secretary("monte")
    propose_change(
        organisation=house,
        network=other,
        values={"website": "https://www.example.org"},
        reason="manca",
        by=OPERATOR,
    )
    account = Account.objects.get(email="bianca@casa.example")
    told = json.loads(opened(sign_in(client, account)).read("dati.json"))
    rows = told["tables"]["registry.Proposal"]
    assert [row["values"] for row in rows] == [{"website": "https://www.example.org"}]


def test_the_secretariat_of_its_steward_takes_it_too(house: Organisation, client: Client) -> None:
    sign_in(client, Account.objects.get(email="segreteria@valle.example"))
    assert "Scarica il file" in client.get(HERE).content.decode()
    assert "dati.json" in opened(client).namelist()


def test_its_secretariat_learns_nothing_of_another_network(
    house: Organisation, client: Client, new_client: Any
) -> None:
    other, _account = a_network_with_secretary("monte")
    admit_organisation(network=other, organisation=house, since=clock.today(), by=OPERATOR)
    add_commitment(network=other, name=f"{PLANTED} là", owner=house, no_due=True, by=OPERATOR)
    member = sign_in(client, Account.objects.get(email="bianca@casa.example"))
    assert sorted(commitments_in(opened(member))) == ["=Aprire lo sportello", f"{PLANTED} là"]
    secretary = sign_in(new_client(), Account.objects.get(email="segreteria@valle.example"))
    archive = opened(secretary)
    assert commitments_in(archive) == ["=Aprire lo sportello"]
    whole = b"".join(archive.read(name) for name in archive.namelist())
    assert PLANTED.encode() not in whole


def commitments_in(archive: ZipFile) -> list[str]:
    rows = json.loads(archive.read("dati.json"))["tables"]["registry.Commitment"]
    return [row["name"] for row in rows]


def test_for_others_it_is_not_there(house: Organisation, client: Client, new_client: Any) -> None:
    _other, account = a_network_with_secretary("monte")
    sign_in(client, with_second_factor(account))
    stranger = sign_in(new_client(), with_second_factor(an_account("chi@altrove.example")))
    for browser in (client, stranger):
        assert (browser.get(HERE).status_code, browser.post(HERE).status_code) == (404, 404)
    assert new_client().get(HERE).status_code == 302
    assert not Entry.objects.filter(action="registry.organisation_data_taken").exists()


def test_nobody_takes_it_in_another_s_place(house: Organisation) -> None:
    role = Role("organisation_member", house.steward.uid, ("organisation", house.uid))
    member = a_person().uid
    deputy = Actor(person=a_person().uid, acting_for=member, roles=frozenset({role}))
    with pytest.raises(NotAllowed):
        take_along(organisation=house, by=deputy)
    take_along(organisation=house, by=Actor(person=member, roles=frozenset({role})))


@pytest.mark.parametrize("rows", [1, 10, 200])
def test_as_many_questions_for_many_rows_as_for_one(house: Organisation, rows: int) -> None:
    Contact.objects.bulk_create(
        Contact(organisation=house, channel="phone", value=f"0583 {n}", recorded_at=clock.now())
        for n in range(rows)
    )
    with CaptureQueriesContext(connection) as queries:
        taken_by(house, actor=OPERATOR)
    # One a kind, and one for each way in which somebody is its own.
    assert len(queries) == len([t for t in travels if t.of_organisation]) + len(OWN)
