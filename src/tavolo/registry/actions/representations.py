"""Who speaks for an organisation: what such a fact must be, and that it ends with the office."""

from django.db.models import Q

from tavolo.kernel.dated import Recorded
from tavolo.registry.actions.checks import CHECKS, beside, refuse_at_once
from tavolo.registry.actions.recorded import superseded
from tavolo.registry.errors import AlreadyRepresents
from tavolo.registry.models import OfficeHolding, Representation


def check_representation(row: Representation) -> None:
    """Refuses with AlreadyRepresents: the same person, towards the same, for the same, at once."""
    same = [other for other in beside(row) if _same(other, row)]
    refuse_at_once(row, same, AlreadyRepresents)


def end_representations(office: OfficeHolding) -> list[Recorded]:
    """End with an office that has its end those representations that rest on it; gives the rows.

    A representation of the organisation, or of the unit that the office is in, rests on an office of
    the same person where it began with it or later; not on one that she took up while she spoke for
    it already. It goes on where she holds another office of the organisation.
    """
    until = office.valid_until
    rows = Representation.objects.known().filter(
        Q(unit=None) | Q(unit=office.unit),
        person=office.person,
        organisation=office.organisation,
    )
    resting = [row for row in rows.order_by("id") if _rests(row, office)]
    if not resting or until is None or _holds_another(office):
        return []
    return [
        superseded(row, valid_until=until, ended=office.ended, end_reason=office.end_reason)
        for row in resting
    ]


def _rests(row: Representation, office: OfficeHolding) -> bool:
    until = office.valid_until
    if row.valid_until is not None or (row.valid_from and until and row.valid_from >= until):
        return False
    if office.valid_from is None:
        return True
    return row.valid_from is not None and row.valid_from >= office.valid_from


def _holds_another(office: OfficeHolding) -> bool:
    others = OfficeHolding.objects.filter(person=office.person, organisation=office.organisation)
    until = office.valid_until
    return until is not None and others.on(until).exclude(uid=office.uid).exists()


def _same(one: Representation, other: Representation) -> bool:
    mine, theirs = (
        (row.person_id, row.unit_id, row.network_id, row.capacity, row.matter.casefold())
        for row in (one, other)
    )
    return mine == theirs


CHECKS[Representation] = check_representation
