"""Working on documents: adding, a new version, another title or other readers, withdrawing."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.documents import queries, rules, shown
from tavolo.documents.actions import add_document, edit_document, withdraw_document
from tavolo.documents.actions import add_version as add_version_of
from tavolo.documents.errors import AlternativeMissing
from tavolo.documents.forms import AddForm, EditForm, FileForm, VersionForm, WithdrawForm
from tavolo.documents.intake import Kept, Upload, keep
from tavolo.documents.intake.limits import FILE_BYTES, MEGABYTE
from tavolo.documents.models import Document
from tavolo.documents.plugs import DocumentHolder
from tavolo.kernel.errors import NotFound, Refusal, StaleVersion
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.form import FormView
from tavolo.ui.forms import ActForm
from tavolo.ui.web.receiving import limited

CONFLICT = 409
F = TypeVar("F", bound=FileForm)
# The heading of a form, and what its button does.
Words = tuple[str, str]


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """Add a document to a thing: the file is looked at before anything is written."""
    actor = actor_of(request)
    holder, told = _held(request, kind, uid)
    form = _with_file(request, AddForm, holder=holder)
    words = form.cleaned_data if form.is_valid() else {}
    kept = _kept(request, form, strip_author=bool(words.get("strip_author")))

    def act() -> str:
        row = add_document(
            holder=(kind, uid),
            network=told.network,
            file=_present(kept),
            title=words["title"],
            visibility=words["visibility"],
            language=words["language"],
            alternative=words["alternative"],
            strip_author=words["strip_author"],
            retention=words["retention"],
            by=actor,
        )
        _say(request, _present(kept))
        return shown.page_href(row)

    answer = sent_once(request, form, act, said=_("The document is added.")) if kept else None
    crumbs = (Crumb(told.name, told.href),)
    return answer or _page(
        request, form, (_("New document"), _("Add the document")), crumbs, told.href
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def add_version(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the document says from now on; who saves second is told so, and sends the file again."""
    actor = actor_of(request)
    found = _standing(request, uid)
    form = _with_file(request, VersionForm, initial={"version": found.version})
    kept = _kept(request, form, strip_author=found.author_stripped)

    def act() -> str:
        words = form.cleaned_data
        add_version_of(
            document=found,
            version=words["version"],
            file=_present(kept),
            alternative=words["alternative"],
            by=actor,
        )
        _say(request, _present(kept))
        return shown.page_href(found)

    def send() -> HttpResponse | None:
        said = _("The new version is added.")
        return sent_once(request, form, act, said=said) if kept else None

    return _answered(request, found, form, send, (_("New version"), _("Add the version")))


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Another title, language or other readers."""
    found = _standing(request, uid)
    holder = rules.holder_of(found.holder_kind)
    if holder is None:
        raise NotFound
    form = EditForm(request.POST or None, document=found, holder=holder)

    def act() -> str:
        words = form.cleaned_data
        edit_document(
            document=found,
            version=words["version"],
            title=words["title"],
            language=words["language"],
            visibility=words["visibility"],
            retention=words["retention"],
            by=actor_of(request),
        )
        return shown.page_href(found)

    def send() -> HttpResponse | None:
        return sent_once(request, form, act, said=_("Saved."))

    return _answered(request, found, form, send, (_("Title and readers"), _("Save")))


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take it back: its title and the reason stay."""
    found = _standing(request, uid)
    form = WithdrawForm(request.POST or None, initial={"version": found.version})

    def act() -> str:
        words = form.cleaned_data
        withdraw_document(
            document=found, version=words["version"], reason=words["reason"], by=actor_of(request)
        )
        return shown.page_href(found)

    def send() -> HttpResponse | None:
        return sent_once(request, form, act, said=_("The document is withdrawn."))

    words = _("Withdraw the document")
    return _answered(request, found, form, send, (words, words))


def _answered(
    request: HttpRequest,
    found: Document,
    form: ActForm,
    send: Callable[[], HttpResponse | None],
    words: Words,
) -> HttpResponse:
    """What sending says; else the form. Where somebody saved first, it says how it stands now."""
    title, stale = found.title, False
    try:
        answer = send()
    except StaleVersion as refusal:
        form.again(version=str(refusal.theirs.version))
        title, stale, answer = refusal.theirs.title, True, None
    href = shown.page_href(found)
    crumbs = (Crumb(title, href),)
    return answer or _page(request, form, words, crumbs, href, stale=stale)


def _held(request: HttpRequest, kind: str, uid: UUID) -> tuple[DocumentHolder, Any]:
    holder = rules.holder_of(kind)
    told = holder.told((uid,)).get(uid) if holder else None
    if holder is None or told is None or not holder.may_add(actor_of(request), uid):
        raise NotFound
    return holder, told


def _standing(request: HttpRequest, uid: UUID) -> Document:
    found = queries.document_kept_by(uid, actor=actor_of(request))
    if found.withdrawn_at is not None:
        raise NotFound
    return found


def _with_file(request: HttpRequest, kind: Callable[..., F], **more: Any) -> F:
    upload = limited(request, FILE_BYTES)
    # Read before the limit is asked whether it was kept to.
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    limit = FILE_BYTES // MEGABYTE
    said = _("The file is larger than %(limit)s MB.") % {"limit": limit} if upload.exceeded else ""
    return kind(*sent, too_large=said, **more)


def _kept(request: HttpRequest, form: FileForm, *, strip_author: bool) -> Kept | None:
    """The file, looked at and kept outside any transaction: it takes seconds. A refusal is said in the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    try:
        kept = keep(Upload(file.name or "", file.read()), strip_author=strip_author)
        if kept.media_type.startswith("image/") and not form.cleaned_data["alternative"].strip():
            raise AlternativeMissing
    except Refusal as refusal:
        form.take(refusal)
        return None
    return kept


def _present(kept: Kept | None) -> Kept:
    if kept is None:
        raise NotFound
    return kept


def _say(request: HttpRequest, kept: Kept) -> None:
    for remark in kept.remarks:
        messages.info(request, _(remark))


def _page(
    request: HttpRequest,
    form: ActForm,
    words: Words,
    above: tuple[Crumb, ...],
    cancel: str,
    *,
    stale: bool = False,
) -> HttpResponse:
    heading, submit = words
    view = FormView(form=form, submit=submit, cancel_href=cancel)
    context = {
        "heading": heading,
        "breadcrumbs": Breadcrumbs(above, heading),
        "form": view,
        "stale": stale,
        "title": above[-1].label,
    }
    return render(request, "documents/form.html", context, status=CONFLICT if stale else 200)
