"""The one transaction of an import: tried once more where another came between, then told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction

from tavolo.imports.actions.transactions import alone
from tavolo.imports.errors import KindFailed, Overtaken, StillNeeded
from tavolo.kernel.errors import Refusal
from tavolo.kernel.models import DatedValue

pytestmark = pytest.mark.django_db(transaction=True)


class DriverError(Exception):
    """What a driver says; Django keeps it as the cause."""

    sqlstate = "40001"


def overtaken() -> None:
    raise OperationalError("could not serialize access") from DriverError()


def taken() -> None:
    raise IntegrityError("taken")


class Act:
    """Writes a row, then meets so many faults, one each time."""

    def __init__(self, *faults: Callable[[], None]) -> None:
        self.faults, self.tries = list(faults), 0

    def __call__(self) -> str:
        self.tries += 1
        DatedValue.objects.create(key=f"try-{self.tries}", value=1)
        if self.faults:
            self.faults.pop(0)()
        return "done"


def keys() -> list[str]:
    return list(DatedValue.objects.values_list("key", flat=True))


@pytest.mark.parametrize("fault", [overtaken, taken])
def test_who_was_overtaken_tries_once_more(fault: Callable[[], None]) -> None:
    act = Act(fault)
    assert (alone(act, broken=StillNeeded), act.tries, keys()) == ("done", 2, ["try-2"])


TOLD = [(overtaken, Overtaken), (taken, StillNeeded)]


@pytest.mark.parametrize(("fault", "refusal"), TOLD)
def test_who_meets_it_twice_is_told(fault: Callable[[], None], refusal: type[Refusal]) -> None:
    act = Act(fault, fault)
    with pytest.raises(refusal):
        alone(act, broken=StillNeeded)
    assert (act.tries, keys()) == (2, [])


@pytest.mark.parametrize(("fault", "refusal"), TOLD)
def test_within_another_transaction_there_is_no_second_try(
    fault: Callable[[], None], refusal: type[Refusal]
) -> None:
    act = Act(fault)
    with transaction.atomic(), pytest.raises(refusal):
        alone(act, broken=StillNeeded)
    assert (act.tries, keys()) == (1, [])


@pytest.mark.parametrize("first", [[], [overtaken]])
def test_a_database_that_is_away_is_no_clash(first: list[Any]) -> None:
    def away() -> None:
        raise OperationalError("server closed the connection")

    act = Act(*first, away)
    with pytest.raises(OperationalError, match="server closed"):
        alone(act, broken=StillNeeded)
    assert keys() == []


def test_what_a_column_cannot_hold_is_a_fault_of_the_kind() -> None:
    def too_long() -> None:
        raise DataError("value too long")

    with pytest.raises(KindFailed):
        alone(Act(too_long), broken=StillNeeded)
    assert keys() == []


def test_the_transaction_sees_one_moment() -> None:
    def level() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            return str(cursor.fetchone()[0])

    if connection.vendor == "postgresql":
        assert alone(level, broken=StillNeeded) == "repeatable read"
        assert level() == "read committed"
