"""Must-show of PEC: messages as people have them, each read right, to the second, with what was altered seen."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from tavolo.messages.pec.choices import Integrity, PecKind, Remark, Trust
from tavolo.messages.pec.reading.message import Read, read
from tests.messages.pec import building
from tests.messages.pec.building import Made, content, headers, opaque, pec, signed

NOON = datetime(2026, 6, 30, 10, 30, 15, tzinfo=UTC)
XXE = (
    b'<?xml version="1.0"?><!DOCTYPE postacert [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<postacert tipo="avvenuta-consegna" errore="nessuno"><intestazione><mittente>&x;</mittente>'
    b"</intestazione><dati/></postacert>"
)
LAUGHS = (
    b'<!DOCTYPE postacert [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><postacert tipo="accettazione">&c;</postacert>'
)


@dataclass(frozen=True)
class Told:
    """What must be found of a message."""

    kind: PecKind = PecKind.DELIVERY
    at: datetime | None = NOON
    integrity: Integrity = Integrity.WHOLE
    trust: Trust = Trust.TRUSTED
    remarks: tuple[Remark, ...] = ()


def sealed_over(made: Made, *, change: Callable[[bytes], bytes]) -> bytes:
    """The provider signed one thing, another lies there."""
    inside = content(made)
    changed = change(inside)
    assert changed != inside
    return headers(made) + signed(changed, made.who, over=inside)


def with_other_daticert(inside: bytes) -> bytes:
    """The certification data with another hour, as base64 as they were."""
    made = Made()
    old, new = (
        base64.encodebytes(building.daticert(each)).replace(b"\n", b"\r\n")
        for each in (made, replace(made, hour="09:30:15"))
    )
    return inside.replace(old, new)


def in_latin(made: Made) -> bytes:
    xml = building.daticert(made).replace(b'encoding="UTF-8"', b'encoding="ISO-8859-1"')
    return xml.decode().encode("latin-1")


WHOLE = Told()
ALTERED = Told(
    integrity=Integrity.ALTERED, trust=Trust.NOT_CHECKED, remarks=(Remark.ALTERED,), at=None
)
UNREADABLE = Told(
    integrity=Integrity.UNREADABLE, trust=Trust.NOT_CHECKED, remarks=(Remark.UNREADABLE,), at=None
)
PLAIN = Told(
    PecKind.PLAIN, at=None, integrity=Integrity.UNSIGNED, trust=Trust.NOT_CHECKED, remarks=()
)


def no_time(remark: Remark, **changes: object) -> Told:
    return replace(WHOLE, at=None, remarks=(remark,), **changes)  # type: ignore[arg-type]


CASES: dict[str, tuple[Callable[[], bytes], Told]] = {
    "accepted": (lambda: pec(kind="accettazione", receipt=""), Told(PecKind.ACCEPTANCE)),
    "not accepted": (
        lambda: pec(kind="non-accettazione", receipt="", error="altro"),
        Told(PecKind.NON_ACCEPTANCE),
    ),
    "taken in charge": (
        lambda: pec(kind="presa-in-carico", receipt=""),
        Told(PecKind.TAKING_CHARGE),
    ),
    "delivered, complete": (pec, WHOLE),
    "delivered, short": (lambda: pec(receipt="breve"), WHOLE),
    "delivered, synthetic": (lambda: pec(receipt="sintetica"), WHOLE),
    "not delivered": (
        lambda: pec(kind="errore-consegna", receipt="", error="no-dest"),
        Told(PecKind.DELIVERY_FAILED),
    ),
    "late after twelve hours": (
        lambda: pec(kind="preavviso-errore-consegna", receipt="", error="altro"),
        Told(PecKind.DELIVERY_DELAYED),
    ),
    "a virus": (
        lambda: pec(kind="rilevazione-virus", receipt="", error="virus"),
        Told(PecKind.VIRUS),
    ),
    "an envelope": (
        lambda: pec(kind="posta-certificata", receipt=""),
        Told(PecKind.TRANSPORT),
    ),
    "an anomaly": (
        lambda: pec(kind="errore", receipt="", xml=b""),
        Told(PecKind.ANOMALY, at=None),
    ),
    "late: the header is a day older": (
        lambda: pec(header_date="Mon, 29 Jun 2026 12:30:17 +0200"),
        replace(WHOLE, remarks=(Remark.TIME_DIFFERS,)),
    ),
    "the summer ends, first time": (
        lambda: pec(day="25/10/2026", hour="02:30:00", zone="+0200", header_date=""),
        replace(WHOLE, at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ),
    "the summer ends, second time": (
        lambda: pec(day="25/10/2026", hour="02:30:00", zone="+0100", header_date=""),
        replace(WHOLE, at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ),
    "the summer begins": (
        lambda: pec(day="29/03/2026", hour="03:00:01", zone="+0200", header_date=""),
        replace(WHOLE, at=datetime(2026, 3, 29, 1, 0, 1, tzinfo=UTC)),
    ),
    "the last second of a year": (
        lambda: pec(day="31/12/2026", hour="23:59:59", zone="+0100", header_date=""),
        replace(WHOLE, at=datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)),
    ),
    "another zone": (
        lambda: pec(day="30/06/2026", hour="05:30:15", zone="-0500"),
        WHOLE,
    ),
    "a zone that is none": (lambda: pec(zone="CEST"), no_time(Remark.TIME_UNREADABLE)),
    "a day that does not exist": (lambda: pec(day="31/06/2026"), no_time(Remark.TIME_UNREADABLE)),
    "the body altered": (
        lambda: sealed_over(Made(), change=lambda it: it.replace(b"7 luglio", b"8 luglio")),
        ALTERED,
    ),
    "the certification data altered": (
        lambda: sealed_over(Made(), change=with_other_daticert),
        ALTERED,
    ),
    "one byte altered on the way": (
        lambda: pec().replace(b"Siete convocati", b"Siete Convocati"),
        ALTERED,
    ),
    "the signature of another message": (
        lambda: (
            headers(Made())
            + signed(content(Made()), Made().who, over=content(Made(hour="12:30:16")))
        ),
        ALTERED,
    ),
    "a signature that is none": (
        lambda: pec().replace(b"MII", b"AAA", 1),
        UNREADABLE,
    ),
    "an expired certificate": (
        lambda: pec(who=building.before(NOON)),
        replace(WHOLE, trust=Trust.OUT_OF_TIME),
    ),
    "a certificate that vouches for itself": (
        lambda: pec(who=building.provider(issuer="")),
        replace(WHOLE, trust=Trust.FOREIGN, remarks=(Remark.SELF_SIGNED,)),
    ),
    "a provider of another authority": (
        lambda: pec(who=building.provider(issuer="Autorità straniera")),
        replace(WHOLE, trust=Trust.FOREIGN),
    ),
    "the certificate of another address": (
        lambda: pec(who=building.provider(email="altro@pec.gestore.example")),
        replace(WHOLE, remarks=(Remark.SIGNER_DIFFERS,)),
    ),
    "signed with an elliptic curve": (lambda: pec(who=building.provider(kind="ec")), WHOLE),
    "nested in a forwarded message": (
        lambda: building.forwarded(pec()),
        replace(WHOLE, remarks=(Remark.INSIDE_ANOTHER,)),
    ),
    "nested, in base64": (
        lambda: building.forwarded(pec(), encoding="base64"),
        replace(WHOLE, remarks=(Remark.INSIDE_ANOTHER,)),
    ),
    "two nested": (
        lambda: building.forwarded(pec(), pec(kind="accettazione", receipt="")),
        replace(PLAIN, remarks=(Remark.SEVERAL_INSIDE,)),
    ),
    "the original is a PEC of its own": (
        lambda: pec(
            kind="posta-certificata", receipt="", original=pec(hour="01:01:01", boundary="2")
        ),
        Told(PecKind.TRANSPORT),
    ),
    "opaque, in base64": (lambda: opaque(Made()), WHOLE),
    "opaque, as bytes": (lambda: opaque(Made(), encoding="binary"), WHOLE),
    "eight bits": (lambda: pec(text="È stato consegnato: più, perché", encoding="8bit"), WHOLE),
    "text in base64": (lambda: pec(encoding="base64"), WHOLE),
    "the wrong charset": (
        lambda: pec(charset="latin-1", text="È stato consegnato"),
        WHOLE,
    ),
    "certification data in latin-1": (
        lambda: pec(xml=in_latin(Made(subject="Convocazione: è così"))),
        WHOLE,
    ),
    "line breaks of another system": (lambda: pec().replace(b"\r\n", b"\n"), WHOLE),
    "no certification data": (
        lambda: pec(xml=b"", receipt="completa"),
        no_time(Remark.DATICERT_MISSING),
    ),
    "the same certification data twice": (lambda: pec(xml_times=2), WHOLE),
    "two certification data": (
        lambda: headers(Made()) + signed(twice(), Made().who),
        no_time(Remark.DATICERT_TWICE),
    ),
    "entities in the certification data": (
        lambda: pec(xml=XXE),
        no_time(Remark.DATICERT_UNREADABLE),
    ),
    "a billion laughs": (lambda: pec(xml=LAUGHS), no_time(Remark.DATICERT_UNREADABLE)),
    "certification data that are no XML": (
        lambda: pec(xml=b"nessun dato"),
        no_time(Remark.DATICERT_UNREADABLE),
    ),
    "the headers say another kind": (
        lambda: pec().replace(b"X-Ricevuta: avvenuta-consegna", b"X-Ricevuta: accettazione"),
        replace(WHOLE, remarks=(Remark.KIND_DIFFERS,)),
    ),
    "no headers of a PEC": (lambda: pec(claims=False), WHOLE),
    "the original is missing": (
        lambda: headers(Made(kind="posta-certificata")) + signed(without_original(), Made().who),
        Told(PecKind.TRANSPORT, remarks=(Remark.ORIGINAL_MISSING,)),
    ),
    "forged: the headers of a PEC and no signature": (
        lambda: headers(Made()) + content(Made()),
        replace(PLAIN, remarks=(Remark.CLAIMS,)),
    ),
    "an ordinary message": (lambda: building.original(Made()), PLAIN),
    "huge": (lambda: pec(original=building.original(Made(), "x" * 20_000_000)), WHOLE),
}


def twice() -> bytes:
    made = Made()
    one, other = (
        building.part(building.daticert(each), 'Content-Type: application/xml; name="daticert.xml"')
        for each in (made, replace(made, hour="09:00:00"))
    )
    return building.multipart("mixed", "due", one, other)


def without_original() -> bytes:
    xml = building.daticert(Made(kind="posta-certificata", receipt=""))
    dati = building.part(xml, 'Content-Type: application/xml; name="daticert.xml"')
    return building.multipart("mixed", "sola", dati)


def told_of(found: Read) -> Told:
    return Told(found.kind, found.certified_at, found.integrity, found.trust, found.remarks)


@pytest.mark.parametrize("case", CASES)
def test_it_is_read_right(case: str) -> None:
    build, told = CASES[case]
    assert told_of(read(build(), [building.authority().der])) == told


def test_there_are_forty_at_least() -> None:
    assert len(CASES) >= 40
