"""Letters that came back: what a report changes, and trusting an address again."""

from django.db import IntegrityError, transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.messages import rules
from tavolo.messages.actions.common import require
from tavolo.messages.actions.story import note
from tavolo.messages.choices import EventKind, MessageState
from tavolo.messages.errors import UnknownLetter
from tavolo.messages.models import BadAddress, Message
from tavolo.messages.queries import digest_of_address
from tavolo.messages.reports import Report, read_report

SENT = (MessageState.SENT, MessageState.BOUNCED)


@transaction.atomic
def take_report(*, content: bytes, by: Actor, network: Network | None = None) -> Message:
    """Note what a report of a mail server says about a letter of that network; None: of any.

    A letter that came back is marked so; where it is for good its address is bad from now on. A delay
    is noted alone. The same report again changes nothing. Refuses with NotAllowed, NotAReport, and
    UnknownLetter where it is about no letter that left from here.
    """
    require(by.has("operator") if network is None else rules.may_see_letters(by, network.uid))
    report = read_report(content)
    rows = Message.objects.select_for_update(of=("self",)).select_related("network")
    if network is not None:
        rows = rows.filter(network=network)
    message = rows.filter(uid=report.letter, state__in=SENT).first()
    if message is None:
        raise UnknownLetter
    if _is_news(message, report):
        _change(message, report)
        record(action="messages.report_taken", actor=by, subject=message, network=message.network)
    return message


def _is_news(message: Message, report: Report) -> bool:
    kind = EventKind.BOUNCED if report.failed else EventKind.DELAYED
    return not message.events.filter(kind=kind, detail=report.status).exists()


def _change(message: Message, report: Report) -> None:
    note(message, EventKind.BOUNCED if report.failed else EventKind.DELAYED, report.status)
    if report.failed:
        Message.objects.filter(pk=message.pk).update(
            state=MessageState.BOUNCED, fault=report.status
        )
    if report.permanent:
        mark_bad(message.recipient, report.status)


def mark_bad(address: str, why: str) -> None:
    """From this address letters come back for good; once, until it is trusted again."""
    try:
        with transaction.atomic():
            BadAddress.objects.create(
                digest=digest_of_address(address), since=clock.now(), why=why[:80]
            )
    except IntegrityError:
        # It was known already.
        return


@transaction.atomic
def trust_address(*, message: Message, by: Actor) -> None:
    """Believe again that letters reach the address of this one. Refuses with NotAllowed."""
    require(message.network is not None and rules.may_see_letters(by, message.network.uid))
    rows = BadAddress.objects.filter(
        digest=digest_of_address(message.recipient), trusted_at__isnull=True
    )
    if rows.update(trusted_at=clock.now()):
        record(
            action="messages.address_trusted", actor=by, subject=message, network=message.network
        )
