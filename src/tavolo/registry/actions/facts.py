"""The five things that can be done to a fact of an organisation or of a person in it.

A fact is entered; it is otherwise from a day (changed); it was wrong (corrected); it ends; it was
never true (withdrawn). No row is rewritten: what was known before stays readable.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Recorded
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.facts import announce
from tavolo.registry import rules
from tavolo.registry.actions.checks import CHECKS, checked
from tavolo.registry.actions.common import require
from tavolo.registry.actions.following import follow, follow_change
from tavolo.registry.actions.recorded import (
    copied,
    ended,
    entered,
    period_of,
    replaced,
    withdrawn,
)
from tavolo.registry.actions.summary import bring_up_to_date
from tavolo.registry.errors import (
    AlreadyEnded,
    BeginningNotKnown,
    EndNotKnown,
    EndsBeforeItBegan,
    OrganisationMerged,
    ReasonMissing,
)
from tavolo.registry.facts import OrganisationEdited
from tavolo.registry.models import Organisation, OrganisationFact, PersonalFact
from tavolo.search.actions import note_change

__all__ = [
    "CHECKS",
    "change_fact",
    "changed",
    "closed",
    "correct_fact",
    "corrected",
    "end_fact",
    "enter_fact",
    "laid",
    "said",
    "withdraw_fact",
]

F = TypeVar("F", bound=OrganisationFact | PersonalFact)

# What a row is kept by, and what follows from its other values; nobody writes it as a value.
BOOKKEEPING = frozenset(
    {
        "id", "uid", "organisation", "recorded_at", "superseded_at", "valid_from", "valid_until",
        "sort_key", "search_key",
    }
)  # fmt: skip


@transaction.atomic
def enter_fact(*, fact: F, by: Actor) -> F:
    """Enter an unsaved fact with its organisation, its values, `began`, `ended` and `source`.

    The days by which it is matched follow from `began` and `ended`. Then the organisation's summary
    is brought up to date, the act goes into the journal and is announced. Refuses with NotAllowed,
    OrganisationMerged, EndsBeforeItBegan, and what the check of its model refuses with (`CHECKS`).
    """
    _open(fact, by, living=True)
    return _told("registry.fact_entered", laid(fact), by)


@transaction.atomic
def change_fact(*, fact: F, since: PartialDate, values: Mapping[str, Any], by: Actor) -> F:
    """Say that it is otherwise from `since`: the fact ends the day before, and a new one begins.

    Gives the new fact, which has a uid of its own; where nothing differs, the fact as it is. Where
    `since` is known in part the old one ends with the same date, in its words. A fact that has its
    end hands it to the new one. Refuses with NotAllowed, OrganisationMerged, BeginningNotKnown,
    EndsBeforeItBegan, AlreadyEnded, AlreadySuperseded, and what the check refuses with.
    """
    _open(fact, by, living=True)
    if not _differing(fact, values):
        return fact
    new = changed(fact, since, values)
    brought = follow_change(fact, new)
    return _told("registry.fact_changed", new, by, was=fact, brought=brought)


@transaction.atomic
def correct_fact(*, fact: F, values: Mapping[str, Any], by: Actor) -> F:
    """Say that it was wrong: another row takes its place under the same uid, and is given back.

    `values` may hold `began` and `ended` too. Where nothing differs, gives the fact as it is.
    Refuses with NotAllowed, EndsBeforeItBegan, AlreadySuperseded, and what the check refuses with.
    """
    _open(fact, by)
    if not _differing(fact, values):
        return fact
    another = corrected(fact, values)
    return _told("registry.fact_corrected", another, by, brought=follow(fact, another))


@transaction.atomic
def end_fact(*, fact: F, last: PartialDate, by: Actor, **values: Any) -> F:
    """Let an open fact hold until the last day that `last` can mean; `values` are written with it.

    Gives the row that holds from now on. Refuses with NotAllowed, EndNotKnown, AlreadyEnded,
    EndsBeforeItBegan, AlreadySuperseded.
    """
    _open(fact, by)
    day = last.last_day()
    if day is None:
        raise EndNotKnown
    _only_values(fact, values)
    row = ended(fact, day, ended=last, **values)
    return _told("registry.fact_ended", row, by, brought=follow(fact, row))


@transaction.atomic
def withdraw_fact(*, fact: F, reason: str, by: Actor) -> F:
    """Say that it was never true; it stays in what was known before. The reason goes into the journal.

    Refuses with NotAllowed, ReasonMissing, AlreadySuperseded.
    """
    _open(fact, by)
    if not reason.strip():
        raise ReasonMissing
    row, brought = withdrawn(fact), follow(fact, None)
    return _told("registry.fact_withdrawn", row, by, reason=reason.strip(), brought=brought)


def laid(fact: F) -> F:
    """Enter a fact as a part of another act: checked, with its days, without journal and summary."""
    _match(fact)
    checked(fact)
    return entered(fact)


def changed(fact: F, since: PartialDate, values: Mapping[str, Any]) -> F:
    """Change a fact as a part of another act (see `change_fact`)."""
    first = since.first_day()
    if first is None:
        raise BeginningNotKnown
    if fact.valid_until is not None and fact.valid_until <= first:
        raise AlreadyEnded
    _only_values(fact, values)
    at = clock.now()
    old = copied(fact, ended=_until_before(since))
    new = copied(fact, **values, uid=uuid.uuid4(), began=since)
    _match(old)
    # It began as before, perhaps with what it rests on.
    old.valid_from = fact.valid_from
    _match(new)
    replaced(fact, old, at=at)
    checked(new)
    return entered(new, at=at)


def corrected(fact: F, values: Mapping[str, Any]) -> F:
    """Correct a fact as a part of another act (see `correct_fact`)."""
    _only_values(fact, values)
    another = copied(fact, **values)
    _match(another)
    checked(another)
    return replaced(fact, another)


def closed(fact: F, last: date) -> F:
    """Let a fact hold until that day at most, as a part of another act; it may have an end already."""
    old = copied(fact, ended=PartialDate.of(last))
    _match(old)
    return replaced(fact, old)


def said(fact: Model) -> dict[str, str]:
    """What a fact says, as text by field; another row stands by its uid."""
    names = [field.name for field in fact._meta.concrete_fields if field.name not in BOOKKEEPING]
    return {name: _text(getattr(fact, name)) for name in names}


def _open(fact: OrganisationFact | PersonalFact, by: Actor, *, living: bool = False) -> None:
    organisation = fact.organisation
    rule = rules.may_affiliate if isinstance(fact, PersonalFact) else rules.may_edit_organisation
    require(rule(by, organisation.steward.uid))
    # Who writes of one organisation waits for the other: no constraint holds two rows apart.
    now = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if living and now.merged_into_id is not None:
        raise OrganisationMerged


def _told(
    action: str,
    fact: F,
    by: Actor,
    *,
    was: F | None = None,
    reason: str = "",
    brought: Sequence[Recorded] = (),
) -> F:
    organisation = fact.organisation
    also: dict[str, Any] = {"organisation": str(organisation.uid)}
    if brought:
        also["brought"] = [str(row.uid) for row in brought]
    if was is not None:
        also["was"] = str(was.uid)
    if reason:
        also["reason"] = reason
    if isinstance(fact, OrganisationFact):
        bring_up_to_date(organisation)
    note_change(organisation)
    record(
        action=action,
        actor=by,
        subject=fact,
        network=organisation.steward,
        values=said(fact) | also,
    )
    announce(OrganisationEdited(organisation.uid), network=organisation.steward)
    return fact


def _match(fact: OrganisationFact | PersonalFact) -> None:
    period = period_of(fact.began, fact.ended)
    fact.valid_from, fact.valid_until = period.valid_from, period.valid_until


def _until_before(since: PartialDate) -> PartialDate:
    # "From 2016" ends the old one in 2016, no one knows on which day; it is not made up.
    if since.precision != "day":
        return PartialDate(since.year, since.month)
    first = since.first_day()
    try:
        return PartialDate.of(first - timedelta(days=1)) if first else since
    except OverflowError:
        raise EndsBeforeItBegan from None


def _differing(fact: Model, values: Mapping[str, Any]) -> bool:
    return any(getattr(fact, name) != value for name, value in values.items())


def _only_values(fact: Model, values: Mapping[str, Any]) -> None:
    known = {field.name for field in fact._meta.concrete_fields} - BOOKKEEPING
    if strange := set(values) - known:
        raise TypeError(f"Not a value of a fact: {', '.join(sorted(strange))}")


def _text(value: Any) -> str:
    if isinstance(value, Model):
        return str(value.uid)  # type: ignore[attr-defined]
    return "" if value is None else str(value)
