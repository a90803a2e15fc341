"""What the last election ended in an organisation, as long as nothing was entered since."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import chain

from tavolo.kernel import clock
from tavolo.registry.choices import EndReason
from tavolo.registry.models import (
    Delegation,
    OfficeHolding,
    Organisation,
    PersonalFact,
    Representation,
)
from tavolo.registry.queries.in_office import InOffice

# Afterwards it is no slip any more: each office is corrected by itself.
UNDO_WITHIN = timedelta(days=1)


def ended_by_election(organisation: Organisation) -> list[PersonalFact]:
    """What ended with its last election, where that was entered within a day and nothing came after it.

    Offices first, then the delegations and representations that ended with them; three queries.
    """
    known = [
        model.objects.known().filter(organisation=organisation).select_related("person")
        for model in (OfficeHolding, Delegation, Representation)
    ]
    return _last_ended(list(chain.from_iterable(rows.order_by("id") for rows in known)))


def ended_in(story: Iterable[InOffice]) -> list[PersonalFact]:
    """The offices and delegations among those, from the story of offices; no query."""
    return _last_ended(
        [fact for one in story for fact in (one.row, *(each.row for each in one.delegations))]
    )


def _last_ended(facts: list[PersonalFact]) -> list[PersonalFact]:
    fresh = [fact for fact in facts if _is_fresh(fact)]
    if not fresh:
        return []
    last_day = max(fact.last_day for fact in fresh if fact.last_day)
    ended = [fact for fact in fresh if fact.last_day == last_day]
    written = max(fact.recorded_at for fact in ended)
    return [] if any(fact.recorded_at > written for fact in facts) else ended


def _is_fresh(fact: PersonalFact) -> bool:
    return (
        fact.end_reason == EndReason.ELECTION
        and fact.valid_until is not None
        and fact.recorded_at >= clock.now() - UNDO_WITHIN
    )
