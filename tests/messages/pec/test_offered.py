"""What PEC offers elsewhere: to Oggi, to whoever asks what is held about her, to the segnatura."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.plugs import due_sources
from tavolo.messages.models import PecMessage
from tavolo.messages.pec import queries, segnatura
from tavolo.messages.pec.actions import Numbering, bind_pec, enter_number
from tavolo.messages.pec.errors import CodesMissing, NoSegnatura
from tavolo.messages.pec.queries import PECS
from tavolo.messages.pec.reading.message import read
from tavolo.messages.personal import Pecs
from tests.factories.people import a_network, an_account, secretary_of
from tests.messages.pec.building import pec
from tests.messages.pec.test_actions import brought, envelope

DAY = date(2026, 7, 1)
CODES = Numbering("1234", DAY, "PG", "c_f205", "AOO1")
OUTGOING = segnatura.Outgoing("Oggetto & altro", "a.eml", "message/rfc822", "ab" * 32, "Rete")
OLD = """<?xml version="1.0" encoding="UTF-8"?>{doctype}<{root}{namespace}><Intestazione>
<Identificatore><CodiceAmministrazione>c_f205</CodiceAmministrazione><CodiceAOO>AOO1</CodiceAOO>
<CodiceRegistro>PG</CodiceRegistro><NumeroRegistrazione> 0001234 </NumeroRegistrazione>
<DataRegistrazione>{day}</DataRegistrazione></Identificatore></Intestazione></{root}>"""


def xml(
    root: str = "Segnatura", namespace: str = "", doctype: str = "", day: str = "2026-07-01"
) -> bytes:
    named = f' xmlns="{namespace}"' if namespace else ""
    return OLD.format(root=root, namespace=named, doctype=doctype, day=day).encode()


@pytest.mark.parametrize(
    "content",
    [
        xml(),
        xml(doctype='<!DOCTYPE Segnatura SYSTEM "Segnatura.dtd">'),
        xml(namespace="http://www.digitPa.gov.it/protocollo/"),
        xml("SegnaturaInformatica", "http://www.agid.gov.it/protocollo/"),
        xml(day="01/07/2026"),
    ],
)
def test_each_dialect_is_read(content: bytes) -> None:
    assert segnatura.read(content) == Numbering("0001234", DAY, "PG", "c_f205", "AOO1")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nessun XML",
        b"<html/>",
        xml("AltraRadice"),
        xml(namespace="http://altrove.example/"),
        xml(day="2026-02-30"),
        xml(day=""),
        xml().replace(b" 0001234 ", b""),
        xml().replace(b"Intestazione", b"Descrizione"),
        xml(doctype='<!DOCTYPE Segnatura [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        b" " * (segnatura.LARGEST + 1),
    ],
)
def test_what_is_no_segnatura_is_refused(content: bytes) -> None:
    with pytest.raises(NoSegnatura):
        segnatura.read(content)


def test_what_is_written_is_read_again() -> None:
    content = segnatura.written(CODES, OUTGOING)
    assert segnatura.read(content) == Numbering("0001234", DAY, "PG", "c_f205", "AOO1")
    root = etree.fromstring(content)
    assert root.tag == "{http://www.agid.gov.it/protocollo/}SegnaturaInformatica"
    assert root.get("versione") == "3.0.0"
    (digest,) = root.iter("{*}Impronta")
    assert (digest.get("algoritmo"), digest.text) == ("SHA-256", "ab" * 32)


@pytest.mark.parametrize("lacking", ["register", "administration", "office"])
def test_no_code_is_made_up(lacking: str) -> None:
    told = {
        name: getattr(CODES, name)
        for name in ("number", "day", "register", "administration", "office")
    }
    with pytest.raises(CodesMissing):
        segnatura.written(Numbering(**{**told, lacking: ""}), OUTGOING)


def test_a_number_with_letters_is_written_as_it_is() -> None:
    told = Numbering("12/A", DAY, "PG", "c_f205", "AOO1")
    assert segnatura.read(segnatura.written(told, OUTGOING)).number == "12/A"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_an_error(content: bytes) -> None:
    read(content)
    read(b"Content-Type: multipart/signed; boundary=x\r\n\r\n--x\r\n" + content + b"\r\n--x--")
    read(b"Content-Type: application/pkcs7-mime\r\n\r\n" + content)


@given(st.integers(0, 40_000), st.integers(0, 255))
def test_a_changed_byte_never_makes_a_whole_other_message(place: int, byte: int) -> None:
    changed = bytearray(WHOLE)
    changed[place % len(changed)] = byte
    found = read(bytes(changed))
    assert found.certified_at in {None, TIME}


WHOLE = pec()
TIME = read(WHOLE).certified_at


@pytest.mark.django_db
def test_what_waits_stands_on_oggi() -> None:
    network = a_network()
    first, row = envelope(network), brought(network)
    secretary = secretary_of(network)
    asked = {"on": clock.today(), "until": clock.today()}
    source = due_sources.get(PECS)
    assert [each.key for each in source.due(secretary, **asked)] == [str(first.uid), str(row.uid)]
    bind_pec(message=row, kind=PECS, subject=first.uid, by=OPERATOR)
    bind_pec(message=first, kind=PECS, subject=row.uid, by=OPERATOR)
    (left,) = source.due(secretary, **asked)
    assert left.action[1].endswith(f"/protocollo/pec/{first.uid}/")
    enter_number(
        network=network, kind=PECS, subject=first.uid, told=CODES, source="typed", by=OPERATOR
    )
    assert source.due(secretary, **asked) == []
    assert source.due(Actor(), **asked) == []


@pytest.mark.django_db
def test_a_pec_that_names_her_is_told_and_kept() -> None:
    network, account = a_network(), an_account("ada@pec.example")
    row = envelope(network, sender="Ada@pec.example")
    brought(network, pec(sender="altra-ada@pec.example.org"))
    plug = Pecs()
    assert [(each.label, each.value) for each in plug.held(account.person)] == [
        (row.subject, "Ada@pec.example")
    ]
    assert plug.known_in(account.person) == {network.uid}
    (kept,) = plug.erase(account.person, by=OPERATOR)
    assert (kept.label, "17" in str(kept.why)) == (row.code, True)
    row.refresh_from_db()
    assert row.sender == "Ada@pec.example"
    assert PecMessage.objects.count() == 2
    assert list(queries.pecs_naming([])) == []
