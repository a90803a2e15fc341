"""XLS files, each wrong in a way of its own."""

import struct

from tests.imports.corpus import biff
from tests.imports.corpus.expected import (
    AREA,
    CITIES,
    DAMAGED,
    HEADINGS,
    MACROS,
    NOTHING,
    ON_SHEET,
    PROTECTED,
    TABLE,
    Hostile,
    Planted,
    Reads,
    always,
    hidden,
)

ONE = ("Foglio1",)
GOOD = biff.xls(TABLE)
UNKNOWN = "“tabella.xls” is no table: it is neither XLSX, XLS or ODS nor text."


def book(key: str, content: bytes, expected: Reads | str) -> Hostile:
    if isinstance(expected, str):
        expected = expected.replace("tabella.xlsx", "tabella.xls")
    return Hostile(f"xls: {key}", always(content), expected, name="tabella.xls")


def several() -> bytes:
    sheets = [
        ("Leggimi", 0, biff.sheet([])),
        ("Appunti", 1, biff.sheet([["segreto", "x"]])),
        ("Dati", 0, biff.sheet(TABLE)),
    ]
    return biff.compound({"Workbook": biff.globals_of(sheets)})


def macros(planted: Planted) -> bytes:
    code = f'Sub Auto_Open()\nShell "touch {planted.marker}"\nEnd Sub'
    records = biff.globals_of([("Foglio1", 0, biff.sheet(TABLE))])
    return biff.compound({"Workbook": records, "_VBA_PROJECT_CUR": code.encode()})


def running_in_circles() -> bytes:
    """A chain of sectors that leads back to its beginning."""
    content = bytearray(GOOD)
    fat = struct.unpack_from("<I", content, 76)[0]
    struct.pack_into("<I", content, (fat + 1) * 512 + 4, 0)
    return bytes(content)


FILES = [
    book("as it should be", GOOD, ON_SHEET),
    book(
        "values of all kinds",
        biff.xls(
            [
                list(HEADINGS),
                ["037006", 37006],
                [(1, 45350.0), (2, 45350.4375)],
                [True, 140.86],
                [biff.formula(4, 0, 7.5), biff.error_cell(4, 1, 0x07)],
                [biff.error_cell(5, 0, 0x2A), biff.failed_formula(5, 1, 0x17)],
            ]
        ),
        Reads(
            HEADINGS,
            [
                (2, ("037006", "37006")),
                (3, ("2024-02-28", "2024-02-28T10:30:00")),
                (4, ("TRUE", "140,86")),
                (5, ("7,5", "#DIV/0!")),
                (6, ("#N/A", "#REF!")),
            ],
            ONE,
            "Foglio1",
        ),
    ),
    book(
        "districts joined down",
        biff.xls(
            [["Distretto", "Comune"], ["Città", "Bologna"], [None, "Casalecchio"]],
            extra=biff.merged(1, 2, 0, 0),
        ),
        Reads(
            ("Distretto", "Comune"),
            [(2, ("Città", "Bologna")), (3, ("Città", "Casalecchio"))],
            ONE,
            "Foglio1",
        ),
    ),
    book(
        "several sheets, the first empty, one hidden",
        several(),
        Reads(HEADINGS, CITIES, ("Leggimi", "Appunti", "Dati"), "Dati", (hidden("Appunti"),)),
    ),
    book(
        "so short that it lies among the small streams",
        biff.compound(
            {"Note": b"x" * 500, "Workbook": biff.globals_of([("Foglio1", 0, biff.sheet(TABLE))])},
            small=True,
        ),
        ON_SHEET,
    ),
    book(
        "so long that the header cannot tell where it lies",
        biff.compound(
            {
                "Immagini": b"x" * 8_000_000,
                "Workbook": biff.globals_of([("Foglio1", 0, biff.sheet(TABLE))]),
            }
        ),
        ON_SHEET,
    ),
    book(
        "a cell cut short",
        biff.xls(TABLE, extra=biff.record(0x0203, b"\x09\0\x01\0")),
        DAMAGED,
    ),
    book("half a file", GOOD[:2600], DAMAGED),
    book("its beginning alone", GOOD[:100], DAMAGED),
    book("sectors that run in circles", running_in_circles(), DAMAGED),
    book("records of noughts", biff.compound({"Workbook": bytes(5000)}), NOTHING),
    book(
        "records cut short",
        biff.compound({"Workbook": biff.globals_of([("Foglio1", 0, biff.sheet(TABLE)[:40])])[:-4]}),
        DAMAGED,
    ),
    book(
        "a cell at the far end",
        biff.xls([list(HEADINGS)], extra=biff.cell(65_535, 255, "x")),
        AREA,
    ),
    book(
        "a span that only says that it is wide",
        biff.xls(TABLE, extra=biff.record(0x0200, struct.pack("<IIHHH", 0, 10**6, 0, 250, 0))),
        AREA,
    ),
    book(
        "a span that ends before it begins",
        biff.xls(TABLE, extra=biff.record(0x0200, struct.pack("<IIHHH", 130, 3, 0, 2, 0))),
        DAMAGED,
    ),
    book(
        "a password",
        biff.compound(
            {
                "Workbook": biff.globals_of(
                    [("Foglio1", 0, biff.sheet(TABLE))], extra=biff.record(0x2F, bytes(54))
                )
            }
        ),
        PROTECTED,
    ),
    book(
        "a password of a newer program",
        biff.compound({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y"}),
        PROTECTED,
    ),
    book("other things in it", biff.compound({"Outlook": b"x"}), UNKNOWN),
    Hostile(
        "xls: macros",
        macros,
        Reads(HEADINGS, CITIES, ONE, "Foglio1", (MACROS,)),
        name="tabella.xls",
    ),
]
