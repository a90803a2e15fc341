"""Named reads of the outbox and of the links."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db.models import BigIntegerField, F, Q, QuerySet, Value

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network, NetworkSetting
from tavolo.kernel.network import setting_of
from tavolo.messages import rules
from tavolo.messages.choices import MessageState
from tavolo.messages.letterbox import folder_of
from tavolo.messages.models import BadAddress, Message, MessageEvent, SignedLink
from tavolo.messages.plugs import LetterKind, LinkPurpose, letter_kinds, link_purposes
from tavolo.messages.settings import QUIET_HOURS
from tavolo.messages.tokens import digest_of
from tavolo.people.models import Account, Person
from tavolo.people.traces import ERASED

A_DAY = timedelta(days=1)


def letters_to(addresses: Sequence[str]) -> QuerySet[Message]:
    """The letters to these addresses that are still kept, the oldest first."""
    return Message.objects.filter(recipient__in=addresses).order_by("id")


def kind_of(key: str) -> LetterKind:
    """The kind of a letter; one that no room knows any more is called by its key."""
    known = {kind.key: kind for kind in letter_kinds}
    return known.get(key) or LetterKind(key, key)


def network_of_letters(slug: str, *, actor: Actor) -> Network:
    """Refuses with NotFound what is not there or whose letters the actor may not see."""
    found = Network.objects.filter(slug=slug).first()
    if found is None or not rules.may_see_letters(actor, found.uid):
        raise NotFound
    return found


def letters_of(network: Network, *, state: str = "", kind: str = "") -> QuerySet[Message]:
    """The letters of a network, of one state and of one kind where they are given, ordered by `place`."""
    # `place` is the order of the list: a page goes upwards, and the latest stands first.
    place = Value(0, output_field=BigIntegerField()) - F("id")
    rows = Message.objects.filter(network=network).select_related("person").annotate(place=place)
    if state:
        rows = rows.filter(state=state)
    return rows.filter(kind=kind) if kind else rows


def letter_at(uid: UUID, *, network: Network) -> Message:
    rows = Message.objects.filter(network=network, uid=uid)
    found = rows.select_related("network", "person", "resend_of", "gathered_into").first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Told:
    """A letter with its story, the first event first."""

    message: Message
    events: tuple[MessageEvent, ...]

    @property
    def last(self) -> MessageEvent | None:
        return self.events[-1] if self.events else None


def stories_of(messages: Sequence[Message]) -> list[Told]:
    """Each with its events and, where it left within another, that one's; one query."""
    keys = {key for row in messages for key in (row.pk, row.gathered_into_id) if key}
    found: dict[int, list[MessageEvent]] = defaultdict(list)
    for event in MessageEvent.objects.filter(message__in=keys).order_by("id"):
        found[event.message_id].append(event)
    return [
        Told(row, (*found[row.pk], *(found[row.gathered_into_id] if row.gathered_into_id else ())))
        for row in messages
    ]


def deliveries_of(about: Iterable[UUID]) -> dict[UUID, list[Told]]:
    """The letters about each of these things, the first first, with their stories; two queries."""
    uids = list(about)
    rows = list(Message.objects.filter(about__in=uids).select_related("person").order_by("id"))
    found: dict[UUID, list[Told]] = {uid: [] for uid in uids}
    for told in stories_of(rows):
        if told.message.about is not None:
            found[told.message.about].append(told)
    return found


def quiet_of(network: Network | None) -> rules.Quiet:
    """When no letters leave; without a network they always do, and where they only fall into a folder."""
    if network is None or folder_of(settings.TAVOLO_EMAIL_URL) is not None:
        return rules.ALWAYS
    return setting_of(network, QUIET_HOURS, on=clock.today())


def quiet_to_come(network: Network, *, after: date) -> list[tuple[date, rules.Quiet]]:
    """From which later days other quiet hours hold, the next first."""
    rows = NetworkSetting.objects.filter(
        network=network, key=QUIET_HOURS.key, valid_from__gt=after
    ).order_by("valid_from")
    return [(row.valid_from, QUIET_HOURS.read(row.value)) for row in rows if row.valid_from]


def leaving_at(messages: Iterable[Message], *, at: datetime) -> dict[int, datetime]:
    """By primary key when each may leave that is due at that instant; one query a network."""
    quiet: dict[int | None, rules.Quiet] = {}
    found = {}
    for row in messages:
        if row.network_id not in quiet:
            quiet[row.network_id] = quiet_of(row.network)
        urgent = kind_of(row.kind).urgent
        found[row.pk] = at if urgent else rules.leaves_at(at, quiet[row.network_id])
    return found


def address_of(person: Person) -> str:
    """The e-mail by which a person is reached, "" where none is known."""
    email = Account.objects.filter(person=person).values_list("email", flat=True).first() or ""
    return "" if email.endswith(ERASED) else email


def reachable(persons: Iterable[Person]) -> dict[int, str]:
    """By primary key the e-mail of each who has one; one query."""
    rows = Account.objects.filter(person__in=list(persons)).values_list("person_id", "email")
    return {person: email for person, email in rows if not email.endswith(ERASED)}


def digest_of_address(address: str) -> str:
    return sha256(address.strip().lower().encode()).hexdigest()


def bad_addresses(addresses: Iterable[str]) -> Mapping[str, BadAddress]:
    """Those of the addresses from which letters came back for good; one query."""
    digests = {digest_of_address(each): each for each in addresses if each}
    rows = BadAddress.objects.filter(digest__in=digests, trusted_at__isnull=True)
    return {digests[row.digest]: row for row in rows}


def bad_addresses_known() -> int:
    """From how many addresses letters come back for good."""
    return BadAddress.objects.filter(trusted_at__isnull=True).count()


def waiting_long() -> int:
    """How many letters could have left more than a day ago and have not."""
    rows = Message.objects.filter(state=MessageState.QUEUED, gathering=False)
    long_ago = clock.now() - A_DAY
    return rows.filter(
        Q(not_before__isnull=True) | Q(not_before__lt=long_ago), queued_at__lt=long_ago
    ).count()


def link_by(token: str) -> SignedLink:
    """Refuses with NotFound a link that we never made."""
    rows = SignedLink.objects.select_related("network", "person", "message")
    found = rows.filter(digest=digest_of(token)).first()
    if found is None:
        raise NotFound
    return found


def purpose_of(link: SignedLink) -> LinkPurpose | None:
    """What the link is for; None where no room knows that purpose any more."""
    return next((each for each in link_purposes if each.key == link.purpose), None)
