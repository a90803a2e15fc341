"""The provider's signature (S/MIME): over a part beside it, or enclosing it."""

import re
from dataclasses import dataclass, field

from tavolo.kernel import cms
from tavolo.messages.pec.reading.mime import Budget, Part, parsed

DETACHED = {"application/pkcs7-signature", "application/x-pkcs7-signature"}
OPAQUE = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_BREAK = re.compile(rb"\r?\n")


@dataclass(frozen=True)
class Sealed:
    """What was found of a signature: the verdict, and the tree of what is under it."""

    signed: cms.Signed | None = None
    content: Part | None = None
    parts: list[Part] = field(default_factory=list)


def seal_of(part: Part, budget: Budget) -> Sealed:
    """The signature that a message stands under as a whole; without one, nothing is signed."""
    if part.media_type == "multipart/signed":
        return _beside(part)
    if part.media_type in OPAQUE:
        return _around(part, budget)
    return Sealed()


def _beside(part: Part) -> Sealed:
    # A second signature or anything else beside the two would not be covered by it.
    if len(part.children) != 2 or part.children[1].media_type not in DETACHED:  # noqa: PLR2004
        return Sealed(cms.Signed(cms.Integrity.UNREADABLE), part, list(part.walk()))
    content, signature = part.children
    der = signature.content
    told = cms.verified(der, content.raw)
    if told.integrity is cms.Integrity.ALTERED:
        # Programs that save a message change its line breaks; it was signed with those of mail.
        mended = cms.verified(der, _BREAK.sub(b"\r\n", content.raw))
        told = mended if mended.integrity is cms.Integrity.WHOLE else told
    return Sealed(told, content, list(content.walk()))


def _around(part: Part, budget: Budget) -> Sealed:
    der = part.content
    told = cms.verified(der)
    try:
        inside = parsed(cms.enclosed(der), budget, 1)
    except cms.NoSignatureError:
        return Sealed(told, None, [])
    return Sealed(told, inside, list(inside.walk()))
