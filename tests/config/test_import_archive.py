"""Imports are in the archive: what was imported before a backup can be undone after it came back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tavolo.config.backup import backup, restore
from tavolo.imports.actions import apply_batch, check_batch, read_batch, undo_batch
from tavolo.imports.models import Batch, RememberedColumn
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import DatedValue
from tests.config.conftest import Machine
from tests.imports.batches import checked, kept, received, values
from tests.imports.toy import csv_of, registered

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

FILE = csv_of(("a", 1, "perché"), ("old", 1.5, ""), ("c", 3, ""))


@pytest.fixture(autouse=True)
def _toy() -> Iterator[None]:
    with registered():
        yield


def test_imports_come_back_with_their_files_and_can_go_on(machine: Machine, file: Path) -> None:
    DatedValue.objects.create(key="old", value={"deep": [1e22, None, "è"]}, source="before")
    before = values()
    applied = apply_batch(batch=checked(csv_of(("a", 1, "perché"), ("old", 2, ""))), by=OPERATOR)
    faulty, unread = checked(FILE), received(FILE)
    RememberedColumn.objects.create(kind="toy_values", heading="parola", field="key")
    imported, changes = values(), kept(applied)
    backup(file)
    machine.begin()
    restore(file)
    assert (values(), kept(applied)) == (imported, changes)
    applied, faulty, unread = (
        Batch.objects.get(uid=batch.uid) for batch in (applied, faulty, unread)
    )
    assert read_batch(batch=unread, by=OPERATOR).counts == faulty.counts
    assert check_batch(batch=faulty, by=OPERATOR).counts == {"same": 1, "fault": 1, "create": 1}
    assert RememberedColumn.objects.get().heading == "parola"
    undo_batch(batch=applied, by=OPERATOR)
    assert values() == before
