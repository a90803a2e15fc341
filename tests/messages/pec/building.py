"""PEC messages as providers write them, made with a provider of our own: keys, certificates, envelopes."""

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PROVIDER = "posta-certificata@pec.gestore.example"
BEGIN, END = datetime(2005, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC)
ME, YOU = "segreteria@pec.rete.example", "protocollo@pec.comune.example"
ORIGINAL_ID = "convocazione.1@pec.rete.example"
IDENTIFIER = "opec1234.20260630123015.00001.11.1.11@pec.gestore.example"
RECEIPTS = {
    "accettazione": "ACCETTAZIONE",
    "non-accettazione": "AVVISO DI NON ACCETTAZIONE",
    "presa-in-carico": "PRESA IN CARICO",
    "avvenuta-consegna": "CONSEGNA",
    "errore-consegna": "AVVISO DI MANCATA CONSEGNA",
    "preavviso-errore-consegna": "AVVISO DI MANCATA CONSEGNA PER SUPERAMENTO TEMPO MASSIMO",
    "rilevazione-virus": "PROBLEMA DI SICUREZZA",
}


@dataclass(frozen=True)
class Identity:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


@cache
def _key(kind: str, _name: str) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    if kind == "rsa":
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(ec.SECP256R1())


@cache
def authority(name: str = "Autorità di prova") -> Identity:
    key = _key("ec", name)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        _certificate(subject, subject, key, BEGIN, END)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
    )
    return Identity(made.sign(key, hashes.SHA256()), key)


@cache
def provider(
    *,
    kind: str = "rsa",
    email: str = PROVIDER,
    issuer: str = "Autorità di prova",
    begin: datetime = BEGIN,
    end: datetime = END,
) -> Identity:
    """A provider's certificate; with `issuer` "" it vouches for itself."""
    key = _key(kind, f"provider {issuer}")
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Gestore PEC di prova")])
    above = authority(issuer) if issuer else None
    made = (
        _certificate(above.certificate.subject if above else subject, subject, key, begin, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(email)]), critical=False)
    )
    return Identity(made.sign(above.key if above else key, hashes.SHA256()), key)


def _certificate(issuer, subject, key, begin, end) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )


def signature(content: bytes, who: Identity, *, opaque: bool = False) -> bytes:
    options = [pkcs7.PKCS7Options.Binary]
    if not opaque:
        options.append(pkcs7.PKCS7Options.DetachedSignature)
    return (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(content)
        .add_signer(who.certificate, who.key, hashes.SHA256())
        .sign(Encoding.DER, options)
    )


@dataclass(frozen=True)
class Made:
    """What a message is made of; `pec` puts it together."""

    kind: str = "avvenuta-consegna"
    day: str = "30/06/2026"
    hour: str = "12:30:15"
    zone: str = "+0200"
    header_date: str = "Tue, 30 Jun 2026 12:30:17 +0200"
    receipt: str = "completa"
    error: str = "nessuno"
    error_words: str = ""
    subject: str = "Convocazione del tavolo di giugno"
    sender: str = ME
    recipients: tuple[tuple[str, str], ...] = ((YOU, "certificato"),)
    delivered_to: str = YOU
    msgid: str = ORIGINAL_ID
    identifier: str = IDENTIFIER
    who: Identity = field(default_factory=provider)
    text: str = "Ricevuta: il messaggio è stato consegnato."
    charset: str = "utf-8"
    encoding: str = "8bit"
    message_id: str = "ricevuta.1@pec.gestore.example"
    xml: bytes | None = None
    xml_times: int = 1
    original: bytes | None = None
    from_address: str = PROVIDER
    claims: bool = True
    boundary: str = "1"


def daticert(made: Made) -> bytes:
    recipients = "".join(
        f'<destinatari tipo="{kind}">{escape(address)}</destinatari>'
        for address, kind in made.recipients
    )
    more = f'<ricevuta tipo="{made.receipt}"/>' if made.receipt else ""
    if made.kind == "avvenuta-consegna":
        more += f"<consegna>{made.delivered_to}</consegna>"
    if made.error_words:
        more += f"<errore-esteso>{escape(made.error_words)}</errore-esteso>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<postacert tipo="{made.kind}" errore="{made.error}"><intestazione>'
        f"<mittente>{made.sender}</mittente>{recipients}<risposte>{made.sender}</risposte>"
        f"<oggetto>{escape(made.subject)}</oggetto></intestazione><dati>"
        "<gestore-emittente>Gestore PEC di prova S.p.A.</gestore-emittente>"
        f'<data zona="{made.zone}"><giorno>{made.day}</giorno><ora>{made.hour}</ora></data>'
        f"<identificativo>{escape(made.identifier)}</identificativo>"
        f"<msgid>&lt;{escape(made.msgid)}&gt;</msgid>{more}</dati></postacert>"
    ).encode()


def original(made: Made, body: str = "Siete convocati il 7 luglio.") -> bytes:
    if made.original is not None:
        return made.original
    return (
        f"From: {made.sender}\r\nTo: {made.recipients[0][0]}\r\nSubject: {made.subject}\r\n"
        f"Message-ID: <{made.msgid}>\r\nDate: {made.header_date}\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n"
    ).encode()


def part(content: bytes, *headers: str, encoding: str = "base64") -> bytes:
    body = base64.encodebytes(content).replace(b"\n", b"\r\n") if encoding == "base64" else content
    told = [*headers, f"Content-Transfer-Encoding: {encoding}"]
    return "\r\n".join(told).encode() + b"\r\n\r\n" + body


def multipart(kind: str, boundary: str, *parts: bytes) -> bytes:
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + each + b"\r\n" for each in parts)
    return (
        f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
        + body
        + f"--{boundary}--\r\n".encode()
    )


def content(made: Made) -> bytes:
    """What the provider signs."""
    text = part(
        made.text.encode(made.charset, "replace"),
        f"Content-Type: text/plain; charset={made.charset}",
        encoding=made.encoding,
    )
    xml = daticert(made) if made.xml is None else made.xml
    dati = part(
        xml,
        'Content-Type: application/xml; name="daticert.xml"',
        'Content-Disposition: inline; filename="daticert.xml"',
    )
    parts = [text, *[dati] * (made.xml_times if xml else 0)]
    if made.kind in {"posta-certificata", "errore"} or made.receipt in {"completa", "breve"}:
        parts.append(
            part(
                original(made),
                'Content-Type: message/rfc822; name="postacert.eml"',
                'Content-Disposition: attachment; filename="postacert.eml"',
                encoding="8bit",
            )
        )
    return multipart("mixed", f"----=_Part_{made.boundary}", *parts)


def headers(made: Made) -> bytes:
    title = {"posta-certificata": "POSTA CERTIFICATA", "errore": "ANOMALIA MESSAGGIO", **RECEIPTS}
    said = f"{title[made.kind]}: {made.subject}"
    told = [
        f"From: <{made.from_address}>",
        f"To: <{made.sender if made.kind in RECEIPTS else YOU}>",
        f"Reply-To: {made.sender}",
        f"Subject: =?utf-8?B?{base64.b64encode(said.encode()).decode()}?=",
        f"Date: {made.header_date}",
        f"Message-ID: <{made.message_id}>",
        "MIME-Version: 1.0",
    ]
    if made.claims and made.kind in RECEIPTS:
        told += [f"X-Ricevuta: {made.kind}", f"X-Riferimento-Message-ID: <{made.msgid}>"]
        told += [f"X-TipoRicevuta: {made.receipt}"] if made.receipt else []
    elif made.claims:
        told.append(f"X-Trasporto: {made.kind}")
    return "\r\n".join(told).encode() + b"\r\n"


def pec(made: Made | None = None, **changes: object) -> bytes:
    """The message as it lies in a mailbox."""
    told = made or Made(**changes)  # type: ignore[arg-type]
    return headers(told) + signed(content(told), told.who, boundary=told.boundary)


def signed(
    inside: bytes, who: Identity, *, over: bytes | None = None, boundary: str = "1"
) -> bytes:
    """multipart/signed of `inside`; `over` is what was signed, where that is something else."""
    seal = base64.encodebytes(signature(over or inside, who)).replace(b"\n", b"\r\n")
    line = f"------=_Busta_{boundary}".encode()
    return (
        b'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256;'
        b' boundary="'
        + line[2:]
        + b'"\r\n\r\nThis is an S/MIME signed message\r\n\r\n'
        + line
        + b"\r\n"
        + inside
        + b"\r\n"
        + line
        + b"\r\n"
        b'Content-Type: application/pkcs7-signature; name="smime.p7s"\r\n'
        b"Content-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="smime.p7s"\r\n\r\n'
        + seal
        + b"\r\n"
        + line
        + b"--\r\n"
    )


def opaque(made: Made, *, encoding: str = "base64") -> bytes:
    """The same as application/pkcs7-mime, the content inside the signature."""
    return headers(made) + part(
        signature(content(made), made.who, opaque=True),
        'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"',
        encoding=encoding,
    )


def forwarded(*messages: bytes, encoding: str = "8bit") -> bytes:
    """An ordinary message that carries others."""
    inside = [
        part(each, 'Content-Type: message/rfc822; name="pec.eml"', encoding=encoding)
        for each in messages
    ]
    text = part(b"Vedi sotto.", "Content-Type: text/plain", encoding="7bit")
    head = f"From: {YOU}\r\nTo: {ME}\r\nSubject: I: ricevuta\r\nMIME-Version: 1.0\r\n".encode()
    return head + multipart("mixed", "fuori", text, *inside)


def before(at: datetime) -> Identity:
    """A provider whose certificate had expired by then."""
    return provider(begin=BEGIN, end=at - timedelta(days=1))
