"""Signed messages (CMS, RFC 5652): the one adapter of asn1crypto and pyhanko, imported at first use."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

# Older ones prove nothing; SHA-1 stands in old messages.
DIGESTS: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
SIGNERS = 20
CERTIFICATES = 100


class Integrity(Enum):
    """Whether what was signed is what is there. Unreadable: nobody can say."""

    WHOLE = "whole"
    ALTERED = "altered"
    UNREADABLE = "unreadable"


class Chain(Enum):
    """Whether the signer's certificate leads to a root that the operator supplied."""

    TRUSTED = "trusted"
    FOREIGN = "foreign"
    OUT_OF_TIME = "out_of_time"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True)
class Signer:
    """Who signed, as the certificate says; `emails` are lower case. `weak`: with SHA-1."""

    name: str = ""
    issuer: str = ""
    serial: str = ""
    emails: tuple[str, ...] = ()
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    self_signed: bool = False
    weak: bool = False


@dataclass(frozen=True)
class Signed:
    """What a signature says of a content. `content` is what it enclosed, if it did."""

    integrity: Integrity
    signer: Signer = field(default_factory=Signer)
    content: bytes | None = None
    certificates: tuple[bytes, ...] = ()
    signers: int = 0


class NoSignatureError(Exception):
    """What is there is no CMS SignedData, or one of a kind that cannot be read."""


def verified(der: bytes, content: bytes | None = None) -> Signed:
    """Verify a SignedData over `content`, or with None over what it encloses.

    Every signer must have signed the same; the first of them is told. Neither chain nor revocation is
    looked at (`chained`). What cannot be read is UNREADABLE, never WHOLE.
    """
    try:
        return _verified(_signed_data(der), content)
    except NoSignatureError:
        return Signed(Integrity.UNREADABLE)


def enclosed(der: bytes) -> bytes:
    """What a SignedData encloses, unverified. NoSignatureError where there is nothing."""
    return _enclosed(_signed_data(der))


def chained(signed: Signed, roots: Sequence[bytes], *, at: datetime) -> Chain:
    """Whether the signer's certificate was valid `at` and leads to one of `roots` (DER).

    Nothing is fetched and no revocation is looked up: a withdrawn certificate is not noticed.
    """
    signer = signed.signer
    if signer.valid_from is None or signer.valid_until is None:
        return Chain.NOT_CHECKED
    if not signer.valid_from <= at <= signer.valid_until:
        return Chain.OUT_OF_TIME
    if not roots:
        return Chain.NOT_CHECKED
    return Chain.TRUSTED if _leads_to(signed.certificates, roots, at) else Chain.FOREIGN


def certificates_in(folder: Path) -> tuple[bytes, ...]:
    """The certificates (PEM or DER) in a folder, as DER; a file that is none is passed over."""
    if not folder.is_dir():
        return ()
    files = [path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()]
    return tuple(der for content in files for der in _certificates(content))


def _certificates(content: bytes) -> Iterable[bytes]:
    try:
        found = (
            x509.load_pem_x509_certificates(content)
            if b"-----BEGIN" in content
            else [x509.load_der_x509_certificate(content)]
        )
    except ValueError:
        return []
    return [each.public_bytes(Encoding.DER) for each in found]


def _signed_data(der: bytes) -> Any:
    from asn1crypto import cms  # type: ignore[import-untyped]

    try:
        info = cms.ContentInfo.load(der, strict=False)
        data = info["content"] if info["content_type"].native == "signed_data" else None
        # Read whole, so that what is malformed shows here.
        signers = 0 if data is None else len(data["signer_infos"])
        certificates = 0 if data is None else len(data["certificates"])
    except Exception as fault:
        raise NoSignatureError from fault
    if not 0 < signers <= SIGNERS or certificates > CERTIFICATES:
        raise NoSignatureError
    return data


def _enclosed(data: Any) -> bytes:
    try:
        content = data["encap_content_info"]["content"].native
    except Exception as fault:
        raise NoSignatureError from fault
    if not isinstance(content, bytes):
        raise NoSignatureError
    return content


def _verified(data: Any, content: bytes | None) -> Signed:
    held = _enclosed(data) if content is None else content
    certificates = _held_certificates(data)
    try:
        infos = list(data["signer_infos"])
        pairs = [(info, _certificate_of(info, certificates)) for info in infos]
        verdicts = [_verdict(info, certificate, held) for info, certificate in pairs]
        told = _signer(*pairs[0])
    except NoSignatureError:
        raise
    except Exception as fault:
        raise NoSignatureError from fault
    first = pairs[0][1]
    rest = [each for each in certificates if each != first]
    return Signed(
        _worst(verdicts),
        told,
        held if content is None else None,
        tuple(each.dump() for each in (first, *rest)),
        len(infos),
    )


def _worst(verdicts: Sequence[Integrity]) -> Integrity:
    worse = (Integrity.ALTERED, Integrity.UNREADABLE)
    return next((each for each in worse if each in verdicts), Integrity.WHOLE)


def _held_certificates(data: Any) -> list[Any]:
    try:
        return [each.chosen for each in data["certificates"] if each.name == "certificate"]
    except Exception as fault:
        raise NoSignatureError from fault


def _certificate_of(info: Any, certificates: Sequence[Any]) -> Any:
    sid = info["sid"]
    for each in certificates:
        if sid.name == "issuer_and_serial_number":
            wanted = sid.chosen
            if (
                each.serial_number == wanted["serial_number"].native
                and each.issuer == wanted["issuer"]
            ):
                return each
        elif each.key_identifier == sid.chosen.native:
            return each
    raise NoSignatureError


def _verdict(info: Any, certificate: Any, content: bytes) -> Integrity:
    """What one signer signed against what is there; an algorithm that we do not know is unreadable."""
    digest = info["digest_algorithm"]["algorithm"].native
    if digest not in DIGESTS:
        return Integrity.UNREADABLE
    signed_over = content
    attributes = info["signed_attrs"]
    if attributes:
        told = {each["type"].native: each["values"] for each in attributes}
        if "message_digest" not in told or len(told["message_digest"]) != 1:
            return Integrity.UNREADABLE
        there = hashlib.new(digest, content, usedforsecurity=False).digest()
        if not hmac.compare_digest(told["message_digest"][0].native, there):
            return Integrity.ALTERED
        signed_over = attributes.untag().dump(force=True)
    try:
        _check(info, certificate, signed_over, digest)
    except InvalidSignature:
        return Integrity.ALTERED
    except (UnsupportedAlgorithm, ValueError, TypeError):
        return Integrity.UNREADABLE
    return Integrity.WHOLE


def _check(info: Any, certificate: Any, signed_over: bytes, digest: str) -> None:
    """InvalidSignature unless the certificate's key made this signature."""
    key = x509.load_der_x509_certificate(certificate.dump()).public_key()
    signature, algorithm = info["signature"].native, info["signature_algorithm"]
    hashed = DIGESTS[digest]()
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, signed_over, _padding(algorithm), hashed)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, signed_over, ec.ECDSA(hashed))
    else:
        raise UnsupportedAlgorithm("neither RSA nor ECDSA")


def _padding(algorithm: Any) -> padding.AsymmetricPadding:
    if algorithm.signature_algo != "rsassa_pss":
        return padding.PKCS1v15()
    told = algorithm["parameters"]
    inner = told["mask_gen_algorithm"]["parameters"]["algorithm"].native
    return padding.PSS(padding.MGF1(DIGESTS[inner]()), told["salt_length"].native)


def _signer(info: Any, certificate: Any) -> Signer:
    read = x509.load_der_x509_certificate(certificate.dump())
    return Signer(
        name=_called(read.subject),
        issuer=_called(read.issuer),
        serial=f"{read.serial_number:x}",
        emails=_emails(read),
        valid_from=read.not_valid_before_utc,
        valid_until=read.not_valid_after_utc,
        self_signed=read.subject == read.issuer,
        weak=info["digest_algorithm"]["algorithm"].native == "sha1",
    )


def _called(name: x509.Name) -> str:
    """Common name and organisation, as people would say it."""
    wanted = (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME)
    told = [str(each.value) for oid in wanted for each in name.get_attributes_for_oid(oid)]
    return ", ".join(dict.fromkeys(told))[:300] or name.rfc4514_string()[:300]


def _emails(certificate: x509.Certificate) -> tuple[str, ...]:
    named = certificate.subject.get_attributes_for_oid(x509.NameOID.EMAIL_ADDRESS)
    found = [str(each.value) for each in named]
    try:
        others = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        found += others.value.get_values_for_type(x509.RFC822Name)
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        pass
    return tuple(dict.fromkeys(each.strip().lower() for each in found))


def _leads_to(certificates: Sequence[bytes], roots: Sequence[bytes], at: datetime) -> bool:
    import asyncio

    from asn1crypto import x509 as asn1
    from pyhanko_certvalidator import CertificateValidator, ValidationContext
    from pyhanko_certvalidator.errors import PathBuildingError, ValidationError

    first, *others = (asn1.Certificate.load(each) for each in certificates)
    context = ValidationContext(
        trust_roots=[asn1.Certificate.load(each) for each in roots],
        other_certs=others,
        moment=at,
        allow_fetching=False,
        revocation_mode="soft-fail",
        weak_hash_algos={"md2", "md5"},
    )
    validator = CertificateValidator(first, others, validation_context=context)
    try:
        asyncio.run(validator.async_validate_path())
    except (PathBuildingError, ValidationError, ValueError):
        return False
    return True
