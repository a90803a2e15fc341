"""The page of a network's territory: its pieces, and choosing more of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.desk import actions, queries
from tavolo.desk.forms import ConfirmForm, PlaceForm
from tavolo.desk.placing import Standing, Where, piece_of, towns_called, where_called
from tavolo.desk.web.pages import crumb_of, desk_of, done_once, form_view, page
from tavolo.desk.web.placing import maps
from tavolo.desk.web.placing.state import MAP, MOST, Placing, placing_in
from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.territory.actions import leave_place, place_network
from tavolo.territory.models import Area, Municipality, NetworkArea
from tavolo.territory.rules import TERRITORY
from tavolo.ui.components.form import FormView

FOLDED = 12  # pieces of which the list is folded
PREVIEW = "anteprima"


@dataclass(frozen=True)
class Tick:
    """A municipality in the list; `said` where it is otherwise than it was, or comes with an area."""

    code: str
    name: str
    ticked: bool
    was: bool
    held: bool
    said: str


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def territory(request: HttpRequest, slug: str) -> HttpResponse:
    """Its pieces, each with the button that takes it out; a map and a list to choose more from."""
    network = queries.network_at(actor_of(request), slug, TERRITORY)
    placing = placing_in(request, Standing.of(network, on=clock.today()))
    if request.method != "POST":
        return _page(request, placing)
    if "leave" in request.POST:
        return _leave(request, placing)
    if "whole" in request.POST:
        return _take_whole(request, placing)
    if "kind" in request.POST:
        return _take_named(request, placing)
    return _choose(request, placing)


def _choose(request: HttpRequest, placing: Placing) -> HttpResponse:
    """What was ticked, with what the address says already: saved, or shown somewhere else."""
    told = request.POST
    chosen = placing.ticked(told.getlist("m")[:MOST], told.getlist("was")[:MOST])
    if "save" not in told:
        turned = told.get("turn", "")
        if turned in placing.codes_here:
            return HttpResponseRedirect(chosen.turned(turned).href(at=f"{MAP}-{turned}"))
        where = where_called(told.get("go", "")) or placing.where
        return HttpResponseRedirect(chosen.href(where, at=PREVIEW if chosen.differs else ""))

    def save() -> None:
        actions.choose_territory(
            network=placing.standing.network,
            coming=chosen.coming,
            leaving=chosen.leaving,
            by=actor_of(request),
        )

    return _done(request, chosen, ConfirmForm(told), save, _("The territory is entered."))


def _leave(request: HttpRequest, placing: Placing) -> HttpResponse:
    here = placing.standing
    try:
        piece = piece_of(here.network, UUID(request.POST["leave"]), on=here.day)
    except ValueError:  # what stands there is no uid
        piece = None
    if piece is None:
        # Another has taken it out meanwhile.
        return HttpResponseRedirect(placing.href())

    def leave() -> None:
        leave_place(piece=piece, on=here.day, by=actor_of(request))

    said = _("It is the network’s no more, from today.")
    return _done(request, placing, ConfirmForm(request.POST), leave, said)


def _take_whole(request: HttpRequest, placing: Placing) -> HttpResponse:
    area = placing.where.area
    if area is None:
        raise NotFound

    def take() -> None:
        if area.pk not in placing.standing.areas:
            place_network(network=placing.standing.network, area=area, by=actor_of(request))

    said = _("The territory is entered.")
    return _done(request, placing, ConfirmForm(request.POST), take, said)


def _take_named(request: HttpRequest, placing: Placing) -> HttpResponse:
    form = PlaceForm(request.POST)

    def take() -> None:
        found = form.cleaned_data["place"]
        place_network(
            network=placing.standing.network,
            area=found if isinstance(found, Area) else None,
            municipality=found if isinstance(found, Municipality) else None,
            by=actor_of(request),
        )

    back = reverse("desk:territory", kwargs={"slug": placing.standing.network.slug})
    answer = done_once(request, form, take, back=back, said=_("The territory is entered."))
    return answer or _page(request, placing, named=form)


def _done(
    request: HttpRequest, placing: Placing, form: ConfirmForm, act: Callable[[], None], said: str
) -> HttpResponse:
    back = Placing(placing.standing, placing.where).href()
    answer = done_once(request, form, act, back=back, said=said)
    return answer or _page(request, placing, refused=form)


def _page(
    request: HttpRequest,
    placing: Placing,
    *,
    named: PlaceForm | None = None,
    refused: ConfirmForm | None = None,
) -> HttpResponse:
    standing, where = placing.standing, placing.where
    return page(
        request,
        "desk/territory.html",
        standing.network,
        crumb_of(standing.network),
        here=_("Territory of the network"),
        standing=standing,
        folded=len(standing.pieces) > FOLDED,
        pieces=[_piece(piece) for piece in standing.pieces],
        placing=placing,
        where=where,
        above=where.above if where.area else None,
        is_whole=where.area is not None and where.area.pk in standing.areas,
        areas=[] if where.is_province else list(_areas(placing)),
        ticks=[_tick(placing, town) for town in placing.here],
        coming=_names(placing, placing.coming),
        leaving=_names(placing, placing.leaving),
        reset_href=Placing(standing, where).href(),
        map=maps.placing_map(placing),
        sending=ConfirmForm(),
        faults=FormView(form=refused).faults if refused else (),
        named=form_view(named or PlaceForm(), _("Add"), desk_of(standing.network)),
        named_open=named is not None,
        done_href=desk_of(standing.network),
    )


def _piece(piece: NetworkArea) -> tuple[NetworkArea, Area | Municipality | None, ConfirmForm]:
    # Each button with a key of its own: of two forms with one key the second would do nothing.
    return piece, piece.area or piece.municipality, ConfirmForm()


def _areas(placing: Placing) -> Iterator[tuple[str, str, bool]]:
    """Name, address, and whether something there is the network's."""
    begun = maps.areas_begun(placing)
    for area in placing.where.areas(placing.standing.day):
        yield area.title, placing.href(Where(area)), area.pk in begun


def _tick(placing: Placing, town: Municipality) -> Tick:
    css = maps.shade(placing, town)
    changed = css in {maps.COMES, maps.LEAVES, maps.HELD}
    code = town.istat_code
    return Tick(
        code,
        town.name,
        ticked=code in placing.tokens or css == maps.HELD,
        was=code in placing.standing.codes,
        held=css == maps.HELD,
        said=maps.said_of()[css] if changed else "",
    )


def _names(placing: Placing, codes: frozenset[str]) -> str:
    found = towns_called(codes, on=placing.standing.day)
    return ", ".join(f"{town.name} ({town.province.short})" for town in found)
