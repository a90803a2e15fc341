"""What is attached to an expression of interest: checked by content, sealed, opened by those who check, emptied."""

from hashlib import sha256

from django.db import transaction

from tavolo.documents.intake import Upload, checked
from tavolo.journal.actions import record
from tavolo.kernel import blobs, clock
from tavolo.kernel.actor import ANONYMOUS, Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Blob
from tavolo.messages.models import SignedLink
from tavolo.registry.actions.common import require
from tavolo.tables.actions.applications import DRAFT_PURPOSE, OPEN_STATES
from tavolo.tables.actions.common import runs
from tavolo.tables.choices import ApplicationState, PaperKind, PaperSignature
from tavolo.tables.errors import AlreadySubmitted, TooManyPapers
from tavolo.tables.models import Application, ApplicationPaper, NoticeAsk
from tavolo.tables.sealing import content_of, sealed

MOST = 20


def add_paper(
    *,
    application: Application,
    upload: Upload,
    kind: str,
    ask: NoticeAsk | None = None,
    link: SignedLink | None = None,
    by: Actor = ANONYMOUS,
) -> ApplicationPaper:
    """Attach a file: to a draft by its link, to what was received by the clerk. Nobody reads it on the disk.

    Another form, or another of the same document asked for, takes the place of the one before; the same file
    again is the same paper. The signature of a form is kept unchecked. Refuses with NotAllowed,
    AlreadySubmitted, TooManyPapers, FileRefused.
    """
    _require(application, link, by)
    # Its content is looked at before the transaction, which would stand still meanwhile.
    told = checked(upload)
    blob, key = sealed(told.content)
    with transaction.atomic():
        row = _held(application, link, by)
        digest = sha256(told.content).hexdigest()
        there = row.papers.filter(kind=kind, ask=ask, digest=digest, emptied_at=None).first()
        if there is not None:
            return there
        if kind != PaperKind.OTHER:
            _make_way(row, kind, ask, by)
        if row.papers.filter(emptied_at=None).count() >= MOST:
            raise TooManyPapers
        Blob.objects.filter(pk=blob.pk).update(doomed_at=None)
        paper = ApplicationPaper.objects.create(
            application=row,
            kind=kind,
            ask=ask if kind == PaperKind.ASKED else None,
            file_name=told.file_name[-120:],
            media_type=told.media_type,
            size=len(told.content),
            digest=digest,
            signature=_signature(kind, signed=told.signed),
            blob=blob,
            sealed_key=key,
            added_at=clock.now(),
        )
        _tell("tables.paper_added", paper, by)
    return paper


@transaction.atomic
def take_paper_away(
    *, paper: ApplicationPaper, link: SignedLink | None = None, by: Actor = ANONYMOUS
) -> None:
    """Take away what was attached to a draft, by its link. Refuses with NotAllowed, AlreadySubmitted."""
    _held(paper.application, link, by)
    _empty(paper, by)
    paper.delete()


@transaction.atomic
def open_paper(*, paper: ApplicationPaper, by: Actor) -> bytes:
    """What was attached, for whoever checks; that it was opened is in the journal.

    Refuses with NotAllowed, NotFound what was emptied.
    """
    runs(by, paper.application.notice.body)
    if paper.emptied_at is not None:
        raise NotFound
    _tell("tables.paper_opened", paper, by)
    return content_of(paper)


@transaction.atomic
def empty_papers(*, application: Application, kinds: tuple[str, ...], by: Actor) -> int:
    """Empty what is past its term: the content and its key go, digest and size stay. Returns how many.

    Refuses with NotAllowed.
    """
    runs(by, application.notice.body)
    rows = list(application.papers.filter(kind__in=kinds, emptied_at=None))
    for row in rows:
        _empty(row, by)
    return len(rows)


def _require(application: Application, link: SignedLink | None, by: Actor) -> None:
    if link is None:
        runs(by, application.notice.body)
        require(application.state != ApplicationState.DRAFT or application.pec_id is not None)
        return
    require(link.subject == application.uid and link.purpose == DRAFT_PURPOSE)


def _held(application: Application, link: SignedLink | None, by: Actor) -> Application:
    rows = Application.objects.select_for_update(of=("self",))
    row = rows.select_related("network", "notice__body__network").get(pk=application.pk)
    _require(row, link, by)
    open_to = (ApplicationState.DRAFT,) if link else (ApplicationState.DRAFT, *OPEN_STATES)
    if row.state not in open_to:
        raise AlreadySubmitted
    return row


def _make_way(row: Application, kind: str, ask: NoticeAsk | None, by: Actor) -> None:
    """What a draft had in its place goes; of what was received everything stays."""
    if row.state != ApplicationState.DRAFT:
        return
    for before in row.papers.filter(kind=kind, ask=ask if kind == PaperKind.ASKED else None):
        _empty(before, by)
        before.delete()


def _signature(kind: str, *, signed: bool) -> str:
    if signed or kind == PaperKind.FORM:
        return PaperSignature.UNCHECKED
    return PaperSignature.NONE


def _empty(paper: ApplicationPaper, by: Actor) -> None:
    digest = paper.blob_id
    paper.blob, paper.sealed_key, paper.emptied_at = None, "", clock.now()
    paper.save(update_fields=["blob", "sealed_key", "emptied_at"])
    if digest:
        blobs.doom(digest)
    _tell("tables.paper_emptied", paper, by)


def _tell(action: str, paper: ApplicationPaper, by: Actor) -> None:
    record(
        action=action,
        actor=by,
        subject=paper,
        network=paper.application.network,
        values={"digest": paper.digest, "kind": paper.kind, "size": paper.size},
    )
