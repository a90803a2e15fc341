"""What programs do by a key: the same acts as the pages', once, in their owner's name."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.people.actions import make_token
from tavolo.people.models import Account
from tavolo.registry.actions import add_commitment
from tavolo.registry.models import Commitment, CommitmentStep, NetworkOffice, Organisation, Proposal
from tests.factories.people import an_account, with_second_factor
from tests.factories.registry import a_network_with_secretary, an_organisation

pytestmark = pytest.mark.django_db

SCOPES = ("organisations:propose", "commitments:step")


def a_key(account: Account, *scopes: str) -> str:
    with_second_factor(account)
    by = Actor(person=account.person.uid)
    _row, text = make_token(account=account, name="Prova", days=9, scopes=scopes or SCOPES, by=by)
    return text


class Program:
    """What asks with a key."""

    def __init__(self, key: str) -> None:
        self.client, self.key = Client(), key

    def send(self, path: str, sent: Any, *, once: str = "") -> tuple[int, dict[str, Any]]:
        answer = self.client.post(
            f"/api/v1/{path}",
            json.dumps(sent),
            content_type="application/json",
            HTTP_AUTHORIZATION=f"Bearer {self.key}",
            HTTP_IDEMPOTENCY_KEY=once or str(uuid4()),
        )
        return answer.status_code, answer.json()

    def read(self, path: str) -> dict[str, Any]:
        answer = self.client.get(f"/api/v1/{path}", HTTP_AUTHORIZATION=f"Bearer {self.key}")
        assert answer["Cache-Control"] == "private, no-store"
        return answer.json()


@pytest.fixture
def commitment() -> Commitment:
    network, account = a_network_with_secretary()
    row = add_commitment(
        network=network, name="Regolamento", no_owner=True, no_due=True, by=OPERATOR
    )
    row.account = account  # type: ignore[attr-defined]
    return row


@pytest.fixture
def program(commitment: Commitment) -> Program:
    return Program(a_key(commitment.account))  # type: ignore[attr-defined]


def a_step(**more: Any) -> dict[str, Any]:
    return {"version": 1, "state": "in_progress", "note": "Avviato."} | more


def told() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("action", flat=True))


def test_a_step_is_taken_with_a_note_that_a_program_did_it(commitment, program):
    status, said = program.send(f"commitments/{commitment.uid}/steps", a_step())

    assert (status, said["state"], said["version"]) == (201, "in_progress", 2)
    commitment.refresh_from_db()
    assert commitment.state == "in_progress"
    assert told()[-2:] == ["registry.commitment_moved", "people.acted_by_token"]
    note = Entry.objects.get(action="people.acted_by_token").kept.text
    assert json.loads(note)["address"] == f"/api/v1/commitments/{commitment.uid}/steps"


def test_the_same_again_does_nothing_twice_and_answers_the_same(commitment, program):
    path, once = f"commitments/{commitment.uid}/steps", str(uuid4())
    first = program.send(path, a_step(), once=once)

    assert program.send(path, a_step(), once=once) == first
    assert CommitmentStep.objects.count() == 2
    status, said = program.send(path, a_step(note="Altro."), once=once)
    assert (status, said["type"].split("#")[1]) == (409, "key-used-otherwise")


def test_whoever_wrote_first_wins_and_both_versions_are_shown(commitment, program):
    path = f"commitments/{commitment.uid}/steps"
    program.send(path, a_step())
    status, said = program.send(path, a_step(state="done"))

    assert status == 409
    assert (said["theirs"]["version"], said["theirs"]["state"]) == (2, "in_progress")
    assert (said["yours"]["version"], said["yours"]["state"]) == (1, "done")
    assert CommitmentStep.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"state": "done", "note": ""}, 409),
        ({"state": "open"}, 201),
        ({"state": "fatto"}, 400),
        ({"version": 0}, 400),
        ({"version": "1; DROP TABLE"}, 400),
        ({"note": "\x00"}, 400),
        ({"note": "\ud800"}, 400),
        ({"note": "x" * 4001}, 400),
        ({"address": "javascript:alert(1)"}, 400),
        ({"on": "2999-01-01"}, 409),
        ({"on": "ieri"}, 400),
        ({"owner": "chiunque"}, 400),
        ({"due": None, "no_due": True}, 201),
    ],
)
def test_what_a_step_may_say(commitment, program, more, status):
    answered, said = program.send(f"commitments/{commitment.uid}/steps", a_step(**more))

    assert (answered, said) == (status, said)


def test_a_key_does_what_it_was_made_for(commitment):
    only = Program(a_key(commitment.account, "organisations:propose"))
    status, said = only.send(f"commitments/{commitment.uid}/steps", a_step())

    assert (status, said["type"].split("#")[1]) == (403, "token-not-for-this")


def test_without_key_nothing_is_looked_at(commitment):
    path = f"/api/v1/commitments/{commitment.uid}/steps"
    for body in ("", "{", json.dumps(a_step())):
        answer = Client().post(path, body, content_type="application/json")
        assert answer.status_code == 401
    assert Client().get("/api/v1/commitments").status_code == 401
    assert Client().get(path).status_code == 405
    assert Client().options(path)["Allow"] == "POST, OPTIONS"


def test_a_stranger_sees_no_commitment_and_moves_none(commitment):
    stranger = Program(a_key(an_account()))

    assert stranger.read("commitments")["items"] == []
    for uid in (commitment.uid, uuid4()):
        status, said = stranger.send(f"commitments/{uid}/steps", a_step())
        assert (status, said["type"].split("#")[1]) == (404, "not-found")


def test_a_public_commitment_is_seen_and_not_moved_by_a_stranger(commitment):
    Commitment.objects.update(public=True)
    stranger = Program(a_key(an_account()))

    status, _said = stranger.send(f"commitments/{commitment.uid}/steps", a_step())
    assert status == 403
    assert CommitmentStep.objects.count() == 1


def test_when_the_office_ends_the_key_does_nothing_more(commitment, program):
    today = clock.today()
    ended = {"valid_from": today - timedelta(days=9), "valid_until": today}
    NetworkOffice.objects.filter(network=commitment.network).update(**ended)

    assert program.read("commitments")["items"] == []
    assert program.send(f"commitments/{commitment.uid}/steps", a_step())[0] == 404


@pytest.mark.parametrize("number", [1, 10, 60])
def test_commitments_are_read_in_as_many_questions_however_many_there_are(
    commitment, program, number, django_assert_max_num_queries
):
    for each in range(number - 1):
        add_commitment(
            network=commitment.network, name=f"N. {each}", no_owner=True, no_due=True, by=OPERATOR
        )
    program.read("commitments")
    with django_assert_max_num_queries(16):
        assert program.read("commitments?limit=200")["total"] == number


@pytest.fixture
def aurora() -> Organisation:
    network, _account = a_network_with_secretary("costa")
    return an_organisation(network, "Aurora")


def proposed(**values: Any) -> dict[str, Any]:
    return {"network": "valle", "reason": "dal sito", "values": {"name": "Aurora ODV"} | values}


def test_a_change_is_proposed_and_nothing_of_the_organisation_written(aurora, program):
    status, said = program.send(f"organisations/{aurora.uid}/proposals", proposed())

    row = Proposal.objects.get()
    assert status == 201
    assert (said["uid"], said["values"]) == (str(row.uid), {"name": "Aurora ODV"})
    aurora.refresh_from_db()
    assert aurora.name == "Aurora"
    assert told()[-2:] == ["registry.change_proposed", "people.acted_by_token"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (proposed() | {"network": "costa"}, 403),
        (proposed() | {"network": "nessuna"}, 403),
        (proposed() | {"reason": ""}, 400),
        (proposed(name="Aurora"), 409),
        (proposed(website="javascript:1"), 409),
        (proposed(tax_code="1"), 409),
        (proposed(municipality="Non c’è"), 409),
        (proposed(steward="valle"), 400),
        ([], 400),
    ],
)
def test_what_cannot_be_proposed(aurora, program, sent, status):
    assert program.send(f"organisations/{aurora.uid}/proposals", sent)[0] == status
    assert not Proposal.objects.exists()


def test_an_act_that_is_refused_leaves_its_number_free(aurora, program):
    path, once = f"organisations/{aurora.uid}/proposals", str(uuid4())
    assert program.send(path, proposed(name="Aurora"), once=once)[0] == 409
    assert program.send(path, proposed(), once=once)[0] == 201


def test_without_a_number_nothing_is_done(aurora, program):
    for once in ("1", " ", "x" * 300):
        assert (
            program.send(f"organisations/{aurora.uid}/proposals", proposed(), once=once)[0] == 400
        )
    assert not Proposal.objects.exists()
