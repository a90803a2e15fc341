"""Templates of letters: those that come with the package and the network's own, filled and downloaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.desk.fields import meanings, sample, words_for
from tavolo.desk.holders import TEMPLATE
from tavolo.desk.queries import network_at
from tavolo.desk.web.pages import crumb_of, page
from tavolo.documents.errors import FileRefused
from tavolo.documents.filling import fields_of, fill
from tavolo.documents.filling.ready import ready_templates, written
from tavolo.documents.filling.told import Named
from tavolo.documents.models import Document
from tavolo.documents.queries import documents_of, latest
from tavolo.documents.rules import DOCUMENTS
from tavolo.documents.shown import page_href
from tavolo.kernel import clock
from tavolo.kernel.blobs import open_blob
from tavolo.kernel.errors import NotFound, Sentence
from tavolo.kernel.models import Network
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.registry.queries import REGISTER_ORDER, register_on
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table
from tavolo.ui.words import day_words

ODT, DOCX = "odt", "docx"
ENDINGS = (ODT, DOCX)
MOST_OFFERED = 1000


@dataclass(frozen=True)
class Template:
    """A template under its address: `key` is a slug of one that is ready, or the uid of a document."""

    key: str
    label: Sentence
    content: bytes
    document: Document | None = None


@work_area
@require_safe
def templates(request: HttpRequest, slug: str) -> HttpResponse:
    """Those that are ready, the network's own, and what can be named in them."""
    here = network_at(actor_of(request), slug, DOCUMENTS)
    return page(
        request,
        "desk/papers/templates.html",
        here,
        crumb_of(here),
        here=_("Templates of letters"),
        ready=_ready(here),
        own=_own(here, _documents(request, here)),
        add_href=reverse("documents:add", kwargs={"kind": TEMPLATE, "uid": here.uid}),
        fields=_fields(),
    )


@work_area
@require_safe
def template(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What a template names, what of it nobody can fill in, and for whom it is filled."""
    here = network_at(actor_of(request), slug, DOCUMENTS)
    found, named, refused = _template(request, here, key), [], ""
    try:
        named = list(fields_of(found.content, name=str(found.label)))
    except FileRefused as refusal:
        refused = str(refusal)
    unknown = [each for each in named if each.field not in meanings()]
    return page(
        request,
        "desk/papers/template.html",
        here,
        crumb_of(here),
        Crumb(_("Templates of letters"), _templates_href(here)),
        here=str(found.label),
        document_href=page_href(found.document) if found.document else "",
        filled_href=_filled_href(here, key),
        sample_href=f"{_filled_href(here, key)}?{urlencode({'formato': ODT})}",
        endings=() if found.document else ENDINGS,
        organisations=_organisations(here),
        unknown=unknown,
        refused=refused,
        used=_used(named),
    )


@work_area
@require_safe
def filled(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The template filled for an organisation of the network, else with samples; UnknownFields refuses."""
    actor = actor_of(request)
    here = network_at(actor, slug, DOCUMENTS)
    found = _template(request, here, key)
    code = request.GET.get("organizzazione", "")
    words = sample()
    if code:
        organisation = register_on(clock.today(), network=here.slug).filter(code=code).first()
        if organisation is None:
            raise NotFound
        words = words_for(here, organisation, on=clock.today(), actor=actor)
    made = fill(found.content, words, name=str(found.label))
    name = slugify(f"{found.label} {code or _('sample')}")
    answer = HttpResponse(made.content, content_type=made.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{made.ending}") or ""
    return answer


def _template(request: HttpRequest, here: Network, key: str) -> Template:
    for ready in ready_templates:
        if ready.slug == key:
            ending = DOCX if request.GET.get("formato") == DOCX else ODT
            return Template(key, ready.label, written(ready, ending))
    for row in _documents(request, here):
        if str(row.uid) == key and latest(row).blob_id:
            with open_blob(latest(row).digest) as stream:
                return Template(key, row.title, stream.read(), row)
    raise NotFound


def _documents(request: HttpRequest, here: Network) -> Sequence[Document]:
    return documents_of(TEMPLATE, [here.uid], actor=actor_of(request)).get(here.uid, [])


def _organisations(here: Network) -> list[tuple[str, str]]:
    rows = register_on(clock.today(), network=here.slug).order_by(*REGISTER_ORDER)
    return [(row.code, row.name_then) for row in rows[:MOST_OFFERED]]  # type: ignore[attr-defined]


def _templates_href(here: Network) -> str:
    return reverse("desk:templates", kwargs={"slug": here.slug})


def _template_href(here: Network, key: str) -> str:
    return reverse("desk:template", kwargs={"slug": here.slug, "key": key})


def _filled_href(here: Network, key: str) -> str:
    return reverse("desk:template_filled", kwargs={"slug": here.slug, "key": key})


def _ready(here: Network) -> Table:
    return Table(
        caption=_("Ready to use"),
        columns=(Column(_("Template")), Column(_("Format"))),
        rows=tuple(
            Row.of(Cell(str(each.label), _template_href(here, each.slug)), "ODT, DOCX")
            for each in ready_templates
        ),
        empty=EmptyState(_("No template"), _("No template comes with this installation.")),
        key="ready",
        caption_hidden=True,
    )


def _own(here: Network, rows: Sequence[Document]) -> Table:
    return Table(
        caption=_("Your own"),
        columns=(Column(_("Template")), Column(_("File")), Column(_("Entered on"))),
        rows=tuple(
            Row.of(
                Cell(row.title, _template_href(here, str(row.uid))),
                latest(row).file_name,
                day_words(clock.in_rome(latest(row).entered_at).date(), weekday=False),
            )
            for row in rows
        ),
        empty=EmptyState(
            _("No template of your own"),
            _("Take one that is ready, change it, and bring it back here."),
        ),
        key="own",
        caption_hidden=True,
    )


def _fields() -> Table:
    return Table(
        caption=_("What can be named in a template"),
        columns=(Column(_("Write")), Column(_("There will stand"))),
        rows=tuple(Row.of(f"{{{{ {field} }}}}", said) for field, said in meanings().items()),
        empty=EmptyState(_("Nothing"), _("Nothing can be named.")),
        key="fields",
        caption_hidden=True,
        dense=True,
    )


def _used(named: Sequence[Named]) -> Table:
    known = [each for each in dict.fromkeys(one.field for one in named) if each in meanings()]
    return Table(
        caption=_("What this template names"),
        columns=(Column(_("Field")), Column(_("There will stand"))),
        rows=tuple(Row.of(f"{{{{ {field} }}}}", meanings()[field]) for field in known),
        empty=EmptyState(_("Nothing"), _("This template names no field.")),
        key="used",
        caption_hidden=True,
        dense=True,
    )
