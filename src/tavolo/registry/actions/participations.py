"""Letting organisations into a network, and ending that they take part."""

from datetime import date

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Period
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.registry import rules
from tavolo.registry.actions.common import end_row, refuse_overlap, require, unless_raced
from tavolo.registry.choices import ParticipationRole
from tavolo.registry.errors import AlreadyTakesPart, EndNotKnown, OrganisationMerged
from tavolo.registry.facts import OrganisationAdmitted, ParticipationEnded
from tavolo.registry.models import Organisation, Participation


@transaction.atomic
def admit_organisation(
    *,
    network: Network,
    organisation: Organisation,
    since: date | PartialDate | None,
    role: str = ParticipationRole.PARTICIPANT,
    source: str = "",
    by: Actor,
) -> Participation:
    """Let an organisation take part in a network from `since`; None where nobody says since when.

    A date known in part is kept as it is; the row holds from the first day that it can mean, and
    for ever back where it has none. Refuses with NotAllowed, OrganisationMerged and AlreadyTakesPart.
    """
    require(rules.may_admit(by, network.uid))
    if organisation.merged_into_id is not None:
        raise OrganisationMerged
    began = _partial(since)
    row = Participation(
        network=network,
        organisation=organisation,
        role=ParticipationRole(role),
        valid_from=began.first_day() if began else None,
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
        values={
            "organisation": str(organisation.uid),
            "role": str(row.role),
            "since": str(began or ""),
        },
    )
    announce(OrganisationAdmitted(organisation.uid, network.uid, row.uid), network=network)
    return row


@transaction.atomic
def end_participation(
    *, participation: Participation, last_day: date | PartialDate, source: str = "", by: Actor
) -> Participation:
    """Let an organisation take part until `last_day`, that day included.

    A date known in part is kept as it is; the row holds until the last day that it can mean.
    Refuses with NotAllowed, EndNotKnown, AlreadyEnded, EndsBeforeItBegan.
    """
    network, organisation = participation.network, participation.organisation
    require(rules.may_admit(by, network.uid))
    ended = PartialDate.of(last_day) if isinstance(last_day, date) else last_day
    day = ended.last_day()
    if day is None:
        raise EndNotKnown
    end_row(Participation.objects.all(), participation, day, ended=ended)
    record(
        action="registry.participation_ended",
        actor=by,
        subject=participation,
        network=network,
        values={"last_day": str(ended), "source": source},
    )
    announce(ParticipationEnded(organisation.uid, network.uid, participation.uid), network=network)
    return participation


def _partial(when: date | PartialDate | None) -> PartialDate | None:
    return PartialDate.of(when) if isinstance(when, date) else when
