"""Files to fill in: headings, an example, a sheet that explains, words to choose from."""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from tavolo.imports.plugs import Field, ImportKind
from tavolo.imports.reading.limits import ROWS
from tavolo.imports.values import shape_of, written
from tavolo.imports.writing import ods
from tavolo.imports.writing.cells import Cell, cell, sheet_name, widths
from tavolo.imports.writing.xlsx import Looks, put_row, workbook

_EXPLAINED_WIDTHS = (28, 12, 70, 50)
_HEADING_ROW, _EXAMPLE_ROW = 0, 1


def headings(kind: ImportKind) -> list[str]:
    return [str(field.label) for field in kind.fields]


def example(kind: ImportKind) -> list[Any]:
    """The examples as their columns hold them: a day as a day, a code as text."""
    return [_example_of(field) for field in kind.fields]


def _example_of(field: Field) -> Any:
    if shape_of(field.read) == "text" or not field.example:
        return field.example
    return written(field.read, field.read(field.example))


def explained(kind: ImportKind) -> Iterator[list[Cell]]:
    """The sheet that explains, row by row; its headings first."""
    yield [_("Column"), _("Needed"), _("What it holds"), _("Words that may stand there")]
    for field in kind.fields:
        words = "\n".join(_word(word, str(said)) for word, said in field.choices)
        needed = _("yes") if field.required else _("no")
        yield [cell(str(field.label)), needed, cell(str(field.help)), cell(words)]
    yield []
    yield [cell(str(kind.help))]
    yield [_("Row 2 of the first sheet is an example: write over it.")]
    yield [_("Leave the headings as they are; columns may be left out or put in another order.")]


def _word(word: str, said: str) -> str:
    return word if said in {"", word} else f"{word}: {said}"


def write_ods(stream: BinaryIO, kind: ImportKind) -> None:
    labels, row = headings(kind), [cell(value) for value in example(kind)]
    first: list[tuple[str, Sequence[Cell]]] = [("heading", [cell(label) for label in labels])]
    if any(row):
        first.append(("example", row))
    prose = [("prose", cells) for cells in explained(kind)]
    sheets = [
        ods.Sheet(sheet_name(str(kind.label)), widths([labels, row]), first),
        ods.Sheet(_instructions(), _EXPLAINED_WIDTHS, [("heading", prose[0][1]), *prose[1:]]),
    ]
    ods.write_sheets(stream, sheets)


def write_xlsx(stream: BinaryIO, kind: ImportKind) -> None:
    with workbook(stream, str(kind.label)) as (book, looks):
        _put_table(book.add_worksheet(sheet_name(str(kind.label))), looks, kind)
        _put_instructions(book.add_worksheet(_instructions()), looks, kind)
        _put_choices(book, kind)


def _instructions() -> str:
    return _("Instructions")


def _put_table(sheet: Worksheet, looks: Looks, kind: ImportKind) -> None:
    labels, row = headings(kind), [cell(value) for value in example(kind)]
    look_of = {"text": looks.text, "day": looks.day, "number": None}
    for place, width in enumerate(widths([labels, row])):
        # Formats of the whole column, so that what is typed in is taken as what it is.
        sheet.set_column(place, place, width, look_of[shape_of(kind.fields[place].read)])
    sheet.freeze_panes(1, 0)
    put_row(sheet, looks, _HEADING_ROW, [cell(label) for label in labels], text=looks.heading)
    put_row(sheet, looks, _EXAMPLE_ROW, row, text=looks.example)


def _put_instructions(sheet: Worksheet, looks: Looks, kind: ImportKind) -> None:
    for place, width in enumerate(_EXPLAINED_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    for number, cells in enumerate(explained(kind)):
        look = looks.prose if number else looks.heading
        put_row(sheet, looks, number, cells, text=look)


def _put_choices(book: xlsxwriter.Workbook, kind: ImportKind) -> None:
    """A sheet with the words, a column for each field that has some: lists in a cell are too short."""
    chosen = [(place, field) for place, field in enumerate(kind.fields) if field.choices]
    if not chosen:
        return
    table, lists = book.worksheets()[0], book.add_worksheet(_("Lists"))
    lists.hide()
    longest = max(len(field.choices) for _place, field in chosen)
    for number in range(longest):
        for column, (_place, field) in enumerate(chosen):
            if number < len(field.choices):
                lists.write_string(number, column, field.choices[number][0])
    for column, (place, field) in enumerate(chosen):
        letter = xlsxwriter.utility.xl_col_to_name(column, col_abs=True)
        table.data_validation(
            _EXAMPLE_ROW,
            place,
            ROWS,
            place,
            {
                "validate": "list",
                "source": f"='{lists.get_name()}'!{letter}$1:{letter}${len(field.choices)}",
                "error_title": _("Another word"),
                "error_message": _("Choose one of the words in the list."),
            },
        )
