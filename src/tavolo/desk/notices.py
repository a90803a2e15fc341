"""Notifications: told once, read when their owner says so, gone after half a year."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tavolo.desk.choices import Happened
from tavolo.desk.concerned import deputies_of, who_did
from tavolo.desk.models import Notification
from tavolo.imports.rules import IMPORTS
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import delivered
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.models import Deputy, Organisation
from tavolo.registry.rules import COMMITMENTS, ORGANISATIONS, PEOPLE

# The part of the work in which what happened lies; what is about herself goes to nobody else.
PARTS = {
    Happened.COMMITMENT_ADDED: COMMITMENTS,
    Happened.COMMITMENT_MOVED: COMMITMENTS,
    Happened.PROPOSAL_MADE: ORGANISATIONS,
    Happened.PROPOSAL_ACCEPTED: ORGANISATIONS,
    Happened.PROPOSAL_DECLINED: ORGANISATIONS,
    Happened.REQUEST_CAME: PEOPLE,
    Happened.INVITATION_ACCEPTED: PEOPLE,
    Happened.IMPORT_READY: IMPORTS,
}
KEPT_FOR = timedelta(days=180)
LONGEST = 300


@transaction.atomic
def notify(
    persons: Iterable[Person],
    *,
    kind: Happened,
    subject: UUID,
    network: Network | None = None,
    about: str = "",
    author: bool = True,
    organisation: Organisation | None = None,
) -> int:
    """Tell these persons, and who stands in for them, of the fact that is being delivered; how many.

    Who stands in for somebody is told of what lies in the parts of the work that were given to her;
    `organisation`: for whose members too. Whoever did it is left out, but where `author` says that
    nobody did. Once a person, fact and kind, however often it is asked. LookupError outside a reaction.
    """
    fact, did = delivered(), who_did(subject) if author else ""
    concerned = list(persons)
    told: dict[Person, Person | None] = dict.fromkeys(concerned)
    for row in _standing_in(concerned, kind, network, organisation):
        told.setdefault(row.deputy, row.principal)
    rows = [
        Notification(
            person=person,
            principal=principal,
            network=network,
            kind=kind,
            subject=subject,
            about=about[:LONGEST],
            fact=fact.uid,
            at=fact.announced_at,
        )
        for person, principal in told.items()
        if str(person.uid) != did
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _standing_in(
    persons: list[Person],
    kind: Happened,
    network: Network | None,
    organisation: Organisation | None,
) -> list[Deputy]:
    part = PARTS.get(kind)
    if network is None or part is None:
        return []
    on = clock.today()
    return deputies_of(persons, network=network, part=part, organisation=organisation, on=on)


@transaction.atomic
def mark_read(*, until: datetime, by: Actor) -> int:
    """Her own, as far as she has seen them: those told until that instant. Returns how many.

    What somebody has read is hers alone: the journal does not say it. Refuses with NotAllowed
    whoever is nobody.
    """
    if by.person is None:
        raise NotAllowed
    rows = Notification.objects.filter(person__uid=by.person, read_at=None, at__lte=until)
    return rows.update(read_at=clock.now())


def forget_old() -> int:
    """What was told half a year ago goes, read or not; returns how many."""
    gone, _by_model = Notification.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()
    return gone
