"""A document gets another title or other readers, or is withdrawn."""

from django.db import transaction

from tavolo.documents.actions.common import (
    fitting_title,
    known_class,
    note,
    offered,
    require_keeper,
)
from tavolo.documents.errors import AlreadyWithdrawn, OverAtOnce, WithdrawalReasonMissing
from tavolo.documents.expired import running_since
from tavolo.documents.facts import DocumentEdited, DocumentWithdrawn
from tavolo.documents.models import Document
from tavolo.documents.rules import in_one_line
from tavolo.documents.terms import class_of, kept_until, terms_entered
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.versions import save_version

LONGEST_REASON = 300
EDITED = ("title", "language", "visibility", "retention")


@transaction.atomic
def edit_document(
    *,
    document: Document,
    version: int,
    title: str,
    language: str,
    visibility: str,
    retention: str = "",
    by: Actor,
) -> Document:
    """Give it another title, language, readers or class of retention ("" leaves it); its versions stay.

    Refuses with NotAllowed, TitleMissing, VisibilityNotOffered, UnknownClass, AlreadyWithdrawn,
    StaleVersion, and with OverAtOnce a class by which the job would delete it tonight.
    """
    _require_standing(document, by)
    document.title = fitting_title(title)
    document.language = language
    document.visibility = offered(document.holder_kind, visibility)
    document.retention = _kept_so(document, retention)
    save_version(document, expected=version, fields=EDITED)
    values = {name: getattr(document, name) for name in EDITED}
    note("document_edited", document, by, _edited(document), values)
    return document


@transaction.atomic
def change_visibility(*, document: Document, version: int, visibility: str, by: Actor) -> Document:
    """Show it to others than before; refuses as `edit_document` does."""
    _require_standing(document, by)
    document.visibility = offered(document.holder_kind, visibility)
    save_version(document, expected=version, fields=("visibility",))
    note("visibility_changed", document, by, _edited(document), {"visibility": visibility})
    return document


@transaction.atomic
def withdraw_document(*, document: Document, version: int, reason: str, by: Actor) -> Document:
    """Take it back: its title and the reason stay, its file is no longer given to anybody.

    The content goes by retention alone. Refuses with NotAllowed, WithdrawalReasonMissing,
    AlreadyWithdrawn, StaleVersion.
    """
    _require_standing(document, by)
    reason = in_one_line(reason)[:LONGEST_REASON].strip()
    if not reason:
        raise WithdrawalReasonMissing
    document.withdrawn_at, document.withdrawn_reason = clock.now(), reason
    save_version(document, expected=version, fields=("withdrawn_at", "withdrawn_reason"))
    fact = DocumentWithdrawn(document.uid, document.network.uid)
    note("document_withdrawn", document, by, fact, {"reason": reason})
    return document


def _kept_so(document: Document, retention: str) -> str:
    if retention in {"", document.retention}:
        return document.retention
    on = clock.today()
    last = kept_until(known_class(retention), running_since(document), terms_entered(), on=on)
    if class_of(retention).by_itself and last is not None and last < on:
        raise OverAtOnce
    return retention


def _require_standing(document: Document, by: Actor) -> None:
    require_keeper(by, document.holder_kind, document.holder_uid)
    if document.withdrawn_at is not None:
        raise AlreadyWithdrawn


def _edited(document: Document) -> DocumentEdited:
    return DocumentEdited(document.uid, document.network.uid)
