"""Letting organisations into a network, and ending that they take part."""

from datetime import date

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Period
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.registry import rules
from tavolo.registry.actions.common import end_row, refuse_overlap, require, unless_raced
from tavolo.registry.choices import ParticipationRole
from tavolo.registry.errors import AlreadyTakesPart
from tavolo.registry.facts import OrganisationAdmitted, ParticipationEnded
from tavolo.registry.models import Organisation, Participation


@transaction.atomic
def admit_organisation(
    *,
    network: Network,
    organisation: Organisation,
    role: str = ParticipationRole.PARTICIPANT,
    since: date | PartialDate | None = None,
    source: str = "",
    by: Actor,
) -> Participation:
    """Let an organisation take part in a network from `since`, by default today.

    A date known in part is kept as it is; the row holds from the first day that it can mean, and
    for ever back where it has no year. Refuses with NotAllowed and AlreadyTakesPart.
    """
    require(rules.may_admit(by, network.uid))
    began = since if isinstance(since, PartialDate) else PartialDate.of(since or clock.today())
    row = Participation(
        network=network,
        organisation=organisation,
        role=ParticipationRole(role),
        valid_from=began.first_day(),
        source=source,
    )
    row.began = began
    held = Participation.objects.filter(network=network, organisation=organisation)
    refuse_overlap(held, Period(row.valid_from, None), AlreadyTakesPart)
    unless_raced(row.save, AlreadyTakesPart)
    record(
        action="registry.organisation_admitted",
        actor=by,
        subject=row,
        network=network,
        values={"organisation": str(organisation.uid), "role": str(row.role), "since": str(began)},
    )
    announce(OrganisationAdmitted(organisation.uid, network.uid, row.uid), network=network)
    return row


@transaction.atomic
def end_participation(
    *, participation: Participation, last_day: date | None = None, by: Actor
) -> Participation:
    """Let an organisation take part until `last_day`, that day included, by default today.

    Refuses with NotAllowed, AlreadyEnded, EndsBeforeItBegan.
    """
    network, organisation = participation.network, participation.organisation
    require(rules.may_admit(by, network.uid))
    day = last_day or clock.today()
    end_row(Participation.objects.all(), participation, day)
    record(
        action="registry.participation_ended",
        actor=by,
        subject=participation,
        network=network,
        values={"last_day": day.isoformat()},
    )
    announce(ParticipationEnded(organisation.uid, network.uid, participation.uid), network=network)
    return participation
