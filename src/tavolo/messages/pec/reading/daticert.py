"""The certification data of a provider (daticert.xml, DM 2 November 2005, technical rules)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from lxml import etree  # type: ignore[import-untyped]

from tavolo.messages.pec.choices import PecKind
from tavolo.messages.pec.reading.mime import clean

LARGEST = 1024 * 1024
RECIPIENTS = 500
FIRST_YEAR, LAST_YEAR = 1970, 2999
KINDS = {
    "posta-certificata": PecKind.TRANSPORT,
    "accettazione": PecKind.ACCEPTANCE,
    "non-accettazione": PecKind.NON_ACCEPTANCE,
    "presa-in-carico": PecKind.TAKING_CHARGE,
    "avvenuta-consegna": PecKind.DELIVERY,
    "errore-consegna": PecKind.DELIVERY_FAILED,
    # Written by some providers for the same notice.
    "mancata-consegna": PecKind.DELIVERY_FAILED,
    "preavviso-errore-consegna": PecKind.DELIVERY_DELAYED,
    "rilevazione-virus": PecKind.VIRUS,
}
_ZONE = re.compile(r"([+-])(\d{2}):?(\d{2})")
# Some providers leave the angle brackets of an identifier as they are.
_BARE = re.compile(rb"<(msgid|identificativo)>\s*<([^<>&]{1,998})>\s*</\1>")


class UnreadableError(Exception):
    """These bytes are no daticert."""


@dataclass(frozen=True)
class Recipient:
    """An address, and whether it is a PEC of its own; None where it is not said."""

    address: str
    certified: bool | None = None


@dataclass(frozen=True)
class Daticert:
    """What the provider certifies. `at` is in UTC; None where no time can be read."""

    kind: PecKind | None
    error: str = ""
    error_words: str = ""
    sender: str = ""
    recipients: tuple[Recipient, ...] = ()
    replies_to: str = ""
    subject: str = ""
    provider: str = ""
    at: datetime | None = None
    zone: str = ""
    identifier: str = ""
    msgid: str = ""
    receipt: str = ""
    delivered_to: str = ""


def read(content: bytes) -> Daticert:
    """Read it without entities, without network. Refuses with UnreadableError."""
    if len(content) > LARGEST:
        raise UnreadableError
    root = _root(_BARE.sub(rb"<\1>&lt;\2&gt;</\1>", content))
    if etree.QName(root).localname != "postacert":
        raise UnreadableError
    head, data = _child(root, "intestazione"), _child(root, "dati")
    date = _child(data, "data")
    zone = "" if date is None else str(date.get("zona") or "").strip()
    receipt = _child(data, "ricevuta")
    return Daticert(
        kind=KINDS.get(str(root.get("tipo") or "").strip().lower()),
        error=clean(str(root.get("errore") or ""))[:40],
        error_words=_text(data, "errore-esteso", 2000),
        sender=_text(head, "mittente", 320),
        recipients=tuple(_recipients(head)),
        replies_to=_text(head, "risposte", 320),
        subject=_text(head, "oggetto", 1000),
        provider=_text(data, "gestore-emittente", 300),
        at=instant(_text(date, "giorno", 20), _text(date, "ora", 20), zone),
        zone=clean(zone)[:10],
        identifier=bare_id(_text(data, "identificativo", 500)),
        msgid=bare_id(_text(data, "msgid", 500)),
        receipt="" if receipt is None else clean(str(receipt.get("tipo") or ""))[:20],
        delivered_to=_text(data, "consegna", 320),
    )


def instant(day: str, hour: str, zone: str) -> datetime | None:
    """The instant in UTC of "30/06/2026", "12:30:15" and "+0200"; None for anything else."""
    told = _ZONE.fullmatch(zone)
    if told is None:
        return None
    sign = -1 if told.group(1) == "-" else 1
    shift = sign * timedelta(hours=int(told.group(2)), minutes=int(told.group(3)))
    try:
        local = datetime.strptime(f"{day} {hour}", "%d/%m/%Y %H:%M:%S").replace(
            tzinfo=timezone(shift)
        )
        return plausible(local)
    except (ValueError, OverflowError):
        return None


def plausible(at: datetime) -> datetime | None:
    """The instant in UTC; None for one at the ends of the calendar, which no clock of ours can show."""
    return at.astimezone(UTC) if FIRST_YEAR <= at.year <= LAST_YEAR else None


def bare_id(text: str) -> str:
    """A message identifier without its angle brackets."""
    return text.strip().removeprefix("<").removesuffix(">").strip()


def _root(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise UnreadableError from fault
    # The technical rules know no entities: whoever declares one wants something else.
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _each in declared.iterentities()):
        raise UnreadableError
    return root


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    if element is None:
        return None
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).localname == name:
            return child
    return None


def _text(element: etree._Element | None, name: str, longest: int) -> str:
    child = _child(element, name)
    return "" if child is None else clean("".join(child.itertext()))[:longest]


def _recipients(head: etree._Element | None) -> list[Recipient]:
    found = [] if head is None else [each for each in head if isinstance(each.tag, str)]
    kinds = {"certificato": True, "esterno": False}
    return [
        Recipient(
            clean("".join(each.itertext()))[:320],
            kinds.get(str(each.get("tipo") or "").strip().lower()),
        )
        for each in found
        if etree.QName(each).localname == "destinatari"
    ][:RECIPIENTS]
