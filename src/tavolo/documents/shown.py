"""Documents as pages show them: their words, their addresses, and the list for the page of a thing."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tavolo.documents import queries
from tavolo.documents.choices import Visibility
from tavolo.documents.expired import kept_longer_of, running_since
from tavolo.documents.intake.formats import BY_TYPE
from tavolo.documents.models import Document, Version
from tavolo.documents.terms import RetentionClass, class_of, kept_until, terms_entered
from tavolo.kernel.clock import in_rome
from tavolo.kernel.errors import Sentence
from tavolo.kernel.network import RuleBook
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table
from tavolo.ui.words import day_words, number, until_words

_KILOBYTE, _MEGABYTE = 1000, 1_000_000


def page_href(document: Document) -> str:
    return reverse("documents:document", args=[document.uid])


def file_href(document: Document, version: Version, *, newest: bool = True) -> str:
    """Where the file is; of the newest version without its number, so that the address stays."""
    href = reverse("documents:file", args=[document.uid, version.file_name])
    return href if newest else f"{href}?versione={version.number}"


def add_href(kind: str, uid: UUID) -> str:
    return reverse("documents:add", args=[kind, uid])


def format_words(version: Version) -> str:
    told = BY_TYPE.get(version.media_type)
    return told.label if told else version.media_type


def size_words(size: int) -> str:
    """As file lists say it: 1 kB is 1000 bytes."""
    if size < _KILOBYTE:
        return ngettext("%(count)s byte", "%(count)s bytes", size) % {"count": number(size)}
    if size < _MEGABYTE:
        return f"{number(round(size / _KILOBYTE))} kB"
    return f"{number(size / _MEGABYTE, 1)} MB"


def entered_words(version: Version) -> str:
    return day_words(in_rome(version.entered_at).date(), weekday=False)


def kept_words(retention: RetentionClass, since: date, book: RuleBook, *, on: date) -> str:
    """Until when, and what becomes of it then."""
    last = kept_until(retention.key, since, book, on=on)
    if last is None:
        return _("for ever")
    told = {"until": until_words(last + timedelta(days=1))}
    if retention.by_itself:
        return _("%(until)s, then it is deleted by itself") % told
    return _("%(until)s, then a person decides") % told


def keeping_words(document: Document, *, on: date) -> str:
    """Its class, until when it is kept, and what becomes of it then; where somebody decided, until when."""
    retention = class_of(document.retention)
    decided = kept_longer_of(document.network).filter(document=document).first()
    if decided is not None:
        ends = until_words(decided.until + timedelta(days=1)) if decided.until else _("for ever")
        return f"{ends}: {decided.reason}"
    said = kept_words(retention, running_since(document), terms_entered(), on=on)
    return f"{said} ({retention.label})"


def documents_table(documents: Sequence[Document], *, caption: Sentence, empty: Sentence) -> Table:
    """The list of documents on the page of a thing; who reads each is said unless everybody reads all."""
    readers = any(document.visibility != Visibility.PUBLIC for document in documents)
    columns = [Column(_("Title")), Column(_("Format")), Column(_("Entered on"))]
    if readers:
        columns.append(Column(_("Who reads it"), minor=True))
    return Table(
        caption=caption,
        columns=tuple(columns),
        rows=tuple(_row(document, readers) for document in documents),
        empty=EmptyState(_("No document"), empty),
        key="documents",
    )


def _row(document: Document, readers: bool) -> Row:  # noqa: FBT001
    version = queries.latest(document)
    return Row.of(
        Cell(document.title, href=page_href(document)),
        f"{format_words(version)}, {size_words(version.size)}",
        entered_words(version),
        *((document.get_visibility_display(),) if readers else ()),
    )
