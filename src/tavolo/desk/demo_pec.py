"""Two PEC messages for the demonstration, signed by a provider that is made up and vouches for itself."""

import base64
from datetime import UTC, date, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Example
from tavolo.messages.models import PecMessage
from tavolo.messages.pec.actions import Numbering, enter_number, prepared, receive_pec
from tavolo.messages.pec.choices import NumberSource, PecKind, Way
from tavolo.messages.pec.queries import PECS

PROVIDER = "posta-certificata@gestore.example"
ONE = ("pec_message", "pec_content", "pec_bind", "pec_aside")
NUMBER = ("number", "read_segnatura", "segnatura")
PAGES = ("pec", "pec_mailbox", "numbers", "paste_numbers")


def load(network: Network, *, on: date) -> None:
    """An envelope that has its number, and a receipt that nobody has bound yet."""
    for kind, headers, title in (
        ("posta-certificata", "X-Trasporto: posta-certificata", "POSTA CERTIFICATA"),
        ("avvenuta-consegna", "X-Ricevuta: avvenuta-consegna", "CONSEGNA"),
    ):
        made = _message(kind, headers, title, on - timedelta(days=3))
        receive_pec(
            network=network,
            message=prepared(made),
            file_name=f"{kind}.eml",
            way=Way.UPLOAD,
            by=OPERATOR,
        )
    enter_number(
        network=network,
        kind=PECS,
        subject=_envelope(network).uid,
        told=Numbering("0000007", on - timedelta(days=2), "ESEMPIO", "esempio", "ESEMPIO"),
        source=NumberSource.TYPED,
        by=OPERATOR,
    )


def examples(network: Network) -> list[Example]:
    here = {"slug": network.slug}
    envelope = {**here, "uid": _envelope(network).uid}
    numbered = {**envelope, "kind": "pec"}
    return [
        *(Example(f"desk:{name}", here, who="secretary") for name in PAGES),
        *(Example(f"desk:{name}", envelope, who="secretary") for name in ONE),
        *(Example(f"desk:{name}", numbered, who="secretary") for name in NUMBER),
    ]


def _envelope(network: Network) -> PecMessage:
    rows = PecMessage.objects.filter(network=network, kind=PecKind.TRANSPORT)
    return rows.order_by("id")[0]


def _message(kind: str, headers: str, title: str, day: date) -> bytes:
    subject = "Adesione alla rete (dimostrazione)"
    content = _content(kind, subject, day)
    seal = base64.encodebytes(_signed(content)).replace(b"\n", b"\r\n")
    head = (
        f"From: <{PROVIDER}>\r\nTo: <rete@pec.example>\r\nSubject: {title}: {subject}\r\n"
        f"Date: {day:%d} {day:%b} {day.year} 10:15:32 +0100\r\n"
        f"Message-ID: <{kind}@gestore.example>\r\n{headers}\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/signed; protocol="application/pkcs7-signature";'
        ' micalg=sha-256; boundary="fuori"\r\n\r\n'
    ).encode()
    seal_head = (
        b"Content-Type: application/pkcs7-signature\r\nContent-Transfer-Encoding: base64\r\n"
    )
    parts = (
        content,
        seal_head + b'Content-Disposition: attachment; filename="smime.p7s"\r\n\r\n' + seal,
    )
    return head + b"".join(b"--fuori\r\n" + part + b"\r\n" for part in parts) + b"--fuori--\r\n"


def _content(kind: str, subject: str, day: date) -> bytes:
    delivered = "<consegna>rete@pec.example</consegna>" if kind == "avvenuta-consegna" else ""
    xml = (
        f'<postacert tipo="{kind}" errore="nessuno"><intestazione>'
        "<mittente>associazione@pec.example</mittente>"
        '<destinatari tipo="certificato">rete@pec.example</destinatari>'
        f"<oggetto>{subject}</oggetto></intestazione><dati>"
        "<gestore-emittente>Gestore di esempio (dimostrazione)</gestore-emittente>"
        f'<data zona="+0100"><giorno>{day:%d/%m/%Y}</giorno><ora>10:15:30</ora></data>'
        f"<identificativo>{kind}.esempio@gestore.example</identificativo>"
        f"<msgid>&lt;adesione.esempio@pec.example&gt;</msgid>{delivered}</dati></postacert>"
    ).encode()
    return (
        b'Content-Type: multipart/mixed; boundary="dentro"\r\n\r\n--dentro\r\n'
        b"Content-Type: text/plain\r\n\r\nMessaggio di prova, inventato.\r\n--dentro\r\n"
        b'Content-Type: application/xml; name="daticert.xml"\r\n\r\n' + xml + b"\r\n--dentro\r\n"
        b'Content-Type: message/rfc822; name="postacert.eml"\r\n\r\n'
        b"Subject: Adesione\r\nMessage-ID: <adesione.esempio@pec.example>\r\n\r\n"
        b"Aderiamo alla rete.\r\n--dentro--\r\n"
    )


def _signed(content: bytes) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Gestore di esempio")])
    certificate = (
        x509.CertificateBuilder()
        .issuer_name(name)
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(PROVIDER)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(content)
        .add_signer(certificate, key, hashes.SHA256())
        .sign(Encoding.DER, [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.DetachedSignature])
    )
