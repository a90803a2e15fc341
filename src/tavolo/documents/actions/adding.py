"""A document is added, or a new version of one."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max

from tavolo.documents.actions.common import (
    fitting_title,
    known_class,
    note,
    offered,
    require_keeper,
)
from tavolo.documents.choices import ORDINARY
from tavolo.documents.errors import AlreadyWithdrawn, AlternativeMissing, SameContent
from tavolo.documents.facts import DocumentAdded, VersionAdded
from tavolo.documents.intake import Kept, Upload, keep
from tavolo.documents.models import Document, Version
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Blob, Network
from tavolo.kernel.versions import save_version
from tavolo.people.models import Person


def add_document(
    *,
    holder: tuple[str, UUID],
    network: Network,
    file: Upload | Kept,
    title: str,
    visibility: str,
    language: str = "it",
    alternative: str = "",
    strip_author: bool = False,
    retention: str = ORDINARY,
    by: Actor,
) -> Document:
    """Add a document to the thing `holder` (its kind and uid), with its first version.

    An `Upload` is checked and its content kept first, outside the transaction of the row: a row
    never lacks its file. `alternative` says what an image shows. `strip_author` takes author and
    program out of the file. `retention` is a class (`terms`). Refuses with NotFound a kind of holder
    that nobody brings, NotAllowed, VisibilityNotOffered, UnknownClass, TitleMissing,
    AlternativeMissing, and FileRefused, which says why.
    """
    kind, uid = holder
    offered(kind, visibility)
    require_keeper(by, kind, uid)
    title, retention = fitting_title(title), known_class(retention)
    kept = _kept(file, strip_author=strip_author)
    with transaction.atomic():
        row = Document.objects.create(
            network=network,
            holder_kind=kind,
            holder_uid=uid,
            title=title,
            language=language,
            visibility=visibility,
            retention=retention,
            author_stripped=strip_author,
            created_at=clock.now(),
        )
        version = _enter_version(row, 1, kept, alternative, by)
        values = {
            "title": title,
            "visibility": visibility,
            "holder": [kind, str(uid)],
            "retention": retention,
        }
        fact = DocumentAdded(row.uid, network.uid)
        note("document_added", row, by, fact, values | _told(version))
    return row


def add_version(
    *,
    document: Document,
    version: int,
    file: Upload | Kept,
    alternative: str = "",
    by: Actor,
) -> Version:
    """Add what the document says from now on; the earlier versions stay and can be read.

    `version` is the row's, as the form showed it. The author is taken out where it was from the
    first. Refuses with NotAllowed, AlreadyWithdrawn, SameContent, AlternativeMissing, FileRefused,
    StaleVersion.
    """
    require_keeper(by, document.holder_kind, document.holder_uid)
    if document.withdrawn_at is not None:
        raise AlreadyWithdrawn
    kept = _kept(file, strip_author=document.author_stripped)
    with transaction.atomic():
        save_version(document, expected=version, fields=())
        versions = Version.objects.filter(document=document)
        latest = versions.aggregate(last=Max("number"))["last"] or 0
        if versions.filter(number=latest, digest=kept.digest, emptied_at=None).exists():
            raise SameContent
        row = _enter_version(document, latest + 1, kept, alternative, by)
        fact = VersionAdded(document.uid, document.network.uid, row.number)
        note("version_added", document, by, fact, _told(row))
    return row


def _kept(file: Upload | Kept, *, strip_author: bool) -> Kept:
    return file if isinstance(file, Kept) else keep(file, strip_author=strip_author)


def _enter_version(row: Document, number: int, kept: Kept, alternative: str, by: Actor) -> Version:
    alternative = alternative.strip()
    is_image = kept.media_type.startswith("image/")
    if is_image and not alternative:
        raise AlternativeMissing
    # Kept on its way out (`intake.keep`): from here on it is needed.
    Blob.objects.filter(pk=kept.digest).update(doomed_at=None)
    return Version.objects.create(
        document=row,
        number=number,
        blob_id=kept.digest,
        digest=kept.digest,
        file_name=kept.file_name,
        media_type=kept.media_type,
        size=kept.size,
        alternative=alternative if is_image else "",
        stripped=list(kept.stripped),
        entered_by=Person.objects.filter(uid=by.person).first() if by.person else None,
        entered_at=clock.now(),
    )


def _told(version: Version) -> dict[str, object]:
    return {
        "version": version.number,
        "file": version.digest,
        "file_name": version.file_name,
        "media_type": version.media_type,
        "size": version.size,
        "alternative": version.alternative,
        "stripped": version.stripped,
    }
