"""The rows under a map: the same things with the same figures, ordered by a link, page by page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tavolo.kernel.errors import BadRequest
from tavolo.kernel.paging import PAGE_SIZE
from tavolo.territory.plugs import Figure
from tavolo.territory.web.shades import Shading
from tavolo.ui.address import query_with
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table
from tavolo.ui.words import Missing

ORDER = "ordina"
NAME = "nome"


@dataclass(frozen=True)
class Line:
    """One thing: a municipality, an area. `values` are None where they are not known."""

    code: str
    name: str
    sort_key: str
    href: str
    values: tuple[float | None, ...]
    note: str = ""


@dataclass(frozen=True)
class Measure:
    """A column of numbers; `slug` stands in the address that orders by it. `main` is shown on a phone."""

    slug: str
    label: Any
    decimals: int = 0
    chosen: bool = False
    main: bool = False


@dataclass(frozen=True)
class Listing:
    """What a table is made of; `here` is the id of its section, to which an ordering link leads."""

    caption: str
    first: str
    measures: tuple[Measure, ...]
    lines: Sequence[Line]
    empty: EmptyState
    here: str

    def table(
        self,
        query: QueryDict,
        *,
        foot: Row | None = None,
        exports: tuple[CardLink, ...] = (),
        key: str = "elenco",
    ) -> Table:
        """One page of the rows, in the order that the address asks for.

        Refuses with BadRequest an order and a place in the list that do not exist.
        """
        by = self._order(query.get(ORDER, NAME))
        ordered = self._ordered(by)
        shown, paging = _page(ordered, query, self.here)
        return Table(
            caption=self.caption,
            columns=(
                self._column(query, NAME, self.first, by),
                *(self._column(query, each.slug, each.label, by, each) for each in self.measures),
            ),
            rows=tuple(map(self._row, shown)),
            empty=self.empty,
            key=key,
            paging=paging if len(ordered) > PAGE_SIZE else None,
            foot=foot if ordered else None,
            exports=exports,
            dense=True,
            caption_hidden=True,
            narrow="keep",
        )

    def _order(self, asked: str) -> str:
        if asked.removeprefix("-") not in {NAME, *(each.slug for each in self.measures)}:
            raise BadRequest(_("The list cannot be ordered in that way."))
        return asked

    def _ordered(self, by: str) -> list[Line]:
        ordered = sorted(self.lines, key=lambda line: (line.sort_key, line.code))
        if by in {NAME, f"-{NAME}"}:
            return ordered if by == NAME else ordered[::-1]
        place = [each.slug for each in self.measures].index(by.removeprefix("-"))

        def value(line: Line) -> float:
            return line.values[place] or 0

        known = [line for line in ordered if line.values[place] is not None]
        known.sort(key=value, reverse=by.startswith("-"))
        # Who is not known stands last, whichever way the list runs.
        return known + [line for line in ordered if line.values[place] is None]

    def _column(
        self, query: QueryDict, slug: str, label: Any, by: str, measure: Measure | None = None
    ) -> Column:
        # Names begin with A, numbers with the largest; the same link again turns the list round.
        natural = slug if measure is None else f"-{slug}"
        other = slug if natural != slug else f"-{slug}"
        wanted = other if by == natural else natural
        changed = {ORDER: None if wanted == NAME else wanted, "after": None, "before": None}
        return Column(
            label,
            numeric=measure is not None,
            href=f"{query_with(query, **changed)}#{self.here}",
            order=_direction(by, slug),
            chosen=measure is not None and measure.chosen,
            minor=measure is not None and not self._leads(measure),
        )

    def _leads(self, measure: Measure) -> bool:
        """Whether a phone shows the column: the chosen one, or else the main one."""
        chosen = any(each.chosen for each in self.measures)
        return measure.chosen if chosen else measure.main

    def _row(self, line: Line) -> Row:
        cells = zip(self.measures, line.values, strict=True)
        return Row(
            (
                Cell(line.name, line.href, note=line.note),
                *(
                    Cell(Missing.UNKNOWN if value is None else value, decimals=measure.decimals)
                    for measure, value in cells
                ),
            )
        )


def with_figure(
    measures: tuple[Measure, ...], shading: Shading | None
) -> tuple[
    tuple[Measure, ...], Callable[[int, tuple[float | None, ...]], tuple[float | None, ...]]
]:
    """The columns with that of the figure, and how a line's values get its own.

    A figure that has a column already is only marked there.
    """
    if shading is None:
        return measures, lambda _key, values: values
    figure: Figure = shading.figure
    if figure.slug in {each.slug for each in measures}:
        marked = tuple(replace(each, chosen=each.slug == figure.slug) for each in measures)
        return marked, lambda _key, values: values
    column = Measure(figure.slug, _figure_label(figure), figure.decimals, chosen=True)
    return (*measures, column), lambda key, values: (*values, shading.values.get(key))


def _figure_label(figure: Figure) -> str:
    return f"{figure.label}, {figure.unit}" if figure.unit else str(figure.label)


def _direction(by: str, slug: str) -> Any:
    return {slug: "ascending", f"-{slug}": "descending"}.get(by, "")


def _page(lines: Sequence[Line], query: QueryDict, here: str) -> tuple[Sequence[Line], Paging]:
    """The page after, or before, the line that the address names by its code."""
    after, before = query.get("after", ""), query.get("before", "")
    codes = [line.code for line in lines]
    start = _place(codes, after) + 1 if after else 0
    if before and not after:
        start = max(0, _place(codes, before) - PAGE_SIZE)
    if start and start == len(lines):
        raise BadRequest
    shown = lines[start : start + PAGE_SIZE]
    end = start + len(shown)
    previous = query_with(query, after=None, before=codes[start]) if 0 < start < len(codes) else ""
    following = query_with(query, before=None, after=codes[end - 1]) if end < len(codes) else ""
    return shown, Paging(
        len(shown),
        len(lines),
        previous_href=previous and f"{previous}#{here}",
        next_href=following and f"{following}#{here}",
    )


def _place(codes: Sequence[str], code: str) -> int:
    try:
        return codes.index(code)
    except ValueError as fault:
        raise BadRequest from fault
