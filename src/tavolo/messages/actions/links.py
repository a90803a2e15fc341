"""Links by which somebody answers without an account: made, revoked, answered (decision 16)."""

import uuid
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.messages.actions.story import note
from tavolo.messages.choices import EventKind, LinkUse
from tavolo.messages.errors import LinkOver
from tavolo.messages.models import Gathering, Message, SignedLink
from tavolo.messages.plugs import LinkPurpose
from tavolo.messages.rules import why_closed
from tavolo.messages.tokens import digest_of, token_of
from tavolo.people.models import Person


@transaction.atomic
def make_link(
    *,
    purpose: LinkPurpose,
    subject: UUID,
    person: Person | None,
    network: Network | None,
    expires: datetime,
    by: Actor,
) -> SignedLink:
    """Make a link for one person; `tokens.mark_of` its uid stands for it in the text of a letter.

    Its secret is kept nowhere, its digest alone. The calling room has asked its rule.
    """
    uid = uuid.uuid4()
    link = SignedLink.objects.create(
        uid=uid,
        network=network,
        purpose=purpose.key,
        uses=purpose.uses,
        subject=subject,
        person=person,
        digest=digest_of(token_of(uid)),
        created_at=clock.now(),
        expires_at=expires,
    )
    record(action="messages.link_made", actor=by, subject=link, network=network)
    return link


@transaction.atomic
def revoke_links(*, subject: UUID, by: Actor) -> int:
    """Let no link about this thing open anything any more; returns how many that were.

    The calling room has asked its rule.
    """
    rows = SignedLink.objects.filter(subject=subject, revoked_at__isnull=True, used_at__isnull=True)
    links = list(rows.select_related("network"))
    rows.update(revoked_at=clock.now())
    for link in links:
        record(action="messages.link_revoked", actor=by, subject=link, network=link.network)
    return len(links)


@transaction.atomic
def answer_link(*, link: SignedLink, act: Callable[[SignedLink], bool]) -> SignedLink:
    """Carry out what somebody answers by a link: `act` writes it, and says whether the link is used up.

    A link to confirm is used up by its first answer. Refuses with LinkOver, and with what `act` refuses.
    """
    # Locked, so that of two who confirm at once one finds it used.
    held = SignedLink.objects.select_for_update(of=("self",)).select_related(
        "network", "person", "message"
    )
    now = clock.now()
    row = held.get(pk=link.pk)
    if why := why_closed(row, now):
        raise LinkOver(why)
    used_up = act(row) or row.uses == LinkUse.CONFIRM
    row.answers, row.answered_at = row.answers + 1, now
    row.used_at = now if used_up else None
    row.save(update_fields=["answers", "answered_at", "used_at"])
    _note(row, EventKind.ANSWERED)
    return row


@transaction.atomic
def note_reading(*, link: SignedLink) -> None:
    """The person says that she has read it and answers later. Refuses with LinkOver."""
    if why := why_closed(link, clock.now()):
        raise LinkOver(why)
    _note(link, EventKind.LINK_OPENED)


@transaction.atomic
def forget_links(*, person: Person) -> None:
    """Let her links open nothing any more, and forget her wish; for whoever has her data erased.

    The calling room has asked its rule.
    """
    rows = SignedLink.objects.filter(person=person, revoked_at__isnull=True)
    rows.update(revoked_at=clock.now())
    Gathering.objects.filter(person=person).delete()


def bind_links(message: Message, links: list[SignedLink]) -> None:
    """These links go with this letter: their addresses are written into it when it leaves."""
    SignedLink.objects.filter(pk__in=[link.pk for link in links]).update(message=message)


def links_of(message: Message) -> list[UUID]:
    """The links that a letter carries, ready to be written into it.

    After our key was changed a link has another secret: its digest follows, so that the letter holds.
    """
    found = list(SignedLink.objects.filter(message=message))
    for link in found:
        digest = digest_of(token_of(link.uid))
        if link.digest != digest:
            SignedLink.objects.filter(pk=link.pk).update(digest=digest)
    return [link.uid for link in found]


def _note(link: SignedLink, kind: EventKind) -> None:
    if link.message is not None:
        note(link.message, kind)
