"""The parts into which two kinds of area divide a territory: what coincides, what lies within, what crosses."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tavolo.territory.choices import ATTRIBUTION
from tavolo.territory.outlines import merged
from tavolo.territory.queries import Comparison, Drawing, Pair, Partition
from tavolo.territory.web.addresses import Addresses
from tavolo.territory.web.maps.labels import WIDTH, crowded_first, names, placed
from tavolo.ui.components.map import KeyEntry, Map, Shape, ViewBox

SAME, WITHIN, ACROSS, NONE, TWICE = "m-q1", "m-q2", "m-cross", "m-unknown", "m-kept"


def parts_map(
    found: Comparison, plurals: tuple[str, str], drawing: Drawing, to: Addresses
) -> Map | None:
    """Each municipality by how its two areas lie; broad lines for the first kind, dashed for the second."""
    if not drawing.shapes:
        return None
    box = ViewBox.around(drawing.bounds, 0.03)
    shades, areas = _shades(found), _areas(found)
    counts = Counter(shades.get(shape.key, NONE) for shape in drawing.shapes)
    return Map(
        title=_("%(one)s and %(other)s") % {"one": plurals[0], "other": plurals[1]},
        shapes=(
            *(
                Shape(
                    shape.path,
                    shape.name,
                    href=to.of(shape),
                    css=shades.get(shape.key, NONE),
                    description=areas.get(shape.key, _("in none")),
                    ref=shape.code,
                )
                for shape in drawing.shapes
            ),
            *_outlines(found.one, "m-solid", drawing),
            *_outlines(found.other, "m-dash", drawing),
        ),
        view_box=box,
        key="mappa",
        width=WIDTH,
        labels=placed(names(crowded_first(drawing.shapes)), box),
        legend=(
            KeyEntry("m-solid", plurals[0]),
            KeyEntry("m-dash", plurals[1]),
            *(KeyEntry(css, said, counts[css]) for css, said in _words() if counts[css]),
        ),
        caption=str(ATTRIBUTION),
        list_href="#matrice",
    )


def _words() -> tuple[tuple[str, str], ...]:
    return (
        (SAME, _("the two areas are the same")),
        (WITHIN, _("one area lies within the other")),
        (ACROSS, _("the two areas cross")),
        (TWICE, _("in two areas of one kind")),
        (NONE, _("in none of one kind")),
    )


def _shades(found: Comparison) -> dict[int, str]:
    """Of a municipality with parts the most divided counts."""
    order = (SAME, WITHIN, ACROSS)
    shades: dict[int, str] = {}
    for pair in found.pairs:
        css = _shade(pair)
        for place in pair.shared:
            shades[place.key] = max(shades.get(place.key, SAME), css, key=order.index)
    gaps = {place.key for side in (found.one, found.other) for place in side.gaps}
    doubled = {each.place.key for side in (found.one, found.other) for each in side.overlaps}
    return shades | dict.fromkeys(gaps, NONE) | dict.fromkeys(doubled, TWICE)


def _shade(pair: Pair) -> str:
    if pair.coincides:
        return SAME
    return WITHIN if pair.one_inside or pair.other_inside else ACROSS


def _areas(found: Comparison) -> dict[int, str]:
    """In words, in which areas a municipality lies."""
    lies: dict[int, list[str]] = {}
    for side in (found.one, found.other):
        for area in side.areas:
            for key in {place.key for place in area.places}:
                lies.setdefault(key, []).append(area.title)
    return {key: ", ".join(titles) for key, titles in lies.items()}


def _outlines(side: Partition, css: str, drawing: Drawing) -> Iterator[Shape]:
    for area in side.areas:
        keys = {place.key for place in area.places if place.unit_key is None}
        path = merged((shape.path for shape in drawing.shapes if shape.key in keys), drawing.level)
        if path:
            yield Shape(path, css=css)
