"""The steps of a check, each with its form: what is asked, and which action it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tavolo.kernel.errors import NotFound, Sentence, StaleVersion
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import sent_once
from tavolo.tables.actions import checking
from tavolo.tables.checking.moves import Move, may
from tavolo.tables.forms import checking as forms
from tavolo.tables.models import Application, Check
from tavolo.tables.queries.admissions import Desk, application_of, check_of, whole_check
from tavolo.tables.web.admissions.frame import crumb, desk_at, href, page
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.components.form import FormView

CONFLICT = 409


@dataclass(frozen=True)
class Step:
    """`form` makes the form of a check, `act` does what it says; a step without a check has begun none."""

    move: Move
    slug: str
    label: Sentence
    form: Callable[..., forms.MoveForm] = forms.MoveForm
    act: Callable[..., Any] = checking.begin_check


def _came(action: Callable[..., Any]) -> Callable[..., Any]:
    def act(check: Check, form: forms.MoveForm, **by: Any) -> None:
        told = form.cleaned_data
        action(check=check, words=told["words"], on=told["on"], paper=told["paper"], **by)

    return act


def _asked(action: Callable[..., Any]) -> Callable[..., Any]:
    def act(check: Check, form: forms.MoveForm, **by: Any) -> None:
        names = ("words", "on", "paper", "letter", "until")
        told = {name: form.cleaned_data[name] for name in names if name in form.fields}
        action(check=check, **told, **by)

    return act


def _answer(check: Check, form: Any, **by: Any) -> None:
    checking.answer_items(check=check, answers=form.said(), **by)


def _score(check: Check, form: Any, **by: Any) -> None:
    checking.give_points(check=check, points=form.given(), by=by["by"])


def _conclude(check: Check, form: forms.MoveForm, **by: Any) -> None:
    names = ("outcome", "reason", "reserve")
    told = {name: form.cleaned_data[name] for name in names}
    checking.conclude_check(check=check, **told, **by)


def _reopen(check: Check, form: forms.MoveForm, **by: Any) -> None:
    checking.reopen_check(check=check, reason=form.cleaned_data["reason"], **by)


def _go_on(check: Check, _form: forms.MoveForm, **by: Any) -> None:
    checking.go_on(check=check, **by)


STEPS = (
    Step(Move.BEGIN, "inizia", gettext_lazy("Begin the check")),
    Step(Move.ANSWER, "verifica", gettext_lazy("Fill in the checklist"), forms.ItemsForm, _answer),
    Step(
        Move.ASK_INTEGRATION,
        "integrazione",
        gettext_lazy("Ask for an integration"),
        forms.AskForm,
        _asked(checking.ask_integration),
    ),
    Step(
        Move.TAKE_INTEGRATION,
        "integrazione-arrivata",
        gettext_lazy("Enter what came"),
        forms.CameForm,
        _came(checking.take_integration),
    ),
    Step(
        Move.ANNOUNCE_REJECTION,
        "preavviso",
        gettext_lazy("Announce the rejection"),
        forms.AnnounceForm,
        _asked(checking.announce_rejection),
    ),
    Step(
        Move.TAKE_OBSERVATIONS,
        "osservazioni",
        gettext_lazy("Enter the observations"),
        forms.CameForm,
        _came(checking.take_observations),
    ),
    Step(Move.GO_ON, "prosegui", gettext_lazy("Go on: nothing came"), forms.MoveForm, _go_on),
    Step(Move.SCORE, "punti", gettext_lazy("Give your points"), forms.PointsForm, _score),
    Step(
        Move.CONCLUDE,
        "conclusione",
        gettext_lazy("Complete the check"),
        forms.OutcomeForm,
        _conclude,
    ),
    Step(Move.REOPEN, "riapri", gettext_lazy("Open the check again"), forms.ReasonForm, _reopen),
)


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def check_move(request: HttpRequest, code: str, uid: UUID, move: str) -> HttpResponse:
    """The page of one step: for whoever may take it, and while the check stands where it is taken."""
    desk = desk_at(request, code)
    step = next((one for one in STEPS if one.slug == move), None)
    if step is None or not may(step.move, desk.parties):
        raise NotFound
    row = application_of(desk, uid)
    check = check_of(row)
    if check is None and step.move is not Move.BEGIN:
        raise NotFound
    form = _form(request, desk, step, check)
    back = href(desk, "application", uid=row.uid)
    status = 200

    def act() -> str:
        _do(step, row, check, form, desk)
        return back

    try:
        done = sent_once(request, form, act, said=_("It is entered."))
    except StaleVersion as refusal:
        form.stale(refusal)
        done, status = None, CONFLICT
    return done or page(
        request,
        "tables/work_move.html",
        desk,
        crumb(desk),
        Crumb(row.name, back),
        here=str(step.label),
        about=f"{row.name} · {row.code}",
        form=FormView(form, submit=step.label, cancel_href=back),
        status=status,
    )


def _do(step: Step, row: Application, check: Check | None, form: Any, desk: Desk) -> None:
    if check is None:
        checking.begin_check(application=row, by=desk.actor)
    elif step.move is Move.BEGIN:
        # It has begun meanwhile: whoever pressed twice finds the page of the check.
        return
    else:
        step.act(check, form, version=form.cleaned_data["version"], by=desk.actor)


def _form(request: HttpRequest, desk: Desk, step: Step, check: Check | None) -> forms.MoveForm:
    start = {"version": check.version if check else 0}
    if check is None or step.move not in {Move.ANSWER, Move.SCORE}:
        return step.form(request.POST or None, initial=start)
    whole = whole_check(check)
    if step.move is Move.ANSWER:
        return forms.ItemsForm(request.POST or None, initial=start, items=whole.items)
    own = [score for score in whole.scores if score.person.uid == desk.actor.person]
    return forms.PointsForm(request.POST or None, initial=start, criteria=whole.criteria, own=own)
