"""A seat at work: who holds it and who is sent, and what can happen to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.people.web.access import work_area
from tavolo.registry.web.work.said import has_ended, period_words, recorded_words
from tavolo.tables import actions, rules
from tavolo.tables.choices import Category, DelegateKind, HolderKind, SeatEnd, SeatRole
from tavolo.tables.forms.said import WithdrawForm
from tavolo.tables.forms.seats import CorrectSeatForm, EndSeatForm, PassOnForm, RoleForm
from tavolo.tables.models import Delegate, Seat
from tavolo.tables.queries import SeatLine, seat_line
from tavolo.tables.queries.work import delegates_of, seat_before, seat_by_uid
from tavolo.tables.web.body import in_person
from tavolo.tables.web.work.adding import seats_crumb
from tavolo.tables.web.work.here import Asking, Here, at_work
from tavolo.tables.web.work.seen import seen_again
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table
from tavolo.ui.components.tabs import Tab, Tabs

Told = dict[str, Any]
WORD = {
    rules.Word.ALL: gettext_lazy("speaks on all items"),
    rules.Word.SOME: gettext_lazy("speaks on some items"),
    rules.Word.ASKED: gettext_lazy("speaks when asked"),
}


@dataclass(frozen=True)
class Way:
    """One of the things that can happen to a seat: `write` does it with what the form says."""

    slug: str
    label: str | Promise
    submit: str | Promise
    said: str | Promise
    lead: str | Promise
    form: Any
    write: Callable[[Here, Seat, Told], Seat]


def _end(here: Here, seat: Seat, told: Told) -> Seat:
    return actions.end_seat(seat=seat, by=here.actor, **_but_seen(told))


def _pass_on(here: Here, seat: Seat, told: Told) -> Seat:
    return actions.pass_seat_on(seat=seat, by=here.actor, **_but_seen(told))


def _role(here: Here, seat: Seat, told: Told) -> Seat:
    return actions.change_role(seat=seat, by=here.actor, **_but_seen(told))


def _correct(here: Here, seat: Seat, told: Told) -> Seat:
    return actions.correct_seat(seat=seat, by=here.actor, **_but_seen(told))


def _withdraw(here: Here, seat: Seat, told: Told) -> Seat:
    return actions.withdraw_seat(seat=seat, reason=told["reason"], by=here.actor)


def _but_seen(told: Told) -> Told:
    return {name: value for name, value in told.items() if name not in {"form_key", "seen"}}


END = Way(
    "fine",
    gettext_lazy("It ends"),
    gettext_lazy("Write the end"),
    gettext_lazy("The end is written."),
    gettext_lazy("Whoever is sent to it is sent no longer from the day after."),
    EndSeatForm,
    _end,
)
PASS = Way(
    "passa",
    gettext_lazy("Another takes its place"),
    gettext_lazy("Pass the seat on"),
    gettext_lazy("The seat has passed. Now say who is sent."),
    gettext_lazy(
        "It ends the day before, and the other has it from that day, in the same role. Delegates do"
        " not pass: who follows names its own."
    ),
    PassOnForm,
    _pass_on,
)
ROLE = Way(
    "ruolo",
    gettext_lazy("Another role"),
    gettext_lazy("Change the role"),
    gettext_lazy("The role is another from that day."),
    gettext_lazy("Until the day before it stays what it was; delegates pass on with it."),
    RoleForm,
    _role,
)
CORRECT = Way(
    "correggi",
    gettext_lazy("It was entered wrongly"),
    gettext_lazy("Correct it"),
    gettext_lazy("It is corrected."),
    gettext_lazy(
        "Write it as it should have been. An end that was a mistake is taken back by leaving its"
        " day empty: then the delegates are named again."
    ),
    CorrectSeatForm,
    _correct,
)
WITHDRAW = Way(
    "ritira",
    gettext_lazy("It was never so"),
    gettext_lazy("Withdraw the seat"),
    gettext_lazy("It is withdrawn."),
    gettext_lazy(
        "It was never held, and nobody was sent to it. What was known before stays known."
    ),
    WithdrawForm,
    _withdraw,
)


@work_area
@require_safe
def seat(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """What the seat is and gives, who is and was sent, how it was known before."""
    here = at_work(request, code)
    row, today = seat_by_uid(here.body, uid), clock.today()
    on = row.last_day if has_ended(row, today) and row.last_day else today
    line = seat_line(row, on=on, actor=here.actor)
    sent = delegates_of(row)
    return here.page(
        request,
        "tables/work_seat.html",
        here=line.holder,
        above=[seats_crumb(here)],
        seat=row,
        line=line,
        ended=has_ended(row, today),
        about=_about(row, line),
        sitting=in_person(line).value if not has_ended(row, today) else "",
        can_send=row.holder_kind is not HolderKind.PERSON and not has_ended(row, today),
        now=_delegates(here, row, [one for one in sent if not has_ended(one, today)]),
        before=_delegates(here, row, [one for one in sent if has_ended(one, today)]),
        fill_href=_fill_href(row) if line.vacant else "",
        acts=[(one.label, here.href("seat_act", uid=uid, act=one.slug)) for one in _ways(row)],
        earlier=[(_short(old), period_words(old), recorded_words(old)) for old in seat_before(row)],
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def seat_act(request: HttpRequest, code: str, uid: UUID, act: str) -> HttpResponse:
    """Its end, its passing on, another role, a correction, a withdrawal."""
    here = at_work(request, code)
    row = seat_by_uid(here.body, uid)
    ways = _ways(row)
    way = next((one for one in ways if one.slug == act), None)
    if way is None:
        raise NotFound
    form = way.form(request.POST or None, initial=_start(request, way, row))

    def write() -> str:
        after = way.write(here, row, form.cleaned_data)
        return here.seats if way is WITHDRAW else here.href("seat", uid=after.uid)

    name = seat_line(row, on=clock.today(), actor=here.actor).holder
    asking = Asking(
        heading=str(way.label),
        submit=str(way.submit),
        said=str(way.said),
        cancel=here.href("seat", uid=uid),
        lead=str(way.lead),
    )
    return seen_again(
        request,
        here,
        form,
        write,
        asking,
        seen=row.pk,
        above=(seats_crumb(here), Crumb(name, here.href("seat", uid=uid))),
        template="tables/work_fact.html",
        lines=[
            (_("Seat in a body"), name),
            (_("Role"), _short(row)),
            (_("For what time"), period_words(row)),
        ],
        tabs=_tabs(here, row, ways, way),
    )


def _ways(row: Seat) -> list[Way]:
    """What can still happen to it: what has ended is corrected or withdrawn; a foreseen end can come early."""
    if row.end_reason or has_ended(row, clock.today()):
        return [CORRECT, WITHDRAW]
    passing = [] if row.person_id else [PASS]
    return [END, *passing, ROLE, CORRECT, WITHDRAW]


def _tabs(here: Here, row: Seat, ways: list[Way], way: Way) -> Tabs:
    return Tabs(
        _("What happened?"),
        tuple(
            Tab(one.label, here.href("seat_act", uid=row.uid, act=one.slug), one is way)
            for one in ways
        ),
    )


def _start(request: HttpRequest, way: Way, row: Seat) -> Told:
    """What the form shows first: the seat as it is, and what the address fills in."""
    start: Told = {"seen": row.pk}
    if way is CORRECT:
        start |= CorrectSeatForm.shown(row)
    if way is ROLE:
        start["role"] = row.role
    if way is PASS:
        start |= {"to": request.GET.get("a", ""), "began": request.GET.get("dal", "")}
    return start


def _about(row: Seat, line: SeatLine) -> list[tuple[str, str]]:
    """Term and value; what nobody has said is left out."""
    reason = str(SeatEnd(row.end_reason).label) if row.end_reason else ""
    told = [
        (_("Role"), str(SeatRole(row.role).label)),
        (_("It gives"), _rights(line)),
        (_("Category"), str(Category(row.category).label)),
        (_("Came by"), str(row.get_basis_display())),
        (_("Act"), row.act),
        (_("For what time"), period_words(row)),
        (_("Why it ended"), ": ".join(part for part in (reason, row.end_act) if part)),
        (_("Municipality of the seat"), line.municipality.name if line.municipality else ""),
        (_("Source"), row.source),
    ]
    return [pair for pair in told if pair[1]]


def _rights(line: SeatLine) -> str:
    given = line.rights
    told = [
        str(WORD[given.word]),
        _("votes") if given.vote else _("does not vote"),
        _("counts for the quorum") if given.counts else "",
        _("signs the minutes") if given.signs else "",
    ]
    return ", ".join(part for part in told if part)


def _short(row: Seat) -> str:
    return f"{SeatRole(row.role).label}, {row.act}"


def _fill_href(row: Seat) -> str:
    """Where the register enters who holds the office that nobody holds."""
    assert row.organisation is not None  # noqa: S101  # only seats of offices are vacant
    section, word = ("incarichi", f"carica={row.title}") if row.title else ("", "")
    if not row.title:
        section, word = "deleghe", f"materia={row.theme}"
    new = reverse("registry:new_fact", args=[row.organisation.code, section])
    return f"{new}?{word}"


def _delegates(here: Here, row: Seat, sent: list[Delegate]) -> Table | None:
    if not sent:
        return None
    return Table(
        caption=_("Who is sent"),
        columns=(
            Column(_("Who")),
            Column(_("For what time")),
            Column(_("Act")),
            Column(_("To do")),
        ),
        rows=tuple(_delegate(here, row, one) for one in sent),
        empty=EmptyState(_("Nobody"), _("Nobody was sent yet.")),
        key="sent",
        caption_hidden=True,
    )


def _delegate(here: Here, row: Seat, one: Delegate) -> Row:
    verb = _("Withdraw") if one.end_reason else _("End or withdraw")
    act = format_html('{}<span class="visually-hidden"> ({})</span>', verb, one.person.name)
    return Row.of(
        Cell(one.person.name, note=DelegateKind(one.kind).label),
        period_words(one),
        one.act,
        Cell(act, here.href("delegate", uid=row.uid, delegate=one.uid)),
    )
