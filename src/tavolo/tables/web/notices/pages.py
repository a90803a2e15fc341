"""Public notices for everybody: the list, each with its page and its paper, and where one begins to answer."""

from django.db.models import BigIntegerField, ExpressionWrapper, F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.documents.printing import Letterhead, kept_pdf
from tavolo.kernel.errors import NotFound, Refusal
from tavolo.kernel.idempotency import once
from tavolo.kernel.paging import page_of
from tavolo.people import attempts
from tavolo.people.web.pages import form_page
from tavolo.people.web.sending import actor_of
from tavolo.tables.actions.applications import begin_application
from tavolo.tables.choices import ON_LINE, AskKind, NoticeState
from tavolo.tables.errors import NoticeNotOpen, NotOnLine
from tavolo.tables.forms.applications import BeginForm
from tavolo.tables.models import Notice
from tavolo.tables.queries.notices import notice_by_code, published_notices, state_of
from tavolo.tables.seconds import to_the_second
from tavolo.tables.web.notices import told
from tavolo.ui.components.badge import Badge, State
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table

BADGES: dict[str, State] = {
    NoticeState.DRAFT: "draft",
    NoticeState.COMING: "wait",
    NoticeState.OPEN: "on",
    NoticeState.CLOSED: "over",
}


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What is published, the newest first."""
    newest = ExpressionWrapper(-1 * F("id"), output_field=BigIntegerField())
    page = page_of(
        published_notices().annotate(newest=newest),
        order=("newest",),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    table = Table(
        caption=_("Public notices"),
        columns=(
            Column(_("Notice")),
            Column(_("Network")),
            Column(_("Closes")),
            Column(_("State")),
        ),
        rows=tuple(_line(row) for row in page.items),
        empty=EmptyState(
            _("No notice has been published yet"),
            _("Here will stand the notices by which organisations come to the tables."),
        ),
        key="notices",
        paging=Paging.of(page, request.GET),
        caption_hidden=True,
    )
    return render(request, "tables/notices.html", {"table": table})


def _line(row: Notice) -> Row:
    if row.over:
        closes = _("on a day that is not known")
    else:
        closes = to_the_second(row.ends_at) if row.ends_at else _("open-ended")
    href = reverse("tables:notice", args=[row.code])
    return Row.of(
        Cell(row.name, href=href, note=row.body.name), row.network.name, closes, Cell(badge_of(row))
    )


def badge_of(row: Notice) -> Badge:
    state = state_of(row)
    return Badge(BADGES[state], state.label)


@require_safe
def notice(request: HttpRequest, code: str) -> HttpResponse:
    """All that it says, its corrections beside, and the way to answer it."""
    row = notice_by_code(code, actor_of(request))
    state = state_of(row)
    context = {
        "notice": row,
        "network": row.network,
        "badge": Badge(BADGES[state], state.label),
        "essentials": told.essentials(row),
        "texts": told.texts(row),
        "ways": told.ways(row),
        "groups": told.groups(row),
        "declarations": told.asks(row, AskKind.DECLARATION),
        "papers": told.asks(row, AskKind.PAPER),
        "corrections": list(row.corrections.order_by("number")),
        "is_open": state == NoticeState.OPEN,
        "on_line": bool(set(row.ways) & set(ON_LINE)),
    }
    return render(request, "tables/notice.html", context)


@require_safe
def notice_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same as PDF/A."""
    row = notice_by_code(code, actor_of(request))
    if state_of(row) == NoticeState.DRAFT:
        raise NotFound
    made = kept_pdf(
        "tables/told",
        told.paper_of_notice(row),
        title=row.name,
        language="it",
        about=_("Public notice"),
        foot=request.build_absolute_uri(reverse("tables:notice", args=[row.code])),
        letterhead=Letterhead(row.network.name, row.network.summary),
    )
    return pdf_answer(made, row.code)


def pdf_answer(made: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Where one writes to which address the link goes; without account or cookie, and it says the same to all."""
    row = notice_by_code(code, actor_of(request))
    if state_of(row) != NoticeState.OPEN:
        raise NoticeNotOpen
    if not set(row.ways) & set(ON_LINE):
        raise NotOnLine
    here = reverse("tables:begin", args=[row.code])
    form = BeginForm(request.POST or None, client=attempts.address_of(request))

    def act() -> str:
        begin_application(notice=row, email=form.cleaned_data["email"])
        return f"{here}?inviata=1"

    if form.is_valid():
        try:
            href = once(form.cleaned_data["form_key"], by=actor_of(request).person, do=act)
            return HttpResponseRedirect(href)
        except Refusal as refusal:
            form.take(refusal)
    return form_page(
        request,
        "tables/begin.html",
        form,
        submit=_("Send me the link"),
        notice=row,
        network=row.network,
        sent="inviata" in request.GET,
    )
