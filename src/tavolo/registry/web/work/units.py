"""The parts of an organisation that stand for themselves: entered, edited, ended."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.kernel.errors import StaleVersion
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import sent_once
from tavolo.registry.actions import add_unit, edit_unit, end_unit
from tavolo.registry.forms.base import ActForm
from tavolo.registry.forms.parts import EditUnitForm, EndUnitForm, UnitForm, initial_of_unit
from tavolo.registry.models import OrganisationUnit
from tavolo.registry.queries.known import unit_of, units_of
from tavolo.registry.web.work.here import CONFLICT, Here, editing
from tavolo.ui.components.form import FormView
from tavolo.ui.components.tabs import Tab, Tabs

END = "fine"


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    here = editing(request, code)
    units = [unit for unit in units_of(here.organisation) if unit.valid_until is None]
    form = UnitForm(request.POST or None, units=units)

    def enter() -> str:
        add_unit(organisation=here.organisation, by=here.actor, **form.values())
        return _back(here)

    answer = sent_once(request, form, enter, said=_("It is in the register."))
    view = FormView(form=form, submit=_("Add a unit"), cancel_href=_back(here))
    return answer or here.page(
        request, "registry/work_fact_new.html", here=_("Add a unit"), form=view
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, code: str, unit: str) -> HttpResponse:
    """Put right what is said of a unit, or (`?come=fine`) say until when it was there."""
    here = editing(request, code)
    found = unit_of(here.organisation, unit)
    name, ends = found.name, found.valid_until is None and request.GET.get("come") == END
    view = _end(request, here, found) if ends else _edit(request, here, found)
    if isinstance(view, HttpResponse):
        return view
    form, stale = view
    href = here.href("unit", unit=found.code)
    tabs = (
        Tab(_("Put right"), href, not ends),
        Tab(_("It ended"), f"{href}?come={END}", ends),
    )
    return here.page(
        request,
        "registry/work_unit.html",
        here=name,
        tabs=Tabs(_("What happened?"), tabs) if found.valid_until is None else None,
        form=form,
        stale=stale,
        status=CONFLICT if stale else 200,
    )


Shown = tuple[FormView, OrganisationUnit | None]


def _edit(request: HttpRequest, here: Here, found: OrganisationUnit) -> HttpResponse | Shown:
    others = [row for row in units_of(here.organisation) if row.pk != found.pk]
    form = EditUnitForm(request.POST or None, units=others, initial=initial_of_unit(found))

    def write() -> str:
        version = form.cleaned_data["version"]
        edit_unit(unit=found, version=version, by=here.actor, **form.values())
        return _back(here)

    return _sent(request, form, write, FormView(form=form, cancel_href=_back(here)))


def _end(request: HttpRequest, here: Here, found: OrganisationUnit) -> HttpResponse | Shown:
    form = EndUnitForm(request.POST or None, initial={"version": found.version})
    del form.fields["source"]

    def write() -> str:
        end_unit(unit=found, last=form.cleaned_data["last"], by=here.actor)
        return _back(here)

    lead = _("Its offices and contacts stay in the history; nobody is asked to fill them any more.")
    view = FormView(form=form, submit=_("Write the end"), cancel_href=_back(here), lead=lead)
    return _sent(request, form, write, view)


def _sent(
    request: HttpRequest, form: ActForm, write: Callable[[], str], view: FormView
) -> HttpResponse | Shown:
    try:
        return sent_once(request, form, write, said=_("Saved.")) or (view, None)
    except StaleVersion as refusal:
        form.again(version=str(refusal.theirs.version))
        form.full_clean()
        return view, refusal.theirs


def _back(here: Here) -> str:
    return f"{here.overview}#unita"
