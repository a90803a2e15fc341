"""Durable facts: a row in the action's own transaction, delivered after commit, at least once.

A reaction runs in one transaction with the note that it ran, so its effects in the database happen once.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, TypeVar, get_type_hints
from uuid import UUID

from django.db import IntegrityError, transaction

from tavolo.kernel import clock
from tavolo.kernel.models import AnnouncedFact, Delivery, Network

logger = logging.getLogger("tavolo.facts")

RETRY_AFTER = timedelta(seconds=30)
STUCK_AFTER = 20


@dataclass(frozen=True)
class Fact:
    """Something that happened. Fields are text, numbers, dates, instants and uids, never personal values."""

    key: ClassVar[str]

    def __init_subclass__(cls) -> None:
        room = cls.__module__.split(".")[1]
        cls.key = f"{room}.{cls.__name__}"
        FACTS[cls.key] = cls


F = TypeVar("F", bound=Fact)
Reaction = Callable[[Any], None]

FACTS: dict[str, type[Fact]] = {}
_REACTIONS: dict[str, dict[str, Reaction]] = {}


def on(kind: type[F]) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    """Decorator: call the function with each fact of that kind. It must not decide; it runs at least once."""

    def register(reaction: Callable[[F], None]) -> Callable[[F], None]:
        name = f"{reaction.__module__}.{reaction.__qualname__}"
        _REACTIONS.setdefault(kind.key, {})[name] = reaction
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


def deliver(fact_id: int) -> bool:
    """Run what has not yet run for this fact; True when nothing is left. Failures are kept for the worker."""
    row = AnnouncedFact.objects.filter(pk=fact_id, delivered_at=None).first()
    if row is None:
        return True
    done = set(row.deliveries.values_list("reaction", flat=True))
    pending = {name: run for name, run in _REACTIONS.get(row.key, {}).items() if name not in done}
    # Every reaction gets its turn, even where one before it failed.
    results = [_react(row, name, run) for name, run in pending.items()]
    if not all(results):
        AnnouncedFact.objects.filter(pk=fact_id).update(
            attempts=row.attempts + 1, last_attempt_at=clock.now()
        )
        return False
    AnnouncedFact.objects.filter(pk=fact_id).update(delivered_at=clock.now())
    return True


def deliver_waiting(limit: int = 200) -> int:
    """What the worker does: deliver facts that no process has delivered yet; returns how many are now."""
    now = clock.now()
    waiting = AnnouncedFact.objects.filter(delivered_at=None, attempts__lt=STUCK_AFTER).filter(
        last_attempt_at__isnull=True, announced_at__lt=now - timedelta(seconds=2)
    ) | AnnouncedFact.objects.filter(
        delivered_at=None, attempts__lt=STUCK_AFTER, last_attempt_at__lt=now - RETRY_AFTER
    )
    ids = list(waiting.order_by("id").values_list("id", flat=True)[:limit])
    return sum(deliver(fact_id) for fact_id in ids)


def stuck() -> int:
    """How many facts were tried so often that somebody has to look."""
    return AnnouncedFact.objects.filter(delivered_at=None, attempts__gte=STUCK_AFTER).count()


def _react(row: AnnouncedFact, name: str, reaction: Reaction) -> bool:
    try:
        with transaction.atomic():
            Delivery.objects.create(fact=row, reaction=name, delivered_at=clock.now())
            reaction(_fact(row))
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
    return kind(**{f.name: _value(hints[f.name], row.payload.get(f.name)) for f in fields(kind)})


def _value(hint: Any, stored: Any) -> Any:
    if stored is None or isinstance(stored, bool | int):
        return stored
    wanted = getattr(hint, "__args__", (hint,))
    if UUID in wanted:
        return UUID(stored)
    if datetime in wanted:
        return datetime.fromisoformat(stored)
    return date.fromisoformat(stored) if date in wanted else stored
