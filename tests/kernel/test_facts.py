import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from tavolo.kernel import clock, facts
from tavolo.kernel.facts import Fact, announce, announce_all, deliver, deliver_waiting, on
from tavolo.kernel.models import AnnouncedFact, Delivery, Network
from tavolo.kernel.network import settings as network_settings
from tavolo.kernel.schedule import periodic_jobs
from tests.threads import together


@dataclass(frozen=True)
class LampLit(Fact):
    room: str = "sala"
    number: int = 0
    bright: bool = True
    day: date | None = None
    instant: datetime | None = None
    lamp: UUID | None = None


@pytest.fixture
def react() -> Iterator[Callable[[Callable[[LampLit], None]], None]]:
    """Let a function react while the test runs, under its own name."""
    kept = facts._REACTIONS.pop(LampLit.key, None)

    def register(function: Callable[[LampLit], None]) -> None:
        on(LampLit)(function)

    yield register
    facts._REACTIONS.pop(LampLit.key, None)
    if kept is not None:
        facts._REACTIONS[LampLit.key] = kept


def tell(fact: Fact) -> AnnouncedFact:
    with transaction.atomic():
        announce(fact)
        return AnnouncedFact.objects.latest("id")


def found(slug: str) -> None:
    Network.objects.create(slug=slug, name=slug, created_at=clock.now())


def as_it_stands() -> tuple[int, int, int]:
    """Facts that wait, deliveries, effects."""
    return (
        AnnouncedFact.objects.filter(delivered_at=None).count(),
        Delivery.objects.count(),
        Network.objects.count(),
    )


def later(seconds: float) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(seconds=seconds), tick=False)


real = pytest.mark.django_db(transaction=True)


@real
def test_a_fact_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="outside a transaction"):
        announce(LampLit())
    assert not AnnouncedFact.objects.exists()


@real
def test_a_fact_is_delivered_once_its_act_has_committed(react):
    seen = []
    react(seen.append)
    with transaction.atomic():
        announce(LampLit("studio"))
        assert seen == []
    assert seen == [LampLit("studio")]
    assert as_it_stands() == (0, 1, 0)


@real
def test_an_act_that_is_undone_announces_nothing(react):
    seen = []
    react(seen.append)
    with transaction.atomic():
        announce(LampLit())
        transaction.set_rollback(True)
    assert seen == []
    assert as_it_stands() == (0, 0, 0)


@real
def test_a_fact_that_nobody_awaits_is_done(react):
    tell(LampLit())
    assert as_it_stands() == (0, 0, 0)


@real
def test_a_fact_keeps_its_network_and_reaches_each_reaction_whole(react):
    seen = []

    def one(fact: LampLit) -> None:
        seen.append(("one", fact))

    def other(fact: LampLit) -> None:
        seen.append(("other", fact))

    react(one)
    react(other)
    with transaction.atomic():
        network = Network.objects.create(slug="rete", name="Rete", created_at=clock.now())
        announce(LampLit("atrio"), network=network)
    assert AnnouncedFact.objects.get().network == network
    assert seen == [("one", LampLit("atrio")), ("other", LampLit("atrio"))]


@pytest.mark.parametrize(
    "fact",
    [
        LampLit(),
        LampLit("", -1, bright=False),
        LampLit("perché ‘no’ 💜 \u202e", 2**62, day=date(2015, 6, 30)),
        LampLit(instant=datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC), lamp=UUID(int=5)),
        LampLit(day=date.min, instant=datetime.max.replace(tzinfo=UTC), room="x" * 100_000),
    ],
)
@pytest.mark.django_db
def test_every_type_comes_back_as_it_was(fact):
    announce(fact)
    back = facts._fact(AnnouncedFact.objects.get())
    assert back == fact
    assert [type(value) for value in vars(back).values()] == [
        type(value) for value in vars(fact).values()
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("value", [1.5, ["a"], {"a": 1}, b"a", object(), timedelta(1)])
def test_a_fact_carries_no_other_type(value):
    with pytest.raises(TypeError, match="A fact carries no"):
        announce(LampLit(room=value))
    assert not AnnouncedFact.objects.exists()


@real
def test_a_field_younger_than_its_row_takes_its_default(react):
    seen = []
    row = AnnouncedFact.objects.create(
        key=LampLit.key, payload={"room": "atrio", "gone": 1}, announced_at=clock.now()
    )
    react(seen.append)
    assert deliver(row.pk)
    assert seen == [LampLit("atrio")]


@real
def test_a_fact_of_a_room_that_is_no_more_is_done():
    row = AnnouncedFact.objects.create(key="gone.Thing", payload={}, announced_at=clock.now())
    assert deliver(row.pk)
    assert as_it_stands() == (0, 0, 0)


@real
def test_a_reaction_that_fails_lets_the_act_stand_and_the_others_run(react, caplog):
    seen = []

    def fails(fact: LampLit) -> None:
        found("a-half")
        raise ValueError("broken")

    react(fails)
    react(seen.append)
    tell(LampLit())
    assert seen == [LampLit()]
    # The half that the failing one wrote is undone with its note.
    assert as_it_stands() == (1, 1, 0)
    assert [record.message for record in caplog.records] == ["reaction failed"]


@real
def test_the_worker_tries_again_what_failed_and_only_that(react):
    counts = {"good": 0, "bad": 0}

    def good(fact: LampLit) -> None:
        counts["good"] += 1

    def bad(fact: LampLit) -> None:
        counts["bad"] += 1
        if counts["bad"] < 3:
            raise ValueError("not yet")

    react(bad)
    react(good)
    tell(LampLit())
    assert counts == {"good": 1, "bad": 1}
    assert deliver_waiting() == 0, "it is not tried again at once"
    with later(31):
        assert deliver_waiting() == 0
        assert counts == {"good": 1, "bad": 2}
    with later(31 + 59):
        assert deliver_waiting() == 0
        assert counts == {"good": 1, "bad": 2}, "each wait is twice the one before"
    with later(31 + 61):
        assert deliver_waiting() == 1
    assert counts == {"good": 1, "bad": 3}
    assert as_it_stands() == (0, 2, 0)


@real
def test_a_reaction_that_breaks_a_constraint_is_tried_again(react, caplog):
    def clashes(fact: LampLit) -> None:
        found("rete")
        found("rete")

    react(clashes)
    row = tell(LampLit())
    assert as_it_stands() == (1, 0, 0)
    assert not deliver(row.pk)
    assert isinstance(caplog.records[-1].exc_info[1], IntegrityError)


@real
def test_what_was_delivered_is_not_delivered_again(react):
    react(lambda fact: found(f"rete-{fact.number}-{uuid4().hex}"))
    row = tell(LampLit())
    assert deliver(row.pk)
    with later(3600):
        assert deliver_waiting() == 0
    assert as_it_stands() == (0, 1, 1)


@real
def test_a_fact_that_fails_for_half_a_day_is_stuck_until_a_worker_starts_anew(react):
    broken = [True]

    def fails(fact: LampLit) -> None:
        if broken:
            raise ValueError("broken")

    react(fails)
    row = tell(LampLit())
    instant = clock.now()
    for _ in range(60):
        instant += timedelta(minutes=30)
        with time_machine.travel(instant, tick=False):
            deliver_waiting()
    row.refresh_from_db()
    assert (row.attempts, row.delivered_at) == (facts.STUCK_AFTER, None)
    assert facts.stuck() == 1
    broken.clear()
    with later(10**6):
        assert deliver_waiting() == 0
        assert facts.try_again() == 1
        assert facts.stuck() == 0
        assert deliver_waiting() == 1
    assert facts.try_again() == 0


@real
def test_facts_are_delivered_oldest_first_and_no_more_than_asked(react):
    seen = []
    for number in range(5):
        AnnouncedFact.objects.create(
            key=LampLit.key, payload={"number": number}, announced_at=clock.now()
        )
    react(seen.append)
    assert deliver_waiting() == 0, "whoever announced has two seconds to deliver"
    with later(3):
        assert deliver_waiting(limit=2) == 2
        assert [fact.number for fact in seen] == [0, 1]
        assert deliver_waiting() == 3


@real
def test_a_reaction_may_announce_in_its_turn(react):
    seen = []

    def chain(fact: LampLit) -> None:
        seen.append(fact.number)
        if fact.number < 3:
            announce(LampLit(number=fact.number + 1))

    react(chain)
    tell(LampLit())
    assert seen == [0, 1, 2, 3]
    assert as_it_stands() == (0, 4, 0)


@real
def test_deliverers_at_the_same_moment_do_it_once(react):
    react(lambda fact: found(f"rete-{fact.number}-{uuid4().hex}"))
    rows = [
        AnnouncedFact.objects.create(
            key=LampLit.key, payload={"number": number}, announced_at=clock.now()
        )
        for number in range(5)
    ]

    def all_of_them() -> bool:
        return [deliver(row.pk) for row in rows] == [True] * len(rows)

    assert together(*[all_of_them] * 4) == [True] * 4
    assert as_it_stands() == (0, 5, 5)


@real
def test_deliverers_at_the_same_moment_of_what_fails_once_do_it_once(react):
    """The second waits for the first, which is undone, and takes its turn."""
    turns = []

    def first_fails(fact: LampLit) -> None:
        turns.append(1)
        found(f"rete-{uuid4().hex}")
        if len(turns) == 1:
            raise ValueError("not yet")

    react(first_fails)
    row = AnnouncedFact.objects.create(key=LampLit.key, payload={}, announced_at=clock.now())
    results = together(*[lambda: deliver(row.pk)] * 3)
    assert sorted(results) == [False, True, True]
    assert as_it_stands() == (0, 1, 1)


def test_two_facts_with_one_key_are_refused():
    with pytest.raises(ImproperlyConfigured, match=r"kernel\.LampLit"):
        type(
            "LampLit", (Fact,), {"__module__": "tavolo.kernel.elsewhere", "__qualname__": "LampLit"}
        )
    assert facts.FACTS[LampLit.key] is LampLit


def test_two_reactions_of_one_name_are_refused(react):
    first, second = (lambda _fact: None for _ in range(2))
    react(first)
    react(first)
    with pytest.raises(ImproperlyConfigured, match="Two reactions"):
        react(second)


def test_every_name_fits_its_column():
    reactions = {name for names in facts._REACTIONS.values() for name in names}
    assert max((len(name) for name in reactions), default=0) <= 160
    assert max(map(len, facts.FACTS)) <= 80
    assert max(len(job.key) for job in periodic_jobs) <= 120
    assert max((len(setting.key) for setting in network_settings), default=0) <= 80


KILLED = """
import os, django
django.setup()
from django.db import transaction
from tavolo.kernel import facts
from tests.kernel.test_facts import LampLit
facts.deliver = lambda fact_id: os.kill(os.getpid(), 9)
with transaction.atomic():
    facts.announce(LampLit("orfana"))
"""


@real
def test_a_process_killed_between_commit_and_delivery_leaves_the_fact_to_the_worker(
    react, process_environment
):
    killed = subprocess.run(
        [sys.executable, "-c", KILLED],
        env=process_environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
    )
    assert killed.returncode == -9, killed.stderr.decode()
    assert as_it_stands() == (1, 0, 0)
    seen = []
    react(seen.append)
    with later(3):
        assert deliver_waiting() == 1
    assert seen == [LampLit("orfana")]


@real
def test_many_facts_wait_for_the_worker(react) -> None:
    seen: list[int] = []

    def note(fact: LampLit) -> None:
        seen.append(fact.number)

    react(note)
    with transaction.atomic():
        announce_all([LampLit(number=1), LampLit(number=2)])
    assert (seen, AnnouncedFact.objects.filter(delivered_at=None).count()) == ([], 2)
    with later(60):
        assert deliver_waiting() == 2
    assert seen == [1, 2]


@real
def test_of_many_facts_those_that_nobody_waits_for_are_delivered(react) -> None:
    with transaction.atomic():
        announce_all(LampLit(number=number) for number in range(3))
    rows = AnnouncedFact.objects.order_by("id")
    assert [row.payload["number"] for row in rows] == [0, 1, 2]
    assert not rows.filter(delivered_at=None).exists()


@real
def test_many_facts_outside_a_transaction_are_refused() -> None:
    with pytest.raises(RuntimeError):
        announce_all([LampLit()])
