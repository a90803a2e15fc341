"""Saying who acts for an organisation, and until when; correcting it, and taking it back."""

from datetime import date

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Period, closing
from tavolo.kernel.facts import announce
from tavolo.people.models import Person
from tavolo.registry import rules
from tavolo.registry.actions.common import refuse_overlap, require, unless_raced
from tavolo.registry.actions.recorded import ended, entered, superseded, withdrawn
from tavolo.registry.errors import AlreadyAffiliated, EndsBeforeItBegan, ReasonMissing
from tavolo.registry.facts import AffiliationCorrected, AffiliationEnded, PersonAffiliated
from tavolo.registry.models import Affiliation, Organisation


@transaction.atomic
def affiliate(
    *,
    person: Person,
    organisation: Organisation,
    function: str = "",
    since: date | None = None,
    by: Actor,
) -> Affiliation:
    """Let a person act for an organisation from `since`, by default today; `function` is in words.

    She becomes its member in every network in which it takes part. Refuses with NotAllowed and
    AlreadyAffiliated.
    """
    steward = organisation.steward
    require(rules.may_affiliate(by, steward.uid))
    first = since or clock.today()
    row = Affiliation(
        person=person, organisation=organisation, function=function.strip(), valid_from=first
    )
    held = Affiliation.objects.known().filter(person=person, organisation=organisation)
    refuse_overlap(held, Period(first, None), AlreadyAffiliated)
    unless_raced(lambda: entered(row), AlreadyAffiliated)
    record(
        action="registry.person_affiliated",
        actor=by,
        subject=row,
        network=steward,
        values={
            "person": str(person.uid),
            "organisation": str(organisation.uid),
            "function": row.function,
            "since": first.isoformat(),
        },
    )
    announce(PersonAffiliated(person.uid, organisation.uid, row.uid), network=steward)
    return row


@transaction.atomic
def end_affiliation(
    *, affiliation: Affiliation, last_day: date | None = None, by: Actor
) -> Affiliation:
    """Let a person act for the organisation until `last_day`, that day included, by default today.

    Gives the row that holds from now on. Refuses with NotAllowed, AlreadyEnded, EndsBeforeItBegan.
    """
    person, organisation = affiliation.person, affiliation.organisation
    require(rules.may_affiliate(by, organisation.steward.uid))
    day = last_day or clock.today()
    affiliation = ended(affiliation, day)
    record(
        action="registry.affiliation_ended",
        actor=by,
        subject=affiliation,
        network=organisation.steward,
        values={"last_day": day.isoformat()},
    )
    announce(
        AffiliationEnded(person.uid, organisation.uid, affiliation.uid),
        network=organisation.steward,
    )
    return affiliation


@transaction.atomic
def correct_affiliation(
    *,
    affiliation: Affiliation,
    function: str,
    since: date | None,
    last_day: date | None,
    by: Actor,
) -> Affiliation:
    """Say that it was wrong: with these values from the beginning; what was known before stays.

    `since` None: nobody knows since when; `last_day` None: until further notice. Gives the row that
    holds from now on. Refuses with NotAllowed, EndsBeforeItBegan, AlreadyAffiliated,
    AlreadySuperseded.
    """
    require(rules.may_affiliate(by, affiliation.organisation.steward.uid))
    if since and last_day and last_day < since:
        raise EndsBeforeItBegan
    period = Period(since, closing(last_day)["valid_until"] if last_day else None)
    held = Affiliation.objects.known().filter(
        person=affiliation.person, organisation=affiliation.organisation
    )
    refuse_overlap(held.exclude(uid=affiliation.uid), period, AlreadyAffiliated)
    row = unless_raced(
        lambda: superseded(
            affiliation,
            function=" ".join(function.split()),
            valid_from=period.valid_from,
            valid_until=period.valid_until,
        ),
        AlreadyAffiliated,
    )
    values = {
        "function": row.function,
        "since": since.isoformat() if since else "",
        "last_day": last_day.isoformat() if last_day else "",
    }
    return _told("registry.affiliation_corrected", row, values, by)


@transaction.atomic
def withdraw_affiliation(*, affiliation: Affiliation, reason: str, by: Actor) -> Affiliation:
    """Say that it was never true; it stays in what was known before. The reason goes into the journal.

    Refuses with NotAllowed, ReasonMissing, AlreadySuperseded.
    """
    require(rules.may_affiliate(by, affiliation.organisation.steward.uid))
    if not reason.strip():
        raise ReasonMissing
    row = withdrawn(affiliation)
    return _told("registry.affiliation_withdrawn", row, {"reason": reason.strip()}, by)


def _told(action: str, row: Affiliation, values: dict[str, str], by: Actor) -> Affiliation:
    steward = row.organisation.steward
    record(action=action, actor=by, subject=row, network=steward, values=values)
    announce(AffiliationCorrected(row.person.uid, row.organisation.uid, row.uid), network=steward)
    return row
