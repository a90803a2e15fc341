"""XLSX files, each wrong in a way of its own."""

from tests.imports.corpus.expected import (
    CITIES,
    HEADINGS,
    LINKS,
    MACROS,
    NOTHING,
    ON_SHEET,
    TABLE,
    Hostile,
    Planted,
    Reads,
    above,
    always,
    hidden,
)
from tests.imports.corpus.packages import (
    MAIN,
    RELS,
    XML,
    packed,
    sheet_data,
    worksheet,
    xlsx,
    xlsx_parts,
)

ONE = ("Foglio1",)
GOOD = xlsx(TABLE)


def book(key: str, content: bytes, expected: Reads | str, *, sheet: str = "") -> Hostile:
    return Hostile(key, always(content), expected, sheet=sheet)


def cells(
    key: str, rows: list[list[object]], *read: tuple[int, tuple[str, ...]], **how: str
) -> Hostile:
    """A table under the usual headings and what its rows read to."""
    content = xlsx([list(HEADINGS), *rows], **how)
    return book(f"xlsx: {key}", content, Reads(HEADINGS, list(read), ONE, "Foglio1"))


def parts(key: str, more: dict[str, str | bytes], expected: Reads | str) -> Hostile:
    made = xlsx_parts({"Foglio1": worksheet(sheet_data(TABLE))}) | more
    return book(f"xlsx: {key}", packed(made), expected)


def merges(*ranges: str) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="{at}"/>' for at in ranges) + "</mergeCells>"


def several(**how: object) -> bytes:
    sheets = {
        "Leggimi": worksheet(""),
        "Appunti": worksheet(sheet_data([["segreto"], ["nascosto"]])),
        "Dati": worksheet(sheet_data(TABLE)),
        "Altro": worksheet(sheet_data([["A", "B"], ["1", "2"]])),
    }
    return packed(xlsx_parts(sheets, **how))


def linked(planted: Planted) -> bytes:
    """Links, a connection, a picture and a data exchange that would start a program."""
    formulas = [
        ("", f"<f>WEBSERVICE(&quot;{planted.url}&quot;)</f><v>1</v>"),
        ("", f"<f>cmd|'/c touch {planted.marker}'!A1</f><v>2</v>"),
    ]
    made = xlsx_parts(
        {"Foglio1": worksheet(sheet_data([*TABLE, formulas]))},
        workbook='<externalReferences><externalReference r:id="rId800"/></externalReferences>',
        rels=f'<Relationship Id="rId800" Type="{RELS}/externalLink" Target="externalLinks/externalLink1.xml"/>',
    )
    made["xl/externalLinks/externalLink1.xml"] = (
        f'{XML}<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c touch '
        f'{planted.marker}"/></externalLink>'
    )
    made["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        f'<Relationships><Relationship Id="rId1" Type="{RELS}/externalLinkPath" Target="{planted.url}" '
        'TargetMode="External"/></Relationships>'
    )
    made["xl/connections.xml"] = (
        f'<connections><connection><webPr url="{planted.url}"/></connection></connections>'
    )
    return packed(made)


def macros(planted: Planted) -> bytes:
    made = xlsx_parts({"Foglio1": worksheet(sheet_data(TABLE))})
    code = f'Sub Auto_Open()\nShell "touch {planted.marker}"\nEnd Sub'
    return packed({**made, "xl/vbaProject.bin": code.encode()})


ORDINARY = [
    book("xlsx", GOOD, ON_SHEET),
    Hostile("xlsx called csv", always(GOOD), ON_SHEET, name="tabella.csv"),
    cells(
        "text as numbers, numbers as text",
        [["037006", 37006], ["7.0", 7.0], [" 12 ", -0.5], ["1e3", 1e3], ["", 1e-7]],
        (2, ("037006", "37006")),
        (3, ("7.0", "7")),
        (4, (" 12 ", "-0,5")),
        (5, ("1e3", "1000")),
        (6, ("", "0,0000001")),
    ),
    cells(
        "numbers as they are worked out",
        [[0.1 + 0.2, 12345678901234567890], [1e300, 140.86]],
        (2, ("0,3", "12345678901234567168")),
        (3, ("1e+300", "140,86")),
    ),
    cells(
        "days, times, truth",
        [
            [('s="1"', "<v>45350</v>"), ('s="2"', "<v>45350.4375</v>")],
            [('s="3"', "<v>0.4375</v>"), True],
            ["28/02/2024", ('t="d"', "<v>2024-02-28</v>")],
            [('s="1"', "<v>61</v>"), False],
        ],
        (2, ("2024-02-28", "2024-02-28T10:30:00")),
        (3, ("10:30:00", "TRUE")),
        (4, ("28/02/2024", "2024-02-28")),
        (5, ("1900-03-01", "FALSE")),
    ),
    cells(
        "zeros by format",
        [[('s="5"', "<v>37006</v>"), "Bologna"]],
        (2, ("37006", "Bologna")),
    ),
    cells(
        "formulas with results",
        [
            [("", "<f>1+1</f><v>2</v>"), ('t="str"', "<f>A1</f><v>Forlì</v>")],
            [('t="str"', '<f>""</f><v></v>'), ('t="e"', "<f>1/0</f><v>#DIV/0!</v>")],
            [('t="e"', "<v>#N/A</v>"), ('t="b"', "<f>TRUE</f><v>1</v>")],
        ],
        (2, ("2", "Forlì")),
        (3, ("", "#DIV/0!")),
        (4, ("#N/A", "TRUE")),
    ),
    cells(
        "errors alone",
        [["a", "b"], [None, None], [None, ('t="e"', "<v>#REF!</v>")]],
        (2, ("a", "b")),
        (4, ("", "#REF!")),
    ),
    cells(
        "rich text, readings, breaks",
        [
            [
                (
                    't="inlineStr"',
                    "<is><r><t>Bo</t></r><r><rPr><b/></rPr><t>logna</t></r><rPh><t>no</t></rPh></is>",
                ),
                "a_x000D_b\tc\nd_x005F_x0041_",
            ]
        ],
        (2, ("Bologna", "a\nb\tc\nd_x0041_")),
    ),
    cells(
        "signs that no text may hold",
        [["a_x0000_b_x0007_c", "\u202eangoloB"]],
        (2, ("a�b�c", "\u202eangoloB")),
    ),
    cells(
        "comments and protection of the sheet",
        [["037006", "Bologna"]],
        (2, ("037006", "Bologna")),
        after='<sheetProtection sheet="1"/><legacyDrawing xmlns:r="x" r:id="rId9"/>',
    ),
    cells(
        "rows and columns that hold formats alone",
        [["1", "a"], *[[("", ""), ("", "")]] * 5],
        (2, ("1", "a")),
    ),
    book(
        "xlsx: far from the corner",
        xlsx({5: [None, None, *HEADINGS], 9: [None, None, "037006", "Bologna"]}),
        Reads(("", "", *HEADINGS), [(9, ("", "", "037006", "Bologna"))], ONE, "Foglio1"),
    ),
    book(
        "xlsx: cells without addresses",
        packed(
            xlsx_parts(
                {
                    "Foglio1": worksheet(
                        '<row><c t="inlineStr"><is><t>Codice</t></is></c><c t="inlineStr"><is><t>Comune'
                        '</t></is></c></row><row><c t="e"><v>#N/A</v></c><c><v>5</v></c></row>'
                    )
                }
            )
        ),
        Reads(HEADINGS, [(2, ("#N/A", "5"))], ONE, "Foglio1"),
    ),
]
LAID_OUT = [
    book(
        "xlsx: title joined across, districts joined down",
        xlsx(
            [
                ["Distretti", None, None],
                [],
                ["Distretto", "Codice", "Comune"],
                ["Città", "037006", "Bologna"],
                [None, "037020", "Casalecchio"],
                [None, None, None],
                [None, "037060", "Valsamoggia"],
                ["Pianura", "037024", "Crevalcore"],
            ],
            after=merges("A1:C1", "A4:A7"),
        ),
        Reads(
            ("Distretto", *HEADINGS),
            [
                (4, ("Città", "037006", "Bologna")),
                (5, ("Città", "037020", "Casalecchio")),
                (7, ("Città", "037060", "Valsamoggia")),
                (8, ("Pianura", "037024", "Crevalcore")),
            ],
            ONE,
            "Foglio1",
            (above(3),),
        ),
    ),
    book(
        "xlsx: headings in two rows",
        xlsx(
            [
                ["Comune", "Popolazione", None, "km2"],
                [None, "Donne", "Uomini", None],
                ["Bologna", 200, 190, 140.86],
            ],
            after=merges("A1:A2", "B1:C1", "D1:D2"),
        ),
        Reads(
            ("Comune", "Popolazione Donne", "Popolazione Uomini", "km2"),
            [(3, ("Bologna", "200", "190", "140,86"))],
            ONE,
            "Foglio1",
        ),
    ),
    book(
        "xlsx: a heading joined across, and no second row",
        xlsx([["Comune", "Note", None], ["Bologna", "a", "b"]], after=merges("B1:C1")),
        Reads(("Comune", "Note", ""), [(2, ("Bologna", "a", "b"))], ONE, "Foglio1"),
    ),
    book(
        "xlsx: several sheets, the first empty, one hidden",
        several(hidden={"Appunti": "hidden", "Altro": "veryHidden"}),
        Reads(
            HEADINGS,
            CITIES,
            ("Leggimi", "Appunti", "Dati", "Altro"),
            "Dati",
            (hidden("Appunti, Altro"),),
        ),
    ),
    book(
        "xlsx: the sheet that is asked for",
        several(),
        Reads(("A", "B"), [(2, ("1", "2"))], ("Leggimi", "Appunti", "Dati", "Altro"), "Altro"),
        sheet="Altro",
    ),
    book(
        "xlsx: a sheet that is not there",
        several(),
        "There is no sheet “Manca” in the file. It has: Leggimi, Appunti, Dati, Altro.",
        sheet="Manca",
    ),
    book(
        "xlsx: an empty sheet that is asked for",
        several(),
        "There is nothing on the sheet “Leggimi”.",
        sheet="Leggimi",
    ),
    book(
        "xlsx: names of sheets that nobody can read or that stand twice",
        packed(
            xlsx_parts(
                {
                    "a\u202eb\nc": worksheet(sheet_data(TABLE)),
                    "a\u200bb c": worksheet(sheet_data([["x", "y"]])),
                    "n" * 5000: worksheet(sheet_data([["x", "y"]])),
                }
            )
        ),
        Reads(HEADINGS, CITIES, ("ab c", "n" * 200), "ab c"),
    ),
    book(
        "xlsx: more sheets than anybody can choose from",
        packed(xlsx_parts({f"S{n}": worksheet("") for n in range(300)})),
        "There is no sheet “S299” in the file. It has: S0, S1, S2, S3, S4, S5, S6, S7, S8, S9, ….",
        sheet="S299",
    ),
    book("xlsx: nothing in it", packed(xlsx_parts({"Foglio1": worksheet("")})), NOTHING),
    book(
        "xlsx: headings alone",
        xlsx([list(HEADINGS)]),
        Reads(HEADINGS, [], ONE, "Foglio1"),
    ),
]
REACHING = [
    Hostile(
        "xlsx: macros",
        macros,
        Reads(HEADINGS, CITIES, ONE, "Foglio1", (MACROS,)),
        name="tabella.xlsm",
    ),
    Hostile(
        "xlsx: links and programs",
        linked,
        Reads(HEADINGS, [*CITIES, (4, ("1", "2"))], ONE, "Foglio1", (LINKS,)),
    ),
    parts(
        "parts that lead out of the folder",
        {"../../../../elsewhere/x": "x", "/etc/passwd": "y", "xl/worksheets/../../../z": "z"},
        ON_SHEET,
    ),
]
FILES = [*ORDINARY, *LAID_OUT, *REACHING]
