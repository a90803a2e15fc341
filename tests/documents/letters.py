"""Templates made in a line or two, and what a filled one says."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import docx
import odfdo

Row = Sequence[str]


def a_docx(*paragraphs: str, row: Row = (), header: str = "") -> bytes:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if row:
        table = made.add_table(1, len(row))
        for at, text in enumerate(row):
            table.rows[0].cells[at].text = text
    made.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def an_odt(*paragraphs: str, row: Row = (), entry: str = "") -> bytes:
    made = odfdo.Document("text")
    made.body.clear()
    for text in paragraphs:
        made.body.append(odfdo.Paragraph(text))
    if row:
        table = odfdo.Table("Tabella", width=len(row), height=0)
        cells = odfdo.Row()
        for text in row:
            cells.append(odfdo.Cell(text=text, cell_type="string", value=text))
        table.append(cells)
        made.body.append(table)
    if entry:
        made.body.append(odfdo.List([entry]))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def docx_says(content: bytes) -> tuple[list[str], list[list[str]], str]:
    """The paragraphs, the rows of the first table, the header."""
    made = docx.Document(io.BytesIO(content))
    rows = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]
    return [p.text for p in made.paragraphs], rows, made.sections[0].header.paragraphs[0].text


def odt_says(content: bytes) -> list[str]:
    """The text of every paragraph, those of tables and lists too."""
    made = odfdo.Document(io.BytesIO(content))
    return [p.inner_text for p in made.body.get_elements("descendant::text:p")]


def with_parts(template: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same package, where some parts say something else or are new."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name not in parts and not name.endswith("/"):
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
