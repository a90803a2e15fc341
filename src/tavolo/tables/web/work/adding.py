"""New seats: for an organisation, an office of one, a person; or for many participants in one act."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.people.actions import add_person
from tavolo.people.web.access import work_area
from tavolo.registry.web.work.said import has_ended
from tavolo.tables.actions import add_seat
from tavolo.tables.choices import Basis, HolderKind
from tavolo.tables.forms.seats import HOLDERS, OfSeatForm, PersonSeatForm, TogetherForm
from tavolo.tables.queries.work import free_participants
from tavolo.tables.web.work.here import Asking, Here, at_work
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.components.form import Fieldset
from tavolo.ui.components.tabs import Tab, Tabs

SLUGS = {
    "organizzazione": HolderKind.ORGANISATION,
    "ufficio": HolderKind.OFFICE,
    "persona": HolderKind.PERSON,
}
WHO = ("holder", "family_name", "given_name", "who", "organisation", "title", "theme")
AS_WHAT = ("role", "category", "basis")
WHEN = ("act", "began", "ended", "source")
# An office sits there by right of it, unless somebody says otherwise.
USUAL = {HolderKind.OFFICE: Basis.OFFICE, HolderKind.PERSON: Basis.APPOINTMENT}


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def new_seat(request: HttpRequest, code: str) -> HttpResponse:
    """Who holds it is chosen by `?chi=`; `?org=` fills the organisation in."""
    here = at_work(request, code)
    slug = request.GET.get("chi", "")
    kind = SLUGS.get(slug, HolderKind.ORGANISATION)
    form = _form(request, here, kind)

    def give() -> str:
        seat = add_seat(body=here.body, by=here.actor, **form.of_the_seat(), **_holder(form, here))
        return here.href("seat", uid=seat.uid)

    href = here.href("new_seat")
    tabs = tuple(
        Tab(each.label, f"{href}?chi={word}", each is kind) for word, each in SLUGS.items()
    )
    asking = Asking(
        heading=_("Give a seat"),
        submit=_("Give the seat"),
        said=_("The seat is there. Now say who is sent."),
        cancel=here.seats,
        fieldsets=_fieldsets(form),
    )
    return here.ask(
        request,
        form,
        give,
        asking,
        above=[seats_crumb(here)],
        template="tables/work_fact.html",
        tabs=Tabs(_("Who holds it?"), tabs),
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest, code: str) -> HttpResponse:
    """A seat for each of those who take part in the network and are ticked; one act, all or none."""
    here = at_work(request, code)
    if has_ended(here.body, clock.today()):
        raise NotFound
    offered = free_participants(here.body, on=clock.today())
    form = TogetherForm(request.POST or None, offered=offered)

    @transaction.atomic
    def give_all() -> str:
        for one in form.chosen:
            add_seat(body=here.body, organisation=one, by=here.actor, **form.of_the_seat())
        return here.seats

    asking = Asking(
        heading=_("Seats for several at once"),
        submit=_("Give them a seat"),
        said=_("The seats are there."),
        cancel=here.seats,
        lead=_("All by the same act and from the same day; who sits there already is not listed."),
    )
    return here.ask(
        request,
        form,
        give_all,
        asking,
        above=[seats_crumb(here)],
        template="tables/work_together.html",
        offered=len(offered),
    )


def seats_crumb(here: Here) -> Crumb:
    return Crumb(_("Seats in the body"), here.seats)


def _form(request: HttpRequest, here: Here, kind: HolderKind) -> Any:
    more: dict[str, Any] = {"by": here.actor} if kind is HolderKind.PERSON else {}
    start = {"organisation": request.GET.get("org", "")}
    if kind in USUAL:
        start["basis"] = USUAL[kind]
    return HOLDERS[kind](request.POST or None, initial=start, **more)


def _holder(form: OfSeatForm, here: Here) -> dict[str, Any]:
    if isinstance(form, PersonSeatForm):
        return {"person": form.person or add_person(**form.names, by=here.actor)}
    names = ("organisation", "title", "theme")
    return {name: form.cleaned_data[name] for name in names if name in form.fields}


def _fieldsets(form: OfSeatForm) -> tuple[Fieldset, ...]:
    groups = ((_("Who"), WHO), (_("As what"), AS_WHAT), (_("By which act and for how long"), WHEN))
    return tuple(
        Fieldset(legend, tuple(name for name in names if name in form.fields))
        for legend, names in groups
    )
