"""What is past its term and waits for a person, what was kept longer, what was deleted."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tavolo.desk.forms.papers import Fate, FateForm
from tavolo.desk.queries import network_at
from tavolo.desk.web.pages import crumb_of, done_once, form_view, page
from tavolo.documents.actions import delete_expired, keep_longer
from tavolo.documents.expired import (
    Expired,
    Leaving,
    deleted_of,
    expired,
    kept_longer_of,
    leaving,
    proofs_of,
)
from tavolo.documents.models import Document, KeptLonger
from tavolo.documents.rules import DOCUMENTS
from tavolo.documents.shown import page_href, size_words
from tavolo.documents.terms import class_of
from tavolo.journal.models import Entry, Seal
from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.kernel.paging import page_of
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table
from tavolo.ui.words import Missing, day_words, number

SHOWN = 100
DIGITS = 12


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def keeping(request: HttpRequest, slug: str) -> HttpResponse:
    """Four lists; with `?documento=` the one that is decided about."""
    here = network_at(actor_of(request), slug, DOCUMENTS)
    uid = request.GET.get("documento", "")
    return _fate(request, here, uid) if uid else _lists(request, here)


def _lists(request: HttpRequest, here: Network) -> HttpResponse:
    """What a person decides, what goes soon, what is kept longer, what was deleted and how it is proved."""
    waiting = list(expired(on=clock.today(), network=here))
    deleted = page_of(
        deleted_of(here),
        order=("id",),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return page(
        request,
        "desk/papers/keeping.html",
        here,
        crumb_of(here),
        here=_("Retention"),
        waiting=_waiting(here, waiting),
        leaving=_leaving(leaving(here, on=clock.today())),
        kept=_kept(list(kept_longer_of(here)[:SHOWN])),
        deleted=_deleted(deleted.items, Paging.of(deleted, request.GET)),
    )


def _fate(request: HttpRequest, here: Network, uid: str) -> HttpResponse:
    """Delete the content of one, or keep it longer; with a reason."""
    found = _asked(here, uid)
    form = FateForm(request.POST or None)

    def act() -> None:
        _decide(found.document, form, request)

    back = _keeping_href(here)
    return done_once(request, form, act, back=back, said=_("It is decided.")) or page(
        request,
        "desk/papers/fate.html",
        here,
        crumb_of(here),
        Crumb(_("Retention"), back),
        here=found.document.title,
        found=found,
        since=_day(found.since),
        last_day=_day(found.last_day),
        form=form_view(form, _("Decide"), back),
    )


def _asked(here: Network, uid: str) -> Expired:
    """The document that is meant, where it is past its term; else NotFound."""
    rows = Document.objects.filter(network=here)
    document = rows.filter(uid=uid).first() if _is_uid(uid) else None
    found = next(expired(on=clock.today(), document=document), None) if document else None
    if found is None:
        raise NotFound
    return found


def _keeping_href(here: Network) -> str:
    return reverse("desk:keeping", kwargs={"slug": here.slug})


def _is_uid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _decide(document: Document, form: FateForm, request: HttpRequest) -> None:
    told, by = form.cleaned_data, actor_of(request)
    if told["fate"] == Fate.DELETE:
        delete_expired(document=document, reason=told["reason"], on=clock.today(), by=by)
    else:
        until = told["until"] if told["fate"] == Fate.KEEP else None
        keep_longer(document=document, until=until, reason=told["reason"], by=by)


def _waiting(here: Network, rows: Sequence[Expired]) -> Table:
    return Table(
        caption=_("Past its term"),
        columns=(
            Column(_("Document")),
            Column(_("Class")),
            Column(_("Kept until")),
            Column(_("Source")),
        ),
        rows=tuple(
            Row.of(
                Cell(
                    each.document.title,
                    f"{_keeping_href(here)}?documento={each.document.uid}",
                    note=_("deleted by itself at night") if each.retention.by_itself else "",
                ),
                str(each.retention.label),
                _day(each.last_day),
                each.source,
            )
            for each in rows[:SHOWN]
        ),
        empty=EmptyState(
            _("Nothing is past its term"), _("What a person has to decide will stand here.")
        ),
        key="waiting",
        caption_hidden=True,
        paging=Paging(shown=min(SHOWN, len(rows)), total=len(rows)),
        dense=True,
    )


def _leaving(rows: Sequence[Leaving]) -> Table:
    return Table(
        caption=_("Deleted by itself in the next 90 days"),
        columns=(
            Column(_("Document")),
            Column(_("Class")),
            Column(_("Deleted on")),
            Column(_("Source")),
        ),
        rows=tuple(
            Row.of(
                Cell(each.document.title, page_href(each.document)),
                str(each.retention.label),
                _day(each.day),
                each.source,
            )
            for each in rows[:SHOWN]
        ),
        empty=EmptyState(
            _("Nothing goes by itself in the next 90 days"),
            _("Drafts, copies and papers about a person stand here before they are deleted."),
        ),
        key="leaving",
        caption_hidden=True,
        paging=Paging(shown=min(SHOWN, len(rows)), total=len(rows)),
        dense=True,
    )


def _kept(rows: Sequence[KeptLonger]) -> Table:
    return Table(
        caption=_("Kept beyond its term"),
        columns=(
            Column(_("Document")),
            Column(_("Kept until")),
            Column(_("Reason")),
            Column(_("Decided by")),
        ),
        rows=tuple(
            Row.of(
                row.document.title,
                _day(row.until) if row.until else _("for ever"),
                row.reason,
                row.decided_by.name if row.decided_by else _("whoever runs the installation"),
            )
            for row in rows
        ),
        empty=EmptyState(
            _("Nothing is kept longer"), _("Decisions to keep a document will stand here.")
        ),
        key="kept",
        caption_hidden=True,
        dense=True,
    )


def _deleted(rows: Sequence[Document], paging: Paging) -> Table:
    proofs = proofs_of(rows)
    return Table(
        caption=_("Deleted"),
        columns=(
            Column(_("Document")),
            Column(_("Class")),
            Column(_("Deleted on")),
            Column(_("Why")),
            Column(_("What was there")),
            Column(_("Proof in the journal")),
        ),
        rows=tuple(
            Row.of(
                row.title,
                str(class_of(row.retention).label),
                _day(clock.in_rome(row.deleted_at).date()),  # type: ignore[attr-defined]  # annotated
                row.withdrawn_reason,
                Cell(*_proof(row)),
                _sealed(proofs.get(row.uid)),
            )
            for row in rows
        ),
        empty=EmptyState(_("Nothing was deleted"), _("What was deleted will stand here.")),
        key="deleted",
        caption_hidden=True,
        paging=paging,
        dense=True,
    )


def _proof(row: Document) -> tuple[str, str, str]:
    """How much there was, and the beginnings of the digests, as the journal has them whole."""
    gone = [version for version in row.versions.all() if version.emptied_at]
    said = ngettext("%(number)s file, %(size)s", "%(number)s files, %(size)s", len(gone))
    size = size_words(sum(version.size for version in gone))
    digests = ", ".join(version.digest[:DIGITS] for version in gone)
    return said % {"number": len(gone), "size": size}, "", f"SHA-256 {digests}"


def _sealed(entry: Entry | None) -> Cell:
    """The place of the entry in the network's chain, and the beginning of its hash."""
    seal: Seal | None = getattr(entry, "seal", None)
    if seal is None:
        return Cell(_("sealed within a minute") if entry else Missing.UNKNOWN)
    place = _("entry %(number)s") % {"number": number(seal.sequence)}
    return Cell(place, note=f"SHA-256 {seal.hash[:DIGITS]}")


def _day(day: date) -> str:
    return day_words(day, weekday=False)
