"""XLSX and ODS packages made part by part, so that any part can be wrong."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"


def packed(parts: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as bundle:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            bundle.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, kind)
    return out.getvalue()


def letters(place: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    said = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        said = chr(65 + rest) + said
    return said


def xlsx_cell(ref: str, value: object) -> str:
    """Text as inline string, numbers as numbers; a tuple is ready-made: (attributes, content)."""
    if isinstance(value, tuple):
        return f'<c r="{ref}" {value[0]}>{value[1]}</c>'
    if isinstance(value, bool):
        return f'<c r="{ref}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{ref}"><v>{value}</v></c>'
    return (
        f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'
    )


def sheet_data(rows: Mapping[int, list[object]] | list[list[object]]) -> str:
    numbered = rows if isinstance(rows, Mapping) else dict(enumerate(rows, 1))
    return "".join(
        f'<row r="{number}">'
        + "".join(
            xlsx_cell(f"{letters(place)}{number}", value)
            for place, value in enumerate(row)
            if value is not None
        )
        + "</row>"
        for number, row in numbered.items()
    )


def worksheet(data: str, *, after: str = "", head: str = XML) -> str:
    return (
        f'{head}<worksheet xmlns="{MAIN}" xmlns:r="{RELS}"><sheetData>{data}</sheetData>'
        f"{after}</worksheet>"
    )


# Format 0 is general, 1 a day, 2 a day with its time, 3 a time, 4 text, 5 six digits.
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="000000"/>'
    '</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1">'
    '<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6">'
    '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/>'
    '<xf numFmtId="21" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/>'
    '<xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def xlsx_parts(
    sheets: Mapping[str, str],
    *,
    hidden: Mapping[str, str] | None = None,
    workbook: str = "",
    rels: str = "",
) -> dict[str, str | bytes]:
    """The parts of a workbook; `sheets` are names and their XML, `workbook` and `rels` go in at the end."""
    hidden = hidden or {}
    listed = "".join(
        f"<sheet name={quoteattr(name)} sheetId={quoteattr(str(number))} r:id={quoteattr(f'rId{number}')}"
        + (f' state="{hidden[name]}"' if name in hidden else "")
        + "/>"
        for number, name in enumerate(sheets, 1)
    )
    linked = "".join(
        f'<Relationship Id="rId{number}" Type="{RELS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    return {
        "[Content_Types].xml": (
            f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType='
            '"application/xml"/><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>{listed}</sheets>'
            f"{workbook}</workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{linked}'
            f'<Relationship Id="rId900" Type="{RELS}/styles" Target="styles.xml"/>{rels}</Relationships>'
        ),
        "xl/styles.xml": STYLES,
        **{
            f"xl/worksheets/sheet{number}.xml": xml for number, xml in enumerate(sheets.values(), 1)
        },
    }


def xlsx(rows: Mapping[int, list[object]] | list[list[object]], **how: str) -> bytes:
    """A workbook with one sheet."""
    return packed(xlsx_parts({"Foglio1": worksheet(sheet_data(rows), **how)}))


def ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, tuple):
        return f"<table:table-cell {value[0]}>{value[1]}</table:table-cell>"
    if isinstance(value, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return (
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
    )


def ods_rows(rows: list[list[object]]) -> str:
    return "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows
    )


def ods_content(tables: Mapping[str, str], *, head: str = XML) -> str:
    spaces = "".join(f' xmlns:{name}="{OASIS}{name}:1.0"' for name in ("office", "table", "text"))
    spaces += "".join(f' xmlns:{name}="{OASIS}{name}:1.0"' for name in ("style", "drawing"))
    spaces = spaces.replace("xmlns:drawing", "xmlns:draw")
    spaces += (
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    inside = "".join(
        f"<table:table table:name={quoteattr(name)}>{rows}</table:table>"
        for name, rows in tables.items()
    )
    return (
        f'{head}<office:document-content{spaces} office:version="1.3"><office:body>'
        f"<office:spreadsheet>{inside}</office:spreadsheet></office:body></office:document-content>"
    )


def ods_parts(content: str, *, manifest: str = "") -> dict[str, str | bytes]:
    listed = (
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    )
    return {
        "mimetype": ODS_TYPE,
        "META-INF/manifest.xml": (
            f'{XML}<manifest:manifest xmlns:manifest="{OASIS}manifest:1.0">{manifest or listed}'
            "</manifest:manifest>"
        ),
        "content.xml": content,
    }


def ods(rows: list[list[object]]) -> bytes:
    return packed(ods_parts(ods_content({"Foglio1": ods_rows(rows)})), stored=("mimetype",))
