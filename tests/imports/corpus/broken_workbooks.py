"""XLSX files that are refused, each for a reason of its own."""

import io
from itertools import pairwise

import xlsxwriter

from tests.imports.corpus.expected import (
    AREA,
    COLUMNS,
    DAMAGED,
    ENTITIES,
    HEADINGS,
    MEMORY,
    NOTHING,
    ROWS,
    TABLE,
    UNPACKS,
    Hostile,
    Planted,
    long_cell,
    without_result,
)
from tests.imports.corpus.packages import MAIN, XML, packed, sheet_data, worksheet, xlsx, xlsx_parts
from tests.imports.corpus.workbooks import GOOD, book, parts


def entity_outside(planted: Planted) -> bytes:
    head = f'{XML}<!DOCTYPE x [<!ENTITY a SYSTEM "{planted.url}">]>'
    return xlsx([["Codice", "Comune"], [("", "<v>&a;</v>")]], head=head)


def laughs() -> str:
    names = "abcdefghij"
    told = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    return f'{XML}<!DOCTYPE x [<!ENTITY a "ha">{told}]>'


def other_writer() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("Foglio1")
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, ["037006"])
        sheet.write_formula(1, 1, "=1+1")
    return out.getvalue()


def long_in_shared() -> dict[str, str | bytes]:
    text = "x" * 30_000_000
    return {
        "xl/sharedStrings.xml": f'{XML}<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>',
        "xl/worksheets/sheet1.xml": worksheet(sheet_data([*TABLE, ["1", ('t="s"', "<v>0</v>")]])),
    }


def bomb(text: str) -> dict[str, str | bytes]:
    return {"xl/worksheets/sheet1.xml": worksheet(sheet_data(TABLE), after=text)}


def many_copies() -> dict[str, str | bytes]:
    """A text of 32,000 letters, told 200,000 times: 6 GB from 100 kB."""
    row = '<row><c t="s"><v>0</v></c>' + '<c t="s"><v>0</v></c>' * 99 + "</row>"
    return {
        "xl/sharedStrings.xml": f'{XML}<sst xmlns="{MAIN}"><si><t>{"x" * 32_000}</t></si></sst>',
        "xl/worksheets/sheet1.xml": worksheet(row * 2_000),
    }


def lying_part(name: str) -> bytes:
    """A part that says it unpacks to nearly nothing and unpacks to 50 MB."""
    swollen = worksheet(sheet_data(TABLE), after="<x/>" * 12_500_000)
    content = bytearray(packed(xlsx_parts({"Foglio1": swollen})))
    wanted = name.encode()
    for magic, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = -1
        while (at := content.find(magic, at + 1)) >= 0:
            if content[at + name_at : at + name_at + len(wanted)] == wanted:
                content[at + size_at : at + size_at + 4] = (2_000).to_bytes(4, "little")
    return bytes(content)


FILES = [
    book(
        "xlsx: a formula without result",
        xlsx([list(HEADINGS), ["1", ("", "<f>A1</f>")], ["2", ("", "<f>A2</f><v></v>")]]),
        without_result("B2"),
    ),
    book("xlsx: a formula whose result nobody worked out", other_writer(), without_result("B2")),
    book("xlsx: half a file", GOOD[: len(GOOD) // 2], DAMAGED),
    book("xlsx: its last byte lacking", GOOD[:-1], DAMAGED),
    book("xlsx: its middle overwritten", GOOD[:600] + bytes(200) + GOOD[800:], DAMAGED),
    parts(
        "half a sheet", {"xl/worksheets/sheet1.xml": worksheet(sheet_data(TABLE))[:-40]}, DAMAGED
    ),
    parts("a sheet that is no XML", {"xl/worksheets/sheet1.xml": b"\xff\xfe\x00"}, DAMAGED),
    parts("a sheet of noughts", {"xl/worksheets/sheet1.xml": bytes(1000)}, DAMAGED),
    parts("no list of sheets", {"xl/workbook.xml": "<workbook/>"}, NOTHING),
    parts("lost relations", {"xl/_rels/workbook.xml.rels": "<Relationships/>"}, NOTHING),
    parts(
        "a text that is not in the list",
        {
            "xl/worksheets/sheet1.xml": worksheet(sheet_data([*TABLE, [('t="s"', "<v>7</v>")]])),
        },
        DAMAGED,
    ),
    parts(
        "half a pair of letters",
        {
            "xl/worksheets/sheet1.xml": worksheet(sheet_data([[("t='str'", "<v>&#xD800;</v>")]])),
        },
        DAMAGED,
    ),
    parts(
        "a row of no number",
        {
            "xl/worksheets/sheet1.xml": worksheet('<row r="x"><c r="A1"><v>1</v></c></row>'),
        },
        DAMAGED,
    ),
    book("xlsx: entities without end", xlsx(TABLE, head=laughs()), ENTITIES),
    Hostile("xlsx: an entity from elsewhere", entity_outside, ENTITIES),
    parts("entities in the texts", {"xl/sharedStrings.xml": laughs() + "<sst/>"}, ENTITIES),
    parts(
        "entities in the list of sheets", {"xl/workbook.xml": laughs() + "<workbook/>"}, ENTITIES
    ),
    parts("a sheet that swells a thousand times", bomb("<x/>" * 12_500_000), UNPACKS),
    parts("parts beyond counting", {f"xl/media/{n}": b"" for n in range(6_000)}, UNPACKS),
    book("xlsx: a part that hides how it swells", lying_part("xl/worksheets/sheet1.xml"), DAMAGED),
    parts(
        "one cell of 30 MB",
        {
            "xl/worksheets/sheet1.xml": worksheet(sheet_data([*TABLE, ["1", "x" * 7_000_000]])),
        },
        long_cell("B4"),
    ),
    parts("one shared text of 30 MB", long_in_shared(), UNPACKS),
    parts("one text told 200,000 times", many_copies(), MEMORY),
    parts(
        "200,000 rows",
        {
            "xl/worksheets/sheet1.xml": worksheet(
                sheet_data(TABLE) + "<row><c><v>1</v></c></row>" * 200_000
            )
        },
        ROWS,
    ),
    book("xlsx: 16,000 columns", xlsx([list(range(16_000)), list(range(16_000))]), COLUMNS),
    book("xlsx: a cell at the far end", xlsx({1: list(HEADINGS), 1_048_576: ["x", "y"]}), AREA),
]
