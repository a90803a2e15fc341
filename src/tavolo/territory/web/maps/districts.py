"""The districts in which a municipality lies, laid over each other: each with an outline of its own."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tavolo.territory.choices import ATTRIBUTION
from tavolo.territory.outlines import merged
from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries import Belonging, Drawing, Drawn
from tavolo.territory.web.addresses import Addresses
from tavolo.territory.web.maps.labels import WIDTH, names, placed
from tavolo.ui import words
from tavolo.ui.components.map import KeyEntry, Map, Shape, ViewBox

# Broad, dashed and dotted: all three show where they run along each other.
LINES = ("m-solid", "m-dash", "m-dot")


@dataclass(frozen=True)
class District:
    """A line of the list beside the map; `line` is its outline there, "" where it is not drawn."""

    title: str
    href: str
    kind: str
    note: str
    line: str
    demonstration: bool


@dataclass(frozen=True)
class Districts:
    """The districts of a municipality, those that the map shows first, and how many have all in common."""

    list: tuple[District, ...]
    map: Map | None
    in_all: str
    compare_href: str


def overlapping(
    here: int,
    belongings: Sequence[Belonging],
    held: Mapping[int, Collection[int]],
    drawing: Drawing,
    to: Addresses,
) -> Districts:
    """The smallest three are drawn: a large one would make them too small to see."""
    ordered = sorted(belongings, key=lambda each: len(held.get(each.area, ())))
    drawn = ordered[: len(LINES)]
    lines = dict(zip([each.area for each in drawn], LINES, strict=False))
    legend = tuple(KeyEntry(lines[each.area], each.title) for each in drawn)
    plain = _map(here, {lines[each.area]: held.get(each.area, ()) for each in drawn}, drawing, to)
    return Districts(
        tuple(_district(each, held, lines.get(each.area, ""), to) for each in ordered),
        replace(plain, legend=legend) if plain else None,
        _in_all([frozenset(held.get(each.area, ())) for each in ordered]),
        to.comparison(ordered[0].kind, ordered[1].kind) if ordered[1:] else "",
    )


def _district(
    each: Belonging, held: Mapping[int, Collection[int]], line: str, to: Addresses
) -> District:
    count = len(held.get(each.area, ()))
    notes = [
        str(area_kinds.get(each.kind).label),
        ngettext("%(number)s municipality", "%(number)s municipalities", count)
        % {"number": words.number(count)},
    ]
    if each.period.valid_from:
        notes.append(words.since_words(each.period.valid_from))
    if each.period.valid_until:
        notes.append(words.until_words(each.period.valid_until))
    return District(
        each.title,
        to.area(each.kind, each.code),
        each.kind,
        " · ".join(notes),
        line,
        each.demonstration,
    )


def _map(
    here: int, outlined: Mapping[str, Collection[int]], drawing: Drawing, to: Addresses
) -> Map | None:
    """The municipalities of all these districts, and around each district its line."""
    inside = {key for keys in outlined.values() for key in keys}
    towns = [shape for shape in drawing.shapes if shape.key in inside]
    if not towns:
        return None
    box = ViewBox.around(Drawing(drawing.level, tuple(towns)).bounds, 0.03)
    return Map(
        title=_("The districts that overlap here"),
        shapes=(*(_town(shape, here, to) for shape in towns), *outlines(outlined, drawing)),
        view_box=box,
        key="distretti",
        width=WIDTH,
        labels=placed(names(shape for shape in towns if shape.key == here), box),
        caption=str(ATTRIBUTION),
        list_href="#distretti-elenco",
    )


def outlines(outlined: Mapping[str, Collection[int]], drawing: Drawing) -> Iterator[Shape]:
    """A line of that sort around each set of municipalities, where any of them is drawn."""
    for css, keys in outlined.items():
        path = merged((shape.path for shape in drawing.shapes if shape.key in keys), drawing.level)
        if path:
            yield Shape(path, css=css)


def _town(shape: Drawn, here: int, to: Addresses) -> Shape:
    if shape.key == here:
        return Shape(shape.path, shape.name, css="m-here")
    return Shape(shape.path, shape.name, href=to.of(shape), css="m-town")


def _in_all(areas: Sequence[frozenset[int]]) -> str:
    """How many municipalities lie in every one of them, where there are several."""
    if not areas[1:]:
        return ""
    number = len(frozenset.intersection(*areas))
    return ngettext(
        "%(number)s municipality lies in all of them.",
        "%(number)s municipalities lie in all of them.",
        number,
    ) % {"number": words.number(number)}
