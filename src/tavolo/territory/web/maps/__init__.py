"""Drawings turned into maps: links, shades, names where there is room, the attribution beneath."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from tavolo.territory.choices import ATTRIBUTION
from tavolo.territory.queries import Drawing, Drawn, Neighbourhood
from tavolo.territory.queries.drawings import REACH
from tavolo.territory.web.addresses import Addresses
from tavolo.territory.web.maps.labels import (
    WIDTH,
    Named,
    crowded_first,
    large_first,
    names,
    placed,
)
from tavolo.territory.web.shades import Shading
from tavolo.ui import words
from tavolo.ui.components.map import Map, Shape, ViewBox

KEY, LIST = "mappa", "elenco"
AROUND = 0.06  # of the longer side, shown as ground around areas that are only here and there


def regions_map(
    title: str, drawing: Drawing, *, to: Addresses | None = None, shading: Shading | None = None
) -> Map | None:
    """Regions, the largest with their names; None where nothing was ever drawn."""
    return _map(title, drawing, names(large_first(drawing.shapes)), to, shading)


def provinces_map(
    title: str, drawing: Drawing, *, to: Addresses | None = None, shading: Shading | None = None
) -> Map | None:
    """Provinces with their two letters."""
    return _map(title, drawing, [(shape, shape.short) for shape in drawing.shapes], to, shading)


def country_map(
    title: str,
    drawing: Drawing,
    ground: Drawing,
    *,
    to: Addresses | None = None,
    shading: Shading | None = None,
) -> Map | None:
    """Areas of any kind on the ground of the regions, as near as they allow; None where none is drawn."""
    plain = _map(title, drawing, (), to, shading)
    if plain is None:
        return None
    areas = plain.shapes if shading else (replace(each, css="m-in") for each in plain.shapes)
    return replace(
        plain,
        shapes=(*(Shape(shape.path, css="m-1") for shape in ground.shapes), *areas),
        view_box=ViewBox.around(drawing.bounds, AROUND),
    )


def municipalities_map(
    title: str,
    drawing: Drawing,
    *,
    to: Addresses | None = None,
    shading: Shading | None = None,
) -> Map | None:
    """Municipalities; those with most residents carry their names. Who did not live then is ground."""
    return _map(title, drawing, names(crowded_first(drawing.shapes)), to, shading)


def neighbourhood_map(around: Neighbourhood, *, to: Addresses | None = None) -> Map:
    """The municipality, filled, among its neighbours; what lies beyond them is ground."""
    box = ViewBox.around(around.here.bounds, REACH)
    to = to or Addresses()
    return Map(
        title=_("%(name)s and the municipalities around it") % {"name": around.here.name},
        shapes=(
            *(Shape(shape.path, css="m-1") for shape in around.ground),
            *(_shape(shape, to) for shape in around.neighbours),
            Shape(around.here.path, around.here.name, css="m-here"),
        ),
        view_box=box,
        key=KEY,
        width=WIDTH,
        labels=placed(names([around.here, *crowded_first(around.neighbours)]), box),
        caption=str(ATTRIBUTION),
        list_href=f"#{LIST}",
    )


def _map(
    title: str,
    drawing: Drawing,
    named: Iterable[Named],
    to: Addresses | None,
    shading: Shading | None,
) -> Map | None:
    if not drawing.shapes:
        return None
    box = ViewBox.around(drawing.bounds)
    to = to or Addresses()
    return Map(
        title=f"{title}: {shading.figure.label}" if shading else title,
        shapes=tuple(_shape(shape, to, shading) for shape in drawing.shapes),
        view_box=box,
        key=KEY,
        width=WIDTH,
        labels=placed([pair for pair in named if pair[0].lived], box, shading),
        legend=shading.legend if shading else (),
        legend_title=shading.title if shading else "",
        caption=str(ATTRIBUTION),
        list_href=f"#{LIST}",
    )


def _shape(shape: Drawn, to: Addresses, shading: Shading | None = None) -> Shape:
    if not shape.lived:
        return Shape(shape.path, shape.name, css="m-1")
    return Shape(
        shape.path,
        shape.name,
        href=to.of(shape),
        css=shading.css(shape.key) if shading else "m-town",
        description=shading.said(shape.key) if shading else _people(shape),
        ref=shape.code,
    )


def _people(shape: Drawn) -> str:
    if shape.residents is None:
        return ""
    return _("%(number)s residents") % {"number": words.number(shape.residents)}
