"""How a body begins its works, is confirmed, goes on in another, ends."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.people.web.access import work_area
from tavolo.registry.web.work.said import has_ended
from tavolo.tables.actions import confirm_body, end_body, start_body, succeed_body
from tavolo.tables.choices import LineageManner
from tavolo.tables.forms.said import ConfirmBodyForm, EndBodyForm, StartForm, SucceedForm
from tavolo.tables.models import Body
from tavolo.tables.queries import BODY_ORDER
from tavolo.tables.queries.work import bodies_at_work
from tavolo.tables.web.work.here import Asking, Here, at_work
from tavolo.ui.components.tabs import Tab, Tabs

Sentence = str | Promise


@dataclass(frozen=True)
class Way:
    """One of the things that can happen to a body: `write` does it with what the form says."""

    slug: str
    label: Sentence
    submit: Sentence
    lead: Sentence
    form: Any
    write: Callable[[Here, dict[str, Any]], object]


def _start(here: Here, told: dict[str, Any]) -> None:
    start_body(body=here.body, on=told["began"], by=here.actor)


def _confirm(here: Here, told: dict[str, Any]) -> None:
    manner = LineageManner(told["manner"])
    confirm_body(body=here.body, manner=manner, on=told["began"], act=told["act"], by=here.actor)


def _succeed(here: Here, told: dict[str, Any]) -> None:
    succeed_body(
        body=here.body,
        successor=told["successor"],
        manner=LineageManner(told["manner"]),
        on=told["began"],
        act=told["act"],
        by=here.actor,
    )


def _end(here: Here, told: dict[str, Any]) -> None:
    end_body(body=here.body, last=told["last"], act=told["act"], by=here.actor)


START = Way(
    "avvio",
    gettext_lazy("Its works begin"),
    gettext_lazy("Write the beginning"),
    gettext_lazy("By its act it is established; the day of the first sitting can be another one."),
    StartForm,
    _start,
)
CONFIRM = Way(
    "conferma",
    gettext_lazy("It is confirmed"),
    gettext_lazy("Write it"),
    gettext_lazy("An act says that it goes on as it is, or is renewed; its seats stay."),
    ConfirmBodyForm,
    _confirm,
)
SUCCEED = Way(
    "seguito",
    gettext_lazy("It goes on in another"),
    gettext_lazy("Let it go on in the other"),
    gettext_lazy(
        "It ends the day before, and its seats with it. They do not pass by themselves: an act says"
        " who sits in the other. Found that one first, where it is not there yet."
    ),
    SucceedForm,
    _succeed,
)
END = Way(
    "fine",
    gettext_lazy("It ends"),
    gettext_lazy("Write the end"),
    gettext_lazy("All its seats and delegates end with it. What was stays in the history."),
    EndBodyForm,
    _end,
)


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def life(request: HttpRequest, code: str) -> HttpResponse:
    """One thing that happened to it (`?come=`)."""
    here = at_work(request, code)
    if has_ended(here.body, clock.today()):
        raise NotFound
    ways = [CONFIRM, SUCCEED, END] if here.body.started else [START, CONFIRM, SUCCEED, END]
    way = next((one for one in ways if one.slug == request.GET.get("come")), ways[0])
    more = {"bodies": _others(here)} if way is SUCCEED else {}
    form = way.form(request.POST or None, **more)

    def write() -> str:
        way.write(here, form.cleaned_data)
        return f"{here.overview}#storia"

    href = here.href("body_life")
    asking = Asking(
        heading=_("What happens to it"),
        submit=str(way.submit),
        said=_("It is written."),
        cancel=here.overview,
        lead=str(way.lead),
    )
    tabs = tuple(Tab(one.label, f"{href}?come={one.slug}", one is way) for one in ways)
    return here.ask(
        request,
        form,
        write,
        asking,
        template="tables/work_fact.html",
        tabs=Tabs(_("What happened?"), tabs),
    )


def _others(here: Here) -> list[Body]:
    rows = bodies_at_work([here.body.network], on=clock.today()).exclude(pk=here.body.pk)
    return list(rows.order_by(*BODY_ORDER))
