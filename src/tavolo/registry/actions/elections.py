"""Taking back that an election ended all offices of an organisation."""

from django.db import transaction

from tavolo.kernel.actor import Actor
from tavolo.registry import rules
from tavolo.registry.actions.common import require
from tavolo.registry.actions.facts import correct_fact
from tavolo.registry.errors import NothingToUndo
from tavolo.registry.models import Delegation, OfficeHolding, Organisation
from tavolo.registry.queries.elections import ended_by_election


@transaction.atomic
def take_back_election(*, organisation: Organisation, by: Actor) -> int:
    """Let go on what the last election ended, as `end_all_offices` wrote it; it was wrong that it ended.

    Each is corrected, offices before what rests on them. Gives how many offices and delegations
    without office go on. Refuses with NotAllowed, and NothingToUndo where none was entered within
    a day or something was entered since.
    """
    require(rules.may_keep_offices(by, organisation.steward.uid))
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    ended = ended_by_election(organisation)
    if not ended:
        raise NothingToUndo
    alone = 0
    for fact in ended:
        # A delegation goes on with the office on which it rests.
        if isinstance(fact, Delegation) and fact.holding:
            continue
        correct_fact(fact=fact, values={"ended": None, "end_reason": ""}, by=by)
        alone += isinstance(fact, OfficeHolding | Delegation)
    return alone
