"""Saying who acts for an organisation, and until when."""

from datetime import date

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Period
from tavolo.kernel.facts import announce
from tavolo.people.models import Person
from tavolo.registry import rules
from tavolo.registry.actions.common import refuse_overlap, require, unless_raced
from tavolo.registry.actions.recorded import ended, entered
from tavolo.registry.errors import AlreadyAffiliated
from tavolo.registry.facts import AffiliationEnded, PersonAffiliated
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
