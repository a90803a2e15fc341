"""CSV as people send it, and as nobody should."""

import codecs

from tests.imports.corpus.expected import (
    COLUMNS,
    HEADINGS,
    PLAIN,
    ROWS,
    Hostile,
    Reads,
    above,
    always,
    read_as,
)

PLAIN_TEXT = "Codice;Comune\r\n037006;Bologna\r\n040012;Forlì\r\n"
ACCENTS = (
    "Comune;Note\nForlì;perché è così\nSan Nicolò;metà città, già più\nRhêmes;l’età dell’Adda\n"
)
ACCENTS_READ = [
    (2, ("Forlì", "perché è così")),
    (3, ("San Nicolò", "metà città, già più")),
    (4, ("Rhêmes", "l’età dell’Adda")),
]
TYPED = ACCENTS.replace("’", "'")
TYPED_READ = [(n, tuple(cell.replace("’", "'") for cell in cells)) for n, cells in ACCENTS_READ]


def text(key: str, said: str, expected: Reads | str, codec: str = "utf-8") -> Hostile:
    return Hostile(key, always(said.encode(codec)), expected)


def raw(key: str, content: bytes, expected: Reads | str) -> Hostile:
    return Hostile(key, always(content), expected)


def guessed(key: str, said: str, rows: list, codec: str, name: str) -> Hostile:
    return text(key, said, Reads(("Comune", "Note"), rows, remarks=(read_as(name),)), codec)


def not_closed(row: int) -> str:
    return (
        f"A quotation mark opens in row {row} and is never closed, so the rest cannot be told apart. "
        "Mend it there and bring the file again."
    )


def cell_in_row(row: int) -> str:
    return (
        f"A cell in row {row} holds more than 32767 characters. "
        "Perhaps a quotation mark opens there and is never closed."
    )


BROKEN_16 = (
    "The text says that it is UTF-16, but it breaks off or holds what that does not know. "
    "Save the file again as “CSV UTF-8”."
)
UNKNOWN = "“tabella.xlsx” is no table: it is neither XLSX, XLS or ODS nor text."
ENCODINGS = [
    text("utf-8", PLAIN_TEXT, PLAIN),
    text("utf-8 with mark", PLAIN_TEXT, PLAIN, "utf-8-sig"),
    raw("utf-16 le with mark", codecs.BOM_UTF16_LE + PLAIN_TEXT.encode("utf-16-le"), PLAIN),
    raw("utf-16 be with mark", codecs.BOM_UTF16_BE + PLAIN_TEXT.encode("utf-16-be"), PLAIN),
    text("utf-16 le without mark", PLAIN_TEXT, PLAIN, "utf-16-le"),
    text("utf-16 be without mark", PLAIN_TEXT, PLAIN, "utf-16-be"),
    text("utf-32", PLAIN_TEXT, PLAIN, "utf-32"),
    guessed("windows-1252", ACCENTS, ACCENTS_READ, "cp1252", "Windows-1252"),
    guessed("mac roman", ACCENTS, ACCENTS_READ, "mac-roman", "Mac Roman"),
    guessed("cp850", TYPED, TYPED_READ, "cp850", "CP850"),
    guessed(
        "iso-8859-15",
        "Comune;Note\nForlì;costa € 5\n",
        [(2, ("Forlì", "costa € 5"))],
        "iso8859-15",
        "ISO-8859-15",
    ),
    guessed(
        "capitals",
        "Comune;Note\nFORLÌ;CITTÀ\n",
        [(2, ("FORLÌ", "CITTÀ"))],
        "cp1252",
        "Windows-1252",
    ),
    guessed(
        "capitals of dos", "Comune;Note\nFORLÌ;CITTÀ\n", [(2, ("FORLÌ", "CITTÀ"))], "cp850", "CP850"
    ),
    text(
        "another alphabet",
        "Област;Бележки\nСофия;столица на България и най-големият град в страната\n",
        Reads(
            ("Област", "Бележки"),
            [(2, ("София", "столица на България и най-големият град в страната"))],
            remarks=(read_as("Windows-1251"),),
        ),
        "cp1251",
    ),
    raw(
        "bytes of no letters",
        b"Codice;Comune\n1;\x81\xb1\n2;\x8d\xb2\n",
        "It cannot be told how the text is encoded. Save the file again as “CSV UTF-8”.",
    ),
    raw(
        "one broken place in utf-8",
        PLAIN_TEXT.encode() + "046017;Città così\r\n".encode() + b"046018;L\xe0\r\n",
        "The text is UTF-8, but not all of it: it breaks in line 5. "
        "Save the file again as “CSV UTF-8”.",
    ),
    raw("utf-16 cut in a letter", PLAIN_TEXT.encode("utf-16")[:-1], BROKEN_16),
    raw(
        "utf-16 with half a pair",
        codecs.BOM_UTF16_LE + PLAIN_TEXT.encode("utf-16-le") + b"\x00\xd8;\0",
        BROKEN_16,
    ),
]
SEPARATORS = [
    text("commas", PLAIN_TEXT.replace(";", ","), PLAIN),
    text("tabs", PLAIN_TEXT.replace(";", "\t"), PLAIN),
    text("bars", PLAIN_TEXT.replace(";", "|"), PLAIN),
    text("unix lines", PLAIN_TEXT.replace("\r\n", "\n"), PLAIN),
    text("old mac lines", PLAIN_TEXT.replace("\r\n", "\r"), PLAIN),
    text("no last line end", PLAIN_TEXT.rstrip(), PLAIN),
    text("a line that says the separator", "sep=^\r\n" + PLAIN_TEXT.replace(";", "^"), PLAIN),
    text(
        "a separator that is none",
        "sep=a\nCodice;Comune\n037006;Bologna\n",
        Reads(HEADINGS, [(3, ("037006", "Bologna"))], remarks=(above(2),)),
    ),
    text(
        "decimal commas",
        "Comune;km2;Quota\nBologna;140,86;54,5\nForlì;228,2;34\n",
        Reads(
            ("Comune", "km2", "Quota"),
            [(2, ("Bologna", "140,86", "54,5")), (3, ("Forlì", "228,2", "34"))],
        ),
    ),
    text(
        "quoted",
        '"Codice","Comune"\n"037006","Bologna, ""la dotta""\nla grassa"\n"040012","Forlì"\n',
        Reads(
            HEADINGS,
            [(2, ("037006", 'Bologna, "la dotta"\nla grassa')), (3, ("040012", "Forlì"))],
        ),
    ),
    text(
        "a quotation mark within",
        'Codice;Comune\n1;tubo da 5" nuovo\n2;x\n',
        Reads(HEADINGS, [(2, ("1", 'tubo da 5" nuovo')), (3, ("2", "x"))]),
    ),
    text(
        "codes as formulas",
        'Codice;Comune\n="037006";Bologna\n',
        Reads(HEADINGS, [(2, ("037006", "Bologna"))]),
    ),
    text(
        "one column",
        "Comune\nBologna\nForlì\n",
        Reads(("Comune",), [(2, ("Bologna",)), (3, ("Forlì",))]),
    ),
    text(
        "titles above",
        "Elenco dei comuni\n\nal 1° gennaio 2026;\n\nCodice;Comune\n037006;Bologna\n",
        Reads(HEADINGS, [(6, ("037006", "Bologna"))], remarks=(above(5),)),
    ),
    text(
        "rows of all lengths",
        "Codice;Comune;\n037006;Bologna;;;\n\n;;\n040012\n046017;Lucca;x;y\n",
        Reads(
            ("Codice", "Comune", "", ""),
            [
                (2, ("037006", "Bologna", "", "")),
                (5, ("040012", "", "", "")),
                (6, ("046017", "Lucca", "x", "y")),
            ],
        ),
    ),
    text(
        "headings twice, headings lacking",
        "Codice;Comune;Comune;;Note\n1;a;b;c;\n2;d;e;f;g\n",
        Reads(
            ("Codice", "Comune", "Comune", "", "Note"),
            [(2, ("1", "a", "b", "c", "")), (3, ("2", "d", "e", "f", "g"))],
        ),
    ),
    text("end of file as in dos", PLAIN_TEXT + "\x1a", PLAIN),
]
BROKEN = [
    text("a quotation mark never closed", 'Codice;Comune\n1;"a\n2;b\n3;c\n', not_closed(2)),
    text("endless quotation marks", "Codice;Comune\n" + '1;"' * 100_000, COLUMNS),
    text("nothing but quotation marks", '"' * 999, not_closed(1)),
    raw("one cell of 30 MB", b"Codice;Comune\n1;" + b"x" * 30_000_000, cell_in_row(2)),
    text(
        "control characters",
        "Codice;Comune\n1;a\x00b\x07c\x0bd\n" + "2;x\n" * 300,
        Reads(HEADINGS, [(2, ("1", "a�b�c\nd")), *[(n, ("2", "x")) for n in range(3, 303)]]),
    ),
    text(
        "text turned around",
        "Codice;Comune\n1;\u202eangoloB\u202c\n",
        Reads(HEADINGS, [(2, ("1", "\u202eangoloB\u202c"))]),
    ),
    text(
        "formulas",
        'Codice;Comune\n1;=1+1\n2;@SUM(A1)\n3;"=HYPERLINK(""http://x"")"\n4;+39 051\n',
        Reads(
            HEADINGS,
            [
                (2, ("1", "=1+1")),
                (3, ("2", "@SUM(A1)")),
                (4, ("3", '=HYPERLINK("http://x")')),
                (5, ("4", "+39 051")),
            ],
        ),
    ),
    text("a cell that is never closed", 'Codice;Comune\n1;"' + "x\n" * 20_000, cell_in_row(2)),
    text("200,000 rows", "Codice;Comune\n" + "037006;Bologna\n" * 200_000, ROWS),
    text("20,000 columns", "a;" * 20_000 + "\n" + "1;" * 20_000 + "\n", COLUMNS),
    text("a million blank lines", PLAIN_TEXT + "\r\n" * 1_000_000, PLAIN),
    raw("noughts", bytes(100_000), UNKNOWN),
    raw("noise", bytes(range(256)) * 400, UNKNOWN),
    raw("nothing", b"", "“tabella.xlsx” is empty."),
    raw("blanks", b" \r\n\t\r\n ", "There is no table in “tabella.xlsx”: no sheet holds anything."),
    raw(
        "nothing but a mark",
        codecs.BOM_UTF8,
        "There is no table in “tabella.xlsx”: no sheet holds anything.",
    ),
    Hostile(
        "a name that leads elsewhere",
        always(b"%PDF-1.7"),
        "“passwd.csv” is a PDF document. Ask whoever made it for the table as XLSX, ODS or CSV.",
        name="../../etc/\u202epass\x00wd.csv",
    ),
]
FILES = [*ENCODINGS, *SEPARATORS, *BROKEN]
