"""After an election: all offices of an organisation end in one act; then the new ones are entered."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import sent_once
from tavolo.registry.actions import end_all_offices, take_back_election
from tavolo.registry.forms.base import ConfirmForm
from tavolo.registry.forms.parts import ElectionForm
from tavolo.registry.queries.elections import ended_in
from tavolo.registry.queries.in_office import InOffice, offices_story
from tavolo.registry.queries.known import held_now
from tavolo.registry.queries.vacancies import Vacant, vacancies_of
from tavolo.registry.titles import NOT_ENDED_BY_ELECTIONS
from tavolo.registry.web.work.here import Here, at_work
from tavolo.registry.web.work.said import BETWEEN, called, period_words
from tavolo.registry.web.work.vacant import filling_href, vacant_since
from tavolo.ui.components.form import FormView


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def elections(request: HttpRequest, code: str) -> HttpResponse:
    """Who is in office, each with a tick; beneath it what is vacant, with the way to fill it."""
    here, today = at_work(request, code), clock.today()
    if not here.names_persons:
        raise NotFound
    undone = _undo(request, here) if "undo" in request.POST else None
    if isinstance(undone, HttpResponse):
        return undone
    story = offices_story(here.organisation, actor=here.actor)
    held = [one for one in held_now(story) if not _employed(one)]
    offices = [(str(one.row.uid), _words(one)) for one in held]
    form = ElectionForm(None if undone else request.POST or None, offices=offices)

    def end() -> str:
        told = form.cleaned_data
        chosen = {UUID(uid) for uid in told["offices"]}
        end_all_offices(
            organisation=here.organisation,
            last=told["last"],
            act=told["act"],
            but={one.row.uid for one in held} - chosen,
            by=here.actor,
        )
        return here.href("elections") + "#da-coprire"

    answer = sent_once(request, form, end, said=_("The offices have ended."))
    view = FormView(
        form=form,
        submit=_("End these offices"),
        cancel_href=f"{here.overview}#incarichi",
        lead=_(
            "All that is ticked ends on the same day, in one act. What was stays in the history."
        ),
    )
    return answer or here.page(
        request,
        "registry/work_elections.html",
        here=_("After an election"),
        form=view if held else None,
        ended=ended_in(story),
        undo=undone or ConfirmForm(),
        vacant=[
            _filling(here, one)
            for one in vacancies_of(here.organisation, on=today, actor=here.actor)
        ],
    )


def _undo(request: HttpRequest, here: Here) -> HttpResponse | ConfirmForm:
    """Take the last election back; the form, with what was refused, where that cannot be."""
    form = ConfirmForm(request.POST)

    def take_back() -> str:
        take_back_election(organisation=here.organisation, by=here.actor)
        return here.href("elections")

    return (
        sent_once(request, form, take_back, said=_("Undone: they are in office as before.")) or form
    )


def _employed(one: InOffice) -> bool:
    """Whether she holds it by employment: elections change nothing of it."""
    return getattr(one.row, "title", "") in NOT_ENDED_BY_ELECTIONS


def _words(one: InOffice) -> str:
    """As in: Bianca Verdi, assessora · Pari opportunità · dal 12 giugno 2019."""
    who = f"{called(one.person)}, {one.words}"
    delegated = [each.words for each in one.delegations]
    return BETWEEN.join([who, *delegated, period_words(one.row)])


def _filling(here: Here, one: Vacant) -> tuple[Vacant, str, str]:
    """What is vacant, where somebody is entered for it, and since when it is."""
    return one, filling_href(here.organisation, one), vacant_since(one)
