"""The map on which members are chosen: each shape is a link that turns it over and comes back to it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from tavolo.desk.web.areas.state import MAP, Choosing
from tavolo.territory.choices import ATTRIBUTION, Level
from tavolo.territory.models import Municipality
from tavolo.territory.outlines import merged
from tavolo.territory.queries import Drawing, municipalities_drawn, population_year
from tavolo.territory.queries.choosing import Candidate
from tavolo.territory.web.maps.labels import WIDTH, crowded_first, names, placed
from tavolo.ui.components.map import KeyEntry, Map, Shape, ViewBox

STAYS, COMES, LEAVES, OTHER, NONE = "m-in", "m-here", "m-kept", "m-town", "m-unknown"
DIVIDED = "m-cross"
LIST = "elenco"
CROWD = 250  # municipalities of which the finest drawing would be too heavy for a page


def choice_map(choosing: Choosing) -> Map | None:
    """The territory with what is chosen; None where nothing of it was ever drawn."""
    choice = choosing.choice
    towns = Municipality.objects.filter(pk__in={one.place.key for one in choice.candidates})
    level = Level.FINE if len(choice.candidates) <= CROWD else Level.MIDDLE
    drawing = municipalities_drawn(towns, level, year=population_year(choice.day), on=choice.day)
    if not drawing.shapes:
        return None
    box = ViewBox.around(drawing.bounds)
    return Map(
        title=_("Choose on the map who belongs to %(area)s") % {"area": choice.area.title},
        shapes=(*_shapes(choosing, drawing), *_boundaries(choosing, drawing)),
        view_box=box,
        key=MAP,
        width=WIDTH,
        labels=placed(names(crowded_first(drawing.shapes)), box),
        legend=tuple(_legend(choosing)),
        caption=str(ATTRIBUTION),
        list_href=f"#{LIST}",
    )


def _by_town(choosing: Choosing) -> dict[int, list[Candidate]]:
    found: dict[int, list[Candidate]] = {}
    for one in choosing.choice.candidates:
        found.setdefault(one.place.key, []).append(one)
    return found


def _shapes(choosing: Choosing, drawing: Drawing) -> Iterator[Shape]:
    by_town, to = _by_town(choosing), choosing.toggling()
    for shape in drawing.shapes:
        parts = by_town[shape.key]
        css = _shade_of_all(choosing, parts)
        if len(parts) > 1:
            # Of parts no boundary is known: they are chosen in the list.
            said_of = _("its parts are chosen in the list")
            yield Shape(shape.path, shape.name, css=css, description=said_of)
            continue
        (one,) = parts
        yield Shape(
            shape.path,
            shape.name,
            href=to.href(one.token),
            css=css,
            description=said(choosing, one),
            ref=one.token,
        )


def _shade_of_all(choosing: Choosing, parts: Sequence[Candidate]) -> str:
    """The shade of a municipality, or that its parts are not alike."""
    shades = {_shade(choosing, one) for one in parts}
    return shades.pop() if len(shades) == 1 else DIVIDED


def _shade(choosing: Choosing, one: Candidate) -> str:
    if one.token in choosing.tokens:
        return STAYS if one.inside else COMES
    if one.inside:
        return LEAVES
    return OTHER if one.homes else NONE


def said(choosing: Choosing, one: Candidate) -> str:
    """Where it is and what choosing it does, for whoever hears the map."""
    homes = ", ".join(area.title for area in one.homes)
    if one.token in choosing.tokens:
        return _("belongs to it; take it out") if one.inside else _("comes; leave it as it was")
    if one.inside:
        return _("leaves; keep it in")
    if homes:
        return _("in %(areas)s; take it in here") % {"areas": homes}
    return _("in no area of this kind; take it in")


def _legend(choosing: Choosing) -> Iterator[KeyEntry]:
    counted = Counter(_shade_of_all(choosing, parts) for parts in _by_town(choosing).values())
    for css, words in (
        (STAYS, _("belongs to it")),
        (COMES, _("comes")),
        (LEAVES, _("leaves")),
        (OTHER, _("in another area of this kind")),
        (NONE, _("in no area of this kind")),
        (DIVIDED, _("divided: its parts are chosen in the list")),
    ):
        if counted[css]:
            yield KeyEntry(css, words, counted[css])


def _boundaries(choosing: Choosing, drawing: Drawing) -> Iterator[Shape]:
    """The other areas of the kind as they are on the day, each with a line around it."""
    held: dict[int, set[int]] = {}
    for one in choosing.choice.candidates:
        for area in one.homes:
            held.setdefault(area.key, set()).add(one.place.key)
    paths = {shape.key: shape.path for shape in drawing.shapes}
    for towns in held.values():
        outline = merged((paths[key] for key in towns if key in paths), drawing.level)
        if outline:
            yield Shape(outline, css="m-edge")
