"""The map on which a territory is chosen: regions and provinces lead on, a municipality is turned over."""

from collections import Counter
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from tavolo.desk.placing import Where
from tavolo.desk.web.placing.state import LIST, MAP, Placing
from tavolo.territory.choices import ATTRIBUTION, Level
from tavolo.territory.models import Area, Municipality
from tavolo.territory.queries import Drawing, areas_drawn, municipalities_drawn, population_year
from tavolo.territory.web.maps.labels import WIDTH, crowded_first, large_first, names, placed
from tavolo.ui.components.map import KeyEntry, Map, Shape, ViewBox

CHOSEN, HELD, COMES, LEAVES, NONE = "m-in", "m-3", "m-here", "m-kept", "m-town"
CROWD = 250  # municipalities of which the finest drawing would be too heavy for a page


def placing_map(placing: Placing) -> Map | None:
    """None where nothing of it was ever drawn."""
    return _map_of_towns(placing) if placing.where.is_province else _map_of_areas(placing)


def _map_of_areas(placing: Placing) -> Map | None:
    where, day = placing.where, placing.standing.day
    areas = {area.pk: area for area in where.areas(day)}
    level = Level.MIDDLE if where.area else Level.COARSE
    drawing = areas_drawn(Area.objects.filter(pk__in=areas), level)
    begun = areas_begun(placing)
    shapes = tuple(
        Shape(
            shape.path,
            shape.name,
            href=placing.href(Where(areas[shape.key]), at=MAP),
            css=CHOSEN if shape.key in begun else NONE,
            description=_("the network has something there") if shape.key in begun else "",
        )
        for shape in drawing.shapes
    )
    title = (
        _("Choose a province of %(region)s") % {"region": where.area.title}
        if where.area
        else _("Choose a region")
    )
    said = {CHOSEN: _("the network has something there"), NONE: _("nothing chosen there")}
    return _map(title, shapes, drawing, said, large=True)


def areas_begun(placing: Placing) -> set[int]:
    """The regions and provinces, by primary key, in which something is the network's."""
    towns = placing.standing.towns.values()
    return {
        *placing.standing.areas,
        *(province for province, _region in towns),
        *(region for _province, region in towns if region is not None),
    }


def _map_of_towns(placing: Placing) -> Map | None:
    towns = {town.pk: town for town in placing.here}
    level = Level.FINE if len(towns) <= CROWD else Level.MIDDLE
    day = placing.standing.day
    drawing = municipalities_drawn(
        Municipality.objects.filter(pk__in=towns), level, year=population_year(day), on=day
    )
    shapes = tuple(_town(placing, towns[shape.key], shape.path) for shape in drawing.shapes)
    return _map(
        _("Choose on the map which municipalities are the network’s"), shapes, drawing, said_of()
    )


def _town(placing: Placing, town: Municipality, path: str) -> Shape:
    css, said = shade(placing, town), spoken()
    if css == HELD:
        return Shape(path, town.name, css=css, description=said[css])
    href = placing.turned(town.istat_code).href(at=f"{MAP}-{town.istat_code}")
    return Shape(path, town.name, href=href, css=css, description=said[css], ref=town.istat_code)


def shade(placing: Placing, town: Municipality) -> str:
    if town.istat_code in placing.coming:
        return COMES
    if town.istat_code in placing.leaving:
        return LEAVES
    if town.istat_code in placing.standing.codes:
        return CHOSEN
    return HELD if placing.held(town) else NONE


def said_of() -> dict[str, str]:
    """Of each shade, for the key."""
    return {
        CHOSEN: _("is the network’s"),
        HELD: _("is the network’s with an area"),
        COMES: _("comes"),
        LEAVES: _("leaves"),
        NONE: _("not chosen"),
    }


def spoken() -> dict[str, str]:
    """Of each shade, with what choosing does, for whoever hears the map."""
    return {
        CHOSEN: _("is the network’s; take it out"),
        HELD: _("is the network’s with an area"),
        COMES: _("comes; leave it out"),
        LEAVES: _("leaves; keep it in"),
        NONE: _("not chosen; take it in"),
    }


def _map(
    title: str,
    shapes: tuple[Shape, ...],
    drawing: Drawing,
    said: Mapping[str, str],
    *,
    large: bool = False,
) -> Map | None:
    if not shapes:
        return None
    box = ViewBox.around(drawing.bounds)
    first = large_first if large else crowded_first
    return Map(
        title=title,
        shapes=shapes,
        view_box=box,
        key=MAP,
        width=WIDTH,
        labels=placed(names(first(drawing.shapes)), box),
        legend=tuple(_legend(shapes, said)),
        caption=str(ATTRIBUTION),
        list_href=f"#{LIST}",
    )


def _legend(shapes: tuple[Shape, ...], said: Mapping[str, str]) -> Iterator[KeyEntry]:
    counted = Counter(shape.css for shape in shapes)
    for css, words in said.items():
        if counted[css]:
            yield KeyEntry(css, words, counted[css])
