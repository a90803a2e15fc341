"""What those who take part in a network have nobody for: since when, and whom to ask."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.registry import queries, rules
from tavolo.registry.models import Organisation
from tavolo.registry.queries.vacancies import Vacant, vacancies
from tavolo.registry.web.sheets import csv_answer
from tavolo.registry.web.work.said import called
from tavolo.ui.address import address
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table
from tavolo.ui.words import partial_words, since_words


@work_area
@require_safe
def network_vacancies(request: HttpRequest, slug: str) -> HttpResponse:
    network, found = _found(request, slug)
    heading = _("Vacant offices and matters")
    desk = address(f"/lavoro/reti/{network.slug}/")
    table = Table(
        caption=heading,
        columns=(
            Column(_("Organisation")),
            Column(_("Office or matter")),
            Column(_("Vacant since")),
            Column(_("Whom to ask")),
            Column(_("To do")),
            Column(_("Otherwise")),
        ),
        rows=tuple(_row(request, one) for one in found),
        empty=EmptyState(
            _("Nothing is vacant"),
            _("Here stands what somebody held and nobody holds any more, with whom to ask."),
        ),
        key="cariche",
        dense=True,
        caption_hidden=True,
        paging=Paging(shown=len(found), total=len(found)),
        exports=(
            CardLink(_("All as CSV"), reverse("registry:vacancies_csv", args=[network.slug])),
        ),
    )
    context = {
        "heading": heading,
        "network": network,
        "network_url": desk,
        "table": table,
        "breadcrumbs": Breadcrumbs((Crumb(network.name, desk),) if desk else (), heading),
    }
    return render(request, "registry/work_vacancies.html", context)


@work_area
@require_safe
def network_vacancies_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    _network, found = _found(request, slug)
    header = (
        *("uid", "code", _("Organisation"), _("Unit"), _("Office or matter")),
        *(_("Vacant since"), _("Whom to ask")),
    )
    return csv_answer(_("vacant-offices"), header, _lines(found))


def vacant_since(one: Vacant) -> str:
    """Since when, as far as it is known; that nobody was ever named."""
    if one.since is None:
        return _("nobody was ever named")
    if one.ended is not None and one.ended.precision != "day":
        return _("after %(date)s") % {"date": partial_words(one.ended)}
    return since_words(one.since)


def filling_href(organisation: Organisation, one: Vacant) -> str:
    """Where somebody is entered for it."""
    section, asked = ("incarichi", "carica") if one.title else ("deleghe", "materia")
    here = {"code": organisation.code, "section": section}
    query = urlencode({asked: one.title or one.theme})
    return f"{reverse('registry:new_fact', kwargs=here)}?{query}"


def giving_up_href(one: Vacant) -> str:
    """Where it is said that nobody is to hold it."""
    query = urlencode({"cosa": one.title or one.theme})
    return f"{reverse('registry:given_up', args=[one.organisation.code])}?{query}"


def _found(request: HttpRequest, slug: str) -> tuple[Network, list[Vacant]]:
    actor = actor_of(request)
    network = queries.network_by_slug(slug)
    if not rules.runs_network(actor, network.uid, rules.PEOPLE):
        raise NotFound
    return network, vacancies(network, on=clock.today(), actor=actor)


def _row(request: HttpRequest, one: Vacant) -> Row:
    organisation = one.organisation
    work = reverse("registry:work_organisation", args=[organisation.code])
    act = Cell(_("See the record"), work)
    otherwise = Cell("")
    if rules.may_keep_offices(actor_of(request), organisation.steward.uid):
        act = Cell(_("Enter who holds it now"), filling_href(organisation, one))
        otherwise = (
            Cell(_("It is not to be filled"), giving_up_href(one)) if not one.unit else otherwise
        )
    return Row(
        (
            Cell(organisation.name, work, note=one.unit.name if one.unit else ""),
            Cell(one.words),
            Cell(vacant_since(one)),
            Cell(_ask(one)),
            act,
            otherwise,
        )
    )


def _ask(one: Vacant) -> str:
    """A contact; else the head, by name and office; else the network's own secretariat."""
    if one.ask.contact:
        return one.ask.contact
    if one.ask.person is not None:
        return f"{called(one.ask.person)}, {one.ask.words}"
    return _("the secretariat of %(network)s") % {
        "network": one.ask.network.name if one.ask.network else ""
    }


def _lines(found: list[Vacant]) -> Iterator[tuple[object, ...]]:
    for one in found:
        organisation = one.organisation
        unit = one.unit.name if one.unit else ""
        yield (
            *(organisation.uid, organisation.code, organisation.name, unit, one.words),
            *(vacant_since(one), _ask(one)),
        )
