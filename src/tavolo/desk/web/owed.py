"""What an organisation owes: for those who act for it, and for the secretariats to which it does."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tavolo.desk.queries import may_see_owed
from tavolo.desk.today import things_owed
from tavolo.desk.web.today import page_in, paging, tables
from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.registry.queries import followed, organisation_by_code
from tavolo.registry.rules import may_take_along, organisations_of
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.empty_state import EmptyState

NOTHING = EmptyState(
    gettext_lazy("It owes nothing"),
    gettext_lazy(
        "Here stands what this organisation promised and has not done yet, the oldest first, with"
        " its term."
    ),
)


@work_area
@require_safe
def owed(request: HttpRequest, code: str) -> HttpResponse:
    """Whose address names what turned out to be another is led there. Refuses with NotFound."""
    day, actor = clock.today(), actor_of(request)
    asked = organisation_by_code(code)
    found = followed(asked)
    if not may_see_owed(actor, found, on=day):
        raise NotFound
    if found != asked:
        return HttpResponseRedirect(reverse("desk:owed", args=[found.code]))
    things = things_owed([found.uid], actor=actor, on=day)
    page = page_in(request, things)
    own = found.uid in organisations_of(actor)
    heading = _("What we owe") if own else _("What it owes")
    context = {
        "day": day,
        "organisation": found,
        "heading": heading,
        "takes": may_take_along(actor, organisation=found.uid, steward=found.steward.uid),
        "tables": tables(things, {}, on=day, page=page),
        "total": len(things),
        "paging": paging(request, things, page),
        "nothing": NOTHING,
        "breadcrumbs": Breadcrumbs(
            (
                Crumb(_("Today"), reverse("desk:today")),
                Crumb(found.name, reverse("registry:organisation", args=[found.code])),
            ),
            heading,
        ),
    }
    return render(request, "desk/owed.html", context)
