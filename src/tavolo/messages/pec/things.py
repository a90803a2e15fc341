"""What of this room and of people can be bound and numbered: PEC, letters, requests about personal data."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.actor import Actor
from tavolo.kernel.plugs import Registrable
from tavolo.messages.choices import MessageState
from tavolo.messages.models import ExternalNumber, Message, PecMessage
from tavolo.messages.pec.choices import PecKind, PecState
from tavolo.messages.pec.queries import LETTERS, PECS
from tavolo.messages.pec.rules import may_keep_pec
from tavolo.people.models import CorrectionRequest
from tavolo.people.rules import may_answer_requests

REQUESTS = "people.requests"
# What a provider says of another message is no document of its own for the register.
REGISTERED = (PecKind.TRANSPORT, PecKind.ANOMALY)


def without_number(kind: str) -> Q:
    """For rows with a `uid`: none of the numbers that stand is of this row."""
    standing = ExternalNumber.objects.filter(kind=kind, superseded_by=None)
    return ~Q(Exists(standing.filter(subject=OuterRef("uid"))))


class Pecs:
    """The envelopes that came: they wait for the number of the register."""

    key, slug, label, order = PECS, "pec", _("PEC messages"), 10

    def may(self, actor: Actor, network: UUID) -> bool:
        return may_keep_pec(actor, network)

    def waiting(self, network: UUID, *, limit: int) -> Sequence[Registrable]:
        rows = self._rows(network).filter(without_number(self.key), kind__in=REGISTERED)
        kept = rows.exclude(state=PecState.SET_ASIDE)
        return [self._thing(row) for row in kept.order_by("id")[:limit]]

    def named(self, network: UUID, uids: Sequence[UUID]) -> Mapping[UUID, Registrable]:
        return {row.uid: self._thing(row) for row in self._rows(network).filter(uid__in=uids)}

    def found(self, network: UUID, words: str, *, limit: int) -> Sequence[Registrable]:
        rows = self._rows(network).filter(Q(subject__icontains=words) | _by_code(words))
        return [self._thing(row) for row in rows.order_by("-id")[:limit]]

    def number(self, uid: UUID, number: str, day: date, by: Actor) -> None:
        """Nothing besides."""

    def _rows(self, network: UUID) -> QuerySet[PecMessage]:
        return PecMessage.objects.filter(network__uid=network)

    def _thing(self, row: PecMessage) -> Registrable:
        return Registrable(
            row.uid,
            row.subject or str(_("without a subject")),
            row.told_at or row.received_at,
            code=row.code,
            note=row.sender,
        )


class Letters:
    """Letters of ours that left: they wait for nothing, but a PEC can answer them, and they can be numbered."""

    key, slug, label, order = LETTERS, "lettere", _("Letters that were sent"), 30

    def may(self, actor: Actor, network: UUID) -> bool:
        return may_keep_pec(actor, network)

    def waiting(self, network: UUID, *, limit: int) -> Sequence[Registrable]:  # noqa: ARG002
        return ()

    def named(self, network: UUID, uids: Sequence[UUID]) -> Mapping[UUID, Registrable]:
        rows = self._rows(network).filter(uid__in=uids)
        return {row.uid: self._thing(row) for row in rows}

    def found(self, network: UUID, words: str, *, limit: int) -> Sequence[Registrable]:
        rows = self._rows(network).filter(Q(subject__icontains=words) | Q(recipient__iexact=words))
        return [self._thing(row) for row in rows.order_by("-id")[:limit]]

    def number(self, uid: UUID, number: str, day: date, by: Actor) -> None:
        """Nothing besides."""

    def _rows(self, network: UUID) -> QuerySet[Message]:
        # What is near a protected person is told nowhere.
        return Message.objects.filter(
            network__uid=network, state=MessageState.SENT, without_content=False
        )

    def _thing(self, row: Message) -> Registrable:
        return Registrable(row.uid, row.subject, row.sent_at or row.queued_at, note=row.recipient)


class Requests:
    """Requests about personal data: what is asked, without who asks."""

    key, slug, label, order = REQUESTS, "richieste", _("Requests about personal data"), 20

    def may(self, actor: Actor, network: UUID) -> bool:
        return may_answer_requests(actor, network)

    def waiting(self, network: UUID, *, limit: int) -> Sequence[Registrable]:
        rows = self._rows(network).filter(without_number(self.key)).order_by("id")
        return [self._thing(row) for row in rows[:limit]]

    def named(self, network: UUID, uids: Sequence[UUID]) -> Mapping[UUID, Registrable]:
        return {row.uid: self._thing(row) for row in self._rows(network).filter(uid__in=uids)}

    def found(self, network: UUID, words: str, *, limit: int) -> Sequence[Registrable]:
        rows = self._rows(network).filter(code__icontains=words)
        return [self._thing(row) for row in rows.order_by("-id")[:limit]]

    def number(self, uid: UUID, number: str, day: date, by: Actor) -> None:
        """Nothing besides."""

    def _rows(self, network: UUID) -> QuerySet[CorrectionRequest]:
        return CorrectionRequest.objects.filter(network__uid=network)

    def _thing(self, row: CorrectionRequest) -> Registrable:
        return Registrable(
            row.uid,
            row.get_wish_display(),
            row.received_at,
            code=row.code,
        )


def _by_code(words: str) -> Q:
    """The row of a provisional receipt, as "R-2026-00012"."""
    parts = words.strip().upper().split("-")
    if len(parts) == 3 and parts[0] == "R" and parts[1].isdecimal() and parts[2].isdecimal():  # noqa: PLR2004
        year, number = int(parts[1]), int(parts[2])
        if year <= 9999 and number < 2**31:  # noqa: PLR2004
            return Q(year=year, number=number)
    return Q(pk__in=[])
