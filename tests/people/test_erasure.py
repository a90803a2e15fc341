"""Erasure: whoever is forgotten is found in no table, no file and no letter any more."""

import json
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client

from tavolo.desk.choices import Happened
from tavolo.desk.models import Notification
from tavolo.documents.actions import add_document
from tavolo.documents.intake import Kept as KeptFile
from tavolo.documents.models import KeptLonger
from tavolo.imports.models import Batch, Change, Row
from tavolo.journal.actions import seal
from tavolo.journal.models import Entry
from tavolo.journal.queries import breaks, entries_naming
from tavolo.kernel import blobs, clock
from tavolo.kernel.actor import OPERATOR, Actor, actor_of
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import Network
from tavolo.messages.actions import enqueue_email
from tavolo.messages.models import Message, PecMessage
from tavolo.messages.pec.choices import Integrity, PecKind, Trust, Way
from tavolo.people.actions import change_names, erase_person, invite, receive_request
from tavolo.people.models import Account, CorrectionRequest, Invitation, Person, Session
from tavolo.people.plugs import personal_data
from tavolo.people.queries import held_about, knowledge_of
from tavolo.registry.actions import (
    affiliate,
    appoint_secretary,
    enter_fact,
)
from tavolo.registry.errors import LastSecretary
from tavolo.registry.models import (
    Affiliation,
    Commitment,
    CommitmentStep,
    Delegation,
    NetworkOffice,
    OfficeHolding,
    Organisation,
    Representation,
)
from tavolo.search.models import SearchChange
from tests.factories.counting import ENOUGH
from tests.factories.people import PASSWORD, an_account, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary, a_participant, acting

pytestmark = pytest.mark.django_db
GIVEN, FAMILY = "Zenobià", "Plantamura"
EMAIL = "zenobia.plantamura@rete.example"
PLANTED = ("zenobi", "plantamura")

# A PEC proves something only as a whole: it stays, and the answer says why.
WHOLE = {"messages_pecmessage"}


def everything() -> Iterator[tuple[str, str]]:
    """Every row of every table as text, with the name of its table."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, json.dumps(row, default=_text, ensure_ascii=False).lower()


def _text(value: object) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def found_in() -> set[str]:
    return {table for table, row in everything() if any(word in row for word in PLANTED)}


@pytest.fixture
def planted(client: Client) -> Person:
    """Somebody who is known in every room: named, invited, written to, imported, in office."""
    network, _secretary = a_network_with_secretary()
    account = with_second_factor(an_account(EMAIL, GIVEN, FAMILY))
    person, organisation = account.person, a_participant(network, "Comune di Valle")
    sign_in(client, account)
    invite(email=EMAIL, network=network, by=OPERATOR)
    affiliate(person=person, organisation=organisation, function="delegata", by=OPERATOR)
    appoint_secretary(network=network, person=person, act="determina 1/2026", by=OPERATOR)
    hers = {"person": person, "organisation": organisation}
    office = enter_fact(fact=OfficeHolding(title="mayor", form="feminine", **hers), by=OPERATOR)
    matter = Delegation(theme="equal_opportunities", holding=office.uid, **hers)
    enter_fact(fact=matter, by=OPERATOR)
    enter_fact(fact=Representation(capacity="delegate", network=network, **hers), by=OPERATOR)
    receive_request(
        page="", wish="removal", name=f"{GIVEN} {FAMILY}", email=EMAIL, text="x", by=OPERATOR
    )
    a_letter("segreteria@valle.example", f"Ha risposto {GIVEN} {FAMILY}.")
    a_letter(EMAIL, "Benvenuta.")
    told = Notification(kind=Happened.INVITATION_ACCEPTED, subject=uuid4(), fact=uuid4())
    told.person, told.at, told.about = person, clock.now(), f"{GIVEN} {FAMILY}"
    told.save()
    a_document(person, organisation)
    a_pec(network)
    batch = a_batch([[GIVEN, FAMILY, "sindaca"]])
    Change.objects.create(batch=batch, number=2, subject="x", label=f"{FAMILY} {GIVEN}")
    change_names(person=person, version=1, given_name=GIVEN, family_name=FAMILY, by=acting(person))
    return person


def a_letter(to: str, text: str) -> None:
    (row,) = enqueue_email(EmailMessage("Lettera", text, to=[to]))
    Message.objects.filter(pk=row.pk).update(state="sent")


def a_document(person: Person, organisation: Organisation) -> None:
    """Entered by her, and kept longer as she decided."""
    blob = blobs.store([b"%PDF-1.7 statuto"])
    file = KeptFile(
        digest=blob.digest, size=blob.size, file_name="statuto.pdf", media_type="application/pdf"
    )
    document = add_document(
        holder=("organisation", organisation.uid),
        network=organisation.steward,
        file=file,
        title="Statuto",
        visibility="public",
        by=acting(person),
    )
    KeptLonger.objects.create(
        document=document, reason="Causa in corso", decided_by=person, decided_at=clock.now()
    )


def a_pec(network: Network) -> None:
    now = clock.now()
    PecMessage.objects.create(
        network=network,
        year=now.year,
        number=1,
        content=blobs.store([b"From: una PEC"]),
        way=Way.UPLOAD,
        received_at=now,
        kind=PecKind.TRANSPORT,
        integrity=Integrity.WHOLE,
        trust=Trust.TRUSTED,
        sender=EMAIL,
        subject="Istanza",
        addresses=f" {EMAIL} ",
    )


def a_batch(cells: list[list[str]]) -> Batch:
    now = clock.now()
    batch = Batch.objects.create(kind="offices", file_name="x.csv", received_at=now, moved_at=now)
    Row.objects.bulk_create(Row(batch=batch, number=2 + n, cells=c) for n, c in enumerate(cells))
    return batch


def test_the_planted_name_is_where_it_should_be_before(planted: Person) -> None:
    assert found_in() >= {
        "people_person",
        "people_account",
        "people_invitation",
        "people_correctionrequest",
        "journal_entryvalue",
        "imports_row",
        "imports_change",
        "messages_message",
        "messages_pecmessage",
        "desk_notification",
    }


def test_afterwards_it_is_in_no_table(planted: Person) -> None:
    erase_person(person=planted, by=OPERATOR)
    assert found_in() == WHOLE
    planted.refresh_from_db()
    assert planted.name == f"P-{planted.uid.hex[:8]}"


def test_what_stays_is_said_with_its_reason(planted: Person) -> None:
    kept = erase_person(person=planted, by=OPERATOR)
    assert [str(each.why).count("GDPR") for each in kept] == [1] * len(kept)
    # The journal's entries, her office, what she entered, what she decided, the PEC.
    assert len(kept) == 5
    office = OfficeHolding.objects.known().get()
    assert (office.person, office.valid_until) == (planted, None)
    assert Delegation.objects.known().get().person == planted
    assert erase_person(person=planted, by=OPERATOR) == []


def test_whatever_gave_rights_has_ended(planted: Person) -> None:
    account = Account.objects.get(person=planted)
    erase_person(person=planted, by=OPERATOR)
    account.refresh_from_db()
    tomorrow = clock.today() + timedelta(days=1)
    assert not account.is_active
    assert not Session.objects.filter(account=account).exists()
    assert actor_of(planted.uid, on=tomorrow).roles == frozenset()
    assert not Affiliation.objects.known().filter(person=planted, valid_until=None).exists()
    assert not Representation.objects.known().filter(valid_until=None).exists()
    assert not NetworkOffice.objects.filter(person=planted, valid_until=None).exists()
    assert not Invitation.objects.filter(person=planted, revoked_at=None).exists()
    request = CorrectionRequest.objects.get()
    assert (request.email, request.words, request.state) == ("", "", "removed")


def test_the_journal_still_holds_and_says_less(planted: Person) -> None:
    entries = Entry.objects.count()
    erase_person(person=planted, by=OPERATOR)
    seal()
    assert breaks() == []
    assert Entry.objects.count() > entries
    assert not entries_naming([(FAMILY,)]).exists()


def test_the_search_index_is_told(planted: Person) -> None:
    last = SearchChange.objects.order_by("-id").values_list("id", flat=True).first() or 0
    organisation = Affiliation.objects.get().organisation
    erase_person(person=planted, by=OPERATOR)
    told = set(SearchChange.objects.filter(id__gt=last).values_list("uid", flat=True))
    assert {planted.uid, organisation.uid} <= told


def test_a_namesake_in_another_file_stays() -> None:
    person, other = an_account("a@x.example", "Ada", "Rossi").person, a_batch([["Ada", "Bianchi"]])
    hers = a_batch([["ADA", "ROSSI"], ["Carla", "Neri"]])
    erase_person(person=person, by=OPERATOR)
    other.refresh_from_db()
    hers.refresh_from_db()
    assert (other.emptied_at, hers.emptied_at is None) == (None, False)
    assert Row.objects.filter(batch=other).count() == 1


def test_the_last_secretary_hands_over_first(client: Client) -> None:
    _network, account = a_network_with_secretary()
    with pytest.raises(LastSecretary):
        erase_person(person=account.person, by=acting(account.person))
    account.refresh_from_db()
    assert account.is_active
    assert account.person.name == "Chiara Neri"


def test_who_has_not_accepted_yet_is_no_successor() -> None:
    network, account = a_network_with_secretary()
    invitation, _token = invite(email="nuova@valle.example", network=network, by=OPERATOR)
    appoint_secretary(network=network, person=invitation.person, act="x", by=OPERATOR)
    with pytest.raises(LastSecretary):
        erase_person(person=account.person, by=OPERATOR)


def test_a_step_of_a_commitment_stays_and_says_so() -> None:
    network, _secretary = a_network_with_secretary()
    person = an_account().person
    commitment = Commitment.objects.create(
        network=network,
        name="Aprire lo sportello",
        no_owner=True,
        no_due=True,
        created_at=clock.now(),
    )
    CommitmentStep.objects.create(
        commitment=commitment, state="done", on=clock.today(), at=clock.now(), person=person
    )
    kept = erase_person(person=person, by=OPERATOR)
    assert CommitmentStep.objects.get().commitment == commitment
    assert len(kept) == 1


class TestOwnData:
    def test_every_room_says_what_it_holds(self, planted: Person) -> None:
        assert [plug.key for plug, _held in held_about(planted)] == [
            "people.person",
            "people.requests",
            "registry.offices",
            "documents.entered",
            "documents.kept_longer",
            "messages.letters",
            "desk.notifications",
            "messages.pec",
            "people.imports",
            "people.journal",
        ]
        assert {plug.key for plug, _held in held_about(planted)} == {p.key for p in personal_data}

    def test_she_sees_it_and_takes_it_away(self, planted: Person, client: Client) -> None:
        page = client.get("/accesso/account/dati/").content.decode()
        for word in (GIVEN, FAMILY, EMAIL, "Comune di Valle", "x.csv"):
            assert word in page
        told = json.loads(client.get("/accesso/account/dati.json").content)
        assert told["person"] == str(planted.uid)
        says = {row["says"] for room in told["held"] for row in room["rows"]}
        assert {GIVEN, FAMILY, EMAIL} <= says
        table = client.get("/accesso/account/dati.csv").content.decode("utf-8-sig")
        assert table.count(EMAIL) >= 1
        assert client.get("/accesso/account/dati.pdf").status_code == 404

    @pytest.mark.parametrize("number", ENOUGH)
    def test_it_costs_the_same_however_much_there_is(
        self, planted: Person, number: int, django_assert_max_num_queries
    ) -> None:
        row = Affiliation.objects.get()
        Affiliation.objects.bulk_create(
            Affiliation(
                person=planted,
                organisation=row.organisation,
                recorded_at=clock.now(),
                valid_from=clock.today() - timedelta(days=2 * each + 2),
                valid_until=clock.today() - timedelta(days=2 * each + 1),
            )
            for each in range(number)
        )
        # Ten kinds of data; documents, notifications and PEC ask one each, and PEC for her addresses too.
        with django_assert_max_num_queries(32):
            held_about(planted)

    def test_she_erases_herself_with_her_password(self, planted: Person, client: Client) -> None:
        address = "/accesso/account/cancella/"
        wrong = client.post(address, {"password": "another one"})
        assert wrong.status_code == 200
        planted.refresh_from_db()
        assert planted.erased_at is None
        done = client.post(address, {"password": PASSWORD}).content.decode()
        assert "GDPR" in done
        assert client.get("/accesso/account/").status_code == 302
        assert found_in() == WHOLE

    def test_the_last_secretary_is_told_on_the_page(self, client: Client) -> None:
        _network, account = a_network_with_secretary()
        sign_in(client, with_second_factor(account))
        page = client.post("/accesso/account/cancella/", {"password": PASSWORD})
        assert str(LastSecretary.sentence) in page.content.decode()

    def test_nobody_sees_it_without_signing_in(self, client: Client) -> None:
        for path in ("dati/", "dati.json", "cancella/"):
            assert client.get(f"/accesso/account/{path}").status_code == 302


def test_who_acts_for_another_does_not_erase_her() -> None:
    person = an_account().person
    deputy = Actor(person=uuid4(), acting_for=person.uid)
    with pytest.raises(NotAllowed):
        erase_person(person=person, by=deputy)


def test_who_is_known_by_whom() -> None:
    network, _secretary = a_network_with_secretary()
    person, organisation = Person.objects.create(name="x"), a_participant(network)
    assert knowledge_of(person).networks == frozenset()
    enter_fact(
        fact=OfficeHolding(
            person=person, organisation=organisation, title="mayor", form="feminine"
        ),
        by=OPERATOR,
    )
    assert knowledge_of(person).networks == {network.uid}
    assert knowledge_of(person).signs_in is False
