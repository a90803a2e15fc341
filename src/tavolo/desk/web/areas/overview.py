"""The districts in a network's territory, kind by kind, with what is missing; a new one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.desk.forms.areas import NewAreaForm
from tavolo.desk.queries import network_at
from tavolo.desk.web.areas import words
from tavolo.desk.web.areas.places import (
    Here,
    areas_href,
    crumb_of_areas,
    day_in,
    import_href,
)
from tavolo.desk.web.pages import crumb_of, form_view, page
from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.territory.actions import create_area
from tavolo.territory.models import Area
from tavolo.territory.plugs import AreaKind, districts, kind_by_slug
from tavolo.territory.queries import Partition, partitions
from tavolo.territory.queries.choosing import areas_of
from tavolo.territory.queries.editing import homes_of
from tavolo.territory.rules import TERRITORY
from tavolo.territory.web.addresses import Addresses
from tavolo.ui.components.table import Table


@dataclass(frozen=True)
class Section:
    """A kind of district in the territory, as the page shows it."""

    kind: AreaKind
    sentences: tuple[str, ...]
    sound: bool
    table: Table
    new_href: str
    compare_href: str


@work_area
@require_safe
def areas(request: HttpRequest, slug: str) -> HttpResponse:
    here, day = network_at(actor_of(request), slug, TERRITORY), day_in(request, "al")
    found = partitions([kind.key for kind in districts()], within=here, on=day)
    resting = _resting(here, found)
    shown = [kind for kind in kinds() if found[kind.key].areas or kind.key in resting]
    whole = next(iter(found.values()))
    homes = homes_of(here, on=day)
    return page(
        request,
        "desk/areas.html",
        here,
        crumb_of(here),
        here=_("Districts"),
        day=day,
        is_today=day == clock.today(),
        placed=whole.municipalities > 0,
        territory=words.territory(whole.municipalities),
        kinds_entered=list(_sections(here, found, resting, homes)),
        absent=[(kind, _new_href(here, kind)) for kind in kinds() if kind not in shown],
        import_href=import_href(here),
    )


def kinds() -> list[AreaKind]:
    """In the order of their names, in the language of the reader."""
    return sorted(districts(), key=lambda kind: str(kind.plural))


def _sections(
    here: Network,
    found: dict[str, Partition],
    resting: dict[str, list[Area]],
    homes: list[Area],
) -> Iterator[Section]:
    entered = [kind for kind in kinds() if found[kind.key].areas]
    within = (homes[0].kind, homes[0].code) if homes else None
    for kind in kinds():
        partition = found[kind.key]
        if not partition.areas and kind.key not in resting:
            continue
        other = next((one for one in entered if one is not kind), None)
        compare = Addresses().comparison(kind.key, other.key, within) if other else ""
        yield Section(
            kind,
            tuple(words.faults(partition)),
            partition.is_sound,
            words.areas_table(here, partition, resting.get(kind.key, [])),
            _new_href(here, kind),
            compare if partition.areas else "",
        )


def _resting(here: Network, found: dict[str, Partition]) -> dict[str, list[Area]]:
    """Areas of the network to which nobody in its territory belongs on the day, by kind."""
    shown = {area.key for partition in found.values() for area in partition.areas}
    rows: dict[str, list[Area]] = {}
    for area in areas_of(here, on=clock.today()).order_by("sort_key", "id"):
        if area.pk not in shown:
            rows.setdefault(area.kind, []).append(area)
    return rows


def _new_href(here: Network, kind: AreaKind) -> str:
    return f"{reverse('desk:area_new', kwargs={'slug': here.slug})}?tipo={kind.slug}"


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def area_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a district; who belongs to it is chosen on its page."""
    here = network_at(actor_of(request), slug, TERRITORY)
    homes = homes_of(here, on=clock.today())
    chosen = {"kind": request.GET.get("tipo", ""), "parent": str(homes[0].uid) if homes else ""}
    form = NewAreaForm(request.POST or None, kinds=kinds(), homes=homes, initial=chosen)
    answer = sent_once(
        request,
        form,
        lambda: _created(request, here, form),
        said=_("The area is entered. Choose now who belongs to it."),
    )
    return answer or page(
        request,
        "desk/area_new.html",
        here,
        crumb_of(here),
        crumb_of_areas(here),
        here=_("A new district"),
        form=form_view(form, _("Enter"), areas_href(here)),
        placed=bool(homes),
    )


def _created(request: HttpRequest, here: Network, form: NewAreaForm) -> str:
    told = form.cleaned_data
    kind = kind_by_slug(told["kind"])
    area = create_area(
        kind=kind.key if kind else "",
        name=told["name"],
        title=told["title"],
        code=told["code"],
        parent=told["parent"],
        network=here,
        by=actor_of(request),
    )
    return Here(here, area).href()
