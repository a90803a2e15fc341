"""What is held about a person, as tables and as files; for herself and for who answers for her."""

from collections.abc import Iterator
from io import BytesIO

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from tavolo.imports.writing import write_table
from tavolo.kernel.errors import NotFound
from tavolo.people.models import Person
from tavolo.people.queries import data_of, held_about
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table

FORMATS = ("json", "csv")


def tables_of(person: Person) -> list[Table]:
    """One table a room."""
    return [
        Table(
            caption=str(plug.label),
            columns=(Column(_("What")), Column(_("It says")), Column(_("Since"))),
            rows=tuple(
                Row(
                    (
                        Cell(each.label),
                        Cell(each.value or "—", note=each.source),
                        Cell(each.since or "—"),
                    )
                )
                for each in held
            ),
            empty=EmptyState(_("Nothing"), _("Nothing is held here.")),
            key=plug.key.replace(".", "-"),
            dense=True,
        )
        for plug, held in held_about(person)
    ]


def file_of(person: Person, kind: str) -> HttpResponse:
    """Everything as JSON or CSV. Refuses with NotFound any other format."""
    if kind not in FORMATS:
        raise NotFound
    name = f"dati-personali-{person.uid.hex[:8]}.{kind}"
    answer = _json(person) if kind == "json" else _csv(person)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _json(person: Person) -> HttpResponse:
    return JsonResponse(data_of(person), json_dumps_params={"ensure_ascii": False, "indent": 2})


def _csv(person: Person) -> HttpResponse:
    stream = BytesIO()
    headings = [_("Where"), _("What"), _("It says"), _("Since"), _("Source")]
    title = _("Personal data")
    write_table(stream, format="csv", title=title, headings=headings, rows=_rows(person))
    return HttpResponse(stream.getvalue(), content_type="text/csv; charset=utf-8")


def _rows(person: Person) -> Iterator[list[str]]:
    for plug, held in held_about(person):
        for each in held:
            yield [str(plug.label), each.label, each.value, each.since, each.source]
