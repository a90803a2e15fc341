"""Acting in somebody's place: whom one may act for today, and the choice, kept in the session."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.desk.web.deputies import grants_words
from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.people.models import Person
from tavolo.people.sessions import ACTING_FOR
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.registry.models import Deputy
from tavolo.registry.queries import principals_of
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def acting(request: HttpRequest) -> HttpResponse:
    """POST `person`: the uid of the one to act for, or nothing to be oneself again."""
    if request.method == "POST":
        return _choose(request, request.POST.get("person", ""))
    principals = may_act_for(request)
    heading = _("Acting for others")
    context = {
        "principals": principals,
        "heading": heading,
        "breadcrumbs": Breadcrumbs((Crumb(_("Today"), reverse("desk:today")),), heading),
    }
    return render(request, "desk/acting.html", context)


def may_act_for(request: HttpRequest) -> list[tuple[Person, list[str]]]:
    """In whose place she may act today, each with what was given to her, in words; one query."""
    person = actor_of(request).person
    rows = principals_of(person, on=clock.today()) if person else []
    found: dict[int, tuple[Person, list[Deputy]]] = {}
    for row in rows:
        found.setdefault(row.principal_id, (row.principal, []))[1].append(row)
    return [(person, [grants_words(row) for row in given]) for person, given in found.values()]


def _choose(request: HttpRequest, wanted: str) -> HttpResponse:
    back = HttpResponseRedirect(reverse("desk:today"))
    if not wanted:
        if request.session.pop(ACTING_FOR, None):
            messages.success(request, _("You act for yourself again."))
        return back
    principal = next(
        (person for person, _given in may_act_for(request) if str(person.uid) == wanted), None
    )
    if principal is None:
        raise NotFound
    request.session[ACTING_FOR] = str(UUID(wanted))
    return back
