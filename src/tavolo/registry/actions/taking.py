"""That somebody took along what is an organisation's."""

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel.actor import Actor
from tavolo.kernel.facts import announce
from tavolo.registry import rules
from tavolo.registry.actions.common import require
from tavolo.registry.facts import OrganisationDataTaken
from tavolo.registry.models import Organisation


@transaction.atomic
def take_along(*, organisation: Organisation, by: Actor) -> None:
    """Enter that everything of an organisation left in one file, before it is given out.

    Nothing else changes. Refuses with NotAllowed who neither acts for it nor runs its steward network, in person.
    """
    steward = organisation.steward
    require(rules.may_take_along(by, organisation=organisation.uid, steward=steward.uid))
    record(
        action="registry.organisation_data_taken", actor=by, subject=organisation, network=steward
    )
    announce(OrganisationDataTaken(organisation.uid), network=steward)
