"""The archive that an organisation takes with it: data, tables, documents, and a page to find one's way."""

import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import PurePath
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tavolo.documents.models import Document, Version
from tavolo.imports.writing import write_table
from tavolo.kernel import blobs, clock
from tavolo.kernel.actor import Actor
from tavolo.registry.models import Organisation
from tavolo.registry.queries.taking import Taken, acts_on, cell_of, papers_of, taken_by

PIECE = 1 << 20


def write_archive(stream: IO[bytes], organisation: Organisation, *, actor: Actor) -> None:
    """Write a ZIP of what the organisation takes with it; memory does not grow with its documents."""
    taken = [table for table in taken_by(organisation, actor=actor) if table.rows]
    acts = list(acts_on(organisation, taken))
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        papers = [
            each
            for document in papers_of(organisation, actor=actor)
            for each in _add_document(archive, document)
        ]
        tables = [(table.label, len(table.rows), _add_table(archive, table)) for table in taken]
        tables.append((_("What was done"), len(acts), _add_acts(archive, acts)))
        archive.writestr("dati.json", _data(organisation, taken, acts))
        page = render_to_string(
            "registry/taken_index.html",
            {
                "organisation": organisation,
                "tables": tables,
                "papers": papers,
                "made_at": clock.now(),
            },
        )
        archive.writestr("index.html", page)


def _add_document(archive: ZipFile, document: Document) -> list[tuple[str, str]]:
    """Its versions, as far as their contents are kept: title and place."""
    return [
        (document.title, _add_version(archive, document, version))
        for version in document.versions.all()
        if version.blob_id is not None and blobs.path_of(version.blob_id).exists()
    ]


def _add_version(archive: ZipFile, document: Document, version: Version) -> str:
    name = PurePath(version.file_name).name
    place = f"documenti/{document.uid.hex[:12]}-{version.number}-{name}"
    # What it holds is packed already, mostly.
    info = ZipInfo(place, clock.now().timetuple()[:6])
    info.compress_type = ZIP_STORED
    with (
        blobs.open_blob(version.digest) as content,
        archive.open(info, "w", force_zip64=True) as there,
    ):
        while piece := content.read(PIECE):
            there.write(piece)
    return place


def _add_table(archive: ZipFile, table: Taken) -> str:
    rows = [[cell_of(row[name]) for name in table.headings] for row in table.rows]
    return _add_rows(archive, slugify(table.label), list(table.headings.values()), rows)


def _add_acts(archive: ZipFile, acts: Sequence[dict[str, Any]]) -> str:
    headings = [_("When"), _("What"), _("On what"), _("By whom")]
    rows = [[act["at"], act["action"], act["subject"], act["by"]] for act in acts]
    return _add_rows(archive, "registro", headings, rows)


def _add_rows(archive: ZipFile, name: str, headings: list[str], rows: list[list[Any]]) -> str:
    place, stream = f"tabelle/{name}.csv", BytesIO()
    write_table(stream, format="csv", title=name, headings=headings, rows=rows)
    archive.writestr(place, stream.getvalue())
    return place


def _data(organisation: Organisation, taken: list[Taken], acts: list[dict[str, Any]]) -> str:
    told = {
        "format": 1,
        "organisation": {"uid": str(organisation.uid), "name": organisation.name},
        "made_at": clock.now().isoformat(),
        "tables": {table.key: table.rows for table in taken},
        "acts": acts,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)
