"""Durable facts: a row in the action's own transaction, delivered after commit, at least once.

A reaction runs in one transaction with the note that it ran, so its effects in the database happen once.
"""

import json
import logging
from collections.abc import Callable, Iterable
from contextvars import ContextVar, copy_context
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, TypeVar, get_type_hints
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from tavolo.kernel import clock
from tavolo.kernel.models import AnnouncedFact, Delivery, Network

logger = logging.getLogger("tavolo.facts")

# Whoever announced delivers first; the worker takes what is left after this.
GRACE = timedelta(seconds=2)
# 30 seconds, one minute, two … one hour: twenty attempts bridge half a day.
RETRY_AFTER, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
STUCK_AFTER = 20


@dataclass(frozen=True)
class Fact:
    """Something that happened: text, whole numbers, dates, instants and uids, never personal values."""

    key: ClassVar[str]

    def __init_subclass__(cls) -> None:
        room = cls.__module__.split(".")[1]
        cls.key = f"{room}.{cls.__name__}"
        known = FACTS.setdefault(cls.key, cls)
        if (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise ImproperlyConfigured(f"Two facts are called {cls.key!r}.")
        FACTS[cls.key] = cls


K = TypeVar("K", bound=Fact)
Reaction = Callable[[Any], None]

FACTS: dict[str, type[Fact]] = {}
_DELIVERED: ContextVar[AnnouncedFact] = ContextVar("delivered")
_REACTIONS: dict[str, dict[str, Reaction]] = {}


def on(kind: type[K]) -> Callable[[Callable[[K], None]], Callable[[K], None]]:
    """Decorator: call the function with each fact of that kind. It must not decide; it runs at least once.

    The note that it ran goes by its name: ImproperlyConfigured where another is called the same.
    """

    def register(reaction: Callable[[K], None]) -> Callable[[K], None]:
        name = f"{reaction.__module__}.{reaction.__qualname__}"
        if _REACTIONS.setdefault(kind.key, {}).setdefault(name, reaction) is not reaction:
            raise ImproperlyConfigured(f"Two reactions to {kind.key} are called {name!r}.")
        return reaction

    return register


def announce(fact: Fact, *, network: Network | None = None) -> None:
    """Write the fact in the caller's transaction and deliver it once that has committed.

    Refuses (RuntimeError) outside a transaction: a fact without its act would be a rumour.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{fact.key} was announced outside a transaction.")
    row = AnnouncedFact.objects.create(
        key=fact.key, network=network, payload=_payload(fact), announced_at=clock.now()
    )
    # Robust: the act has been committed, whatever delivery meets.
    transaction.on_commit(lambda: deliver(row.pk), robust=True)


def announce_all(facts: Iterable[Fact], *, network: Network | None = None) -> None:
    """Write many facts in the caller's transaction; the worker delivers them.

    Those to which nothing reacts count as delivered: an import of thousands would keep it busy for
    nothing. Refuses (RuntimeError) outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Facts were announced outside a transaction.")
    at = clock.now()
    AnnouncedFact.objects.bulk_create(
        (
            AnnouncedFact(
                key=fact.key,
                network=network,
                payload=_payload(fact),
                announced_at=at,
                delivered_at=None if _REACTIONS.get(fact.key) else at,
            )
            for fact in facts
        ),
        batch_size=500,
    )


def deliver(fact_id: int) -> bool:
    """Run what has not yet run for this fact; True when nothing is left. Failures are kept for the worker."""
    row = AnnouncedFact.objects.filter(pk=fact_id, delivered_at=None).first()
    if row is None:
        return True
    done = set(row.deliveries.values_list("reaction", flat=True))
    pending = {name: run for name, run in _REACTIONS.get(row.key, {}).items() if name not in done}
    # Every reaction gets its turn, even where one before it failed.
    results = [_react(row, name, run) for name, run in pending.items()]
    waiting = AnnouncedFact.objects.filter(pk=fact_id)
    if not all(results):
        wait = min(RETRY_AFTER * 2**row.attempts, LONGEST_WAIT)
        waiting.update(attempts=F("attempts") + 1, due_at=clock.now() + wait)
        return False
    waiting.update(delivered_at=clock.now())
    return True


def delivered() -> AnnouncedFact:
    """The row of the fact to which a reaction is reacting. LookupError outside a reaction."""
    return _DELIVERED.get()


def deliver_waiting(limit: int = 200) -> int:
    """What the worker does: deliver facts that no process has delivered yet; returns how many are now."""
    now = clock.now()
    untried = Q(due_at__isnull=True, announced_at__lt=now - GRACE)
    waiting = AnnouncedFact.objects.filter(delivered_at=None, attempts__lt=STUCK_AFTER).filter(
        untried | Q(due_at__lt=now)
    )
    ids = list(waiting.order_by("id").values_list("id", flat=True)[:limit])
    return sum(deliver(fact_id) for fact_id in ids)


def try_again() -> int:
    """Give stuck facts their attempts back, as a worker does when it starts; returns how many."""
    stranded = AnnouncedFact.objects.filter(delivered_at=None, attempts__gte=STUCK_AFTER)
    return stranded.update(attempts=0, due_at=None)


def stuck() -> int:
    """How many facts were tried so often that somebody has to look."""
    return AnnouncedFact.objects.filter(delivered_at=None, attempts__gte=STUCK_AFTER).count()


def _react(row: AnnouncedFact, name: str, reaction: Reaction) -> bool:
    try:
        with transaction.atomic():
            Delivery.objects.create(fact=row, reaction=name, delivered_at=clock.now())
            copy_context().run(_told, row, reaction)
    except IntegrityError:
        # Another process delivered it in this very moment; if not, it is tried again.
        if Delivery.objects.filter(fact=row, reaction=name).exists():
            return True
        logger.exception("reaction failed", extra={"fact": row.key, "reaction": name})
        return False
    except Exception:
        # A reaction that fails must not undo the act that was acknowledged; the worker tries again.
        logger.exception("reaction failed", extra={"fact": row.key, "reaction": name})
        return False
    return True


def _told(row: AnnouncedFact, reaction: Reaction) -> None:
    _DELIVERED.set(row)
    reaction(_fact(row))


def _payload(fact: Fact) -> dict[str, Any]:
    return {
        name: value if value is None or isinstance(value, bool | int) else _text(value)
        for name, value in asdict(fact).items()
    }


def _text(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str | UUID):
        return str(value)
    raise TypeError(f"A fact carries no {type(value).__name__}: {json.dumps(str(value))}")


def _fact(row: AnnouncedFact) -> Fact:
    kind = FACTS[row.key]
    hints = get_type_hints(kind)
    # A field that is younger than the row takes its default.
    known = [f.name for f in fields(kind) if f.name in row.payload]
    return kind(**{name: _value(hints[name], row.payload[name]) for name in known})


def _value(hint: Any, stored: Any) -> Any:
    if stored is None or isinstance(stored, bool | int):
        return stored
    wanted = getattr(hint, "__args__", (hint,))
    if UUID in wanted:
        return UUID(stored)
    if datetime in wanted:
        return datetime.fromisoformat(stored)
    return date.fromisoformat(stored) if date in wanted else stored
