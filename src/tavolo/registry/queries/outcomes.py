"""Whom to ask what became of a commitment, and what she answered."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.messages.models import SignedLink
from tavolo.messages.queries import reachable
from tavolo.messages.returned import warnings_on
from tavolo.people.models import Person
from tavolo.registry.choices import CommitmentState
from tavolo.registry.models import Affiliation, Commitment, CommitmentStep, Organisation
from tavolo.registry.queries.speaking import who_speaks


@dataclass(frozen=True)
class Askable:
    """Somebody who speaks or acts for the organisation that promised; `email` is "" where none is known.

    `warning`: that letters to that address came back; "" where they did not.
    """

    person: Person
    words: str
    email: str
    warning: str


def askable(commitment: Commitment, *, actor: Actor, on: date) -> list[Askable]:
    """Who speaks for it on that day, who counts first in front, then who acts for it; seven queries."""
    if commitment.owner is None:
        return []
    words = _named(commitment, commitment.owner, actor, on)
    emails = reachable(words)
    warnings = warnings_on(emails.values())
    found = [(person, told, emails.get(person.pk, "")) for person, told in words.items()]
    return [
        Askable(person, told, email, warnings.get(email, ""))
        for person, told, email in found
        if person.erased_at is None
    ]


def _named(
    commitment: Commitment, owner: Organisation, actor: Actor, on: date
) -> dict[Person, str]:
    """Each person once, with the words of what she is there."""
    found: dict[Person, str] = {}
    for one in who_speaks(owner, on=on, network=commitment.network, actor=actor):
        found.setdefault(one.person, one.words)
    acting = Affiliation.objects.on(on).filter(organisation=owner).select_related("person")
    for row in acting.order_by("person__sort_key", "pk"):
        found.setdefault(row.person, row.function or _("acts for the organisation"))
    return found


def commitment_asked(link: SignedLink, *, on: date) -> Commitment | None:
    """What a link asks about; None where it was dropped meanwhile, and once its person speaks for it no more."""
    rows = Commitment.objects.select_related("owner", "network")
    row = rows.filter(uid=link.subject).exclude(state=CommitmentState.DROPPED).first()
    if row is None or row.owner is None:
        return None
    return row if link.person in _named(row, row.owner, OPERATOR, on) else None


def answer_by(link: SignedLink) -> CommitmentStep | None:
    """The last step that she took by this link."""
    if link.answered_at is None:
        return None
    rows = CommitmentStep.objects.filter(
        commitment__uid=link.subject, person=link.person, at__gte=link.created_at
    )
    return rows.order_by("-id").first()
