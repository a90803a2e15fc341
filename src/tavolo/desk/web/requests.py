"""Requests of whoever is named on a public page: what waits, and what was answered."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.desk.forms.requests import AnswerForm, ExtendForm
from tavolo.desk.queries import network_at
from tavolo.desk.web.pages import crumb_of, done_once, form_view, page
from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.kernel.paging import page_of
from tavolo.people.actions import answer_request, extend_request
from tavolo.people.choices import RequestState
from tavolo.people.models import CorrectionRequest
from tavolo.people.queries import requests_to
from tavolo.people.terms import ANSWER, EXTENDED, answers_due, last_day_of
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.registry.rules import PEOPLE
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table
from tavolo.ui.words import day_words


@work_area
@require_safe
def requests(request: HttpRequest, slug: str) -> HttpResponse:
    here = network_at(actor_of(request), slug, PEOPLE)
    rows = page_of(
        requests_to(here),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        order=("place", "id"),
    )
    table = _table(here, rows.items, Paging.of(rows, request.GET))
    return page(
        request, "desk/requests.html", here, crumb_of(here), here=_("Requests"), table=table
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    here = network_at(actor_of(request), slug, PEOPLE)
    asked = _asked(here, uid)
    form = AnswerForm(request.POST or None, initial={"version": asked.version})

    def send() -> None:
        told = form.cleaned_data
        answer_request(
            request=asked,
            version=told["version"],
            state=told["state"],
            answer=told["answer"],
            by=actor_of(request),
        )

    back = reverse("desk:requests", kwargs={"slug": here.slug})
    said = _("The answer is sent.")
    return done_once(request, form, send, back=back, said=said) or page(
        request,
        "desk/request.html",
        here,
        crumb_of(here),
        Crumb(_("Requests"), back),
        here=_("Request %(code)s") % {"code": asked.code},
        asked=asked,
        until=_until(asked),
        extend_href=_extend_href(asked) if _may_be_extended(asked) else "",
        form=form_view(form, _("Send the answer"), back) if _waits(asked) else None,
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Two months more for an answer: why, and the letter that says so."""
    here = network_at(actor_of(request), slug, PEOPLE)
    asked = _asked(here, uid)
    form = ExtendForm(request.POST or None, initial={"version": asked.version})

    def send() -> None:
        told = form.cleaned_data
        extend_request(
            request=asked, version=told["version"], reason=told["reason"], by=actor_of(request)
        )

    back = reverse("desk:request", args=[here.slug, asked.uid])
    said = _("The term is extended, and the letter is on its way.")
    answered = done_once(request, form, send, back=back, said=said)
    if request.method != "POST" and not _may_be_extended(asked):
        raise NotFound
    return answered or page(
        request,
        "desk/request_extend.html",
        here,
        crumb_of(here),
        Crumb(_("Requests"), reverse("desk:requests", kwargs={"slug": here.slug})),
        Crumb(_("Request %(code)s") % {"code": asked.code}, back),
        here=_("Extend the term"),
        until=_until(asked),
        later=_day(last_day_of(asked, EXTENDED)),
        form=form_view(form, _("Extend it and send the letter"), back),
    )


def _asked(here: Network, uid: UUID) -> CorrectionRequest:
    """Refuses with NotFound what was not asked of that network."""
    found = requests_to(here).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def _until(asked: CorrectionRequest) -> str:
    """Until when it is to be answered; "" once it is."""
    ((_row, ending),) = answers_due([asked])
    return _day(ending.last_day) if _waits(asked) else ""


def _day(day: date | None) -> str:
    return day_words(day, weekday=False) if day else ""


def _may_be_extended(asked: CorrectionRequest) -> bool:
    """While the month runs within which she has to be told."""
    last = last_day_of(asked, ANSWER)
    return _waits(asked) and not asked.extended_at and (last is None or last >= clock.today())


def _extend_href(asked: CorrectionRequest) -> str:
    return reverse("desk:request_extend", args=[asked.network.slug, asked.uid])  # type: ignore[union-attr]  # of a network


def _waits(asked: CorrectionRequest) -> bool:
    return asked.state == RequestState.WAITING


def _state(asked: CorrectionRequest) -> Badge:
    return Badge("wait" if _waits(asked) else "done", asked.get_state_display())


def _table(network: Network, rows: list[CorrectionRequest], paging: Paging) -> Table:
    return Table(
        caption=_("Requests about personal data"),
        columns=(
            Column(_("Number")),
            Column(_("Received")),
            Column(_("What is asked")),
            Column(_("Page")),
            Column(_("State")),
        ),
        rows=tuple(
            Row(
                (
                    Cell(row.code, reverse("desk:request", args=[network.slug, row.uid])),
                    Cell(day_words(clock.in_rome(row.received_at).date(), weekday=False)),
                    Cell(row.get_wish_display()),
                    Cell(row.page or _("not stated")),
                    Cell(_state(row)),
                )
            )
            for row in rows
        ),
        empty=EmptyState(
            _("Nobody has asked for anything"),
            _("Whoever is named on a public page can ask for a correction or to be taken away."),
        ),
        key="requests",
        paging=paging,
        dense=True,
    )
