"""What was promised: entered, put otherwise, and followed step by step."""

from datetime import date
from typing import Any

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.kernel.text import search_key
from tavolo.kernel.versions import save_version
from tavolo.people.models import Person
from tavolo.registry import rules
from tavolo.registry.actions.common import require
from tavolo.registry.errors import (
    DayToCome,
    DueMissing,
    EvidenceMissing,
    NothingNew,
    OwnerMissing,
    ReasonMissing,
    StepNotPossible,
    WordsMissing,
)
from tavolo.registry.facts import CommitmentAdded, CommitmentEdited, CommitmentMoved
from tavolo.registry.models import Commitment, CommitmentStep, Organisation

WORDS = ("name", "details", "public", "source")
TERMS = ("state", "owner", "no_owner", "due", "no_due")


@transaction.atomic
def add_commitment(
    *,
    network: Network,
    name: str,
    owner: Organisation | None = None,
    no_owner: bool = False,
    due: date | None = None,
    no_due: bool = False,
    details: str = "",
    public: bool = False,
    source: str = "",
    on: date | None = None,
    by: Actor,
) -> Commitment:
    """Enter what was promised: `name` says what, `owner` who, `due` by when, `source` where.

    `on` is the day on which it was promised, by default today.

    Nothing without owner and term, unless `no_owner` and `no_due` say that there is none. It is
    open, and its history begins with this. Refuses with NotAllowed, WordsMissing, OwnerMissing,
    DueMissing, DayToCome.
    """
    require(rules.may_keep_commitments(by, network.uid))
    row = Commitment(network=network, created_at=clock.now(), public=public)
    _word(row, name=name, details=details, source=source)
    _bind(row, owner=owner, no_owner=no_owner, due=due, no_due=no_due)
    day = on or clock.today()
    if day > clock.today():
        raise DayToCome
    row.save()
    _enter_step(row, on=day, by=by)
    _note("registry.commitment_added", row, by, {**_words_of(row), **_terms_of(row)})
    announce(CommitmentAdded(row.uid, network.uid), network=network)
    return row


@transaction.atomic
def edit_commitment(
    *,
    commitment: Commitment,
    version: int,
    name: str,
    details: str = "",
    public: bool = False,
    source: str = "",
    by: Actor,
) -> Commitment:
    """Put otherwise what was promised; who, by when and the state change by `take_step` alone.

    Refuses with NotAllowed, WordsMissing, StaleVersion.
    """
    require(rules.may_keep_commitments(by, commitment.network.uid))
    _word(commitment, name=name, details=details, source=source)
    commitment.public = public
    save_version(commitment, expected=version, fields=WORDS)
    _note("registry.commitment_edited", commitment, by, _words_of(commitment))
    announce(CommitmentEdited(commitment.uid, commitment.network.uid), network=commitment.network)
    return commitment


@transaction.atomic
def take_step(
    *,
    commitment: Commitment,
    version: int,
    state: str,
    on: date | None = None,
    note: str = "",
    address: str = "",
    due: date | None = None,
    no_due: bool = False,
    owner: Organisation | None = None,
    no_owner: bool = False,
    by: Actor,
) -> CommitmentStep:
    """Say what became of a commitment on the day `on`, by default today: it goes into its history.

    `state` is the one in which it is from now on (`rules.NEXT_STATES`), perhaps the same. `due` and
    `owner` change term and owner; left out they stay, `no_due` and `no_owner` say that there is
    none any more. Done, in whole or in part, wants a note or an address as evidence; dropped, or
    taken up again, wants a note that says why. Refuses with NotAllowed, StepNotPossible,
    EvidenceMissing, ReasonMissing, DayToCome, NothingNew, and StaleVersion.
    """
    require(rules.may_keep_commitments(by, commitment.network.uid))
    day, note, address = on or clock.today(), note.strip(), address.strip()
    _require_possible(commitment, state, day, note, address)
    before = _terms_of(commitment)
    commitment.state = state
    _bind(
        commitment,
        owner=owner or (None if no_owner else commitment.owner),
        no_owner=not owner and (no_owner or commitment.no_owner),
        due=due or (None if no_due else commitment.due),
        no_due=not due and (no_due or commitment.no_due),
    )
    if _terms_of(commitment) == before and not (note or address):
        raise NothingNew
    return enter_outcome(commitment, version=version, on=day, note=note, address=address, by=by)


def enter_outcome(
    commitment: Commitment, *, version: int, on: date, note: str, address: str = "", by: Actor
) -> CommitmentStep:
    """Write the state in which the row is as its next step, into history and journal, and announce it.

    The calling action has asked its rule and judged the state. Refuses with StaleVersion.
    """
    save_version(commitment, expected=version, fields=TERMS)
    step = _enter_step(commitment, on=on, note=note, address=address, by=by)
    told = {"step": str(step.uid), "on": on.isoformat(), "note": note, "address": address}
    _note("registry.commitment_moved", commitment, by, {**_terms_of(commitment), **told})
    announce(
        CommitmentMoved(commitment.uid, commitment.network.uid, str(commitment.state)),
        network=commitment.network,
    )
    return step


def _require_possible(
    commitment: Commitment, state: str, day: date, note: str, address: str
) -> None:
    if state != commitment.state and state not in rules.next_states(commitment.state):
        raise StepNotPossible
    if day > clock.today():
        raise DayToCome
    if state == commitment.state:
        return
    if state in rules.WANT_EVIDENCE and not (note or address):
        raise EvidenceMissing
    if rules.wants_reason(commitment.state, state) and not note:
        raise ReasonMissing


def _word(row: Commitment, *, name: str, details: str, source: str) -> None:
    row.name, row.source = " ".join(name.split()), " ".join(source.split())
    row.details = details.strip()
    if not search_key(row.name):
        raise WordsMissing


def _bind(
    row: Commitment, *, owner: Organisation | None, no_owner: bool, due: date | None, no_due: bool
) -> None:
    if (owner is None) is not no_owner:
        raise OwnerMissing
    if (due is None) is not no_due:
        raise DueMissing
    row.owner, row.no_owner, row.due, row.no_due = owner, no_owner, due, no_due


def _enter_step(
    row: Commitment, *, on: date, note: str = "", address: str = "", by: Actor
) -> CommitmentStep:
    return CommitmentStep.objects.create(
        commitment=row,
        state=row.state,
        due=row.due,
        owner=row.owner,
        on=on,
        note=note,
        address=address,
        at=clock.now(),
        person=Person.objects.filter(uid=by.person).first() if by.person else None,
    )


def _note(action: str, row: Commitment, by: Actor, values: dict[str, Any]) -> None:
    record(action=action, actor=by, subject=row, network=row.network, values=values)


def _words_of(row: Commitment) -> dict[str, Any]:
    return {name: getattr(row, name) for name in WORDS}


def _terms_of(row: Commitment) -> dict[str, str]:
    return {
        "state": str(row.state),
        "owner": str(row.owner.uid) if row.owner else "",
        "due": str(row.due or ""),
    }
