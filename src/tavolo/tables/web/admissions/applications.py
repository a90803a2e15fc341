"""The applications for a notice at work, and who was admitted in public."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.kernel.clock import in_rome
from tavolo.kernel.paging import page_of
from tavolo.people.web.access import work_area
from tavolo.tables.checking.choices import CheckState, Outcome
from tavolo.tables.checking.moves import Party
from tavolo.tables.choices import ApplicationState, Timing
from tavolo.tables.models import Application, Decision
from tavolo.tables.queries.admissions import (
    IN_ORDER,
    Desk,
    acts_of,
    admitted,
    check_of,
    received,
    state_of,
)
from tavolo.tables.web.admissions.frame import desk_at, href, page
from tavolo.ui.components.badge import Badge, State
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Filter, Option, Paging, Row, Table
from tavolo.ui.words import date_words, day_words

BADGES: dict[CheckState, State] = {
    CheckState.WAITING: "off",
    CheckState.IN_CHECK: "on",
    CheckState.INTEGRATION: "wait",
    CheckState.REJECTION: "wait",
    CheckState.CONCLUDED: "done",
    CheckState.DECIDED: "over",
}
STATES = [state for state in ApplicationState if state != ApplicationState.DRAFT]


@work_area
@require_safe
def applications(request: HttpRequest, code: str) -> HttpResponse:
    """What was received for a notice, by name: where each stands, and until when."""
    desk = desk_at(request, code)
    asked = request.GET.get("stato", "")
    state = asked if asked in STATES else ""
    found = page_of(
        received(desk, state=state),
        order=IN_ORDER,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    runs = Party.SECRETARIAT in desk.parties
    table = Table(
        caption=_("Applications by name"),
        columns=(
            Column(_("Applicant")),
            Column(_("Received")),
            Column(_("State")),
            Column(_("Term")),
        ),
        rows=tuple(_row(desk, one) for one in found.items),
        empty=EmptyState(_("No application"), _("None was received that answers to this.")),
        key="applications",
        paging=Paging.of(found, request.GET),
        filters=(
            Filter("stato", _("State"), state, tuple(Option(one, one.label) for one in STATES)),
        ),
        caption_hidden=True,
    )
    return page(
        request,
        "tables/work_applications.html",
        desk,
        here=_("Applications"),
        table=table,
        acts=[(row, href(desk, "withdraw_admission", uid=row.uid)) for row in acts_of(desk.notice)]
        if runs
        else [],
        act_href=href(desk, "adopt_admission") if runs else "",
    )


@require_safe
def admitted_list(request: HttpRequest, code: str) -> HttpResponse:
    """Who was admitted by a notice: organisations, with the act; nobody's name."""
    notice, rows = admitted(code)
    table = Table(
        caption=_("Who was admitted"),
        columns=(Column(_("Organisation")), Column(_("Outcome")), Column(_("Act"))),
        rows=tuple(_public(row) for row in rows),
        empty=EmptyState(_("Nobody was admitted"), _("The acts admitted none.")),
        key="admitted",
        caption_hidden=True,
    )
    context = {"notice": notice, "table": table}
    return render(request, "tables/admitted.html", context)


def _row(desk: Desk, application: Application) -> Row:
    late = str(Timing(application.timing).label) if application.timing != Timing.IN_TIME else ""
    came = application.counts_at
    return Row.of(
        Cell(
            application.name,
            href=href(desk, "application", uid=application.uid),
            note=application.code,
        ),
        Cell(day_words(in_rome(came).date(), weekday=False) if came else "", note=late),
        Cell(badge_of(application)),
        _term(application),
    )


def badge_of(application: Application) -> Badge:
    """Where it stands; what an act decided is said as it decided."""
    state = state_of(application)
    if application.state == ApplicationState.WITHDRAWN:
        return Badge("not", ApplicationState.WITHDRAWN.label)
    if state == CheckState.DECIDED:
        return Badge(
            "not" if application.state == ApplicationState.REJECTED else "done",
            ApplicationState(application.state).label,
        )
    return Badge(BADGES[state], state.label)


def _term(application: Application) -> Cell:
    """Until when whoever is to act can; nothing once it is decided."""
    check = check_of(application)
    if check is None or check.state in {CheckState.CONCLUDED, CheckState.DECIDED}:
        return Cell("")
    if application.state == ApplicationState.WITHDRAWN:
        return Cell("")
    if check.waits_until:
        return Cell(date_words(check.waits_until), note=_("for whoever applied"))
    return Cell(date_words(check.due_on) if check.due_on else "", note=_("to be concluded"))


def _public(row: Decision) -> Row:
    organisation = row.check_made.application.organisation
    name = organisation.name if organisation else ""
    return Row.of(name, str(Outcome(row.outcome).label), row.act.words)
