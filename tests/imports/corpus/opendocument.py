"""ODS files, each wrong in a way of its own."""

from tests.imports.corpus.expected import (
    AREA,
    CITIES,
    COLUMNS,
    DAMAGED,
    ENTITIES,
    HEADINGS,
    LINKS,
    MACROS,
    NOTHING,
    ON_SHEET,
    PROTECTED,
    ROWS,
    TABLE,
    UNPACKS,
    Hostile,
    Planted,
    Reads,
    above,
    always,
    hidden,
    long_cell,
    without_result,
)
from tests.imports.corpus.packages import (
    ODS_TYPE,
    XML,
    ods,
    ods_content,
    ods_parts,
    ods_rows,
    packed,
)

ONE = ("Foglio1",)
GOOD = ods(TABLE)


def book(key: str, content: bytes, expected: Reads | str, *, sheet: str = "") -> Hostile:
    return Hostile(f"ods: {key}", always(content), expected, sheet=sheet)


def content(tables: dict[str, str], **how: str) -> bytes:
    return packed(ods_parts(ods_content(tables, **how)), stored=("mimetype",))


def rows(key: str, body: str, expected: Reads | str) -> Hostile:
    """What stands beneath the usual headings, as XML."""
    return book(key, content({"Foglio1": ods_rows([list(HEADINGS)]) + body}), expected)


def cells(key: str, made: list[list[object]], *read: tuple[int, tuple[str, ...]]) -> Hostile:
    return rows(key, ods_rows(made), Reads(HEADINGS, list(read), ONE, "Foglio1"))


def typed(kind: str, name: str, value: str, shown: str = "x") -> tuple[str, str]:
    return (f'office:value-type="{kind}" office:{name}="{value}"', f"<text:p>{shown}</text:p>")


def text(inside: str) -> tuple[str, str]:
    return ('office:value-type="string"', inside)


def joined(down: int, across: int, said: str) -> tuple[str, str]:
    ways = f'table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
    return (f'office:value-type="string" {ways}', f"<text:p>{said}</text:p>")


def row(*made: str, repeated: int = 1) -> str:
    times = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{times}>{''.join(made)}</table:table-row>"


def one(said: str, repeated: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        f"<text:p>{said}</text:p></table:table-cell>"
    )


def scripted(planted: Planted) -> bytes:
    made = ods_parts(
        ods_content({"Foglio1": ods_rows(TABLE)}).replace(
            "<office:body>",
            f'<office:scripts><office:script xlink:href="{planted.url}">touch {planted.marker}'
            "</office:script></office:scripts><office:body>",
        )
    )
    code = f'Sub Main\nShell("touch {planted.marker}")\nEnd Sub'
    return packed({**made, "Basic/Standard/Module1.xml": code, "Scripts/python/x.py": code})


def linked(planted: Planted) -> bytes:
    formula = (
        f'table:formula="of:=WEBSERVICE(&quot;{planted.url}&quot;)" office:value-type="float" '
        'office:value="1"'
    )
    cache = ods_rows([["di un altro file", "x"]])
    body = ods_rows(
        [
            *TABLE,
            [(formula, "<text:p>1</text:p>"), ("", f'<draw:image xlink:href="{planted.url}"/>')],
        ]
    )
    made = ods_content({f"'{planted.url}'#$Foglio1": cache, "Foglio1": body})
    exchange = (
        f'<table:dde-links><table:dde-link><office:dde-source office:dde-application="sh" '
        f'office:dde-item="touch {planted.marker}"/></table:dde-link></table:dde-links>'
        "</office:spreadsheet>"
    )
    return packed(ods_parts(made.replace("</office:spreadsheet>", exchange)))


def several() -> bytes:
    made = ods_content(
        {
            "Leggimi": "",
            "Appunti": ods_rows([["segreto"], ["nascosto"]]),
            "Dati": ods_rows(TABLE),
        }
    )
    style = (
        '<office:automatic-styles><style:style style:name="ta9" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    made = made.replace("<office:body>", style + "<office:body>")
    made = made.replace('table:name="Appunti"', 'table:name="Appunti" table:style-name="ta9"')
    return packed(ods_parts(made))


LAUGHS = f'{XML}<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]>'

FILES = [
    book("as it should be", GOOD, ON_SHEET),
    Hostile("ods called xls", always(GOOD), ON_SHEET, name="tabella.xls"),
    cells(
        "values of all kinds",
        [
            ["037006", 37006],
            [
                typed("date", "date-value", "2024-02-28"),
                typed("date", "date-value", "2024-02-28T10:30:00"),
            ],
            [
                typed("date", "date-value", "1861-03-17"),
                typed("date", "date-value", "12345-01-01", "lontano"),
            ],
            [
                typed("time", "time-value", "PT10H30M00S"),
                typed("time", "time-value", "PT36H00M05.4S"),
            ],
            [
                typed("time", "time-value", "-PT1H", "-1:00"),
                ("", "<text:s/><text:p>fuori</text:p>"),
            ],
            [
                typed("boolean", "boolean-value", "true", "VERO"),
                typed("percentage", "value", "0.125", "12%"),
            ],
            [
                typed("currency", "value", "5.5", "5,50 €"),
                typed("string", "string-value", "detto", "mostrato"),
            ],
        ],
        (2, ("037006", "37006")),
        (3, ("2024-02-28", "2024-02-28T10:30:00")),
        (4, ("1861-03-17", "lontano")),
        (5, ("10:30:00", "36:00:05")),
        (6, ("-1:00", "fuori")),
        (7, ("TRUE", "0,125")),
        (8, ("5,5", "detto")),
    ),
    cells(
        "text with all that may stand in it",
        [
            [
                text(
                    "<text:p> a <text:s text:c='3'/>b<text:tab/>c<text:line-break/>d\n  e </text:p>"
                ),
                text("<text:p>uno</text:p><text:p/><text:p>due<text:s/></text:p>"),
            ],
            [
                text(
                    "<text:p>Bo<text:span>lo</text:span>gna <text:a xlink:href='x'>qui</text:a></text:p>"
                ),
                text(
                    "<office:annotation><dc:creator>io</dc:creator><text:p>nota</text:p>"
                    "</office:annotation><text:p>vero</text:p><draw:frame><draw:text-box>"
                    "<text:p>disegno</text:p></draw:text-box></draw:frame>"
                ),
            ],
        ],
        (2, ("a    b\tc\nd e", "uno\n\ndue ")),
        (3, ("Bologna qui", "vero")),
    ),
    cells(
        "formulas with results",
        [
            [
                (
                    'table:formula="of:=1+1" office:value-type="float" office:value="2"',
                    "<text:p>2</text:p>",
                ),
                (
                    'table:formula="of:=NA()" office:value-type="float" office:value="0"',
                    "<text:p>#N/D</text:p>",
                ),
            ],
            [
                (
                    'table:formula="of:=1/0" office:value-type="string" office:string-value=""',
                    "<text:p>#DIV/0!</text:p>",
                ),
                (
                    'table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""',
                    "",
                ),
            ],
        ],
        (2, ("2", "#N/D")),
        (3, ("#DIV/0!", "")),
    ),
    rows(
        "repeated cells and rows, and a million empty ones",
        row(one("x", 2), repeated=3)
        + row("<table:table-cell table:number-columns-repeated='16384'/>", repeated=1_000_000)
        + row(one("y")),
        Reads(
            HEADINGS,
            [(2, ("x", "x")), (3, ("x", "x")), (4, ("x", "x")), (1_000_005, ("y", ""))],
            ONE,
            "Foglio1",
        ),
    ),
    book(
        "title joined across, districts joined down",
        ods(
            [
                [joined(1, 3, "Distretti"), None, None],
                ["Distretto", "Codice", "Comune"],
                [joined(2, 1, "Città"), "037006", "Bologna"],
                [None, "037020", "Casalecchio"],
                ["Pianura", "037024", "Crevalcore"],
            ]
        ),
        Reads(
            ("Distretto", *HEADINGS),
            [
                (3, ("Città", "037006", "Bologna")),
                (4, ("Città", "037020", "Casalecchio")),
                (5, ("Pianura", "037024", "Crevalcore")),
            ],
            ONE,
            "Foglio1",
            (above(2),),
        ),
    ),
    book(
        "headings in two rows",
        ods(
            [
                [joined(2, 1, "Comune"), joined(1, 2, "Popolazione"), None],
                [None, "Donne", "Uomini"],
                ["Bologna", 200, 190],
            ]
        ),
        Reads(
            ("Comune", "Popolazione Donne", "Popolazione Uomini"),
            [(3, ("Bologna", "200", "190"))],
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
        "a hidden sheet that is asked for",
        several(),
        Reads(
            ("segreto",),
            [(2, ("nascosto",))],
            ("Leggimi", "Appunti", "Dati"),
            "Appunti",
            (hidden("Appunti"),),
        ),
        sheet="Appunti",
    ),
    book(
        "a table within a cell",
        content(
            {
                "Foglio1": ods_rows(
                    [
                        *TABLE,
                        [
                            (
                                "",
                                '<table:table table:name="dentro">'
                                + ods_rows([["a", "b"]])
                                + "</table:table><text:p>1</text:p>",
                            ),
                        ],
                    ]
                )
            }
        ),
        Reads(HEADINGS, [*CITIES, (4, ("1", ""))], ONE, "Foglio1"),
    ),
    book("nothing in it", content({"Foglio1": ""}), NOTHING),
    rows(
        "a formula without result",
        ods_rows([["1", ('table:formula="of:=A1"', "")]]),
        without_result("B2"),
    ),
    book("half a file", GOOD[: len(GOOD) // 2], DAMAGED),
    book(
        "half a content",
        packed(ods_parts(ods_content({"Foglio1": ods_rows(TABLE)})[:-50])),
        DAMAGED,
    ),
    book("no content", packed({"mimetype": ODS_TYPE, "META-INF/manifest.xml": "<x/>"}), DAMAGED),
    rows("a number that is none", ods_rows([[typed("float", "value", "abc")]]), DAMAGED),
    rows(
        "times that nobody counts",
        row(one("x"), repeated=2).replace('"2"', f'"{"9" * 5000}"'),
        DAMAGED,
    ),
    book(
        "a password",
        packed(
            ods_parts(
                "x",
                manifest=(
                    '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
                    "</manifest:file-entry>"
                ),
            )
        ),
        PROTECTED,
    ),
    book("entities without end", content({"Foglio1": ods_rows(TABLE)}, head=LAUGHS), ENTITIES),
    rows("a row a million times", row(one("x"), repeated=1_000_000), ROWS),
    rows("a cell sixteen thousand times", row(one("x", 16_000)), COLUMNS),
    rows("a thousand wide rows many times", row(one("x", 300), repeated=49_000), AREA),
    rows("blanks without end", row(one("a<text:s text:c='99999999'/>b")), long_cell("A2")),
    rows("one cell of 30 MB", row(one("x y" * 2_500_000)), long_cell("A2")),
    book(
        "a content that swells",
        packed(ods_parts(ods_content({"Foglio1": "<x/>" * 12_500_000}))),
        UNPACKS,
    ),
    Hostile("ods: macros", scripted, Reads(HEADINGS, CITIES, ONE, "Foglio1", (MACROS,))),
    Hostile(
        "ods: links and programs",
        linked,
        Reads(HEADINGS, [*CITIES, (4, ("1", ""))], ONE, "Foglio1", (LINKS,)),
    ),
]
