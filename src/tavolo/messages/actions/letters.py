"""Letters that people and rules send: written with the act, sent again, gathered into one a day."""

from collections.abc import Sequence
from datetime import datetime, time
from email.headerregistry import Address
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.messages import rules
from tavolo.messages.actions.common import require
from tavolo.messages.actions.links import bind_links
from tavolo.messages.actions.outbox import checked
from tavolo.messages.actions.story import note
from tavolo.messages.calendars import Appointment, calendar_file, many_lines, one_line
from tavolo.messages.choices import EventKind, MessageState
from tavolo.messages.errors import NoAddressKnown, NobodySends, NotToBeResent
from tavolo.messages.models import Gathering, Message, SignedLink
from tavolo.messages.plugs import LetterKind
from tavolo.messages.queries import address_of, kind_of, quiet_of
from tavolo.people.models import Person

SUBJECT_LENGTH = 300


@transaction.atomic
def send_letter(
    *,
    kind: LetterKind,
    to: Person | str,
    network: Network | None,
    subject: str = "",
    text: str = "",
    about: UUID | None = None,
    links: Sequence[SignedLink] = (),
    calendar: Appointment | None = None,
    by: Actor | None,
) -> Message:
    """Write a letter to one person in the caller's transaction; the worker sends it after that has committed.

    `by` lets it leave; None for a kind that a rule sends, and then the letter says so. It waits for the end
    of quiet hours unless its kind is urgent, and for the letter of the day where kind and person wish so.
    Of a kind without content the words are fixed: what is given as subject, text, about and calendar is
    dropped. The calling room has asked its rule and enters its act into the journal. Refuses with
    NobodySends, NoAddressKnown, UnusableRecipient, UnusableHeader.
    """
    if not rules.may_let_out(kind, by):
        raise NobodySends
    message = _drafted(kind, to, network, by)
    if kind.without_content:
        _say_fixed_words(message, kind, links)
    else:
        message.subject = one_line(subject)[:SUBJECT_LENGTH]
        message.text = _closed(many_lines(text), message, kind)
        message.about = about
        message.calendar = (
            calendar_file(calendar, attendee=message.recipient) if calendar is not None else ""
        )
    _schedule(message, kind)
    message.save()
    note(message, EventKind.QUEUED)
    bind_links(message, list(links))
    return message


def _drafted(
    kind: LetterKind, to: Person | str, network: Network | None, by: Actor | None
) -> Message:
    person = to if isinstance(to, Person) else None
    address = to if isinstance(to, str) else address_of(to)
    if not address:
        raise NoAddressKnown
    return Message(
        kind=kind.key,
        person=person,
        network=network,
        recipient=checked(address),
        sender=sender_for(network if not kind.without_content else None),
        without_content=kind.without_content,
        sent_by=by.person if by else None,
        rule=kind.key if by is None else "",
    )


def sender_for(network: Network | None) -> str:
    """Our address, under the name of the network."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if network is not None:
        name = " ".join(one_line(network.name).split())[:150]
    return str(Address(display_name=name, addr_spec=address))


def _say_fixed_words(message: Message, kind: LetterKind, links: Sequence[SignedLink]) -> None:
    with override(settings.LANGUAGE_CODE):
        marks = "\n\n".join(f"[[link:{link.uid}]]" for link in links)
        message.subject = str(kind.subject)
        message.text = "\n\n".join(part for part in (str(kind.text), marks) if part) + "\n"


def _closed(text: str, message: Message, kind: LetterKind) -> str:
    """The text, and beneath it who sends it where that is a rule."""
    if not message.rule:
        return text.strip() + "\n"
    with override(settings.LANGUAGE_CODE):
        told = _("This reminder is sent by a rule, not by a person: %(rule)s.")
        return f"{text.strip()}\n\n{told % {'rule': kind.rule}}\n"


def _schedule(message: Message, kind: LetterKind) -> None:
    now = clock.now()
    at = now if kind.urgent else rules.leaves_at(now, quiet_of(message.network))
    hour = _hour_of(message.person) if kind.gathers else None
    if hour is not None:
        message.gathering, at = True, rules.next_time(now, time(hour))
    message.queued_at, message.next_attempt_at = now, at
    message.not_before = at if at > now else None


def _hour_of(person: Person | None) -> int | None:
    return Gathering.objects.filter(person=person).values_list("hour", flat=True).first()


@transaction.atomic
def resend(*, message: Message, by: Actor) -> Message:
    """Send a letter again, to the address that its person has now: a new row that points to the old.

    Its links go with the new one. Refuses with NotAllowed, and NotToBeResent (`rules.may_be_resent`).
    """
    require(message.network is not None and rules.may_see_letters(by, message.network.uid))
    row = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if not rules.may_be_resent(row):
        raise NotToBeResent
    address = (address_of(row.person) if row.person else "") or row.recipient
    now = clock.now()
    again = Message.objects.create(
        network=message.network,
        kind=row.kind,
        about=row.about,
        person=row.person,
        without_content=row.without_content,
        recipient=checked(address),
        sender=row.sender,
        subject=row.subject,
        text=row.text,
        html=row.html,
        calendar=row.calendar,
        sent_by=by.person,
        resend_of=row,
        queued_at=now,
        next_attempt_at=_leaving(row, now),
    )
    note(row, EventKind.RESENT)
    note(again, EventKind.QUEUED)
    bind_links(again, list(SignedLink.objects.filter(message=row)))
    record(action="messages.letter_resent", actor=by, subject=again, network=message.network)
    return again


def _leaving(row: Message, now: datetime) -> datetime:
    return now if kind_of(row.kind).urgent else rules.leaves_at(now, quiet_of(row.network))


@transaction.atomic
def wish_gathering(*, person: Person, hour: int | None, by: Actor) -> None:
    """Get what can wait in one letter a day at that hour of Rome; None: each by itself. One's own wish alone.

    Refuses with NotAllowed.
    """
    require(by.person == person.uid and by.acting_for is None)
    if hour is None:
        Gathering.objects.filter(person=person).delete()
        # What was waiting for the letter of the day leaves by itself.
        waiting = Message.objects.filter(person=person, state=MessageState.QUEUED, gathering=True)
        waiting.update(gathering=False, next_attempt_at=clock.now())
    else:
        Gathering.objects.update_or_create(person=person, defaults={"hour": hour})
    record(
        action="messages.gathering_wished",
        actor=by,
        subject=person,
        values={"hour": "" if hour is None else str(hour)},
    )
