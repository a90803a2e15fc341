"""A table with its caption, count, pages and filters; on a phone each row becomes labelled lines."""

from dataclasses import dataclass
from typing import Any, Literal

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tavolo.kernel.paging import Page
from tavolo.ui import words
from tavolo.ui.address import query_with
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.base import Component, Part
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.checks import Words, require
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.words import Missing


@dataclass(frozen=True)
class Column(Part):
    """`numeric` stands right; `short` is the label before the value on a phone.

    With `href` the heading orders the rows by this column; `order` is how they are ordered by it
    now. `chosen` marks the column that the page is about, `minor` one that a phone leaves out.
    """

    label: Words
    numeric: bool = False
    short: Words = ""
    href: str = ""
    order: Literal["", "ascending", "descending"] = ""
    chosen: bool = False
    minor: bool = False

    def check(self) -> None:
        require(self.label, "A column has a label.")
        require(not (self.chosen and self.minor), "A chosen column is not left out.")

    @property
    def css(self) -> str:
        marks = (("num", self.numeric), ("is-chosen", self.chosen), ("is-minor", self.minor))
        return " ".join(name for name, holds in marks if holds)


@dataclass(frozen=True)
class Cell(Part):
    """A value: words, a number, a state, or why there is none. `note` stands beneath in small."""

    value: int | float | Words | Badge | Missing
    href: str = ""
    note: Words = ""
    decimals: int = 0

    @property
    def shown(self) -> SafeString:
        if isinstance(self.value, Missing):
            return words.say_missing(self.value)
        if isinstance(self.value, Badge):
            return self.value.render()
        if isinstance(self.value, int | float):
            return format_html("{}", words.number(self.value, self.decimals))
        return format_html("{}", self.value)


@dataclass(frozen=True)
class Row(Part):
    """The first cell names the row."""

    cells: tuple[Cell, ...]

    @classmethod
    def of(cls, *values: Any) -> "Row":
        """A row of bare values; a `Cell` among them stays as it is, None is not determinable."""
        return cls(tuple(_cell(value) for value in values))


@dataclass(frozen=True)
class Paging(Part):
    """How many of how many, and the addresses of the pages around."""

    shown: int
    total: int
    previous_href: str = ""
    next_href: str = ""

    def check(self) -> None:
        require(0 <= self.shown <= self.total, "No more is shown than there is.")

    @classmethod
    def of(cls, page: Page[Any], query: QueryDict) -> "Paging":
        """For a page of the kernel's keyset paging; filters in the address are kept."""
        return cls(
            shown=len(page.items),
            total=page.total,
            previous_href=query_with(query, after=None, before=page.before) if page.before else "",
            next_href=query_with(query, before=None, after=page.after) if page.after else "",
        )


@dataclass(frozen=True)
class Option(Part):
    value: str
    label: Words


@dataclass(frozen=True)
class Filter(Part):
    """A choice of a closed list, or with no options a text to look for."""

    name: str
    label: Words
    value: str = ""
    options: tuple[Option, ...] = ()

    def check(self) -> None:
        require(self.name and self.label, "A filter has a name and a label.")


@dataclass(frozen=True)
class Table(Component, template="ui/components/table.html"):
    """`key` is unique in the page. Without rows, `empty` is shown in its place.

    `kept` are other parameters of the address, which the filters leave as they are. `exports` are
    the same rows as files. `foot` is a last row of totals. `narrow` says what a
    phone gets: labelled lines (`stack`), one line without labels (`brief`, where the values speak
    for themselves) or the same table (`keep`, for two or three short columns).
    `caption_hidden` keeps the caption for readers where a heading says the same.
    """

    caption: Words
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: EmptyState
    key: str = "table"
    paging: Paging | None = None
    filters: tuple[Filter, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    exports: tuple[CardLink, ...] = ()
    foot: Row | None = None
    dense: bool = False
    caption_hidden: bool = False
    narrow: Literal["stack", "brief", "keep"] = "stack"

    def check(self) -> None:
        require(self.caption, "A table has a caption.")
        require(self.columns, "A table has columns.")
        for row in (*self.rows, *([self.foot] if self.foot else [])):
            require(len(row.cells) == len(self.columns), "Each row has a cell for each column.")

    @property
    def is_filtered(self) -> bool:
        return any(item.value for item in self.filters)

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        return [list(zip(self.columns, row.cells, strict=True)) for row in self.rows]

    @property
    def foot_line(self) -> list[tuple[Column, Cell]]:
        return list(zip(self.columns, self.foot.cells, strict=True)) if self.foot else []


def _cell(value: Any) -> Cell:
    if isinstance(value, Cell):
        return value
    return Cell(Missing.UNKNOWN if value is None else value)
