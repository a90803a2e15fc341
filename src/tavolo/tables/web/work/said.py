"""What is said of a body with its days: entered, ended, withdrawn; and the spheres of life of a network."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.kernel.errors import NotFound
from tavolo.people.web.access import work_area
from tavolo.registry.web.work.said import period_words, source_words
from tavolo.tables.actions import (
    add_purpose,
    add_sphere,
    end_said,
    name_body,
    place_body,
    withdraw_said,
)
from tavolo.tables.forms.bodies import SphereForm
from tavolo.tables.forms.said import EndSaidForm, WithdrawForm
from tavolo.tables.models import BodyName, BodyPurpose, BodyTerritory, Sphere
from tavolo.tables.web.work.here import Asking, Here, at_work
from tavolo.tables.web.work.sections import Section, said_words, section_called
from tavolo.tables.web.work.seen import seen_again
from tavolo.ui.components.tabs import Tab, Tabs

ENTER: dict[Any, Any] = {
    BodyName: name_body,
    BodyTerritory: place_body,
    BodyPurpose: add_purpose,
}
END, WITHDRAW = "", "ritira"


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def new_said(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """A name, a territory, a purpose."""
    here, kind = at_work(request, code), section_called(section)
    form = kind.form(request.POST or None, spheres=_spheres(here))

    def enter() -> str:
        ENTER[kind.model](body=here.body, by=here.actor, **form.values())
        return _back(here, kind)

    asking = Asking(
        heading=str(kind.add),
        submit=_("Save"),
        said=_("Saved."),
        cancel=_back(here, kind),
        lead=str(kind.empty),
    )
    return here.ask(request, form, enter, asking)


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def said(request: HttpRequest, code: str, section: str, uid: UUID) -> HttpResponse:
    """Its end, or that it was never true (`?come=ritira`)."""
    here, kind = at_work(request, code), section_called(section)
    rows = kind.model.objects.known().filter(body=here.body, uid=uid)
    fact = rows.select_related("body__network").first()
    if fact is None:
        raise NotFound
    way = WITHDRAW if request.GET.get("come") == WITHDRAW or fact.valid_until else END
    words, note = said_words(fact, _spheres(here))
    form: Any = (WithdrawForm if way else EndSaidForm)(
        request.POST or None, initial={"seen": fact.pk}
    )

    def write() -> str:
        told = form.cleaned_data
        if way == WITHDRAW:
            withdraw_said(fact=fact, reason=told["reason"], by=here.actor)
        else:
            end_said(fact=fact, last=told["last"], by=here.actor)
        return _back(here, kind)

    asking = Asking(
        heading=words[:120],
        submit=_("Withdraw it") if way else _("Write the end"),
        said=_("It is withdrawn.") if way else _("The end is written."),
        cancel=_back(here, kind),
        lead=_("It was never true. It stays in what was known before, with the reason.")
        if way
        else _("It held until a day, and stays in the history."),
    )
    return seen_again(
        request,
        here,
        form,
        write,
        asking,
        seen=fact.pk,
        template="tables/work_fact.html",
        lines=[(kind.title, words), ("", note), *_days(fact)],
        tabs=_tabs(here, kind, uid, way) if fact.valid_until is None else None,
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def spheres(request: HttpRequest, code: str) -> HttpResponse:
    """The vocabulary of the network: a new sphere of life stands at its end."""
    here = at_work(request, code)
    form = SphereForm(request.POST or None)

    def add() -> str:
        add_sphere(network=here.body.network, name=form.cleaned_data["name"], by=here.actor)
        return here.href("spheres")

    asking = Asking(
        heading=_("Spheres of life"),
        submit=_("Add a sphere"),
        said=_("Saved."),
        cancel=here.overview,
        lead=_("Each network has its own; purposes point to them."),
    )
    return here.ask(
        request, form, add, asking, template="tables/work_spheres.html", spheres=_spheres(here)
    )


def _days(fact: Any) -> list[tuple[str, str]]:
    return [(_("For what time"), period_words(fact)), (_("Source"), source_words(fact))]


def _spheres(here: Here) -> list[Sphere]:
    return list(Sphere.objects.filter(network=here.body.network).order_by("number"))


def _tabs(here: Here, kind: Section, uid: UUID, way: str) -> Tabs:
    href = here.href("said", section=kind.slug, uid=uid)
    return Tabs(
        _("What happened?"),
        (
            Tab(_("It ended"), href, way == END),
            Tab(_("It was never so"), f"{href}?come={WITHDRAW}", way == WITHDRAW),
        ),
    )


def _back(here: Here, kind: Section) -> str:
    return f"{here.overview}#{kind.slug}"
