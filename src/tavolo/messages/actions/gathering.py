"""The letter of the day: what can wait for somebody, gathered into one."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from tavolo.kernel import clock
from tavolo.messages.actions.links import bind_links
from tavolo.messages.actions.story import note
from tavolo.messages.choices import EventKind, MessageState
from tavolo.messages.letters import DIGEST
from tavolo.messages.models import Message, SignedLink
from tavolo.messages.queries import kind_of

RULE_OF_LETTERS = "―" * 20


def gather_waiting() -> int:
    """Make one letter of those that wait for the same person of the same network; returns how many letters.

    One that waits alone leaves as it is.
    """
    now = clock.now()
    due = Message.objects.filter(
        state=MessageState.QUEUED, gathering=True, next_attempt_at__lte=now
    )
    groups = set(due.values_list("person", "recipient", "network"))
    return sum(_gather(*group) for group in sorted(groups, key=str))


@transaction.atomic
def _gather(person: int, recipient: str, network: int | None) -> int:
    rows = Message.objects.select_for_update(of=("self",)).filter(
        person=person,
        recipient=recipient,
        network=network,
        state=MessageState.QUEUED,
        gathering=True,
        next_attempt_at__lte=clock.now(),
    )
    waiting = list(rows.select_related("network").order_by("id"))
    if len(waiting) < 2:  # noqa: PLR2004  # one alone is no gathering
        Message.objects.filter(pk__in=[row.pk for row in waiting]).update(gathering=False)
        return 0
    letter = _one_of(waiting)
    keys = [row.pk for row in waiting]
    Message.objects.filter(pk__in=keys).update(
        state=MessageState.GATHERED, gathering=False, gathered_into=letter
    )
    bind_links(letter, list(SignedLink.objects.filter(message__in=keys)))
    for row in waiting:
        note(row, EventKind.GATHERED)
    return 1


def _one_of(waiting: Sequence[Message]) -> Message:
    first, now = waiting[0], clock.now()
    letter = Message.objects.create(
        network=first.network,
        kind=DIGEST,
        person=first.person,
        recipient=first.recipient,
        sender=first.sender,
        subject=_subject(first, len(waiting)),
        text=_text(waiting),
        rule=DIGEST,
        queued_at=now,
        next_attempt_at=now,
    )
    note(letter, EventKind.QUEUED)
    return letter


def _subject(first: Message, number: int) -> str:
    with override(settings.LANGUAGE_CODE):
        if first.network is None:
            return _("%(number)s letters of today") % {"number": number}
        told = {"number": number, "network": " ".join(first.network.name.split())}
        return (_("%(network)s: %(number)s letters of today") % told)[:300]


def _text(waiting: Sequence[Message]) -> str:
    with override(settings.LANGUAGE_CODE):
        told = _("This reminder is sent by a rule, not by a person: %(rule)s.")
        rule = told % {"rule": kind_of(DIGEST).rule}
    parts = [f"{row.subject}\n\n{row.text.strip()}" for row in waiting]
    return f"\n\n{RULE_OF_LETTERS}\n\n".join([*parts, rule]) + "\n"
