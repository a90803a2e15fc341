"""The secretariat’s list of organisations; entering one, and writing in brief what is known of it."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound, Refusal, StaleVersion
from tavolo.kernel.idempotency import once
from tavolo.kernel.paging import page_of
from tavolo.people.web.access import work_area
from tavolo.registry import queries, rules
from tavolo.registry.actions import add_organisation, admit_organisation, edit_organisation
from tavolo.registry.forms import EditOrganisationForm, NewOrganisationForm
from tavolo.registry.models import Organisation
from tavolo.registry.queries.proposals import proposals_for
from tavolo.registry.web import rows
from tavolo.registry.web.versions import compared
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.form import Fieldset, FormView
from tavolo.ui.components.table import Paging, Table
from tavolo.ui.components.tabs import Tab, Tabs

CONFLICT = 409


@work_area
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Those of the networks that the actor runs; whoever runs none finds nothing here."""
    return _list(request, whole=False)


@work_area
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Those of all networks: to let one take part, or to propose a change."""
    return _list(request, whole=True)


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Enter an organisation, and let it take part in the chosen network."""
    actor = actor_in_office(request)
    if not rules.runs_any(actor, rules.ORGANISATIONS):
        raise NotFound
    networks = queries.networks_run_by(actor, rules.ORGANISATIONS)
    form = NewOrganisationForm(request.POST or None, networks=networks)
    if form.is_valid():
        try:
            href = once(
                form.cleaned_data["form_key"], by=actor.person, do=lambda: _enter(form, actor)
            )
        except Refusal as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("The organisation is in the register."))
            return HttpResponseRedirect(href)
    view = FormView(
        form=form,
        submit=_("Enter the organisation"),
        cancel_href=reverse("registry:work_organisations"),
        fieldsets=(
            *fieldsets("name", "kind", "municipality"),
            Fieldset(_("In the network"), ("network", "role", "since")),
        ),
    )
    heading = _("New organisation")
    context = {"form": view, "heading": heading, "breadcrumbs": _crumbs(heading)}
    return render(request, "registry/organisation_form.html", context)


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what the register says of an organisation; who saves second sees both versions."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    organisation = queries.organisation_by_code(code)
    if not rules.may_edit_organisation(actor, organisation.steward.uid):
        raise NotFound
    form = (
        EditOrganisationForm(request.POST)
        if request.POST
        else EditOrganisationForm.of(organisation)
    )
    name, stale = organisation.name, None
    if request.POST and form.is_valid():
        try:
            href = once(
                form.cleaned_data["form_key"],
                by=actor.person,
                do=lambda: _change(organisation, form, actor),
            )
        except StaleVersion as refusal:
            stale = compared(refusal.theirs, refusal.yours)
            form.now_at(refusal.theirs.version)
        except Refusal as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(href)
    organisation.name = name
    return _edit_page(request, organisation, form, stale)


def _list(request: HttpRequest, *, whole: bool) -> HttpResponse:
    actor, today = actor_in_office(request), clock.today()
    networks = list(queries.networks() if whole else queries.desks_of(actor))
    wanted = rows.Wanted.read(request, networks)
    found = (queries.organisations if whole else partial(queries.organisations_at_work, actor))(
        words=wanted.words, kind=wanted.kind, network=wanted.network, on=today
    )
    page = page_of(found, after=wanted.after, before=wanted.before)
    mine, all_of_them = reverse("registry:work_organisations"), reverse("registry:work_register")
    context = {
        "table": Table(
            caption=_("Organisations in alphabetical order"),
            columns=rows.columns(),
            rows=rows.rows(page.items, url_name="registry:work_organisation", on=today),
            empty=nothing(whole=whole, narrowed=wanted.narrows),
            key="organisations",
            paging=Paging.of(page, request.GET),
            filters=rows.filters(wanted, networks, queries.kinds_in_use()),
            dense=True,
            caption_hidden=True,
        ),
        "tabs": Tabs(
            _("Which organisations"),
            (
                Tab(_("Of your networks"), mine, not whole),
                Tab(_("The whole register"), all_of_them, whole),
            ),
        ),
        "total": page.total,
        "proposals": proposals_for(actor).count(),
    }
    return render(request, "registry/work_organisations.html", context)


def actor_in_office(request: HttpRequest) -> Actor:
    """The actor, where she works on the organisations of a network, or on who acts for them.

    For everybody else there is nothing here.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not any(rules.runs_any(actor, part) for part in (rules.ORGANISATIONS, rules.PEOPLE)):
        raise NotFound
    return actor


def nothing(*, whole: bool, narrowed: bool) -> EmptyState:
    """What stands in place of the list, and where to go on."""
    elsewhere = CardLink(_("Look in the whole register"), reverse("registry:work_register"))
    add = reverse("registry:add_organisation")
    if narrowed:
        return EmptyState(
            _("No organisation answers to this"),
            _("Try with fewer letters of the name, or without a filter."),
            (CardLink(_("New organisation"), add) if whole else elsewhere,),
        )
    return EmptyState(
        _("No organisation yet"),
        _("Enter those that take part in the network, beginning with its promoters."),
        (CardLink(_("Enter the first"), add),),
    )


def _enter(form: NewOrganisationForm, actor: Actor) -> str:
    network = form.cleaned_data["network"]
    organisation = add_organisation(steward=network, by=actor, **form.values())
    admit_organisation(
        network=network,
        organisation=organisation,
        role=form.cleaned_data["role"],
        since=form.cleaned_data["since"],
        source=organisation.source,
        by=actor,
    )
    return _href(organisation)


def _change(organisation: Organisation, form: EditOrganisationForm, actor: Actor) -> str:
    edit_organisation(
        organisation=organisation,
        version=form.cleaned_data["version"],
        by=actor,
        **form.values(),
    )
    return _href(organisation)


def _edit_page(
    request: HttpRequest,
    organisation: Organisation,
    form: EditOrganisationForm,
    stale: Table | None,
) -> HttpResponse:
    view = FormView(
        form=form,
        cancel_href=_href(organisation),
        fieldsets=fieldsets("name", "kind", "municipality"),
    )
    context = {
        "form": view,
        "stale": stale,
        "heading": organisation.name,
        "breadcrumbs": _crumbs(_("Edit in brief"), Crumb(organisation.name, _href(organisation))),
    }
    status = CONFLICT if stale else 200
    return render(request, "registry/organisation_form.html", context, status=status)


def fieldsets(*first: str) -> tuple[Fieldset, ...]:
    return (
        Fieldset(_("What it is"), first),
        Fieldset(_("How everybody reaches it"), ("website", "public_email", "phone")),
        Fieldset(_("For the register"), ("tax_code", "source")),
    )


def _crumbs(here: str, *above: Crumb) -> Breadcrumbs:
    home = Crumb(_("Organisations"), reverse("registry:work_organisations"))
    return Breadcrumbs((home, *above), here)


def _href(organisation: Organisation) -> str:
    return reverse("registry:work_organisation", kwargs={"code": organisation.code})
