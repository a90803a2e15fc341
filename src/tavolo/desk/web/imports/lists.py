"""What can be imported in a network, the form for a file of one kind, and what became of earlier files."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import BigIntegerField, ExpressionWrapper, F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.desk.forms.imports import UploadForm
from tavolo.desk.queries import names_of, network_at
from tavolo.desk.web.imports import tables
from tavolo.desk.web.imports.places import batch_href, imports_of, kind_here, kind_href
from tavolo.desk.web.pages import crumb_of, form_view, page
from tavolo.imports.actions import receive_file, start
from tavolo.imports.choices import Work
from tavolo.imports.models import Batch
from tavolo.imports.plugs import ImportKind
from tavolo.imports.queries import batches_of, kinds_for
from tavolo.imports.reading.limits import FILE_BYTES, MEGABYTE, ROWS
from tavolo.imports.rules import IMPORTS
from tavolo.imports.writing import FORMATS
from tavolo.kernel.models import Network
from tavolo.kernel.paging import page_of
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.table import Paging
from tavolo.ui.web.receiving import limited
from tavolo.ui.words import number


@dataclass(frozen=True)
class Offer:
    """A kind as the list shows it."""

    kind: ImportKind
    href: str
    templates: tuple[CardLink, ...]
    exports: tuple[CardLink, ...]


@work_area
@require_safe
def imports(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    here = network_at(actor, slug, IMPORTS)
    found = page_of(
        newest_first(batches_of(here, actor=actor)),
        order=("newest",),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    names = names_of(batch.by for batch in found.items)
    return page(
        request,
        "desk/imports.html",
        here,
        crumb_of(here),
        here=_("Import"),
        offers=list(offers(here, kinds_for(actor, here))),
        batches=tables.batches(here, found.items, names, Paging.of(found, request.GET)),
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Upload a file of one kind; its page follows it from there."""
    here, found = kind_here(request, slug, kind)
    upload = limited(request, FILE_BYTES)
    # Read before the limit is asked whether it was kept to.
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(
        *sent,
        kind=found,
        limits=limits_words(),
        too_large=too_large_words() if upload.exceeded else "",
    )
    answer = sent_once(request, form, lambda: receive(request, here, found, form))
    return answer or page(
        request,
        "desk/import_kind.html",
        here,
        crumb_of(here),
        Crumb(_("Import"), imports_of(here)),
        here=str(found.label),
        kind=found,
        form=form_view(form, _("Upload and check"), imports_of(here)),
        templates=links(here, found, "import_template"),
        columns=tables.fields(found),
    )


def receive(request: HttpRequest, network: Network, kind: ImportKind, form: UploadForm) -> str:
    """Keep the file and let the worker read it; gives the address of its page."""
    file = form.cleaned_data["file"]
    batch = receive_file(
        kind=kind.key,
        name=file.name,
        chunks=file.chunks(),
        network=network,
        options=form.options,
        by=actor_of(request),
    )
    start(batch=batch, work=Work.READING, by=actor_of(request))
    return batch_href(network, batch)


def too_large_words() -> str:
    told = {"limit": number(FILE_BYTES // MEGABYTE)}
    return _("This file is larger than %(limit)s MB. Divide it into several files.") % told


def limits_words() -> str:
    return _(
        "XLSX, XLS, ODS or CSV, at most %(size)s MB and %(rows)s rows. Nothing is imported yet:"
        " first you see what would happen."
    ) % {"size": number(FILE_BYTES // MEGABYTE), "rows": number(ROWS)}


def newest_first(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    """Pages go upwards: the newest has the lowest number."""
    newest = ExpressionWrapper(-1 * F("id"), output_field=BigIntegerField())
    return rows.annotate(newest=newest)


def offers(network: Network, kinds: list[ImportKind]) -> Iterator[Offer]:
    for each in kinds:
        yield Offer(
            each,
            kind_href(network, each),
            links(network, each, "import_template"),
            links(network, each, "import_export"),
        )


def links(network: Network, kind: ImportKind, name: str) -> tuple[CardLink, ...]:
    """The same file in each format."""
    return tuple(
        CardLink(each.upper(), kind_href(network, kind, name, format=each)) for each in FORMATS
    )
