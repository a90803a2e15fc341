"""Persons in office: what ends with an office, elections in one act, offices that are not to be filled.

Entering, changing, correcting, ending and withdrawing one of them is done by `actions.facts`.
"""

import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Recorded
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.facts import announce
from tavolo.registry import rules
from tavolo.registry.actions.common import require
from tavolo.registry.actions.following import FOLLOWERS
from tavolo.registry.actions.office_checks import fit_within
from tavolo.registry.actions.recorded import copied, ended, entered, replaced, superseded, withdrawn
from tavolo.registry.actions.representations import end_representations
from tavolo.registry.choices import DelegationTheme, EndReason, OfficeTitle
from tavolo.registry.errors import (
    AlreadyDiscontinued,
    BeginningNotKnown,
    EndNotKnown,
    NothingNamed,
    NothingToEnd,
    StillHeld,
)
from tavolo.registry.facts import OfficeDiscontinued, OfficesEnded
from tavolo.registry.models import (
    Delegation,
    DiscontinuedOffice,
    OfficeHolding,
    Organisation,
    PersonalFact,
)
from tavolo.registry.titles import NOT_ENDED_BY_ELECTIONS
from tavolo.search.actions import note_change


@transaction.atomic
def end_all_offices(
    *,
    organisation: Organisation,
    last: PartialDate,
    act: str,
    reason: str = EndReason.ELECTION,
    but: Collection[uuid.UUID] = (),
    by: Actor,
) -> int:
    """End in one act all offices of an organisation that are held on the last day that `last` can mean.

    With them end the delegations and representations that rest on them, and the delegations of
    which no office is known. Offices that one holds by employment go on after elections
    (`titles.NOT_ENDED_BY_ELECTIONS`), and so do those whose uids stand in `but`.
    One entry in the journal names the act and what ended, one fact is announced. Gives how many
    offices and delegations without office ended. Refuses with NotAllowed, EndNotKnown, NothingToEnd.
    """
    require(rules.may_keep_offices(by, organisation.steward.uid))
    day = last.last_day()
    if day is None:
        raise EndNotKnown
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    held = [row for row in _held(organisation, day, reason) if row.uid not in but]
    if not held:
        raise NothingToEnd
    was = {row.uid: row for row in held}
    rows = [ended(row, day, ended=last, end_reason=reason) for row in held]
    # All have ended before what rests on them is looked at: who held two goes with both.
    brought = [one for row in rows for one in _followed(was[row.uid], row)]
    note_change(organisation)
    record(
        action="registry.offices_ended",
        actor=by,
        subject=organisation,
        network=organisation.steward,
        values={
            "last_day": str(last),
            "act": " ".join(act.split()),
            "reason": str(reason),
            "ended": [str(row.uid) for row in (*rows, *brought)],
        },
    )
    announce(OfficesEnded(organisation.uid, day), network=organisation.steward)
    return len(rows)


@transaction.atomic
def discontinue_office(
    *,
    organisation: Organisation,
    title: str = "",
    theme: str = "",
    since: PartialDate,
    reason: str,
    by: Actor,
) -> DiscontinuedOffice:
    """Say that an office (`title`) or a matter (`theme`) is not to be filled from `since` on.

    It is then no longer vacant; whoever takes it up again later makes it an office as before.
    Refuses with NotAllowed, NothingNamed, BeginningNotKnown, StillHeld, AlreadyDiscontinued.
    """
    require(rules.may_keep_offices(by, organisation.steward.uid))
    if bool(title) == bool(theme) or not _is_known(title, theme):
        raise NothingNamed
    first = since.first_day()
    if first is None:
        raise BeginningNotKnown
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if _holders(organisation, title, theme).on(first).exists():
        raise StillHeld
    given_up = DiscontinuedOffice.objects.filter(
        organisation=organisation, title=title, theme=theme
    )
    if given_up.on(first).exists():
        raise AlreadyDiscontinued
    row = DiscontinuedOffice(
        organisation=organisation,
        title=title,
        theme=theme,
        reason=" ".join(reason.split()),
        valid_from=first,
    )
    return _told("registry.office_discontinued", entered(row), by)


@transaction.atomic
def reopen_office(*, discontinued: DiscontinuedOffice, by: Actor) -> DiscontinuedOffice:
    """Say that an office is to be filled after all. Refuses with NotAllowed, AlreadySuperseded."""
    require(rules.may_keep_offices(by, discontinued.organisation.steward.uid))
    return _told("registry.office_reopened", withdrawn(discontinued), by)


def _held(organisation: Organisation, day: Any, reason: str) -> list[PersonalFact]:
    offices = OfficeHolding.objects.on(day).filter(organisation=organisation, valid_until=None)
    if reason == EndReason.ELECTION:
        offices = offices.exclude(title__in=NOT_ENDED_BY_ELECTIONS)
    alone = Delegation.objects.on(day).filter(
        organisation=organisation, valid_until=None, holding=None
    )
    return [*offices.order_by("id"), *alone.order_by("id")]


def _holders(organisation: Organisation, title: str, theme: str) -> Any:
    if title:
        return OfficeHolding.objects.filter(organisation=organisation, title=title)
    return Delegation.objects.filter(organisation=organisation, theme=theme)


def _is_known(title: str, theme: str) -> bool:
    return title in OfficeTitle.values or theme in DelegationTheme.values


def _told(action: str, row: DiscontinuedOffice, by: Actor) -> DiscontinuedOffice:
    organisation = row.organisation
    record(
        action=action,
        actor=by,
        subject=row,
        network=organisation.steward,
        values={
            "organisation": str(organisation.uid),
            "title": row.title,
            "theme": row.theme,
            "reason": row.reason,
        },
    )
    announce(OfficeDiscontinued(organisation.uid, row.uid), network=organisation.steward)
    return row


def _followed(was: PersonalFact, now: PersonalFact) -> list[Recorded]:
    if isinstance(was, OfficeHolding) and isinstance(now, OfficeHolding):
        return follow_office(was, now)
    return []


def follow_office(
    was: OfficeHolding, now: OfficeHolding | None, followed_by: OfficeHolding | None = None
) -> list[Recorded]:
    """Bring what rests on an office in line with it: its delegations, and who speaks by it.

    Withdrawn: they are withdrawn too. Corrected: what began or ended with it follows, also to
    another person. Ended: they end. Changed: the delegations of the same person go on with the
    office that follows. Refuses with OutsideOffice.
    """
    rows = list(Delegation.objects.known().filter(holding=was.uid).order_by("id"))
    if now is None:
        return [withdrawn(row) for row in rows]
    same = followed_by is not None and followed_by.person_id == was.person_id
    fitted: list[Recorded] = []
    for row in rows:
        if followed_by is not None and same and _begins_after(row, now):
            fitted.append(superseded(row, holding=followed_by.uid))
            continue
        fitted += _fitted(row, was, now)
        if followed_by is not None and same:
            fitted += _carried_over(row, now, followed_by)
    if was.valid_until is None and now.valid_until is not None:
        fitted += end_representations(now)
    return fitted


def _begins_after(row: Delegation, office: OfficeHolding) -> bool:
    until = office.valid_until
    return bool(until and row.valid_from and row.valid_from >= until)


def _fitted(row: Delegation, was: OfficeHolding, now: OfficeHolding) -> list[Recorded]:
    another = copied(row)
    if row.person_id == was.person_id:
        another.person = now.person
    if row.unit_id == was.unit_id:
        another.unit = now.unit
    if row.valid_from == was.valid_from:
        another.valid_from = now.valid_from
        another.began = now.began if row.began == was.began else row.began
    if row.valid_until == was.valid_until:
        another.valid_until = now.valid_until
        another.ended = now.ended if row.ended == was.ended else row.ended
        another.end_reason = now.end_reason
    elif row.valid_until is None or (now.valid_until and row.valid_until > now.valid_until):
        another.valid_until, another.ended = now.valid_until, now.ended
        another.end_reason = now.end_reason
    fit_within(another, now)
    return [] if _says_the_same(row, another) else [replaced(row, another)]


def _says_the_same(one: Delegation, other: Delegation) -> bool:
    names = [
        "person_id", "unit_id", "valid_from", "valid_until", "began", "ended", "end_reason",
    ]  # fmt: skip
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _carried_over(row: Delegation, now: OfficeHolding, then: OfficeHolding) -> list[Recorded]:
    """A delegation that held to the end of an office or beyond, as it goes on with the one that follows."""
    if row.valid_until is not None and row.valid_until <= (now.valid_until or row.valid_until):
        return []
    another = copied(
        row, uid=uuid.uuid4(), holding=then.uid, unit=then.unit, began=then.began, valid_from=None
    )
    fit_within(another, then)
    return [entered(another)]


FOLLOWERS[OfficeHolding] = follow_office
