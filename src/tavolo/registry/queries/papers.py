"""Papers that belong to networks and to steps of commitments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from tavolo.documents.choices import Visibility
from tavolo.documents.models import Document, Version
from tavolo.documents.printing import Logo
from tavolo.documents.queries import documents_of
from tavolo.documents.shown import file_href
from tavolo.kernel.actor import Actor
from tavolo.kernel.blobs import open_blob
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.registry.choices import HOLDS_EVIDENCE, HOLDS_LOGO
from tavolo.registry.models import CommitmentStep

# By the type of the file, what the typesetter calls it.
PRINTED = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
# A letterhead is 16 mm high, and every paper carries the whole file.
PRINTED_BYTES = 500_000


@dataclass(frozen=True)
class Sign:
    """A network's logo: where it is, and what it shows in words, in which language."""

    href: str
    words: str
    language: str


def logo_of(network: Network) -> Sign | None:
    """The newest logo that was not withdrawn, if there is one; one query."""
    row = _newest_logo(network)
    if row is None:
        return None
    href = file_href(row.document, row, newest=False)
    return Sign(href, row.alternative, row.document.language)


def printed_logo_of(network: Network) -> Logo | None:
    """The same picture for a letterhead; None where it is too large for a paper, or its file is gone."""
    row = _newest_logo(network)
    if row is None or row.size > PRINTED_BYTES or row.media_type not in PRINTED:
        return None
    try:
        with open_blob(row.digest) as content:
            return Logo(content.read(), PRINTED[row.media_type], row.alternative)
    except NotFound:
        return None


def _newest_logo(network: Network) -> Version | None:
    rows = Version.objects.select_related("document").filter(
        document__holder_kind=HOLDS_LOGO,
        document__holder_uid=network.uid,
        document__visibility=Visibility.PUBLIC,
        document__withdrawn_at=None,
        media_type__startswith="image/",
        emptied_at=None,
    )
    return rows.order_by("-document_id", "-number").first()


def evidence_of(steps: Iterable[CommitmentStep], *, actor: Actor) -> Mapping[UUID, list[Document]]:
    """The documents that show what these steps say, as far as the actor sees them, by step."""
    return documents_of(HOLDS_EVIDENCE, [step.uid for step in steps], actor=actor)
