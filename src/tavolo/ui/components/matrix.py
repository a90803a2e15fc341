"""Two lists laid over each other: rows, columns, and what they have in common."""

from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tavolo.ui import words
from tavolo.ui.components.base import Component, Part
from tavolo.ui.components.checks import Words, require

BROAD = 7  # columns that stand side by side; with more, each row is a list at any width


@dataclass(frozen=True)
class Head(Part):
    """What a row or a column is; `note` stands beneath in small."""

    label: Words
    href: str = ""
    note: Words = ""

    def check(self) -> None:
        require(self.label, "A row and a column have a label.")


@dataclass(frozen=True)
class Crossing(Part):
    """How much a row and a column have in common: 0 is nothing, and left empty. `mark` says more."""

    number: int
    mark: Words = ""

    @property
    def shown(self) -> SafeString:
        return format_html("{}", words.number(self.number))


@dataclass(frozen=True)
class MatrixRow(Part):
    head: Head
    crossings: tuple[Crossing, ...]


@dataclass(frozen=True)
class Matrix(Component, template="ui/components/matrix.html"):
    """A table of counts. On a phone, and where there are many columns, each row lists what it has.

    `corner` says what the rows and the columns are.
    """

    caption: Words
    corner: Words
    columns: tuple[Head, ...]
    rows: tuple[MatrixRow, ...]
    key: str = "matrix"

    def check(self) -> None:
        require(self.caption and self.corner, "A matrix says what its rows and columns are.")
        require(self.columns and self.rows, "A matrix has rows and columns.")
        for row in self.rows:
            require(len(row.crossings) == len(self.columns), "A crossing for each column.")

    @property
    def layout(self) -> Literal["broad", "list"]:
        return "broad" if len(self.columns) <= BROAD else "list"

    @property
    def lines(self) -> list[tuple[Head, list[tuple[Head, Crossing]]]]:
        return [
            (row.head, list(zip(self.columns, row.crossings, strict=True))) for row in self.rows
        ]
