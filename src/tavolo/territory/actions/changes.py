"""The changes that travel with the product as facts, entered."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce
from tavolo.search.actions import note_everything
from tavolo.territory import rules
from tavolo.territory.actions.bearings import bearings
from tavolo.territory.actions.endings import end_what_ended
from tavolo.territory.actions.homes import Homes, begin_cities
from tavolo.territory.actions.lives import lay_lives
from tavolo.territory.actions.populations import derive_populations
from tavolo.territory.actions.successions import Passage, enter_passages
from tavolo.territory.facts import TerritoryChanged
from tavolo.territory.known import KnownChanges, known_changes
from tavolo.territory.lives import Life, lives_of
from tavolo.territory.models import MunicipalityVersion

# What stands where a letter was: a sign that nobody sees, or one that asks.
SPOILED = "[\u0080-\u009f?¿]"


@dataclass(frozen=True)
class Entered:
    """How much was new: municipalities, rows of names and codes, of membership, successions, people."""

    municipalities: int
    versions: int
    memberships: int
    successions: int
    populations: int


@transaction.atomic
def enter_known_changes(*, by: Actor = OPERATOR) -> Entered:
    """Mergers with their predecessors, and metropolitan cities in the place of their provinces.

    What is there already stays as it is: entering them twice changes nothing, before or after the
    history file or ISTAT's list. Only where their province was imported. Refuses with NotAllowed and
    DamagedExtract.
    """
    if not rules.may_import_territory(by):
        raise NotAllowed
    known = known_changes()
    homes = Homes(known)
    homes.make_provinces_of_cities()
    begun = begin_cities(homes)
    lives = list(_lives(known, homes))
    laid = lay_lives(lives, homes=homes, horizon=known.last_day, source=known.source)
    entered = Entered(
        municipalities=laid.made + laid.changed + _repair_names(known),
        versions=laid.versions,
        memberships=begun + laid.memberships,
        successions=enter_passages(_passages(known)),
        populations=derive_populations(),
    )
    end_what_ended()
    if any(vars(entered).values()):
        record(
            action="territory.known_changes_entered",
            actor=by,
            subject=None,
            values=vars(entered),
        )
        announce(TerritoryChanged(municipalities=entered.municipalities))
        note_everything()
    return entered


def _repair_names(known: KnownChanges) -> int:
    """Names that a source has spoiled are written well, with what it wrote beside them."""
    spoiled = MunicipalityVersion.objects.filter(
        istat_code__in=known.spellings, name__regex=SPOILED
    ).select_related("municipality")
    for version in spoiled:
        version.verbatim = version.verbatim or version.name
        version.name = known.spellings[version.istat_code]
        version.save()
        if version.valid_until is None:
            version.municipality.name = version.name
            version.municipality.save()
    return len(spoiled)


def _lives(known: KnownChanges, homes: Homes) -> Iterator[Life]:
    spells = [spell for life in known.lives for spell in life.spells]
    for life in lives_of(spells, known=bearings(spell.code for spell in spells)):
        if life.spells[-1].province in homes:
            yield life


def _passages(known: KnownChanges) -> Iterator[Passage]:
    codes = {code for change in known.successions for code in change.predecessors}
    codes |= {change.successor for change in known.successions}
    versions = list(MunicipalityVersion.objects.filter(istat_code__in=codes))
    ended = {(row.istat_code, row.valid_until): row.municipality_id for row in versions}
    begun = {(row.istat_code, row.valid_from): row.municipality_id for row in versions}
    for change in known.successions:
        into = begun.get((change.successor, change.day))
        for code in change.predecessors:
            gone = ended.get((code, change.day))
            if into is not None and gone is not None:
                yield Passage(gone, into, change.day, change.kind, change.act, change.source)
