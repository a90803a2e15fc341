"""Organisations as the interface answers them."""

from datetime import date
from typing import Protocol

from tavolo.kernel.dates import PartialDate
from tavolo.registry import models
from tavolo.registry.queries import AsOf, Brief, InOffice, Voices
from tavolo.registry.web.api import types
from tavolo.territory.models import Municipality
from tavolo.territory.web.api.types import MunicipalityRef


class HasDays(Protocol):
    """A fact with what its source says of its beginning and its end."""

    began: PartialDate | None
    ended: PartialDate | None
    valid_from: date | None
    valid_until: date | None


def in_list(
    row: models.Organisation, brief: Brief, networks: list[models.Participation]
) -> types.OrganisationInList:
    return types.OrganisationInList(
        uid=row.uid,
        code=row.code,
        name=brief.name,
        kind=brief.kind,
        legal_form=brief.legal_form,
        is_administration=brief.is_administration,
        municipality=place(brief.seat),
        networks=[each.network.slug for each in networks],
    )


def organisation(as_of: AsOf, voices: Voices) -> types.Organisation:
    return types.Organisation(
        **ref(as_of.organisation, as_of.name),
        exists=as_of.exists,
        official_name=as_of.official_name,
        short_name=as_of.short_name,
        kind=as_of.kind,
        legal_form=as_of.legal_form,
        is_administration=as_of.is_administration,
        names=[_name(row) for row in as_of.names],
        seats=[_seat(row) for row in as_of.seats],
        identifiers=[
            types.OrganisationIdentifier(scheme=row.scheme, value=row.value, **_days(row))
            for row in as_of.identifiers
        ],
        contacts=[_contact(row) for row in as_of.contacts],
        units=[_unit(row) for row in as_of.units],
        served=[_served(row) for row in as_of.served],
        offices=[_office(one) for one in voices.in_office],
        predecessors=[_succession(row, row.organisation) for row in as_of.predecessors],
        successors=[_succession(row, row.successor) for row in as_of.successors],
        networks=[
            types.TakesPart(network=row.network.slug, role=row.role, **_days(row))
            for row in voices.taking_part
            if as_of.on in row.period
        ],
        source=as_of.organisation.source,
    )


def ref(row: models.Organisation, name: str = "") -> types.OrganisationRef:
    return types.OrganisationRef(uid=row.uid, code=row.code, name=name or row.name)


def place(town: Municipality | None) -> MunicipalityRef | None:
    return MunicipalityRef(istat_code=town.istat_code, name=town.name) if town else None


def _days(row: HasDays) -> types.AsTheSourceSays:
    return types.AsTheSourceSays(
        began=str(row.began or ""),
        ended=str(row.ended or ""),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def _name(row: models.OrganisationName) -> types.OrganisationName:
    return types.OrganisationName(name=row.name, kind=row.kind, **_days(row))


def _seat(row: models.Seat) -> types.OrganisationSeat:
    return types.OrganisationSeat(
        kind=row.kind,
        address=row.address,
        postal_code=row.postal_code,
        municipality=place(row.municipality),
        **_days(row),
    )


def _contact(row: models.Contact) -> types.OrganisationContact:
    return types.OrganisationContact(
        channel=row.channel,
        value=row.value,
        label=row.label,
        unit=row.unit.code if row.unit else "",
    )


def _unit(row: models.OrganisationUnit) -> types.OrganisationUnit:
    return types.OrganisationUnit(
        uid=row.uid,
        code=row.code,
        name=row.name,
        kind=row.kind,
        part_of=row.parent.code if row.parent else "",
        **_days(row),
    )


def _served(row: models.ServedTerritory) -> types.PlaceServed:
    if row.area is not None:
        return types.PlaceServed(kind=row.area.kind, code=row.area.code, name=row.area.name)
    town = row.municipality
    return types.PlaceServed(
        kind="municipality",
        code=town.istat_code if town else "",
        name=town.name if town else "",
    )


def _office(one: InOffice) -> types.OfficeHeld:
    row = one.row
    return types.OfficeHeld(
        person=one.person.name,
        title="" if isinstance(row, models.Delegation) else row.title,
        words="" if one.is_delegation else one.words,
        unit=row.unit.code if row.unit else "",
        delegations=[one.words] if one.is_delegation else [each.words for each in one.delegations],
        act=row.act,
        **_days(row),
    )


def _succession(
    row: models.OrganisationSuccession, other: models.Organisation
) -> types.OrganisationSuccession:
    return types.OrganisationSuccession(organisation=ref(other), manner=row.manner, **_days(row))
