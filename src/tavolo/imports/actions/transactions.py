"""The one transaction in which a batch is written or taken back."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import DataError, IntegrityError, OperationalError, connection, transaction

from tavolo.imports.errors import KindFailed, Overtaken, Told
from tavolo.imports.models import Change

R = TypeVar("R")

logger = logging.getLogger("tavolo.imports")

# A row changed under us, and two that wait for each other.
SERIALIZATION_FAILURES = {"40001", "40P01"}


def alone(act: Callable[[], R], *, broken: type[Told]) -> R:
    """Run `act` in one transaction that sees one moment; two imports follow one another.

    SQLite has one writer. PostgreSQL is asked for a snapshot: a row that somebody else changes
    meanwhile makes the transaction fail instead of being overwritten unseen, and it is tried once
    more on what is there by then. Refuses with Overtaken where that fails too, and with `broken`
    where a constraint of the tables forbids what the kind does, at the second try as well.
    """
    try:
        return _once(act)
    except (IntegrityError, OperationalError) as fault:
        _raise_unless_overtaken(fault, broken, again=not connection.in_atomic_block)
    try:
        return _once(act)
    except (IntegrityError, OperationalError) as fault:
        _raise_unless_overtaken(fault, broken, again=False)
        raise


def _raise_unless_overtaken(
    fault: IntegrityError | OperationalError, broken: type[Told], *, again: bool
) -> None:
    """Say what it was, unless it may be another try's luck."""
    overtaken = getattr(fault.__cause__, "sqlstate", None) in SERIALIZATION_FAILURES
    if isinstance(fault, OperationalError) and not overtaken:
        raise fault
    if again:
        return
    if overtaken:
        raise Overtaken from fault
    logger.error("a constraint forbade what a kind of import did", exc_info=fault)
    raise broken from fault


def _once(act: Callable[[], R]) -> R:
    outermost = not connection.in_atomic_block
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                _stand_in_line(outermost=outermost)
            return act()
    except DataError as fault:
        logger.exception("a kind of import wrote what its columns cannot hold")
        raise KindFailed from fault


def _stand_in_line(*, outermost: bool) -> None:
    """Wait for other imports. Locking comes before the snapshot, so that what they wrote is in it."""
    table = connection.ops.quote_name(Change._meta.db_table)
    with connection.cursor() as cursor:
        if outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        # The weakest lock that only one may hold; whoever reads or checks a batch does not wait.
        cursor.execute(f"LOCK TABLE {table} IN SHARE UPDATE EXCLUSIVE MODE")
