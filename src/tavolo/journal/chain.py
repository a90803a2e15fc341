"""The arithmetic of the chain: pure functions, no database."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

INSTALLATION = "installation"
GENESIS = "0" * 64
# The action under which an erasure of values is entered, with the erased entry as its subject.
VALUES_ERASED = "journal.values_erased"


# The columns of an entry in the order of `Sealed`.
SEALED = (
    "uid",
    "network__uid",
    "action",
    "actor",
    "acting_for",
    "subject_kind",
    "subject_uid",
    "at",
    "commitment",
)


class Sealed(NamedTuple):
    """What an entry says, as far as it is sealed; `network` is a uid, None for the installation."""

    uid: UUID
    network: UUID | None
    action: str
    actor: str
    acting_for: str
    subject_kind: str
    subject_uid: UUID | None
    at: datetime
    commitment: str

    @property
    def chain(self) -> str:
        return str(self.network) if self.network else INSTALLATION


def canonical(value: Any) -> str:
    """One text for one value, whichever database it came from: sorted keys, no spaces, ASCII."""
    return json.dumps(value, cls=InstantEncoder, sort_keys=True, separators=(",", ":"))


class InstantEncoder(DjangoJSONEncoder):
    """Instants in UTC to the microsecond; the rest as Django writes it."""

    def default(self, o: Any) -> Any:
        if isinstance(o, datetime) and o.tzinfo is not None:
            return o.astimezone(UTC).isoformat(timespec="microseconds")
        return super().default(o)


def commitment_to(text: str, salt: str) -> str:
    """What stands in the entry for its values: without the salt nobody can try them out."""
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def link(previous: str, sequence: int, entry: Sealed) -> str:
    """The hash of a place in a chain: over the hash before, the place and the entry."""
    said = [previous, entry.chain, sequence, entry._asdict()]
    return hashlib.sha256(canonical(said).encode()).hexdigest()
