"""The values of a figure for the shapes of a page: municipalities, or areas by their municipalities."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import QuerySet

from tavolo.territory import queries
from tavolo.territory.models import Area, Municipality
from tavolo.territory.web.asof import Asked
from tavolo.territory.web.shades import Shading


def of_municipalities(
    asked: Asked, municipalities: QuerySet[Municipality], keys: Iterable[int]
) -> Shading | None:
    """The figure that was asked for, of each municipality by primary key; None where none was asked."""
    if asked.figure is None:
        return None
    known = asked.figure.read(municipalities, asked.on)
    values = {
        key: asked.figure.value([known.parts[key]]) if key in known.parts else None for key in keys
    }
    whole = asked.figure.value(known.parts[key] for key in values if key in known.parts)
    return Shading.of(asked.figure, known.note, values, whole)


def of_areas(
    asked: Asked, areas: QuerySet[Area], held: Mapping[int, Collection[int]]
) -> Shading | None:
    """The same of areas: those municipalities that they hold and that are known, added up."""
    if asked.figure is None:
        return None
    known = asked.figure.read(queries.municipalities_in_any(areas, on=asked.on), asked.on)
    values = {
        area: asked.figure.value(known.parts[key] for key in keys if key in known.parts)
        for area, keys in held.items()
    }
    return Shading.of(asked.figure, known.note, values, asked.figure.value(known.parts.values()))
