"""What somebody named on a public page asks for, and what she is answered."""

import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import StaleVersion
from tavolo.kernel.facts import announce
from tavolo.people import rules
from tavolo.people.actions.common import cleaned_email, require, words
from tavolo.people.choices import RequestState
from tavolo.people.errors import (
    AlreadyAnswered,
    AlreadyExtended,
    AnswerMissing,
    ExtensionReasonMissing,
    NameMissing,
    TooLateToExtend,
)
from tavolo.people.facts import CorrectionAnswered, CorrectionExtended, CorrectionRequested
from tavolo.people.letters import send_letter
from tavolo.people.models import CorrectionRequest
from tavolo.people.pages import network_of
from tavolo.people.terms import ANSWER, EXTENDED, last_day_of
from tavolo.ui.words import day_words, instant_words

# Without signs that are taken for one another.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
LONGEST_REASON = 1000


@transaction.atomic
def receive_request(
    *, page: str, wish: str, name: str, email: str, text: str, by: Actor, code: str = ""
) -> CorrectionRequest:
    """Take in what somebody asks for, anybody may; a letter brings her the number.

    The network that answers for `page` answers her, else the operator. The journal says that it
    came, not what it says. `code` is given by the demonstration alone.
    Refuses with NameMissing, UnusableAddress.
    """
    if not words(name):
        raise NameMissing
    now = clock.now()
    row = CorrectionRequest.objects.create(
        code=code or a_code(clock.in_rome(now).year),
        network=network_of(page),
        page=page,
        wish=wish,
        name=words(name),
        email=cleaned_email(email),
        words=text.strip(),
        received_at=now,
    )
    record(action="people.correction_requested", actor=by, subject=row, network=row.network)
    announce(CorrectionRequested(row.uid), network=row.network)
    address = reverse("people:correction_received", args=[row.code])
    send_letter(
        "request_received",
        row.email,
        request=row,
        at=instant_words(now),
        address=settings.TAVOLO_BASE_URL + address,
    )
    return row


@transaction.atomic
def answer_request(
    *, request: CorrectionRequest, version: int, state: str, answer: str, by: Actor
) -> CorrectionRequest:
    """Say what became of it, once; a letter brings the answer to who asked.

    `state` is "corrected", "removed" or "declined". What is to be changed is changed where it
    stands, before. Refuses with NotAllowed, AnswerMissing, AlreadyAnswered, StaleVersion.
    """
    network = request.network
    require(rules.may_answer_requests(by, network.uid if network else None))
    if not answer.strip() or state not in set(RequestState) - {RequestState.WAITING}:
        raise AnswerMissing
    row = CorrectionRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.state != RequestState.WAITING:
        raise AlreadyAnswered
    if row.version != version:
        raise StaleVersion(theirs=row, yours=request)
    row.state, row.answer, row.answered_at = state, answer.strip(), clock.now()
    row.version += 1
    row.save()
    record(
        action="people.correction_answered",
        actor=by,
        subject=row,
        network=network,
        values={"state": row.state},
    )
    announce(CorrectionAnswered(row.uid, row.state), network=network)
    if row.email:
        send_letter("request_answered", row.email, request=row)
    return row


@transaction.atomic
def extend_request(
    *, request: CorrectionRequest, version: int, reason: str, by: Actor
) -> CorrectionRequest:
    """Take two months more for an answer, once and with a reason; a letter tells who asked.

    The law wants her told within the first month, because of the complexity or the number of the
    requests (Reg. (UE) 2016/679, art. 12, par. 3). Refuses with NotAllowed, ExtensionReasonMissing,
    AlreadyAnswered, AlreadyExtended, TooLateToExtend, StaleVersion.
    """
    network = request.network
    require(rules.may_answer_requests(by, network.uid if network else None))
    if not words(reason):
        raise ExtensionReasonMissing
    row = CorrectionRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    _require_extensible(row)
    if row.version != version:
        raise StaleVersion(theirs=row, yours=request)
    row.extended_at, row.extension_reason = clock.now(), words(reason)[:LONGEST_REASON]
    row.version += 1
    row.save()
    until = last_day_of(row, EXTENDED)
    values = {"until": until, "reason": row.extension_reason}
    record(action="people.request_extended", actor=by, subject=row, network=network, values=values)
    announce(CorrectionExtended(row.uid), network=network)
    if row.email and until:
        day = day_words(until, weekday=False)
        send_letter("request_extended", row.email, request=row, until=day)
    return row


def _require_extensible(row: CorrectionRequest) -> None:
    if row.state != RequestState.WAITING:
        raise AlreadyAnswered
    if row.extended_at is not None:
        raise AlreadyExtended
    last = last_day_of(row, ANSWER)
    if last is not None and last < clock.today():
        raise TooLateToExtend


def a_code(year: int) -> str:
    """A number for the receipt that nobody can guess: "2026-7KQ4M2XA"."""
    return f"{year}-{''.join(secrets.choice(SIGNS) for _each in range(LENGTH))}"
