"""The act that decides of applications: entered, and withdrawn with a reason."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.kernel.errors import NotFound, StaleVersion
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import sent_once
from tavolo.tables.actions.admitting import adopt_admission, withdraw_admission
from tavolo.tables.actions.admitting.adopting import ActSaid
from tavolo.tables.checking.moves import Move, may
from tavolo.tables.forms.checking import ActOfAdmissionForm, ReasonForm
from tavolo.tables.queries.admissions import Desk, acts_of, completed
from tavolo.tables.web.admissions.frame import crumb, desk_at, href, page
from tavolo.ui.components.form import FormView

CONFLICT = 409
TEMPLATE = "tables/work_move.html"
OF_THE_ACT = ("kind", "number", "adopted_on", "organ", "paper", "holds_from")


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, code: str) -> HttpResponse:
    """Of which completed checks an act decides; seats and first delegates follow from it."""
    desk = _desk(request, code, Move.DECIDE)
    form = ActOfAdmissionForm(request.POST or None, checks=completed(desk.notice))

    def act() -> str:
        told = form.cleaned_data
        adopt_admission(
            notice=desk.notice,
            act=ActSaid(**{name: told[name] for name in OF_THE_ACT}),
            checks=[UUID(uid) for uid in told["checks"]],
            words=told["words"],
            by=desk.actor,
        )
        return href(desk, "applications")

    done = sent_once(request, form, act, said=_("The act is entered, and its seats are there."))
    return done or _page(
        request,
        desk,
        form,
        here=_("Enter the act that decides"),
        submit=_("Enter the act"),
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """An act as if it had never been: its seats go with it."""
    desk = _desk(request, code, Move.WITHDRAW_ACT)
    row = next((one for one in acts_of(desk.notice) if one.uid == uid), None)
    if row is None:
        raise NotFound
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    status = 200

    def act() -> str:
        told = form.cleaned_data
        withdraw_admission(act=row, reason=told["reason"], version=told["version"], by=desk.actor)
        return href(desk, "applications")

    try:
        done = sent_once(request, form, act, said=_("The act is withdrawn."))
    except StaleVersion as refusal:
        form.stale(refusal)
        done, status = None, CONFLICT
    return done or _page(
        request,
        desk,
        form,
        here=_("Withdraw the act"),
        submit=_("Withdraw the act"),
        about=row.words,
        status=status,
    )


def _desk(request: HttpRequest, code: str, move: Move) -> Desk:
    desk = desk_at(request, code)
    if not may(move, desk.parties):
        raise NotFound
    return desk


def _page(
    request: HttpRequest, desk: Desk, form: Any, *, here: str, submit: str, **more: Any
) -> HttpResponse:
    view = FormView(form, submit=submit, cancel_href=href(desk, "applications"))
    return page(request, TEMPLATE, desk, crumb(desk), here=here, form=view, **more)
