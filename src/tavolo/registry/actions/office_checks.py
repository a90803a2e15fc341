"""What an office and a delegation must be before they are written."""

from uuid import UUID

from tavolo.kernel.dated import Period
from tavolo.registry.actions.checks import CHECKS, beside, refuse_at_once, surely_meet
from tavolo.registry.choices import DelegationTheme, OfficeTitle
from tavolo.registry.errors import (
    AlreadyDelegated,
    AlreadyHoldsOffice,
    MatterMissing,
    OfficeHeld,
    OfficeOfAnother,
    OutsideOffice,
    TitleMissing,
)
from tavolo.registry.models import Delegation, OfficeHolding
from tavolo.registry.titles import HELD_BY_ONE


def check_office(row: OfficeHolding) -> None:
    """Refuses with TitleMissing, AlreadyHoldsOffice, and OfficeHeld where one person alone can hold it.

    An office outside the vocabulary needs its words, in one form at least; one inside it has none.
    """
    if row.title != OfficeTitle.OTHER:
        row.title_feminine = row.title_masculine = ""
    elif not (row.title_feminine or row.title_masculine):
        raise TitleMissing
    same = [other for other in beside(row) if is_same_office(other, row)]
    refuse_at_once(row, [o for o in same if o.person_id == row.person_id], AlreadyHoldsOffice)
    if row.title in HELD_BY_ONE:
        _refuse_held(row, same)


def is_same_office(one: OfficeHolding, other: OfficeHolding) -> bool:
    """Whether both are the same office of the same place, whoever holds it."""
    mine, theirs = (
        (
            row.unit_id,
            row.title,
            row.title_feminine.casefold(),
            row.title_masculine.casefold(),
        )
        for row in (one, other)
    )
    return mine == theirs


def _refuse_held(row: OfficeHolding, same: list[OfficeHolding]) -> None:
    for other in same:
        if surely_meet(row, other):
            raise OfficeHeld(other.person)


def check_delegation(row: Delegation) -> None:
    """Refuses with MatterMissing, AlreadyDelegated, OfficeOfAnother and OutsideOffice.

    A delegation that rests on an office holds within it: where its own dates are not known, or
    known in part, it is matched by those of the office, and with an office that has ended it ends.
    """
    if row.theme == DelegationTheme.OTHER and not row.words:
        raise MatterMissing
    if row.holding is not None:
        fit_within(row, _office_of(row, row.holding))
    same = [other for other in beside(row) if _same(other, row)]
    refuse_at_once(row, same, AlreadyDelegated)


def fit_within(row: Delegation, office: OfficeHolding) -> None:
    """Set the days by which a delegation is matched within those of its office.

    Refuses with OutsideOffice where what is stated of it cannot be so.
    """
    if _is_outside(row, office.period):
        raise OutsideOffice
    if office.valid_from is not None:
        row.valid_from = max(row.valid_from or office.valid_from, office.valid_from)
    if office.valid_until is None:
        return
    if row.valid_until is None:
        row.ended, row.end_reason = office.ended, row.end_reason or office.end_reason
    row.valid_until = min(row.valid_until or office.valid_until, office.valid_until)


def _is_outside(row: Delegation, office: Period) -> bool:
    last_begin = row.began.last_day() if row.began else None
    first_end = row.ended.first_day() if row.ended else None
    too_early = last_begin and office.valid_from and last_begin < office.valid_from
    too_late = first_end and office.valid_until and first_end >= office.valid_until
    return bool(too_early or too_late) or not row.period.overlaps(office)


def _office_of(row: Delegation, holding: UUID) -> OfficeHolding:
    rows = OfficeHolding.objects.known().filter(uid=holding)
    office = rows.filter(person=row.person, organisation=row.organisation).first()
    if office is None:
        raise OfficeOfAnother
    return office


def _same(one: Delegation, other: Delegation) -> bool:
    mine, theirs = (
        (row.person_id, row.unit_id, row.theme, row.words.casefold() if _is_free(row) else "")
        for row in (one, other)
    )
    return mine == theirs


def _is_free(row: Delegation) -> bool:
    return row.theme == DelegationTheme.OTHER


CHECKS[OfficeHolding] = check_office
CHECKS[Delegation] = check_delegation
