"""Letting an organisation, whoever stewards it, take part in a network; and the end of that."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import sent_once
from tavolo.registry import queries, rules
from tavolo.registry.actions import admit_organisation, end_participation
from tavolo.registry.choices import ParticipationRole
from tavolo.registry.forms.parts import AdmitForm, LastDayForm
from tavolo.registry.queries.known import networks_to_admit
from tavolo.registry.web.work.here import Here, at_work
from tavolo.ui.components.form import FormView


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def admit(request: HttpRequest, code: str) -> HttpResponse:
    """Into one of the networks that she runs; where it takes part in all there is nothing here."""
    here = at_work(request, code)
    networks = networks_to_admit(here.organisation, by=here.actor, on=clock.today())
    if here.organisation.merged_into_id or not networks.exists():
        raise NotFound
    today = clock.today()
    start = {"role": ParticipationRole.PARTICIPANT, "since": f"{today:%-d/%-m/%Y}"}
    form = AdmitForm(request.POST or None, networks=networks, initial=start)

    def let_in() -> str:
        told = form.cleaned_data
        admit_organisation(
            network=told["network"],
            organisation=here.organisation,
            since=told["since"],
            role=told["role"],
            source=told["source"],
            by=here.actor,
        )
        return _back(here)

    answer = sent_once(request, form, let_in, said=_("It takes part in the network."))
    view = FormView(form=form, submit=_("Let it take part"), cancel_href=_back(here))
    return answer or here.page(
        request, "registry/work_fact_new.html", here=_("Let it take part in a network"), form=view
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def participation(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """The end of taking part in a network that she runs."""
    here = at_work(request, code)
    rows = queries.participations_of(here.organisation).filter(uid=uid, valid_until=None)
    found = rows.first()
    if found is None or not rules.may_admit(here.actor, found.network.uid):
        raise NotFound
    form = LastDayForm(request.POST or None)

    def end() -> str:
        end_participation(
            participation=found,
            last_day=form.cleaned_data["last"],
            source=form.cleaned_data["source"],
            by=here.actor,
        )
        return _back(here)

    answer = sent_once(request, form, end, said=_("The end is written."))
    name = {"network": found.network.name}
    view = FormView(
        form=form,
        submit=_("Write the end"),
        cancel_href=_back(here),
        lead=_("Whoever acts for it no longer comes to the network’s pages from the day after."),
    )
    return answer or here.page(
        request,
        "registry/work_fact_new.html",
        here=_("No longer in %(network)s") % name,
        form=view,
    )


def _back(here: Here) -> str:
    return f"{here.overview}#reti"
