"""Units of an organisation: entered, edited, ended."""

from typing import Any

from django.db import IntegrityError, transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.facts import announce
from tavolo.kernel.text import minted_code, search_key
from tavolo.kernel.versions import save_version
from tavolo.registry import rules
from tavolo.registry.actions.checks import refuse_municipality_not_then
from tavolo.registry.actions.common import end_row, require
from tavolo.registry.actions.facts import said
from tavolo.registry.actions.recorded import period_of
from tavolo.registry.choices import UnitKind
from tavolo.registry.errors import (
    EndNotKnown,
    NameMissing,
    OrganisationMerged,
    UnitGoesRound,
    UnitOfAnother,
    UnknownKind,
)
from tavolo.registry.facts import OrganisationEdited
from tavolo.registry.models import Organisation, OrganisationUnit
from tavolo.search.actions import note_change
from tavolo.territory.models import Municipality

CODE_LENGTH = 60
MINTING_ATTEMPTS = 5
EDITABLE = (
    "name",
    "kind",
    "parent",
    "municipality",
    "began",
    "source",
    "valid_from",
    "valid_until",
)


@transaction.atomic
def add_unit(
    *,
    organisation: Organisation,
    name: str,
    kind: str,
    parent: OrganisationUnit | None = None,
    municipality: Municipality | None = None,
    began: PartialDate | None = None,
    source: str = "",
    by: Actor,
) -> OrganisationUnit:
    """Enter a unit of an organisation from `began`, and mint the code of its address.

    Refuses with NotAllowed, OrganisationMerged, NameMissing, UnknownKind, UnitOfAnother,
    MunicipalityNotThen.
    """
    require(rules.may_edit_organisation(by, organisation.steward.uid))
    if organisation.merged_into_id is not None:
        raise OrganisationMerged
    row = OrganisationUnit(organisation=organisation, created_at=clock.now())
    _fill(
        row,
        name=name,
        kind=kind,
        parent=parent,
        municipality=municipality,
        began=began,
        source=source,
    )
    _save_with_code(row)
    return _told("registry.unit_added", row, by)


@transaction.atomic
def edit_unit(
    *,
    unit: OrganisationUnit,
    version: int,
    name: str,
    kind: str,
    parent: OrganisationUnit | None = None,
    municipality: Municipality | None = None,
    began: PartialDate | None = None,
    source: str = "",
    by: Actor,
) -> OrganisationUnit:
    """Put right what is said of a unit; its code stays as it was minted.

    Refuses with NotAllowed, NameMissing, UnknownKind, UnitOfAnother, UnitGoesRound,
    MunicipalityNotThen, EndsBeforeItBegan, and StaleVersion where somebody saved after `version`
    was read.
    """
    require(rules.may_edit_organisation(by, unit.organisation.steward.uid))
    _fill(
        unit,
        name=name,
        kind=kind,
        parent=parent,
        municipality=municipality,
        began=began,
        source=source,
    )
    save_version(unit, expected=version, fields=EDITABLE)
    return _told("registry.unit_edited", unit, by)


@transaction.atomic
def end_unit(*, unit: OrganisationUnit, last: PartialDate, by: Actor) -> OrganisationUnit:
    """Let a unit be there until the last day that `last` can mean.

    Refuses with NotAllowed, EndNotKnown, AlreadyEnded, EndsBeforeItBegan.
    """
    require(rules.may_edit_organisation(by, unit.organisation.steward.uid))
    day = last.last_day()
    if day is None:
        raise EndNotKnown
    end_row(OrganisationUnit.objects.all(), unit, day, ended=last, version=unit.version + 1)
    return _told("registry.unit_ended", unit, by)


def _fill(row: OrganisationUnit, **values: Any) -> None:
    for field, value in values.items():
        setattr(row, field, " ".join(value.split()) if isinstance(value, str) else value)
    period = period_of(row.began, row.ended)
    row.valid_from, row.valid_until = period.valid_from, period.valid_until
    if not search_key(row.name):
        raise NameMissing
    if row.kind not in UnitKind.values:
        raise UnknownKind
    _refuse_wrong_parent(row)
    refuse_municipality_not_then(row.municipality, row)


def _refuse_wrong_parent(row: OrganisationUnit) -> None:
    above = row.parent
    if above is not None and above.organisation_id != row.organisation_id:
        raise UnitOfAnother
    while above is not None:
        if row.pk is not None and above.pk == row.pk:
            raise UnitGoesRound
        above = above.parent


def _save_with_code(row: OrganisationUnit, attempts: int = MINTING_ATTEMPTS) -> None:
    row.code = _free_code(row.name)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # Somebody minted the same code in this very moment.
        if attempts == 1:
            raise
        _save_with_code(row, attempts - 1)


def _free_code(name: str) -> str:
    stem = minted_code(name, (), length=CODE_LENGTH)
    taken = OrganisationUnit.objects.filter(code__startswith=stem).values_list("code", flat=True)
    return minted_code(name, rules.RESERVED_WORDS | set(taken), length=CODE_LENGTH)


def _told(action: str, unit: OrganisationUnit, by: Actor) -> OrganisationUnit:
    organisation = unit.organisation
    note_change(unit)
    note_change(organisation)
    record(
        action=action,
        actor=by,
        subject=unit,
        network=organisation.steward,
        values=said(unit) | {"organisation": str(organisation.uid)},
    )
    announce(OrganisationEdited(organisation.uid), network=organisation.steward)
    return unit
