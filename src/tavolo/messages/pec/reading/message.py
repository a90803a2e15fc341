"""What a message says, and what of it is certified: pure functions of its bytes and of trusted roots."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from tavolo.kernel import clock, cms
from tavolo.messages.pec.choices import Integrity, PecKind, Remark, Trust
from tavolo.messages.pec.reading import daticert
from tavolo.messages.pec.reading.daticert import Daticert, Recipient, bare_id
from tavolo.messages.pec.reading.mime import Budget, Part, parsed
from tavolo.messages.pec.reading.signature import Sealed, seal_of

SLACK = timedelta(minutes=1)
TRANSPORT = {"posta-certificata": PecKind.TRANSPORT, "errore": PecKind.ANOMALY}
WITH_ORIGINAL = {PecKind.TRANSPORT, PecKind.ANOMALY}


@dataclass(frozen=True)
class Read:
    """A message as it was read; times in UTC, identifiers without angle brackets."""

    kind: PecKind
    integrity: Integrity
    trust: Trust = Trust.NOT_CHECKED
    remarks: tuple[Remark, ...] = ()
    signer: cms.Signer = field(default_factory=cms.Signer)
    told: Daticert = field(default_factory=lambda: Daticert(None))
    header_at: datetime | None = None
    message_id: str = ""
    reference: str = ""

    @property
    def certified_at(self) -> datetime | None:
        """The provider's time; None where nothing is certified."""
        return self.told.at if self.integrity == Integrity.WHOLE else None


def read(content: bytes, roots: Sequence[bytes] = ()) -> Read:
    """Read a message as it came. `roots` are the certificates (DER) that the operator trusts.

    Never refuses: what is not a PEC is told to be ordinary mail, and what is wrong is a remark.
    """
    budget = Budget()
    outer = parsed(content, budget)
    found = _read(outer, budget, roots)
    if found.kind == PecKind.PLAIN and found.integrity == Integrity.UNSIGNED:
        found = _inside(outer, budget, roots) or found
    if budget.spent:
        found = replace(found, remarks=(*found.remarks, Remark.TOO_DEEP))
    return found


def _inside(outer: Part, budget: Budget, roots: Sequence[bytes]) -> Read | None:
    """The one PEC that an ordinary message carries, as when somebody forwards it."""
    held = [parsed(each.content, budget, 1) for each in outer.walk() if _is_message(each)]
    read_there = [_read(each, budget, roots) for each in held]
    pecs = [each for each in read_there if each.kind != PecKind.PLAIN]
    if len(pecs) > 1:
        return replace(
            _read(outer, budget, roots), remarks=(Remark.SEVERAL_INSIDE,), told=_from_headers(outer)
        )
    if not pecs:
        return None
    return replace(pecs[0], remarks=(Remark.INSIDE_ANOTHER, *pecs[0].remarks))


def _is_message(part: Part) -> bool:
    return part.media_type == "message/rfc822" or part.name.endswith(".eml")


def _read(part: Part, budget: Budget, roots: Sequence[bytes]) -> Read:
    sealed = seal_of(part, budget)
    claimed = _claimed(part)
    said, faults = _certification(sealed)
    integrity = _integrity(sealed)
    kind = _kind(claimed, said, integrity)
    told = said or _from_headers(part)
    found = Read(
        kind=kind,
        integrity=integrity,
        signer=sealed.signed.signer if sealed.signed else cms.Signer(),
        told=told if told.msgid else replace(told, msgid=_reference(part)),
        header_at=_header_time(part),
        message_id=bare_id(part.header("Message-ID"))[:500],
        reference=_reference(part),
    )
    trust = _trust(found, sealed, roots)
    remarks = _remarks(found, part, sealed, claimed, faults)
    return replace(found, trust=trust, remarks=tuple(dict.fromkeys(remarks)))


def _claimed(part: Part) -> PecKind | None:
    """What the headers say it is; they are not signed."""
    receipt = daticert.KINDS.get(part.header("X-Ricevuta").lower())
    return receipt or TRANSPORT.get(part.header("X-Trasporto").lower())


def _kind(claimed: PecKind | None, said: Daticert | None, integrity: Integrity) -> PecKind:
    if integrity == Integrity.UNSIGNED:
        return PecKind.PLAIN
    if said and said.kind and integrity == Integrity.WHOLE:
        return said.kind
    return claimed or (said and said.kind) or PecKind.PLAIN


def _integrity(sealed: Sealed) -> Integrity:
    return Integrity(sealed.signed.integrity.value) if sealed.signed else Integrity.UNSIGNED


def _certification(sealed: Sealed) -> tuple[Daticert | None, list[Remark]]:
    """The certification data under the signature; those inside the original message are another's."""
    found = {each.content for each in sealed.parts if each.name == "daticert.xml"}
    if not found:
        return None, [Remark.DATICERT_MISSING]
    if len(found) > 1:
        return None, [Remark.DATICERT_TWICE]
    try:
        said = daticert.read(found.pop())
    except daticert.UnreadableError:
        return None, [Remark.DATICERT_UNREADABLE]
    return said, [] if said.at else [Remark.TIME_UNREADABLE]


def _from_headers(part: Part) -> Daticert:
    """What an unsigned header says, for a message without certification data."""
    senders = part.addresses("Reply-To") or part.addresses("From")
    return Daticert(
        kind=None,
        sender=senders[0][:320] if senders else "",
        recipients=tuple(Recipient(address[:320]) for address in part.addresses("To", "Cc")),
        subject=part.header("Subject")[:1000],
        receipt=part.header("X-TipoRicevuta")[:20],
    )


def _reference(part: Part) -> str:
    return bare_id(part.header("X-Riferimento-Message-ID"))[:500]


def _header_time(part: Part) -> datetime | None:
    try:
        at = parsedate_to_datetime(part.header("Date"))
        # "-0000" says that the zone is not known: it is then the time of Greenwich.
        return daticert.plausible(at if at.tzinfo else at.replace(tzinfo=UTC))
    except (ValueError, TypeError, OverflowError):
        return None


def _trust(found: Read, sealed: Sealed, roots: Sequence[bytes]) -> Trust:
    if sealed.signed is None or found.integrity != Integrity.WHOLE:
        return Trust.NOT_CHECKED
    at = found.told.at or found.header_at or clock.now()
    return Trust(cms.chained(sealed.signed, roots, at=at).value)


def _remarks(
    found: Read, part: Part, sealed: Sealed, claimed: PecKind | None, faults: list[Remark]
) -> Iterator[Remark]:
    if found.integrity == Integrity.UNSIGNED:
        if claimed:
            yield Remark.CLAIMS
        return
    if found.integrity == Integrity.ALTERED:
        yield Remark.ALTERED
    if found.integrity == Integrity.UNREADABLE:
        yield Remark.UNREADABLE
    if found.kind not in {PecKind.PLAIN, PecKind.ANOMALY}:
        yield from faults
        yield from _doubts(found, claimed)
    if found.kind in WITH_ORIGINAL and not any(map(_is_message, sealed.parts)):
        yield Remark.ORIGINAL_MISSING
    yield from _doubts_on_signer(found, part)


def _doubts(found: Read, claimed: PecKind | None) -> Iterator[Remark]:
    if claimed and claimed != found.kind:
        yield Remark.KIND_DIFFERS
    certified, header = found.certified_at, found.header_at
    if certified and header and abs(certified - header) > SLACK:
        yield Remark.TIME_DIFFERS


def _doubts_on_signer(found: Read, part: Part) -> Iterator[Remark]:
    signer = found.signer
    sender = next(iter(part.addresses("From")), "").lower()
    if signer.emails and sender not in signer.emails:
        yield Remark.SIGNER_DIFFERS
    if signer.self_signed:
        yield Remark.SELF_SIGNED
    if signer.weak:
        yield Remark.WEAK_DIGEST
