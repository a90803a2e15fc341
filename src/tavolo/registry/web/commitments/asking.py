"""Asking by letter what became of a commitment."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.registry import queries, rules
from tavolo.registry.actions import ask_outcome
from tavolo.registry.forms.outcomes import AskOutcomeForm
from tavolo.registry.models import Commitment
from tavolo.registry.queries.outcomes import Askable, askable
from tavolo.registry.web import promised
from tavolo.registry.web.commitments.writing import crumbs
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.form import FormView


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who speaks for the organisation, until when they can answer; nothing leaves before it is sent."""
    actor = actor_of(request)
    found = queries.commitment_at(uid, actor=actor)
    if not rules.may_keep_commitments(actor, found.network.uid):
        raise NotFound
    people = askable(found, actor=actor, on=clock.today())
    form = AskOutcomeForm(request.POST or None, offered=_offered(people))
    answer = sent_once(
        request, form, lambda: _sent(found, form, actor), said=_("The letters are on their way.")
    )
    return answer or _page(request, found, form, people)


def _sent(found: Commitment, form: AskOutcomeForm, actor: Actor) -> str:
    told = form.cleaned_data
    ask_outcome(
        commitment=found, persons=form.asked, until=told["until"], words=told["words"], by=actor
    )
    return promised.href(found)


def _offered(people: list[Askable]) -> list[tuple[UUID, str, bool]]:
    reached = [one for one in people if one.email]
    first = next((one for one in reached if not one.warning), None)
    return [(one.person.uid, _words(one), one is first) for one in reached]


def _words(one: Askable) -> str:
    told = [one.person.name, one.words, one.email]
    return " · ".join([*told, one.warning] if one.warning else told)


def _page(
    request: HttpRequest, found: Commitment, form: AskOutcomeForm, people: list[Askable]
) -> HttpResponse:
    heading = _("Ask what became of it")
    above = (*crumbs(), Crumb(found.name, promised.href(found)))
    context = {
        "heading": heading,
        "breadcrumbs": Breadcrumbs(above, heading),
        "commitment": found,
        "unreached": [one for one in people if not one.email],
        "form": FormView(form=form, submit=_("Send the letters"), cancel_href=promised.href(found))
        if any(one.email for one in people)
        else None,
    }
    return render(request, "registry/ask_outcome.html", context)
