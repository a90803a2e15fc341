"""Public notices at work: drafted, published, corrected; what came, and entering what came by PEC or on paper."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.paging import page_of
from tavolo.messages.models import PecMessage
from tavolo.messages.pec.choices import PecKind, PecState
from tavolo.messages.pec.queries import pec_at, pecs_of
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.tables import rules
from tavolo.tables.actions.applications import (
    Answers,
    draft_by_pec,
    register_by_pec,
    register_on_paper,
    save_draft,
)
from tavolo.tables.actions.notices import (
    correct_notice,
    draft_notice,
    edit_notice,
    publish_notice,
)
from tavolo.tables.choices import ApplicationState, ApplicationWay, NoticeState, Timing
from tavolo.tables.forms.notices import (
    ConfirmForm,
    CorrectForm,
    NoticeForm,
    PaperReceivedForm,
    PecReceivedForm,
)
from tavolo.tables.models import Application, Notice
from tavolo.tables.queries import body_by_code
from tavolo.tables.queries.applications import applications_of, pec_drafts
from tavolo.tables.queries.notices import notice_by_code, notices_at_work, state_of
from tavolo.tables.seconds import to_the_second
from tavolo.tables.web.notices import told
from tavolo.tables.web.notices.pages import badge_of
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.form import FormView
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table
from tavolo.ui.forms import ActForm

METHODS = ["GET", "HEAD", "POST"]
OFFERED = 20


@work_area
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The notices of the networks whose bodies one runs, drafts too."""
    actor = actor_of(request)
    if not rules.runs_some_bodies(actor):
        raise NotFound
    rows = list(notices_at_work(actor))
    table = Table(
        caption=_("Public notices"),
        columns=(Column(_("Notice")), Column(_("Network")), Column(_("State"))),
        rows=tuple(
            Row.of(
                Cell(row.name, href=_href("work_notice", row), note=row.body.name),
                row.network.name,
                Cell(badge_of(row)),
            )
            for row in rows
        ),
        empty=EmptyState(
            _("No notice yet"), _("A notice is drafted from the page of the body that it is for.")
        ),
        key="notices",
        caption_hidden=True,
    )
    return _page(request, None, _("Public notices"), "tables/work_notices.html", table=table)


@work_area
@require_safe
def notice(request: HttpRequest, code: str) -> HttpResponse:
    """A notice and what came for it, with what can be done next."""
    row, actor = _here(request, code)
    page = page_of(
        applications_of(row, actor).order_by("id"),
        order=("id",),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    table = Table(
        caption=_("What was received"),
        columns=(
            Column(_("Who applies")),
            Column(_("Receipt")),
            Column(_("Time that counts")),
            Column(_("State")),
        ),
        rows=tuple(_line(each) for each in page.items),
        empty=EmptyState(_("Nothing was received yet"), _("What comes will stand here.")),
        key="applications",
        paging=Paging.of(page, request.GET),
        caption_hidden=True,
    )
    state = state_of(row)
    return _page(
        request,
        row,
        row.name,
        "tables/work_notice.html",
        table=table,
        total=page.total,
        essentials=told.essentials(row),
        badge=badge_of(row),
        is_draft=state == NoticeState.DRAFT,
        pecs=[
            (f"{each.code} {each.subject}", _href("register_by_pec", row, uid=each.uid))
            for each in _pecs(row, actor)
        ],
    )


def _pecs(row: Notice, actor: Actor) -> list[PecMessage]:
    """Those that wait to be completed, then the envelopes that answer nothing yet."""
    begun = [each.pec for each in pec_drafts(row, actor) if each.pec]
    if state_of(row) == NoticeState.DRAFT or ApplicationWay.PEC not in row.ways:
        return begun
    known = {each.pk for each in begun}
    waiting = pecs_of(row.network, PecState.TO_BIND).filter(kind=PecKind.TRANSPORT)
    return begun + [each for each in waiting.order_by("-id")[:OFFERED] if each.pk not in known]


def _line(row: Application) -> Row:
    timing = str(Timing(row.timing).label)
    counts = to_the_second(row.counts_at) if row.counts_at else ""
    return Row.of(
        Cell(row.name, note=row.organisation.name if row.organisation else ""),
        row.code,
        Cell(counts, note=timing),
        str(ApplicationState(row.state).label),
    )


@work_area
@require_http_methods(METHODS)
def new(request: HttpRequest, body: str) -> HttpResponse:
    """A notice for a body, begun as a draft."""
    actor = actor_of(request)
    if not rules.runs_some_bodies(actor):
        raise NotFound
    found = body_by_code(body)
    if not rules.may_run_bodies(actor, found.network.uid):
        raise NotFound
    form = NoticeForm(request.POST or None, body=found)

    def act() -> str:
        return _href("work_notice", draft_notice(body=found, by=actor, **form.told()))

    back = reverse("tables:work_notices")
    done = sent_once(request, form, act, said=_("The draft is kept."))
    return done or _ask(request, None, form, _("New public notice"), _("Keep the draft"), back=back)


@work_area
@require_http_methods(METHODS)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The words of a draft."""
    row, actor = _here(request, code)
    form = NoticeForm(request.POST or None, body=row.body, notice=row)

    def act() -> str:
        expected = form.cleaned_data["version"] or 0
        edit_notice(notice=row, expected=expected, by=actor, **form.told())
        return _href("work_notice", row)

    done = sent_once(request, form, act, said=_("The draft is kept."))
    return done or _ask(request, row, form, _("Change the draft"), _("Keep the draft"))


@work_area
@require_http_methods(METHODS)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """One question: from now on its words stay."""
    row, actor = _here(request, code)
    form = ConfirmForm(request.POST or None)

    def act() -> str:
        publish_notice(notice=row, by=actor)
        return _href("work_notice", row)

    lead = _(
        "From now on everybody reads it, and its words stay. What is wrong is then corrected by an act."
    )
    done = sent_once(request, form, act, said=_("It is published."))
    return done or _ask(request, row, form, _("Publish the notice"), _("Publish"), lead=lead)


@work_area
@require_http_methods(METHODS)
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """What an act says otherwise; the original stays beside it."""
    row, actor = _here(request, code)
    form = CorrectForm(request.POST or None, notice=row)

    def act() -> str:
        given = form.cleaned_data
        correct_notice(
            notice=row,
            changes=form.changes(),
            act=given["act"],
            reason=given["reason"],
            by=actor,
        )
        return _href("work_notice", row)

    lead = _(
        "Write the notice as it is from now on. Only what is different becomes the correction."
    )
    done = sent_once(request, form, act, said=_("It is corrected."))
    return done or _ask(request, row, form, _("Correct the notice"), _("Correct it"), lead=lead)


@work_area
@require_http_methods(METHODS)
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """What was brought to the desk."""
    row, actor = _here(request, code)
    form = PaperReceivedForm(request.POST or None, draft=Application(notice=row))

    def act() -> str:
        register_on_paper(
            notice=row, received=form.received, answers=Answers(form.values()), by=actor
        )
        return _href("work_notice", row)

    done = sent_once(request, form, act, said=_("It is received."))
    return done or _ask(request, row, form, _("Register what came on paper"), _("Register it"))


@work_area
@require_http_methods(METHODS)
def pec(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """What came by PEC: completed by the clerk, and received with the time that was certified."""
    row, actor = _here(request, code)
    message = pec_at(row.network, uid)
    if message is None:
        raise NotFound
    there = Application.objects.filter(pec=message, notice=row).select_related("notice").first()
    start = there or Application(notice=row, pec=message, pec_address=message.sender)
    form = PecReceivedForm(request.POST or None, draft=start)

    def act() -> str:
        _by_pec(row, message, form, actor)
        return _href("work_notice", row)

    certified = to_the_second(message.told_at) if message.certified_at and message.told_at else ""
    lead = _("PEC: %(subject)s. Certified: %(when)s.") % {
        "subject": message.subject,
        "when": certified or _("no time"),
    }
    done = sent_once(request, form, act, said=_("It is received."))
    return done or _ask(
        request, row, form, _("Register what came by PEC"), _("Register it"), lead=lead
    )


def _by_pec(row: Notice, message: PecMessage, form: PecReceivedForm, actor: Actor) -> None:
    draft = draft_by_pec(notice=row, pec=message, by=actor)
    expected = form.cleaned_data["version"]
    saved = save_draft(
        application=draft, expected=expected, answers=Answers(form.values()), by=actor
    )
    register_by_pec(application=saved, expected=saved.version, delivered=form.delivered, by=actor)


def _here(request: HttpRequest, code: str) -> tuple[Notice, Actor]:
    """For whoever runs the bodies of its network. Refuses with NotFound everybody else."""
    actor = actor_of(request)
    if not rules.runs_some_bodies(actor):
        raise NotFound
    row = notice_by_code(code, actor)
    if not rules.may_run_bodies(actor, row.network.uid):
        raise NotFound
    return row, actor


def _href(name: str, row: Notice, **more: Any) -> str:
    return reverse(f"tables:{name}", kwargs={"code": row.code, **more})


def _ask(
    request: HttpRequest,
    row: Notice | None,
    form: ActForm,
    heading: str,
    submit: str,
    *,
    back: str = "",
    lead: str = "",
) -> HttpResponse:
    cancel = back or (_href("work_notice", row) if row else "")
    view = FormView(form, submit=submit, cancel_href=cancel, lead=lead)
    return _page(request, row, heading, "tables/work_notice_form.html", form=view)


def _page(
    request: HttpRequest, row: Notice | None, heading: str, template: str, **context: Any
) -> HttpResponse:
    above = (
        []
        if template == "tables/work_notices.html"
        else [Crumb(_("Public notices"), reverse("tables:work_notices"))]
    )
    if row is not None and heading != row.name:
        above.append(Crumb(row.name, _href("work_notice", row)))
    frame = {
        "notice": row,
        "heading": heading,
        "breadcrumbs": Breadcrumbs(tuple(above), heading) if above else None,
    }
    return render(request, template, {**frame, **context})
