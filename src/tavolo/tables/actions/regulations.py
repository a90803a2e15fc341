"""Adopting the rules of a body by an act, and correcting what was written of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Period
from tavolo.kernel.facts import Fact, announce
from tavolo.registry.actions.common import unless_raced
from tavolo.registry.actions.recorded import copied, entered, replaced, superseded
from tavolo.registry.errors import AlreadySuperseded, ReasonMissing
from tavolo.tables.actions.common import runs, within
from tavolo.tables.errors import RegulationActMissing, RegulationThere
from tavolo.tables.facts import RegulationAdopted, RegulationCorrected
from tavolo.tables.models import Body, BodyRegulation
from tavolo.tables.regulation.plain import plain
from tavolo.tables.regulation.rules import Regulation


@transaction.atomic
def adopt_regulation(
    *,
    body: Body,
    regulation: Regulation,
    since: date,
    act: str,
    sources: Mapping[str, str] | None = None,
    preset: str = "",
    source: str = "",
    by: Actor,
) -> BodyRegulation:
    """Let a body work by these rules from `since`, by an act; what was in force ends the day before.

    A regulation that begins later stays as it is, and this one holds until then. `sources` says by
    path where single rules come from. Refuses with NotAllowed, RegulationActMissing, BodyHasEnded,
    RegulationThere.
    """
    runs(by, body)
    act = _act(act)
    # One at a time: two acts of one day would both find the day free.
    Body.objects.select_for_update().get(pk=body.pk)
    row = BodyRegulation(
        body=body,
        rules=plain(regulation),
        sources=dict(sources or {}),
        preset=preset,
        act=act,
        source=source.strip(),
        valid_from=since,
    )
    row.valid_until = _makes_way(body, since)
    within(body, Period(since, since))
    unless_raced(lambda: entered(row), RegulationThere)
    values = {"since": since.isoformat(), "act": act, "preset": preset}
    _told("tables.regulation_adopted", row, by, RegulationAdopted(body.uid, row.uid), values)
    return row


@transaction.atomic
def correct_regulation(
    *,
    adopted: BodyRegulation,
    regulation: Regulation,
    act: str,
    reason: str,
    sources: Mapping[str, str] | None = None,
    by: Actor,
) -> BodyRegulation:
    """Say otherwise what a regulation said from its first day; what was written before stays known.

    For what was wrongly entered: what an act changes is adopted from a day. Refuses with NotAllowed,
    RegulationActMissing, ReasonMissing, AlreadySuperseded.
    """
    runs(by, adopted.body)
    act = _act(act)
    if not reason.strip():
        raise ReasonMissing
    row = superseded(
        adopted,
        rules=plain(regulation),
        sources=adopted.sources if sources is None else dict(sources),
        act=act,
    )
    said = {"act": row.act, "reason": reason.strip()}
    fact = RegulationCorrected(row.body.uid, row.uid)
    _told("tables.regulation_corrected", row, by, fact, said)
    return row


def _act(words: str) -> str:
    told = " ".join(words.split())
    if not told:
        raise RegulationActMissing
    return told


def _makes_way(body: Body, since: date) -> date | None:
    """End what holds on that day the day before; gives when the one that follows begins."""
    known = BodyRegulation.objects.filter(body=body).known()
    if known.filter(valid_from=since).exists():
        raise RegulationThere
    before = known.on(since).first()
    if before is not None:
        try:
            replaced(before, copied(before, valid_until=since), at=clock.now())
        except AlreadySuperseded as fault:
            raise RegulationThere from fault
    after = known.filter(valid_from__gt=since).order_by("valid_from").first()
    return after.valid_from if after else None


def _told(action: str, row: BodyRegulation, by: Actor, fact: Fact, values: dict[str, Any]) -> None:
    record(action=action, actor=by, subject=row, network=row.body.network, values=values)
    announce(fact, network=row.body.network)
