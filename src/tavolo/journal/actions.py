"""Writing the journal: `record` in the act's own transaction, `seal_entries` afterwards."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model

from tavolo.journal.chain import canonical, commitment_to
from tavolo.journal.models import Entry, EntryValue
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network


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
    `uid`, `values` what it wrote: dates, instants and uids are kept as text. They go into the erasable
    table; the entry itself keeps a salted commitment to them. It is sealed later (`seal`).
    Refuses (RuntimeError) outside a transaction: an entry without its act would be untrue.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{action} was recorded outside a transaction.")
    text, salt = canonical(dict(values)) if values else "", secrets.token_hex(32)
    entry = Entry.objects.create(
        network=network,
        action=action,
        actor=name_of(actor),
        acting_for=str(actor.acting_for or ""),
        subject_kind=subject._meta.label_lower if subject else "",  # noqa: SLF001
        subject_uid=subject.uid if subject else None,  # type: ignore[attr-defined]
        at=clock.now(),
        commitment=commitment_to(text, salt) if text else "",
    )
    if text:
        EntryValue.objects.create(entry=entry, salt=salt, text=text)
    return entry


def name_of(actor: Actor) -> str:
    """The opaque name under which an actor stands in the journal."""
    if actor.person is not None:
        return str(actor.person)
    return "operator" if actor.has("operator") else "anonymous"
