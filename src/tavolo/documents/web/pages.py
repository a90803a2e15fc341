"""The page of a document: what it is, its versions, where its file is."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.documents import queries, rules, shown
from tavolo.documents.choices import Stripped, Visibility
from tavolo.documents.models import Document, Version
from tavolo.documents.plugs import Told
from tavolo.documents.web.reading import reader_of
from tavolo.kernel import clock
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table


@require_safe
def document(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Title, description, versions; for those who work on it, who entered them and what can be done."""
    actor = reader_of(request)
    found = queries.document_at(uid, actor=actor)
    keeps = rules.may_keep(actor, found.holder_kind, found.holder_uid)
    version = queries.latest(found)
    gone = found.withdrawn_at is not None or version.blob_id is None
    held_by = queries.held_by(found)
    answer = render(
        request,
        "documents/document.html",
        {
            "document": found,
            "heading": found.title,
            "version": version,
            "format": shown.format_words(version),
            "size": shown.size_words(version.size),
            "entered": shown.entered_words(version),
            "file": "" if gone else shown.file_href(found, version),
            "is_image": version.media_type.startswith("image/"),
            "stripped": [Stripped(key).label for key in version.stripped],
            "versions": versions_table(found, [*found.versions.all()], named=keeps),
            "held_by": held_by,
            "kept": shown.keeping_words(found, on=clock.today()) if keeps and not gone else "",
            "breadcrumbs": _above(found, held_by),
            "keeps": keeps,
        },
    )
    if found.visibility != Visibility.PUBLIC:
        patch_cache_control(answer, private=True, no_store=True)
    return answer


def _above(found: Document, held_by: Told | None) -> Breadcrumbs | None:
    return Breadcrumbs((Crumb(held_by.name, held_by.href),), found.title) if held_by else None


def versions_table(found: Document, versions: Sequence[Version], *, named: bool) -> Table:
    """Each version with its file; with `named` who entered it, which is for the network's own."""
    columns = [Column(_("Version")), Column(_("File")), Column(_("Entered on"))]
    if named:
        columns.append(Column(_("Entered by")))
    return Table(
        caption=_("Versions"),
        columns=tuple(columns),
        rows=tuple(_row(found, row, place == 0, named) for place, row in enumerate(versions)),
        empty=EmptyState(_("No version"), _("This document has no file.")),
        key="versions",
    )


def _row(found: Document, version: Version, newest: bool, named: bool) -> Row:  # noqa: FBT001
    gone = found.withdrawn_at is not None or version.blob_id is None
    cells = [
        version.number,
        Cell(
            version.file_name,
            href="" if gone else shown.file_href(found, version, newest=newest),
            note=f"{shown.format_words(version)}, {shown.size_words(version.size)}",
        ),
        shown.entered_words(version),
    ]
    if named:
        person = version.entered_by
        cells.append(person.name if person else _("whoever runs the installation"))
    return Row.of(*cells)
