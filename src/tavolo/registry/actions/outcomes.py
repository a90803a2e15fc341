"""Asking by letter what became of a commitment, and taking the answer that comes by its link."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.messages.actions import make_link, send_letter
from tavolo.messages.models import Message, SignedLink
from tavolo.messages.plugs import link_purposes
from tavolo.messages.tokens import mark_of
from tavolo.people.models import Person
from tavolo.registry import rules
from tavolo.registry.actions.commitments import enter_outcome
from tavolo.registry.actions.common import require
from tavolo.registry.choices import CommitmentState, Outcome
from tavolo.registry.errors import (
    DayToCome,
    EvidenceMissing,
    NobodyToAsk,
    TermPassed,
)
from tavolo.registry.facts import OutcomeAsked
from tavolo.registry.letters import ASK_OUTCOME
from tavolo.registry.models import Commitment, CommitmentStep
from tavolo.registry.queries.outcomes import askable
from tavolo.ui.words import day_words

PURPOSE = "registry.answer_outcome"
STATES = {
    Outcome.DONE: CommitmentState.DONE,
    Outcome.PARTLY: CommitmentState.PARTLY,
    Outcome.IN_PROGRESS: CommitmentState.IN_PROGRESS,
}


@transaction.atomic
def ask_outcome(
    *, commitment: Commitment, persons: Sequence[UUID], until: date, words: str = "", by: Actor
) -> list[Message]:
    """Ask by letter, each with a link of her own, those who speak for the organisation that promised.

    They can answer by it until the end of the day `until`, without an account. `words` are the sender's
    own, beneath what is asked. Refuses with NotAllowed, NobodyToAsk where one of `persons` (uids) does
    not speak for it or has no address, and TermPassed.
    """
    require(rules.may_keep_commitments(by, commitment.network.uid))
    if until < clock.today():
        raise TermPassed
    known = {one.person.uid: one for one in askable(commitment, actor=by, on=clock.today())}
    asked = [known.get(uid) for uid in persons]
    if not asked or any(one is None or not one.email for one in asked):
        raise NobodyToAsk
    sent = [_ask(commitment, one.person, until, words, by) for one in asked if one is not None]
    record(
        action="registry.outcome_asked",
        actor=by,
        subject=commitment,
        network=commitment.network,
        values={"until": until, "letters": [str(message.uid) for message in sent]},
    )
    announce(OutcomeAsked(commitment.uid, commitment.network.uid), network=commitment.network)
    return sent


@transaction.atomic
def report_outcome(
    *, link: SignedLink, outcome: Outcome, on: date, note: str, address: str = ""
) -> CommitmentStep:
    """What became of a commitment, as the one who was asked says it by her link: a step by that person.

    Her last answer counts, whatever the one before said. Refuses with EvidenceMissing without a note,
    and DayToCome.
    """
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("network", "owner")
    commitment = rows.get(uid=link.subject)
    if not note.strip():
        raise EvidenceMissing
    if on > clock.today():
        raise DayToCome
    commitment.state = STATES.get(outcome, _not_done(commitment))
    return enter_outcome(
        commitment,
        version=commitment.version,
        on=on,
        note=_words(outcome, note.strip()),
        address=address.strip(),
        by=Actor(link.person.uid if link.person else None, network=commitment.network.uid),
    )


def _words(outcome: Outcome, note: str) -> str:
    """The note; that it is not done is said with it, since the state may stay as it was."""
    if outcome in STATES:
        return note
    with override(settings.LANGUAGE_CODE):
        return _("Not done: %(note)s") % {"note": note}


def _not_done(commitment: Commitment) -> CommitmentState:
    """What is not done stands as it stood, unless an earlier answer had called it done."""
    state = CommitmentState(commitment.state)
    return state if state in rules.UNDER_WAY else CommitmentState.OPEN


def _ask(commitment: Commitment, person: Person, until: date, words: str, by: Actor) -> Message:
    link = make_link(
        purpose=link_purposes.get(PURPOSE),
        subject=commitment.uid,
        person=person,
        network=commitment.network,
        expires=_end_of(until),
        by=by,
    )
    subject, text = letter_words(
        commitment, commitment.network, person, until=until, words=words, address=mark_of(link.uid)
    )
    return send_letter(
        kind=ASK_OUTCOME,
        to=person,
        network=commitment.network,
        subject=subject,
        text=text,
        about=commitment.uid,
        links=[link],
        by=by,
    )


def letter_words(
    commitment: Commitment,
    network: Network,
    person: Person,
    *,
    until: date,
    words: str,
    address: str,
) -> tuple[str, str]:
    """Subject and text of the letter, in the language of the installation."""
    with override(settings.LANGUAGE_CODE):
        context = {
            "commitment": commitment,
            "network": network,
            "person": person,
            "until": day_words(until),
            "due": day_words(commitment.due) if commitment.due else "",
            "words": words.strip(),
            "address": address,
        }
        text = render_to_string("registry/letters/ask_outcome.txt", context)
    subject, _line, body = text.strip().partition("\n")
    return subject.strip()[:300], body.strip()


def _end_of(day: date) -> datetime:
    """The first instant of the day after, in Italy."""
    return datetime.combine(day + timedelta(days=1), time(), clock.ROME)
