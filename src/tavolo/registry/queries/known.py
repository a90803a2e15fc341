"""What is held to be true of an organisation today, of every day: as its secretariat works on it."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Recorded
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.registry import rules
from tavolo.registry.models import (
    Contact,
    Delegation,
    Identifier,
    OfficeHolding,
    Organisation,
    OrganisationName,
    OrganisationSuccession,
    OrganisationUnit,
    Participation,
    Representation,
    Seat,
    ServedTerritory,
    Standing,
)
from tavolo.registry.queries.in_office import InOffice
from tavolo.registry.queries.networks import networks_run_by

# With each fact, what its line says of it.
WITH: dict[type[Model], tuple[str, ...]] = {
    OrganisationName: (),
    Standing: (),
    Seat: ("municipality__province",),
    Identifier: (),
    Contact: ("unit",),
    ServedTerritory: ("municipality__province", "area"),
    OrganisationSuccession: ("successor", "organisation"),
    OfficeHolding: ("person", "unit"),
    Delegation: ("person", "unit"),
    Representation: ("person", "unit", "network"),
}


def facts_of(organisation: Organisation, model: type[Model]) -> list[Any]:
    """What is known of it of that kind, the last to begin first; one query.

    Of successions also those by which it took another's place.
    """
    return facts_of_each([organisation], model)[organisation.pk]


def facts_of_each(
    organisations: Iterable[Organisation], model: type[Model]
) -> dict[int, list[Any]]:
    """The same of several, by primary key; one query."""
    found: dict[int, list[Any]] = {one.pk: [] for one in organisations}
    for row in sorted(_rows(model).filter(_of(found, model)), key=_latest_first):
        for pk in {row.organisation_id, getattr(row, "successor_id", row.organisation_id)}:
            if pk in found:
                found[pk].append(row)
    return found


def fact_of(organisation: Organisation, model: type[Model], uid: UUID) -> Any:
    """The row that is held now under this uid. Refuses with NotFound."""
    rows = _rows(model).filter(organisation=organisation, uid=uid)
    fact = rows.filter(superseded_at__isnull=True).first()
    if fact is None:
        raise NotFound
    return fact


def held_now(story: Iterable[InOffice]) -> list[InOffice]:
    """Who holds an office, or a delegation alone, without an end in sight, from the story of offices."""
    held = [one for one in story if one.row.valid_until is None]
    return sorted(held, key=lambda one: (one.is_delegation, one.person.sort_key))


def as_known_before(fact: Recorded) -> list[Any]:
    """What was held before under the same uid, the newest first."""
    rows = _rows(type(fact)).filter(uid=fact.uid).exclude(pk=fact.pk)
    return list(rows.order_by("-recorded_at", "-pk"))


def units_of(*organisations: Organisation) -> list[OrganisationUnit]:
    """Their units of every time, by name; one query."""
    rows = OrganisationUnit.objects.filter(organisation__in=organisations)
    return list(rows.select_related("parent", "municipality").order_by("sort_key", "id"))


def unit_of(organisation: Organisation, code: str) -> OrganisationUnit:
    """Refuses with NotFound."""
    rows = OrganisationUnit.objects.select_related("organisation__steward", "parent")
    unit = rows.filter(organisation=organisation, code=code).first()
    if unit is None:
        raise NotFound
    return unit


def networks_to_admit(organisation: Organisation, *, by: Actor, on: date) -> QuerySet[Network]:
    """The networks whose secretariat `by` has in which it does not take part on that day."""
    here = Participation.objects.on(on).filter(organisation=organisation, network=OuterRef("pk"))
    return networks_run_by(by, rules.ORGANISATIONS).exclude(Exists(here))


def _rows(model: type[Model]) -> QuerySet[Any]:
    return model._base_manager.select_related("organisation__steward", *WITH[model])


def _of(organisations: Iterable[int], model: type[Model]) -> Q:
    of = Q(organisation__in=organisations)
    if model is OrganisationSuccession:
        of |= Q(successor__in=organisations)
    return of & Q(superseded_at__isnull=True)


def _latest_first(fact: Any) -> tuple[bool, int, int]:
    first = fact.valid_from
    return (first is None, -first.toordinal() if first else 0, -fact.pk)
