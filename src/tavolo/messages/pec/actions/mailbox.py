"""The mailbox of a network: entered, tried, read. Its password is sealed and never told."""

import logging
import time
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.db.models import F

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed, Refusal
from tavolo.kernel.models import Network
from tavolo.kernel.versions import save_version
from tavolo.messages.actions import take_report
from tavolo.messages.errors import NotAReport, UnknownLetter
from tavolo.messages.models import PecMailbox
from tavolo.messages.pec.actions.receiving import FILE_BYTES, prepared, receive_pec
from tavolo.messages.pec.choices import MailFault, Way
from tavolo.messages.pec.errors import HostRefused, MailboxRefused, PasswordMissing
from tavolo.messages.pec.imap import PORTS, Account, Mailbox, MailboxError, opened
from tavolo.messages.pec.rules import may_set_mailbox
from tavolo.people.sealing import seal, unseal

logger = logging.getLogger("tavolo.messages")

A_ROUND = 50
# All mailboxes together keep the worker no longer than this; the one that waited longest comes first.
ROUND_SECONDS = 120
LEFT_KEPT = 100
WHERE = ("host", "port", "security", "user")
FIELDS = (*WHERE, "folder", "password", "mark_seen", "active", "uid_validity", "last_uid", "left")


@dataclass(frozen=True)
class MailboxTold:
    """What is entered of a mailbox; an empty password leaves the one that is kept."""

    account: Account
    mark_seen: bool = False
    active: bool = True


@transaction.atomic
def set_mailbox(
    *, network: Network, told: MailboxTold, version: int | None, by: Actor
) -> PecMailbox:
    """Enter the mailbox of a network, or change it; another server or user needs the password anew.

    The journal says where it lies, never the password. Where the folder is another, it is read from its
    beginning. Refuses with NotAllowed, HostRefused, PasswordMissing, StaleVersion.
    """
    if not may_set_mailbox(by, network.uid):
        raise NotAllowed
    account = told.account
    if account.port not in PORTS and not settings.TAVOLO_IMAP_PRIVATE:
        raise HostRefused
    there = PecMailbox.objects.filter(network=network).first()
    row = there or PecMailbox(network=network)
    moved = any(getattr(row, name) != getattr(account, name) for name in WHERE)
    if not account.password and (moved or not row.password):
        raise PasswordMissing
    if moved or row.folder != account.folder:
        row.uid_validity, row.last_uid, row.left = None, 0, []
    for name in (*WHERE, "folder"):
        setattr(row, name, getattr(account, name))
    row.mark_seen, row.active = told.mark_seen, told.active
    if account.password:
        row.password = seal(account.password)
    if there is None:
        row.save(force_insert=True)
    else:
        save_version(row, expected=version or 0, fields=FIELDS)
    record(
        action="messages.mailbox_set",
        actor=by,
        subject=row,
        network=network,
        values={name: getattr(row, name) for name in ("host", "port", "folder", "active")},
    )
    return row


def try_mailbox(*, mailbox: PecMailbox, by: Actor) -> int:
    """Open it and count what would be fetched; writes nothing. Refuses with NotAllowed, MailboxRefused."""
    if not may_set_mailbox(by, mailbox.network.uid):
        raise NotAllowed
    try:
        with opened(account_of(mailbox)) as there:
            return len(there.after(_begin(mailbox, there)))
    except MailboxError as fault:
        raise MailboxRefused(str(fault.fault.label)) from fault


def fetch_all(*, seconds: float = ROUND_SECONDS) -> int:
    """Read every mailbox that is to be read by itself, the one that waited longest first; how many came.

    A fault in one is noted on it and holds up no other.
    """
    until, count = time.monotonic() + seconds, 0
    order = F("checked_at").asc(nulls_first=True)
    for row in PecMailbox.objects.filter(active=True).select_related("network").order_by(order):
        if time.monotonic() >= until:
            break
        count += fetch_mailbox(mailbox=row)
    return count


def fetch_mailbox(*, mailbox: PecMailbox) -> int:
    """Fetch what came since the last time, fifty at most, and keep each message; returns how many were new.

    The report of a mail server about a letter of that network is noted at its letter, and no PEC.
    Each is kept before the place is moved on, so that one that dies in the middle fetches again what is
    then recognised. What is larger than a PEC can be is named in `left`. Two at once: the second leaves.
    """
    if not _claim(mailbox):
        return 0
    count, fault = 0, ""
    try:
        with opened(account_of(mailbox), write=mailbox.mark_seen) as there:
            begin = _begin(mailbox, there)
            _move(mailbox, begin, there.validity)
            for uid in there.after(begin)[:A_ROUND]:
                count += _fetch(mailbox, there, uid)
                _move(mailbox, uid, there.validity)
    except MailboxError as error:
        fault = error.fault.value
        # Neither the server's words nor the user go into a log.
        logger.warning("mailbox not read", extra={"status": fault})
    PecMailbox.objects.filter(pk=mailbox.pk).update(fault=fault)
    return count


def account_of(mailbox: PecMailbox) -> Account:
    """With the password in clear. MailboxError where the key that sealed it is lost."""
    try:
        password = unseal(mailbox.password)
    except InvalidToken as fault:
        raise MailboxError(MailFault.LOGIN) from fault
    return Account(
        mailbox.host, mailbox.port, mailbox.security, mailbox.folder, mailbox.user, password
    )


def _claim(mailbox: PecMailbox) -> bool:
    """Whoever moves the time on reads it."""
    rows = PecMailbox.objects.filter(pk=mailbox.pk, checked_at=mailbox.checked_at)
    return bool(rows.update(checked_at=clock.now()))


def _begin(mailbox: PecMailbox, there: Mailbox) -> int:
    """The place to read from; numbers of another validity mean other messages."""
    return mailbox.last_uid if mailbox.uid_validity == there.validity else 0


def _move(mailbox: PecMailbox, uid: int, validity: int) -> None:
    mailbox.last_uid, mailbox.uid_validity = uid, validity
    PecMailbox.objects.filter(pk=mailbox.pk).update(
        last_uid=uid, uid_validity=validity, left=mailbox.left
    )


def _fetch(mailbox: PecMailbox, there: Mailbox, uid: int) -> int:
    if there.size(uid) > FILE_BYTES:
        mailbox.left = [*mailbox.left, uid][-LEFT_KEPT:]
        return 0
    try:
        new = _taken_in(mailbox.network, there.content(uid))
    except Refusal:
        mailbox.left = [*mailbox.left, uid][-LEFT_KEPT:]
        return 0
    if mailbox.mark_seen:
        there.mark_seen(uid)
    return int(new)


def _taken_in(network: Network, content: bytes) -> bool:
    """Whether a PEC is new; what is about a letter that came back is noted there instead."""
    try:
        take_report(content=content, by=OPERATOR, network=network)
    except (NotAReport, UnknownLetter):
        message = prepared(content)
        told = receive_pec(network=network, message=message, way=Way.MAILBOX, by=OPERATOR)
        return told.new
    return False
