"""Entering the parts of a municipality that have a body or a name of their own."""

from datetime import date

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.territory import rules
from tavolo.territory.actions.memberships import lock_municipalities
from tavolo.territory.errors import EndsBeforeItBegins, NotInTerritory, UnitCodeTaken
from tavolo.territory.facts import UnitsEntered
from tavolo.territory.models import Municipality, SubMunicipalUnit
from tavolo.territory.queries.editing import territory_on


@transaction.atomic
def enter_unit(
    *,
    municipality: Municipality,
    code: str,
    name: str,
    term: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
    source: str = "",
    network: Network | None = None,
    by: Actor,
) -> SubMunicipalUnit:
    """Enter a part of a municipality for a time (half-open); `term` says what it is called there.

    Refuses with NotAllowed, NotInTerritory, EndsBeforeItBegins, UnitCodeTaken.
    """
    if not rules.may_edit_districts(by, network.uid if network else None):
        raise NotAllowed
    if valid_from and valid_until and valid_until <= valid_from:
        raise EndsBeforeItBegins
    if network and not by.has("operator"):
        held = territory_on(network, valid_from or clock.today())
        if municipality.pk not in held:
            raise NotInTerritory(municipality.name)
    unit = SubMunicipalUnit(
        municipality=municipality,
        code=code,
        name=name,
        term=term,
        valid_from=valid_from,
        valid_until=valid_until,
        source=source,
    )
    _refuse_twice(unit)
    unit.save()
    record(
        action="territory.unit_entered",
        actor=by,
        subject=unit,
        network=network,
        values={"municipality": municipality.uid, "code": code, "name": name},
    )
    announce(UnitsEntered(municipality=municipality.uid), network=network)
    return unit


def _refuse_twice(unit: SubMunicipalUnit) -> None:
    lock_municipalities([unit.municipality_id])
    same = SubMunicipalUnit.objects.filter(municipality=unit.municipality_id, code=unit.code)
    if any(other.period.overlaps(unit.period) for other in same):
        raise UnitCodeTaken
