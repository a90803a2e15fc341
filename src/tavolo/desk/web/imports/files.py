"""Files that go out: the template of a kind, what is there, the rows with faults."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import BinaryIO
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from tavolo.desk.web.imports.places import batch_here, kind_here
from tavolo.imports import queries
from tavolo.imports.queries import Leaving
from tavolo.imports.writing import FORMATS, write_table, write_template
from tavolo.kernel.errors import NotFound
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of

# The names of downloaded files, Italian as the addresses are.
TEMPLATE, FAULTY = "modello", "righe-con-errori"


@work_area
@require_safe
def template(request: HttpRequest, slug: str, kind: str, format: str) -> FileResponse:  # noqa: A002
    """A file to fill in."""
    _here, found = kind_here(request, slug, kind)
    return sent(
        f"{TEMPLATE}-{found.slug}",
        format,
        lambda stream: write_template(stream, format=format, kind=found),
    )


@work_area
@require_safe
def export(request: HttpRequest, slug: str, kind: str, format: str) -> FileResponse:  # noqa: A002
    """What is there, in a form that can be imported again."""
    here, found = kind_here(request, slug, kind)
    told = queries.export_of(
        found, network=here, actor=actor_of(request), options=request.GET.dict()
    )
    return sent(f"{found.slug}-{here.slug}", format, table_writer(str(found.label), told, format))


@work_area
@require_safe
def faults(request: HttpRequest, slug: str, uid: UUID, format: str) -> FileResponse:  # noqa: A002
    """The rows with faults as they stand, each with a column that says what is wrong."""
    _here, batch, kind = batch_here(request, slug, uid)
    return sent(FAULTY, format, table_writer(str(kind.label), queries.faulty_table(batch), format))


def table_writer(title: str, told: Leaving, format: str) -> Callable[[BinaryIO], None]:  # noqa: A002
    return lambda stream: write_table(
        stream, format=format, title=title, headings=told.headings, rows=told.rows
    )


def sent(name: str, format: str, write: Callable[[BinaryIO], None]) -> FileResponse:  # noqa: A002
    """A file written on the disk and sent from there. Refuses with NotFound an unknown format."""
    if format not in FORMATS:
        raise NotFound
    content_type, extension = FORMATS[format]
    stream = TemporaryFile()  # noqa: SIM115  the answer closes it when it is sent
    write(stream)
    stream.seek(0)
    return FileResponse(
        stream, as_attachment=True, filename=f"{name}{extension}", content_type=content_type
    )
