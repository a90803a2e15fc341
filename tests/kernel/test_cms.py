"""Signed messages: what was signed is what is there, by whichever algorithm, or nobody can say."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import algos, cms
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from tavolo.kernel.cms import (
    Chain,
    Integrity,
    NoSignatureError,
    Signed,
    certificates_in,
    chained,
    enclosed,
    verified,
)
from tests.messages.pec.building import Identity, authority, before, provider, signature

CONTENT = b"Content-Type: text/plain\r\n\r\nCiao\r\n"
NOW = datetime(2026, 6, 30, tzinfo=UTC)
DIGESTS = {"sha1": hashes.SHA1, "sha256": hashes.SHA256, "md5": hashes.MD5}


def signer_info(
    who: Identity,
    *,
    digest: str = "sha256",
    pss: bool = False,
    attributes: bool = True,
    by_key: bool = False,
    over: bytes = CONTENT,
    without_digest: bool = False,
) -> cms.SignerInfo:
    """One signer as providers also write them: with a salt, without attributes, named by the key."""
    certificate = asn1.Certificate.load(who.der)
    info = {
        "version": "v1",
        "sid": cms.SignerIdentifier("subject_key_identifier", cms.OctetString(b"key"))
        if by_key
        else cms.SignerIdentifier(
            "issuer_and_serial_number",
            cms.IssuerAndSerialNumber(
                {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
            ),
        ),
        "digest_algorithm": algos.DigestAlgorithm({"algorithm": digest}),
        "signature_algorithm": algos.SignedDigestAlgorithm(
            {"algorithm": "rsassa_pss" if pss else "rsassa_pkcs1v15"}
        ),
        "signature": b"",
    }
    signed_over = over
    if attributes:
        told = {"content_type": ["data"]}
        if not without_digest:
            told["message_digest"] = [hashlib.new(digest, over, usedforsecurity=False).digest()]
        rows = [cms.CMSAttribute({"type": key, "values": values}) for key, values in told.items()]
        info["signed_attrs"] = cms.CMSAttributes(rows)
        signed_over = info["signed_attrs"].dump()
    assert isinstance(who.key, rsa.RSAPrivateKey)
    hashed = DIGESTS[digest]()
    if pss:
        salted = padding.PSS(padding.MGF1(hashed), 20)
        info["signature_algorithm"]["parameters"] = algos.RSASSAPSSParams(
            {
                "hash_algorithm": {"algorithm": digest},
                "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": digest}},
                "salt_length": 20,
            }
        )
        info["signature"] = who.key.sign(signed_over, salted, hashed)
    else:
        info["signature"] = who.key.sign(signed_over, padding.PKCS1v15(), hashed)
    return cms.SignerInfo(info)


def signed(*infos: cms.SignerInfo, who: Identity, kind: str = "signed_data") -> bytes:
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [info["digest_algorithm"] for info in infos],
            "encap_content_info": {"content_type": "data"},
            "certificates": [asn1.Certificate.load(who.der)],
            "signer_infos": list(infos),
        }
    )
    return bytes(cms.ContentInfo({"content_type": kind, "content": data}).dump())


@pytest.mark.parametrize(
    ("changes", "integrity"),
    [
        ({}, Integrity.WHOLE),
        ({"digest": "sha1"}, Integrity.WHOLE),
        ({"pss": True}, Integrity.WHOLE),
        ({"attributes": False}, Integrity.WHOLE),
        ({"digest": "md5"}, Integrity.UNREADABLE),
        ({"without_digest": True}, Integrity.UNREADABLE),
        ({"by_key": True}, Integrity.UNREADABLE),
        ({"over": b"altro"}, Integrity.ALTERED),
        ({"over": b"altro", "attributes": False}, Integrity.ALTERED),
    ],
)
def test_each_way_of_signing(changes: dict[str, object], integrity: Integrity) -> None:
    who = provider()
    info = signer_info(who, **changes)  # type: ignore[arg-type]
    assert verified(signed(info, who=who), CONTENT).integrity is integrity


def test_sha1_is_remarked() -> None:
    who = provider()
    told = verified(signed(signer_info(who, digest="sha1"), who=who), CONTENT)
    assert (told.signer.weak, told.signer.name) == (True, "Gestore PEC di prova")


def test_all_who_signed_must_have_signed_the_same() -> None:
    who = provider()
    good, bad = signer_info(who), signer_info(who, over=b"altro")
    assert verified(signed(good, good, who=who), CONTENT).integrity is Integrity.WHOLE
    assert verified(signed(good, bad, who=who), CONTENT).integrity is Integrity.ALTERED
    unknown = signer_info(who, digest="md5")
    assert verified(signed(good, unknown, who=who), CONTENT).integrity is Integrity.UNREADABLE
    crowd = signed(*[good] * 21, who=who)
    assert verified(crowd, CONTENT).integrity is Integrity.UNREADABLE


def test_the_signature_of_another_key_is_altered() -> None:
    der = signature(CONTENT, provider())
    told = verified(der[:-8] + bytes(8), CONTENT)
    assert told.integrity is Integrity.ALTERED


@pytest.mark.parametrize("der", [b"", b"\x30\x80", b"nothing", b"\x30\x03\x06\x01\x00"])
def test_what_is_no_signature_is_unreadable(der: bytes) -> None:
    assert verified(der, CONTENT) == Signed(Integrity.UNREADABLE)
    with pytest.raises(NoSignatureError):
        enclosed(der)


def test_what_is_enclosed_is_given_and_what_is_not_is_refused() -> None:
    assert enclosed(signature(CONTENT, provider(), opaque=True)) == CONTENT
    with pytest.raises(NoSignatureError):
        enclosed(signature(CONTENT, provider()))
    assert verified(signature(CONTENT, provider())).integrity is Integrity.UNREADABLE
    info = cms.ContentInfo({"content_type": "data", "content": CONTENT})
    assert verified(info.dump(), CONTENT).integrity is Integrity.UNREADABLE


class TestChain:
    def told(self, who: Identity) -> Signed:
        return verified(signature(CONTENT, who), CONTENT)

    def test_it_leads_to_a_root_or_not(self) -> None:
        root, other = authority().der, authority("Altra").der
        told = self.told(provider())
        assert chained(told, [other, root], at=NOW) is Chain.TRUSTED
        assert chained(told, [other], at=NOW) is Chain.FOREIGN
        assert chained(told, [], at=NOW) is Chain.NOT_CHECKED

    def test_its_own_certificate_can_be_a_root(self) -> None:
        alone = provider(issuer="")
        assert chained(self.told(alone), [alone.der], at=NOW) is Chain.TRUSTED

    def test_it_is_asked_at_the_time_it_was_made(self) -> None:
        told = self.told(before(NOW))
        assert chained(told, [authority().der], at=NOW) is Chain.OUT_OF_TIME
        then = datetime(2020, 1, 1, tzinfo=UTC)
        assert chained(told, [authority().der], at=then) is Chain.TRUSTED

    def test_without_a_signer_nothing_is_checked(self) -> None:
        assert chained(Signed(Integrity.UNREADABLE), [authority().der], at=NOW) is Chain.NOT_CHECKED


def test_certificates_lie_in_a_folder_in_any_form(tmp_path: Path) -> None:
    one, other = authority().certificate, authority("Altra").certificate
    (tmp_path / "a.pem").write_bytes(
        one.public_bytes(Encoding.PEM) + other.public_bytes(Encoding.PEM)
    )
    (tmp_path / "b.cer").write_bytes(one.public_bytes(Encoding.DER))
    (tmp_path / "c.txt").write_bytes(b"nothing")
    (tmp_path / "d").mkdir()
    ders = [each.public_bytes(Encoding.DER) for each in (one, other, one)]
    assert certificates_in(tmp_path) == tuple(ders)
    assert certificates_in(tmp_path / "nowhere") == ()
