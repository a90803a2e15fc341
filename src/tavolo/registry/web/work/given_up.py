"""Offices and matters that are not to be filled: they are no longer told as vacant."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import sent_once
from tavolo.registry.actions import discontinue_office, reopen_office
from tavolo.registry.choices import DelegationTheme, OfficeTitle
from tavolo.registry.forms.given_up import GiveUpForm, ReopenForm
from tavolo.registry.models import DiscontinuedOffice
from tavolo.registry.queries.vacancies import Vacant, not_to_be_filled, vacancies_of
from tavolo.registry.web.work.here import Here, at_work
from tavolo.ui.components.form import FormView
from tavolo.ui.words import since_words


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def given_up(request: HttpRequest, code: str) -> HttpResponse:
    """What is vacant, of which one is chosen; beneath it what was given up, each with its way back."""
    here = at_work(request, code)
    if not here.names_persons:
        raise NotFound
    rows = not_to_be_filled(here.organisation)
    reopened = _reopen(request, here, rows) if "row" in request.POST else None
    if isinstance(reopened, HttpResponse):
        return reopened
    vacant = vacancies_of(here.organisation, on=clock.today(), actor=here.actor)
    # A unit's own offices are vacant with the unit; what is given up is the organisation's.
    choices = {_key(one): one for one in vacant if one.unit is None}
    form = GiveUpForm(
        None if reopened else request.POST or None,
        things=[(key, one.words) for key, one in choices.items()],
        initial={"thing": request.GET.get("cosa", "")},
    )
    answer = sent_once(
        request,
        form,
        lambda: _give_up(here, form, choices),
        said=_("It is no longer told as vacant."),
    )
    view = FormView(form=form, submit=_("It is not to be filled"), cancel_href=here.overview)
    return answer or here.page(
        request,
        "registry/work_given_up.html",
        here=_("Offices not to be filled"),
        form=view if choices else None,
        reopening=reopened or ReopenForm(),
        given_up=[
            (row, _words(row), since_words(row.valid_from or row.recorded_at.date()))
            for row in rows
        ],
    )


def _give_up(here: Here, form: GiveUpForm, choices: dict[str, Vacant]) -> str:
    told = form.cleaned_data
    one = choices[told["thing"]]
    discontinue_office(
        organisation=here.organisation,
        title=one.title,
        theme=one.theme,
        since=told["since"],
        reason=told["reason"],
        by=here.actor,
    )
    return here.href("given_up")


def _reopen(
    request: HttpRequest, here: Here, rows: list[DiscontinuedOffice]
) -> HttpResponse | ReopenForm:
    form = ReopenForm(request.POST)
    row = next((row for row in rows if str(row.uid) == request.POST["row"]), None)
    if row is None:
        raise NotFound

    def again() -> str:
        reopen_office(discontinued=row, by=here.actor)
        return here.href("given_up")

    return sent_once(request, form, again, said=_("It is to be filled again.")) or form


def _key(one: Vacant) -> str:
    return one.title or one.theme


def _words(row: DiscontinuedOffice) -> str:
    thing = OfficeTitle(row.title) if row.title else DelegationTheme(row.theme)
    return str(thing.label)
