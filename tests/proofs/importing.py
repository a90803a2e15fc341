"""Imports that are killed: run with a kind and the numbers of kills and of rows, prints its figures.

A warm process forks a child for each act and kills it at a random moment; what then lies in the
database has to be all of it or nothing, and the batch has to say which.
"""

import hashlib
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import django

django.setup()

from django.db import connection, connections  # noqa: E402  after Django has been set up
from django_tasks_db.management.commands.db_worker import Worker  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from tavolo.imports.actions import (  # noqa: E402
    apply_batch,
    check_batch,
    drop_batch,
    read_batch,
    receive_file,
    start,
    undo_batch,
)
from tavolo.imports.cells import as_json  # noqa: E402
from tavolo.imports.choices import Work  # noqa: E402
from tavolo.imports.models import Batch, Change, Row  # noqa: E402
from tavolo.imports.plugs import Context, import_kinds  # noqa: E402
from tavolo.journal.actions import seal  # noqa: E402
from tavolo.journal.models import Entry  # noqa: E402
from tavolo.journal.queries import breaks  # noqa: E402
from tavolo.kernel import clock, schedule  # noqa: E402
from tavolo.kernel.actor import OPERATOR  # noqa: E402
from tavolo.kernel.models import AnnouncedFact, DatedValue  # noqa: E402
from tavolo.territory.models import Area, AreaMembership, Municipality, MunicipalityVersion  # noqa: E402
from tests.imports.toy import TOY, csv_of  # noqa: E402

# What is written about an import lies apart from what it imports.
ABOUT = (
    "imports_",
    "journal_",
    "django_tasks",
    "kernel_announcedfact",
    "kernel_delivery",
    "kernel_workerbeat",
    "kernel_blob",
)
PATIENCE = 60.0


def tables() -> list[str]:
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
    return [name for name in names if not name.startswith(ABOUT)]


def dump() -> str:
    """A digest of every table that an import might change, keys included."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for name in tables():
            cursor.execute(f'SELECT * FROM "{name}"')
            lines = sorted(repr(row) for row in cursor.fetchall())
            digest.update("\n".join([name, *lines]).encode())
    return digest.hexdigest()


def counts() -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for name in tables():
            cursor.execute(f'SELECT COUNT(*) FROM "{name}"')
            found[name] = cursor.fetchone()[0]
    return found


class Proof:
    def __init__(self, kind: str, rows: int, seed: int) -> None:
        self.kind, self.rows = kind, rows
        self.chance = random.Random(seed)
        self.seen: Counter[str] = Counter()
        self.length: dict[str, float] = {}
        self.times: Counter[str] = Counter()
        self.content, self.options = MATTERS[kind](rows)
        self.before = dump()
        self.batch = read_batch(batch=self.received(), by=OPERATOR)
        assert self.batch.counts == {"create": rows // 3, "change": rows // 3, "same": rows // 3}
        self.pilot()

    def received(self) -> Batch:
        return receive_file(
            kind=self.kind,
            name="k.csv",
            chunks=[self.content],
            network=None,
            options=self.options,
            by=OPERATOR,
        )

    def pilot(self) -> None:
        """Everything once without a kill: what it comes to, and how long it takes."""
        apply_batch(batch=self.batch, by=OPERATOR)
        self.after = self.written()
        assert self.look_applied() == "applied"
        self.undo()
        self.settle_undone()
        for name, act in (("apply", self.apply), ("undo", self.undo)):
            self.kill(name, act, after=PATIENCE)
        self.times = Counter(applied=2, undone=1)
        self.settle_undone()
        start(batch=self.batch, work=Work.APPLYING, by=OPERATOR)
        self.kill("job", self.work, after=PATIENCE)
        assert self.look_applied() == "applied"
        self.undo()
        self.settle_undone()
        batch = self.received()
        self.kill("read", lambda: read_batch(batch=batch, by=OPERATOR), after=PATIENCE)
        self.forget(batch)

    def written(self) -> str:
        """What is there under every subject of the batch, and how many rows each table has."""
        subjects = list(Change.objects.filter(batch=self.batch).values_list("subject", flat=True))
        context = Context(on=clock.today())
        states = import_kinds.get(self.kind).states(subjects, context)
        return as_json([dict(states), counts()])

    # What a child does.

    def apply(self) -> None:
        apply_batch(batch=self.batch, by=OPERATOR)

    def undo(self) -> None:
        undo_batch(batch=self.batch, by=OPERATOR)

    def work(self) -> None:
        name = schedule.new_worker_name()
        schedule.beat(name)
        Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=name,
            excluded_queue_names=[],
        ).run()

    # Rounds: each kills once or twice and leaves the batch checked again.

    def by_hand(self) -> None:
        self.kill("apply", self.apply)
        if self.look_applied() == "checked":
            self.apply()
            assert self.look_applied() == "applied"
        self.kill("undo", self.undo)
        self.settle_undone()

    def by_job(self) -> None:
        start(batch=self.fresh(self.batch), work=Work.APPLYING, by=OPERATOR)
        self.kill("job", self.work)
        if self.look_applied() == "checked":
            assert self.fresh(self.batch).work == "applying"
            schedule.take_back()
            self.work()
            assert self.look_applied() == "applied"
        schedule.take_back()
        self.work()
        assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()
        self.agree("applied", happened=False)
        self.undo()
        self.settle_undone()

    def by_reading(self) -> None:
        batch = self.received()
        self.kill("read", lambda: read_batch(batch=batch, by=OPERATOR))
        found = self.fresh(batch)
        kept = (found.state, Row.objects.filter(batch=batch).count())
        # A machine that is busy beyond measure gives up reading after ten seconds, and says so.
        assert kept in {("received", 0), ("refused", 0), ("checked", self.rows)}, kept
        self.seen["read: refused"] += found.state == "refused"
        found = read_batch(batch=found, by=OPERATOR)
        assert (found.state, Row.objects.filter(batch=batch).count()) == ("checked", self.rows)
        assert dump() == self.before
        self.forget(batch)

    def forget(self, batch: Batch) -> None:
        drop_batch(batch=self.fresh(batch), by=OPERATOR)
        Row.objects.filter(batch=batch).delete()
        Change.objects.filter(batch=batch).delete()

    # What there is afterwards.

    def look_applied(self) -> str:
        """All of it is there or nothing, and state, journal and facts agree with what is there."""
        batch = self.fresh(self.batch)
        if batch.state == "checked":
            assert dump() == self.before, "something of an import that did not happen"
        else:
            assert batch.state == "applied", batch.state
            assert self.written() == self.after, "not all of an import that happened"
        self.agree("applied", happened=batch.state == "applied")
        return batch.state

    def settle_undone(self) -> None:
        """Undone or still there; undone in the end, to the byte; then looked at again for the next round."""
        if self.fresh(self.batch).state == "applied":
            assert self.written() == self.after, "half of an import is undone"
            self.agree("undone", happened=False)
            self.undo()
        state = self.fresh(self.batch).state
        assert (state, dump()) == ("undone", self.before), "undoing did not give back everything"
        self.agree("undone", happened=True)
        self.recheck()

    def agree(self, act: str, *, happened: bool) -> None:
        """Journal and facts know of as many acts as happened."""
        entries = Entry.objects.filter(
            action=f"imports.batch_{act}", subject_uid=self.batch.uid
        ).count()
        told = AnnouncedFact.objects.filter(
            key=f"imports.Batch{act.title()}", payload__batch=str(self.batch.uid)
        ).count()
        self.times[act] += happened
        assert entries == told == self.times[act], (act, entries, told, self.times)

    def recheck(self) -> None:
        self.batch = check_batch(batch=self.fresh(self.batch), by=OPERATOR)

    @staticmethod
    def fresh(batch: Batch) -> Batch:
        return Batch.objects.select_related("network").get(pk=batch.pk)

    def kill(self, name: str, act: Callable[[], Any], after: float | None = None) -> None:
        """Fork, let the child begin, kill it; the first time of each act it may finish, and is timed."""
        connections.close_all()
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                act()
                code = 0
            finally:
                os._exit(code)
        if after is None:
            time.sleep(self.chance.uniform(0, self.length[name] * 1.1))
            os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status)
        assert killed or os.WEXITSTATUS(status) == 0, f"{name} failed by itself"
        if after is not None:
            self.length[name] = time.monotonic() - began
        else:
            # A machine that has more or less to do than at the pilot is followed.
            self.length[name] *= 1.03 if killed else 0.85
            self.seen["killed" if killed else "was over"] += 1
            self.seen[f"{name}: {'killed' if killed else 'was over'}"] += 1


def values(rows: int) -> tuple[bytes, dict[str, str]]:
    """A third is there already as it is, a third will be changed, a third is new."""
    DatedValue.objects.bulk_create(
        DatedValue(key=f"k{n}", value=n + 100 if n % 3 else n, source="before")
        for n in range(rows)
        if n % 3 < 2
    )
    source = ("before", "before", "file")
    return csv_of(*((f"k{n}", n + 100, source[n % 3]) for n in range(rows))), {}


def memberships(rows: int) -> tuple[bytes, dict[str, str]]:
    """Districts of one kind: a third lies there already, a third leaves another, a third lay in none."""
    country = a_country(rows)
    areas = {
        name: Area(kind="health_social_district", code=name, name=name, title=name)
        for name in ("here", "elsewhere")
    }
    for area in areas.values():
        area.save()
    AreaMembership.objects.bulk_create(
        AreaMembership(
            area=areas[("elsewhere", "here")[n % 3]], municipality=town, valid_from=date(2001, 1, 1)
        )
        for n, town in enumerate(country)
        if n % 3 < 2
    )
    days = ("2020-01-01", "2001-01-01", "2020-01-01")
    lines = [("here", town.istat_code, days[n % 3]) for n, town in enumerate(country)]
    return csv_of(*lines, headings=("area_code", "istat_code", "valid_from")), {
        "kind": "health_social_district"
    }


def a_country(rows: int) -> list[Municipality]:
    province = Area(kind="province", code="990", name="Prova", title="Provincia di Prova")
    province.save()
    towns = [
        Municipality(istat_code=f"99{n:04}", name=f"Comune {n}", province=province)
        for n in range(rows)
    ]
    for town in towns:
        town.fold()
    made = Municipality.objects.bulk_create(towns)
    versions = [
        MunicipalityVersion(municipality=town, istat_code=town.istat_code, name=town.name)
        for town in made
    ]
    for version in versions:
        version.fold()
    MunicipalityVersion.objects.bulk_create(versions)
    return made


MATTERS: dict[str, Callable[[int], tuple[bytes, dict[str, str]]]] = {
    TOY.key: values,
    "area_memberships": memberships,
}


def main(kind: str, kills: int, rows: int) -> None:
    if kind == TOY.key:
        import_kinds.add(TOY)
    proof = Proof(kind, rows, seed=3)
    ways = (proof.by_hand, proof.by_job, proof.by_hand, proof.by_reading)
    turn = 0
    while proof.seen["killed"] < kills:
        ways[turn % len(ways)]()
        turn += 1
    seal()
    assert list(breaks()) == []
    milliseconds = {name: round(length * 1000) for name, length in proof.length.items()}
    sys.stdout.write(json.dumps({"rows": rows, "milliseconds": milliseconds, **proof.seen}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
