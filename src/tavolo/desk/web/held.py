"""What is held about somebody without account: shown, taken away as a file, erased by who answers for her."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.desk.forms import ConfirmForm
from tavolo.desk.queries import network_at
from tavolo.desk.web.pages import crumb_of, crumb_of_people, done_once, form_view, page
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.kernel.paging import page_of
from tavolo.people.actions import erase_person
from tavolo.people.models import Person
from tavolo.people.queries import knowledge_of, person_known_to
from tavolo.people.rules import may_erase
from tavolo.people.web.access import work_area
from tavolo.people.web.held import file_of, tables_of
from tavolo.people.web.proving import recently_proved
from tavolo.people.web.sending import actor_of
from tavolo.registry.queries import persons_without_account
from tavolo.registry.rules import PEOPLE
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.components.confirmation import Confirmation
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table


@work_area
@require_safe
def persons(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is entered for the network's organisations and does not sign in: for them the secretariat answers."""
    here = network_at(actor_of(request), slug, PEOPLE)
    rows = page_of(
        persons_without_account(here),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    table = _table(here, rows.items, Paging.of(rows, request.GET))
    return page(
        request,
        "desk/held_persons.html",
        here,
        crumb_of(here),
        crumb_of_people(here),
        here=_("Personal data"),
        table=table,
    )


@work_area
@require_safe
def held(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    here, person = _found(request, slug, uid)
    return page(
        request,
        "desk/held.html",
        here,
        crumb_of(here),
        crumb_of_people(here),
        _crumb(here),
        here=person.name,
        person=person,
        tables=tables_of(person),
        erases=not person.erased_at and may_erase(actor_of(request), knowledge_of(person)),
    )


@work_area
@require_safe
def held_file(request: HttpRequest, slug: str, uid: UUID, format: str) -> HttpResponse:  # noqa: A002
    _here, person = _found(request, slug, uid)
    return file_of(person, format)


@work_area
@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    here, person = _found(request, slug, uid)
    if person.erased_at or not may_erase(actor_of(request), knowledge_of(person)):
        raise NotFound
    form = ConfirmForm(request.POST or None)

    def do() -> None:
        for each in erase_person(person=person, by=actor_of(request)):
            messages.info(request, f"{each.label}. {each.why}")

    back = reverse("desk:held", args=[here.slug, person.uid])
    said = _("The personal data are erased.")
    return done_once(request, form, do, back=back, said=said) or page(
        request,
        "desk/confirm.html",
        here,
        crumb_of(here),
        crumb_of_people(here),
        _crumb(here),
        here=_("Erasure of personal data"),
        question=Confirmation(
            question=_("Erase the personal data of %(name)s?") % {"name": person.name},
            consequences=(
                _("The name goes from every page, list and search; a pseudonym stands there."),
                _("Approved acts stay as they are; you are told which, and why."),
                _("It cannot be undone."),
            ),
            form=form_view(form, _("Erase for ever"), back),
        ),
    )


def _found(request: HttpRequest, slug: str, uid: UUID) -> tuple[Network, Person]:
    actor = actor_of(request)
    here = network_at(actor, slug, PEOPLE)
    person = person_known_to(actor, uid)
    if here.uid not in knowledge_of(person).networks:
        raise NotFound
    return here, person


def _crumb(network: Network) -> Crumb:
    return Crumb(_("Personal data"), reverse("desk:held_persons", args=[network.slug]))


def _table(network: Network, rows: list[Person], paging: Paging) -> Table:
    return Table(
        caption=_("Persons who do not sign in"),
        columns=(Column(_("Name")),),
        rows=tuple(
            Row((Cell(row.name, reverse("desk:held", args=[network.slug, row.uid])),))
            for row in rows
        ),
        empty=EmptyState(
            _("Nobody"), _("Here stands who is entered for your organisations and has no account.")
        ),
        key="persons",
        paging=paging,
        dense=True,
        narrow="keep",
    )
