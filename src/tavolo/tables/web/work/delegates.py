"""Whom the holder of a seat sends: named, ended, withdrawn."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.people.actions import add_person
from tavolo.people.web.access import work_area
from tavolo.registry.web.work.said import period_words
from tavolo.tables.actions import end_delegate, name_delegate, withdraw_delegate
from tavolo.tables.choices import DelegateKind, HolderKind
from tavolo.tables.forms.said import WithdrawForm
from tavolo.tables.forms.seats import DelegateForm, EndDelegateForm
from tavolo.tables.models import Seat
from tavolo.tables.queries import seat_line
from tavolo.tables.queries.work import delegate_by_uid, seat_by_uid
from tavolo.tables.web.work.adding import seats_crumb
from tavolo.tables.web.work.here import Asking, Here, at_work
from tavolo.tables.web.work.seen import seen_again
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.components.form import Fieldset
from tavolo.ui.components.tabs import Tab, Tabs

WHO = ("holder", "family_name", "given_name", "who")
HOW = ("kind", "act", "began", "ended", "source")
WITHDRAW = "ritira"


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def new_delegate(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """An effective delegate or a substitute; nobody is sent to a seat that was given to a person."""
    here = at_work(request, code)
    seat = seat_by_uid(here.body, uid)
    if seat.holder_kind is HolderKind.PERSON:
        raise NotFound
    office = seat.holder_kind is HolderKind.OFFICE
    form = DelegateForm(request.POST or None, by=here.actor, office=office)

    def send() -> str:
        person = form.person or add_person(**form.names, by=here.actor)
        name_delegate(seat=seat, person=person, by=here.actor, **form.values())
        return here.href("seat", uid=uid)

    asking = Asking(
        heading=_("Name a delegate"),
        submit=_("Name the delegate"),
        said=_("The delegate is named."),
        cancel=here.href("seat", uid=uid),
        lead=_("Whoever holds the office sits there by right: only a substitute is named.")
        if office
        else _("By an act of whoever holds the seat, and within the time of the seat."),
        fieldsets=(
            Fieldset(_("Who"), tuple(name for name in WHO if name in form.fields)),
            Fieldset(_("By which act and for how long"), HOW),
        ),
    )
    return here.ask(request, form, send, asking, above=_above(here, seat))


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def delegate(request: HttpRequest, code: str, uid: UUID, delegate: UUID) -> HttpResponse:
    """The end of being sent, or that it was never so (`?come=ritira`)."""
    here = at_work(request, code)
    seat = seat_by_uid(here.body, uid)
    row = delegate_by_uid(seat, delegate)
    way = WITHDRAW if request.GET.get("come") == WITHDRAW or row.end_reason else ""
    form: Any = (WithdrawForm if way else EndDelegateForm)(
        request.POST or None, initial={"seen": row.pk}
    )

    def write() -> str:
        told = form.cleaned_data
        if way:
            withdraw_delegate(delegate=row, reason=told["reason"], by=here.actor)
        else:
            end_delegate(delegate=row, last=told["last"], reason=told["reason"], by=here.actor)
        return here.href("seat", uid=uid)

    href = here.href("delegate", uid=uid, delegate=delegate)
    tabs = (
        Tab(_("It ended"), href, not way),
        Tab(_("It was never so"), f"{href}?come={WITHDRAW}", bool(way)),
    )
    asking = Asking(
        heading=row.person.name,
        submit=_("Withdraw it") if way else _("Write the end"),
        said=_("It is withdrawn.") if way else _("The end is written."),
        cancel=here.href("seat", uid=uid),
        lead=_("It was never true. It stays in what was known before, with the reason.")
        if way
        else _("The seat stays, and somebody else can be sent."),
    )
    return seen_again(
        request,
        here,
        form,
        write,
        asking,
        seen=row.pk,
        above=tuple(_above(here, seat)),
        template="tables/work_fact.html",
        lines=[
            (_("As"), str(DelegateKind(row.kind).label)),
            (_("For what time"), period_words(row)),
            (_("Act"), row.act),
        ],
        tabs=Tabs(_("What happened?"), tabs) if not row.end_reason else None,
    )


def _above(here: Here, seat: Seat) -> list[Crumb]:
    name = seat_line(seat, on=clock.today(), actor=here.actor).holder
    return [seats_crumb(here), Crumb(name, here.href("seat", uid=seat.uid))]
