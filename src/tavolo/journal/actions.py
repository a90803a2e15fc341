"""Writing the journal: `record` in the act's own transaction, `seal` afterwards, `erase_values`."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from tavolo.journal.chain import VALUES_ERASED, canonical, commitment_to
from tavolo.journal.models import Entry, EntryValue
from tavolo.journal.rules import may_erase
from tavolo.journal.sealing import seal_waiting
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import Network

MANY = 500


def record(
    *,
    action: str,
    actor: Actor,
    subject: Model | None,
    network: Network | None = None,
    values: Mapping[str, Any] | None = None,
) -> Entry:
    """Enter an act into the journal of `network` (or of the installation), with the act itself.

    `action` is room and past participle ("registry.organisation_added"), `subject` a row with a
    `uid`, `values` what it wrote: dates, instants and uids become text. They go into the erasable
    table; the entry itself keeps a salted commitment to them. It is sealed later (`seal`).
    Refuses (RuntimeError) outside a transaction: an entry without its act would be untrue.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{action} was recorded outside a transaction.")
    entry, value = _entered(action, actor, subject, network, values)
    entry.save(force_insert=True)
    if value is not None:
        value.entry = entry
        value.save(force_insert=True)
    return entry


def record_all(
    *,
    action: str,
    actor: Actor,
    told: Iterable[tuple[Model, Mapping[str, Any]]],
    network: Network | None = None,
) -> int:
    """Enter the same act on many subjects, each with what it wrote, as `record` does for one; how many.

    Two queries for each five hundred. Refuses (RuntimeError) outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{action} was recorded outside a transaction.")
    rows = [_entered(action, actor, subject, network, values) for subject, values in told]
    Entry.objects.bulk_create((entry for entry, _value in rows), batch_size=MANY)
    kept = []
    for entry, value in rows:
        if value is not None:
            value.entry = entry
            kept.append(value)
    EntryValue.objects.bulk_create(kept, batch_size=MANY)
    return len(rows)


def seal(*, thorough: bool = True) -> int:
    """Give each recorded entry its place in its chain, then move the heads; returns how many.

    Entries are sealed in the order of their ids, in transactions of a thousand; two sealers wait
    for each other. The heads are written after commit. `thorough` looks through the whole journal
    for an entry without seal, else only near its end.
    """
    return seal_waiting(thorough=thorough)


@transaction.atomic
def erase_values(*, entries: Iterable[Entry], by: Actor) -> int:
    """Delete the values of entries and their salt, and enter that it was done; returns how many.

    The entries stay, so does their chain; what they said cannot be found out any more. Each erasure
    is an entry of its own, with the erased one as its subject. What holds no values is left alone.
    Refuses with NotAllowed whoever is not signed in; the calling room asks its own rule first.
    """
    if not may_erase(by):
        raise NotAllowed
    _overwrite_what_is_deleted()
    held = [entry for entry in entries if EntryValue.objects.filter(entry=entry).delete()[0]]
    for entry in held:
        record(action=VALUES_ERASED, actor=by, subject=entry, network=entry.network)
    return len(held)


def _entered(
    action: str,
    actor: Actor,
    subject: Model | None,
    network: Network | None,
    values: Mapping[str, Any] | None,
) -> tuple[Entry, EntryValue | None]:
    text, salt = canonical(dict(values)) if values else "", secrets.token_hex(32)
    entry = Entry(
        network=network,
        action=action,
        actor=name_of(actor),
        acting_for=str(actor.acting_for or ""),
        subject_kind=subject._meta.label_lower if subject else "",
        subject_uid=subject.uid if subject else None,  # type: ignore[attr-defined]
        at=clock.now(),
        commitment=commitment_to(text, salt) if text else "",
    )
    return entry, EntryValue(salt=salt, text=text) if text else None


def _overwrite_what_is_deleted() -> None:
    # SQLite would leave the bytes in the file until the page is used again.
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def name_of(actor: Actor) -> str:
    """The opaque name under which an actor stands in the journal."""
    if actor.person is not None:
        return str(actor.person)
    return "operator" if actor.has("operator") else "anonymous"
