"""The worker does what was asked, as the person who asked, once; whatever happens to it meanwhile."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from tavolo.imports import jobs
from tavolo.imports.actions import check_batch, start, undo_batch
from tavolo.imports.actions.failing import fail_work
from tavolo.imports.choices import Work
from tavolo.imports.errors import KindFailed
from tavolo.imports.models import Batch
from tavolo.imports.queries import sentence_of
from tavolo.imports.retention import KEPT_FOR
from tavolo.kernel import clock, schedule
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role, role_sources
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import DatedValue, Network, NetworkSetting
from tests.factories.people import a_network
from tests.imports.batches import acts, checked, received, values
from tests.imports.toy import TOY, csv_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("toy")]

GOOD = csv_of(("a", 1, "here"), ("b", 2, ""))


def work() -> None:
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)


def fresh(batch: Batch) -> Batch:
    return Batch.objects.select_related("network").get(pk=batch.pk)


def told(batch: Batch) -> tuple[str, str, str]:
    now = fresh(batch)
    return now.state, now.work, sentence_of(now.problem)


def test_the_worker_reads_imports_and_undoes() -> None:
    batch = start(batch=received(GOOD), work=Work.READING, by=OPERATOR)
    assert told(batch) == ("received", "reading", "")
    work()
    assert told(batch) == ("checked", "", "")
    start(batch=fresh(batch), work=Work.APPLYING, by=OPERATOR)
    work()
    assert (told(batch), values()) == (("applied", "", ""), [("a", 1, "here"), ("b", 2, "")])
    start(batch=fresh(batch), work=Work.UNDOING, by=OPERATOR)
    work()
    assert (told(batch), values()) == (("undone", "", ""), [])
    start(batch=fresh(batch), work=Work.CHECKING, by=OPERATOR)
    work()
    assert told(batch) == ("checked", "", "")
    assert fresh(batch).job is None


def test_how_it_is_to_be_done_goes_with_the_job() -> None:
    batch = checked(csv_of(("a", 1, ""), ("b", "x", "")))
    start(batch=batch, work=Work.APPLYING, by=OPERATOR)
    work()
    state, doing, problem = told(batch)
    assert (state, doing, problem[:19]) == ("checked", "", "Righe con errori: 1")
    start(batch=fresh(batch), work=Work.APPLYING, by=OPERATOR, without_faulty=True)
    work()
    assert (told(batch), values()) == (("applied", "", ""), [("a", 1, "")])
    DatedValue.objects.update(value=8)
    start(batch=fresh(batch), work=Work.UNDOING, by=OPERATOR)
    work()
    assert told(batch)[2].startswith("Dati cambiati dopo questa importazione: 1.")
    start(batch=fresh(batch), work=Work.UNDOING, by=OPERATOR, leave_changed=True)
    work()
    assert (told(batch), values()) == (("undone", "", ""), [("a", 8, "")])


def test_what_the_worker_met_is_said_in_the_language_of_whoever_reads() -> None:
    batch = checked(GOOD)
    DatedValue.objects.create(key="a", value=5, source="")
    with translation.override("en"):
        start(batch=batch, work=Work.APPLYING, by=OPERATOR)
    work()
    assert told(batch)[2].startswith("Nel frattempo i dati presenti sono cambiati")
    with translation.override("en"):
        assert told(batch)[2].startswith("What is there has changed since")
    assert fresh(batch).counts == {"change": 1, "create": 1}
    assert acts(batch)[-2:] == ["imports.batch_checked", "imports.work_failed"]


class Held:
    """Rights by a dated fact, as the rooms above have them."""

    key = "tests.held"

    def __init__(self, person: Any, network: Network) -> None:
        self.person, self.network, self.gone = person, network, False

    def roles(self, person: Any, network: Any, on: Any) -> set[Role]:
        mine = person == self.person and not self.gone
        return {Role("network_secretary", self.network.uid)} if mine else set()


@pytest.fixture
def held() -> Any:
    source = role_sources.add(Held(uuid4(), a_network("valle")))  # type: ignore[arg-type]
    yield source
    role_sources._plugs.pop("tests.held")


def somebody(held: Held) -> Actor:
    return Actor(person=held.person, roles=frozenset({Role("network_secretary", held.network.uid)}))


def test_the_job_acts_as_the_person_who_asked(held: Held) -> None:
    by = somebody(held)
    batch = checked(GOOD, network=held.network, by=by)
    start(batch=batch, work=Work.APPLYING, by=by)
    work()
    assert told(batch) == ("applied", "", "")
    assert NetworkSetting.objects.count() == 2


def test_who_lost_the_right_meanwhile_imports_nothing(held: Held) -> None:
    by = somebody(held)
    batch = checked(GOOD, network=held.network, by=by)
    start(batch=batch, work=Work.APPLYING, by=by)
    held.gone = True
    work()
    state, doing, problem = told(batch)
    assert (state, doing, bool(problem)) == ("checked", "", True)
    assert not NetworkSetting.objects.exists()


def test_a_job_needs_somebody_to_answer_for_it() -> None:
    network = a_network("valle")
    nobody = Actor(roles=frozenset({Role("network_secretary", network.uid)}))
    batch = checked(GOOD, network=network, by=nobody)
    for actor in (nobody, ANONYMOUS):
        with pytest.raises(NotAllowed):
            start(batch=batch, work=Work.APPLYING, by=actor)
    assert not DBTaskResult.objects.exists()


def test_a_job_that_was_taken_back_after_its_act_does_nothing() -> None:
    batch = start(batch=checked(GOOD), work=Work.APPLYING, by=OPERATOR)
    work()
    DBTaskResult.objects.update(status="READY", finished_at=None)
    before = acts(batch)
    work()
    assert (told(batch), acts(batch)) == (("applied", "", ""), before)


def test_a_job_that_was_taken_back_before_its_act_does_it() -> None:
    batch = start(batch=checked(GOOD), work=Work.APPLYING, by=OPERATOR)
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["elsewhere:1:dead"])
    work()
    assert told(batch)[1] == "applying"
    schedule.take_back()
    work()
    assert told(batch) == ("applied", "", "")


def test_a_job_that_is_lost_does_not_hold_its_batch() -> None:
    batch = start(batch=checked(GOOD), work=Work.APPLYING, by=OPERATOR)
    job = fresh(batch).job
    DBTaskResult.objects.all().delete()
    again = start(batch=fresh(batch), work=Work.APPLYING, by=OPERATOR)
    assert again.job != job
    work()
    assert told(batch) == ("applied", "", "")


def test_a_fault_of_the_program_frees_the_batch(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_rows: Any, **_more: Any) -> Any:
        raise RuntimeError("Anna Rossi")

    batch = start(batch=checked(GOOD), work=Work.APPLYING, by=OPERATOR)
    monkeypatch.setattr(type(TOY), "write", fail)
    work()
    assert told(batch)[:2] == ("checked", "")
    assert told(batch)[2].startswith("Un errore del programma")
    assert "a kind of import failed" in caplog.messages
    result = DBTaskResult.objects.get()
    # What stood in a cell must not lie about in the queue.
    assert "Rossi" not in json.dumps([result.traceback, result.exception_class_path, told(batch)])


def test_a_database_that_is_away_frees_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_more: Any) -> Any:
        raise OperationalError("database is locked")

    batch = start(batch=checked(GOOD), work=Work.APPLYING, by=OPERATOR)
    monkeypatch.setitem(jobs.ACTIONS, Work.APPLYING, fail)
    work()
    assert (told(batch)[:2], values()) == (("checked", ""), [])


def test_who_has_no_batch_any_more_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    batch = start(batch=checked(GOOD), work=Work.APPLYING, by=OPERATOR)
    before = acts(batch)
    fail_work(batch=batch, job=uuid4(), refusal=KindFailed(), by=OPERATOR)
    assert (told(batch), acts(batch)) == (("checked", "applying", ""), before)


def test_a_batch_that_is_gone_is_let_be() -> None:
    batch = start(batch=checked(GOOD), work=Work.APPLYING, by=OPERATOR)
    Batch.objects.filter(pk=batch.pk).delete()
    work()
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_old_batches_are_emptied_every_day() -> None:
    batch = check_batch(batch=checked(GOOD), by=OPERATOR)
    Batch.objects.filter(pk=batch.pk).update(moved_at=clock.now() - KEPT_FOR - timedelta(hours=1))
    schedule.periodic_jobs.get("imports.jobs.empty_old_batches").run()
    assert fresh(batch).emptied_at is not None


def test_undoing_by_hand_while_nothing_is_under_way_needs_no_job() -> None:
    batch = start(batch=checked(GOOD), work=Work.APPLYING, by=OPERATOR)
    work()
    assert undo_batch(batch=fresh(batch), by=OPERATOR).state == "undone"
