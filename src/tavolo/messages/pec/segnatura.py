"""The segnatura of a protocol system (DPR 445/2000, art. 55), read in three dialects and written in the newest.

Read: the DTD of circular AIPA 28/2001 (no namespace), the schema of circular AgID 60/2013, the schema
3.0.0 of annex 6 to the guidelines of AgID on documents (2021). Written: the last of them, unsigned.
"""

from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree  # type: ignore[import-untyped]

from tavolo.messages.pec.actions.numbering import LONGEST, Numbering
from tavolo.messages.pec.errors import CodesMissing, NoSegnatura
from tavolo.messages.pec.reading.mime import clean

LARGEST = 2 * 1024 * 1024
NAMESPACE = "http://www.agid.gov.it/protocollo/"
# Without a namespace or with that of circular 60/2013 in the older dialects.
NAMESPACES = {
    None,
    NAMESPACE,
    f"{NAMESPACE}pec/",
    "http://www.digitPa.gov.it/protocollo/",
    "http://www.digitpa.gov.it/protocollo/",
}
ROOTS = {"Segnatura", "SegnaturaInformatica"}
DAYS = ("%Y-%m-%d", "%d/%m/%Y")
# The schema wants seven digits at least; zeros before a number change nothing in it.
DIGITS = 7


@dataclass(frozen=True)
class Outgoing:
    """What is written of a document: its name, the digest of its content (SHA-256), what it is about."""

    subject: str
    file_name: str
    media_type: str
    sha256: str
    sender: str


def read(content: bytes) -> Numbering:
    """The number with its date and its codes, without entities and without network. Refuses with NoSegnatura."""
    root = _root(content)
    identifier = _child(_child(root, "Intestazione"), "Identificatore")
    number, day = _text(identifier, "NumeroRegistrazione"), _day(identifier)
    if not number or day is None:
        raise NoSegnatura
    return Numbering(
        number=number,
        day=day,
        register=_text(identifier, "CodiceRegistro"),
        administration=_text(identifier, "CodiceAmministrazione"),
        office=_text(identifier, "CodiceAOO"),
    )


def written(told: Numbering, of: Outgoing) -> bytes:
    """The segnatura 3.0.0 of a document that has its number. It still has to be sealed by the AOO.

    Refuses with CodesMissing where a code is not known: none is made up.
    """
    if not (told.register and told.administration and told.office):
        raise CodesMissing
    root = etree.Element(_name("SegnaturaInformatica"), nsmap={None: NAMESPACE})
    root.set("versione", "3.0.0")
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "it")
    head = _add(root, "Intestazione")
    identifier = _add(head, "Identificatore")
    _add(identifier, "CodiceAmministrazione", told.administration)
    _add(identifier, "CodiceAOO", told.office)
    _add(identifier, "CodiceRegistro", told.register)
    _add(identifier, "NumeroRegistrazione", _digits(told.number))
    _add(identifier, "DataRegistrazione", told.day.isoformat())
    _add(head, "Oggetto", of.subject)
    body = _add(root, "Descrizione")
    administration = _add(_add(body, "Mittente"), "Amministrazione")
    _add(administration, "DenominazioneAmministrazione", of.sender)
    _add(administration, "CodiceIPAAmministrazione", told.administration)
    document = _add(body, "DocumentoPrimario")
    document.set("nomeFile", of.file_name)
    document.set("mimeType", of.media_type)
    digest = _add(document, "Impronta", of.sha256)
    digest.set("algoritmo", "SHA-256")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _root(content: bytes) -> etree._Element:
    if len(content) > LARGEST:
        raise NoSegnatura
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise NoSegnatura from fault
    declared = root.getroottree().docinfo.internalDTD
    name = etree.QName(root)
    if declared is not None and any(True for _each in declared.iterentities()):
        raise NoSegnatura
    if name.localname not in ROOTS or name.namespace not in NAMESPACES:
        raise NoSegnatura
    return root


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    for child in () if element is None else element:
        if isinstance(child.tag, str) and etree.QName(child).localname == name:
            return child
    return None


def _text(element: etree._Element | None, name: str) -> str:
    child = _child(element, name)
    return "" if child is None else clean("".join(child.itertext()))[:LONGEST]


def _day(identifier: etree._Element | None) -> date | None:
    text = _text(identifier, "DataRegistrazione")
    for form in DAYS:
        try:
            # A day of a register: no instant, so no zone.
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _digits(number: str) -> str:
    return number.zfill(DIGITS) if number.isascii() and number.isdecimal() else number


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


def _add(parent: etree._Element, local: str, text: str = "") -> etree._Element:
    made = etree.SubElement(parent, _name(local))
    made.text = clean(text) or None
    return made
