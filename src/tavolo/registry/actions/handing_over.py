"""Handing over a desk: all that a person holds in a network, thing by thing, in one act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor, Held, Passing, holdings
from tavolo.kernel.errors import Refusal
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry import rules
from tavolo.registry.actions.common import require
from tavolo.registry.errors import NotHandedOver, NotHeld, NothingNew, SuccessorMissing
from tavolo.registry.facts import DeskHandedOver
from tavolo.registry.queries.handing_over import HANDED_OVER


@dataclass(frozen=True)
class Handing:
    """One thing and what becomes of it: it goes to a person, or with None it is left."""

    holding: str
    held: UUID
    to: Person | None


@transaction.atomic
def hand_over(
    *,
    network: Network,
    person: Person,
    things: Sequence[Handing],
    last_day: date | None = None,
    act: str = "",
    by: Actor,
) -> Entry:
    """Hand over what `person` holds: it is hers until `last_day`, by default today, then the others'.

    All of it or nothing, in the order of the holdings, each by its own acts with their entries; one
    entry more says what went to whom, and is given back. Refuses with NotAllowed, NothingNew where
    nothing is chosen, and NotHandedOver, which carries the thing and says why: NotHeld,
    SuccessorMissing, LastSecretary, NobodyElseCanSignIn, or what the acts themselves refuse.
    """
    require(rules.may_hand_over(by, network.uid))
    if not things:
        raise NothingNew
    # Two who hand the same over at once wait for one another here.
    Network.objects.select_for_update().get(pk=network.pk)
    day = last_day or clock.today()
    told = [
        _handed(
            thing,
            held,
            Passing(
                person=person.uid,
                to=thing.to.uid if thing.to else None,
                network=network.uid,
                on=day + timedelta(days=1),
                act=act,
                by=by,
            ),
        )
        for thing, held in _found(things, network, person, day)
    ]
    entry = record(
        action=HANDED_OVER,
        actor=by,
        subject=person,
        network=network,
        values={"last_day": day, "act": act, "things": told},
    )
    announce(DeskHandedOver(person.uid, network.uid), network=network)
    return entry


def _found(
    things: Iterable[Handing], network: Network, person: Person, day: date
) -> list[tuple[Handing, Held]]:
    """Each thing as it is held, in the order of the holdings."""
    by_key = {(thing.holding, thing.held): thing for thing in things}
    found = [
        (by_key.pop((holding.key, held.uid)), held)
        for holding in sorted(holdings, key=lambda holding: holding.order)
        for held in holding.held(person.uid, network.uid, day)
        if (holding.key, held.uid) in by_key
    ]
    for thing in by_key.values():
        raise NotHandedOver(thing.held, NotHeld())
    return found


def _handed(thing: Handing, held: Held, passing: Passing) -> dict[str, str]:
    try:
        if passing.to == passing.person or (passing.to is None and held.needed):
            raise SuccessorMissing
        holdings.get(thing.holding).hand_over(held.uid, passing)
    except Refusal as refusal:
        raise NotHandedOver(held.uid, refusal) from refusal
    return {
        "holding": thing.holding,
        "label": held.label,
        "note": held.note,
        "to": str(passing.to or ""),
    }
