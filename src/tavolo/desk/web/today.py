"""Oggi: what a person finds when she comes to work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tavolo.desk.queries import memberships, progress_of_mine
from tavolo.desk.steps import steps_left
from tavolo.desk.web.acting import may_act_for
from tavolo.desk.web.pages import actor_of
from tavolo.kernel import clock
from tavolo.people.web.access import work_area
from tavolo.ui.components.empty_state import EmptyState

NOTHING = EmptyState(
    _("You belong to no network yet"),
    _(
        "Here will stand what falls due for you. Write to the secretariat of your network: it says for"
        " which organisation you act, and from that day you find it here."
    ),
    level=2,
)


@work_area
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The networks that she runs, each with what to do next; the organisations for which she acts."""
    day, actor = clock.today(), actor_of(request)
    mine = [(told, steps_left(told, actor)) for told in progress_of_mine(actor, on=day)]
    context = {
        "day": day,
        "networks": mine,
        "left": sum(len(steps) for _told, steps in mine),
        "memberships": memberships(actor, on=day),
        "principals": may_act_for(request),
        "nothing": NOTHING,
    }
    return render(request, "desk/today.html", context)
