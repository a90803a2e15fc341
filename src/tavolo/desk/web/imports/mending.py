"""Rows with faults as a form, and rows that may be there already beside what is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tavolo.desk.forms.imports import (
    DecideForm,
    MendForm,
    cell_name,
    fields_at_fault,
    fields_beside,
    numbers_in,
    row_name,
)
from tavolo.desk.web.imports import tables, words
from tavolo.desk.web.imports.places import batch_here, batch_href, batch_page, busy, sent_or_back
from tavolo.imports import queries
from tavolo.imports.actions import decide_rows, mend_rows
from tavolo.imports.choices import Outcome, State
from tavolo.imports.models import Batch, Row
from tavolo.imports.plugs import ImportKind
from tavolo.kernel.paging import Page, page_of
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.ui.components.form import FieldView, FormView
from tavolo.ui.components.table import Paging, Table
from tavolo.ui.words import number

# As many as one mends before looking again, and no more cells than a form may have.
AT_ONCE, MOST_CELLS = 20, 800


@dataclass(frozen=True)
class CellView(FieldView):
    """A wrong cell: what is wrong with what the file says is said as a form says its own faults."""

    told: tuple[str, ...] = ()
    row_id: str = ""
    first: bool = False

    @property
    def errors(self) -> list[str]:
        return [*self.told, *super().errors]

    @property
    def optional(self) -> bool:
        return False

    @property
    def described_by(self) -> str:
        return " ".join(filter(None, (super().described_by, self.row_id)))

    def _attrs(self) -> dict[str, str | bool]:
        return {**super()._attrs(), **({"autofocus": True} if self.first else {})}


@dataclass(frozen=True)
class WrongRow:
    """A row with faults: `whole` are those of the row, `beside` its cells that are not at fault."""

    number: int
    whole: tuple[str, ...]
    cells: tuple[CellView, ...]
    beside: tuple[CellView, ...]
    said: str

    @property
    def id(self) -> str:
        return f"row-{self.number}-error" if self.whole else ""


@dataclass(frozen=True)
class Question:
    """A row that may be there already, beside what is there."""

    number: int
    said: str
    table: Table | None
    field: FieldView


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The wrong cells to write anew; all rows are checked again afterwards."""
    here, batch, kind = batch_here(request, slug, uid)
    if busy(batch) or batch.state != State.CHECKED:
        return HttpResponseRedirect(batch_href(here, batch))
    found = rows_asked(request, batch, kind, Outcome.FAULT)
    form = MendForm(request.POST or None, batch=batch, kind=kind, rows=found.items)

    def write() -> None:
        mend_rows(
            batch=batch,
            cells=form.cells,
            version=form.cleaned_data["version"],
            by=actor_of(request),
        )

    answer = sent_or_back(
        request, form, write, back=batch_href(here, batch), said=_("Checked again.")
    )
    return answer or batch_page(
        request,
        "desk/import_mend.html",
        here,
        batch,
        kind,
        here=_("Correct the rows with faults"),
        form=FormView(form=form, submit=_("Correct and check again")),
        rows=list(wrong_rows(form, batch, kind, found.items)),
        paging=Paging.of(found, request.GET),
        sentence=ngettext("%(number)s row with faults", "%(number)s rows with faults", found.total)
        % {"number": number(found.total)},
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Whether each of these rows is what is there already."""
    here, batch, kind = batch_here(request, slug, uid)
    if busy(batch) or batch.state != State.CHECKED:
        return HttpResponseRedirect(batch_href(here, batch))
    found = rows_asked(request, batch, kind, Outcome.LIKELY)
    form = DecideForm(request.POST or None, batch=batch, rows=found.items)

    def write() -> None:
        decide_rows(
            batch=batch,
            decisions=form.decisions,
            version=form.cleaned_data["version"],
            by=actor_of(request),
        )

    answer = sent_or_back(
        request, form, write, back=batch_href(here, batch), said=_("Decided, and checked again.")
    )
    return answer or batch_page(
        request,
        "desk/import_decide.html",
        here,
        batch,
        kind,
        here=_("Decide what may be there already"),
        form=FormView(form=form, submit=_("Decide and check again")),
        rows=list(questions(form, batch, kind, found.items)),
        paging=Paging.of(found, request.GET),
    )


def rows_asked(request: HttpRequest, batch: Batch, kind: ImportKind, outcome: Outcome) -> Page[Row]:
    """One page of the rows; of a form that was sent, the rows of which it speaks."""
    rows = queries.rows_of(batch, outcome)
    size = max(1, min(AT_ONCE, MOST_CELLS // len(kind.fields)))
    if request.method == "POST":
        numbers = numbers_in(request.POST)[:size]
        asked = list(rows.filter(number__in=numbers))
        return Page(asked, rows.count())
    return page_of(
        rows,
        order=("number",),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=size,
    )


def wrong_rows(
    form: MendForm, batch: Batch, kind: ImportKind, rows: list[Row]
) -> Iterator[WrongRow]:
    # The first wrong cell takes the focus, unless the summary of a refused form does.
    first = not form.errors
    for row in rows:
        known = fields_at_fault(row, batch, kind)
        whole = tuple(words.faults_of(faults_beneath(row, {field.key for field, _at in known})))
        row_id = f"row-{row.number}-error" if whole else ""
        cells = []
        for field, place in known:
            told = tuple(words.faults_of([f for f in row.faults if f["field"] == field.key]))
            bound = form[cell_name(row.number, place)]
            cells.append(CellView(bound, told, row_id, first))
            first = False
        beside = fields_beside(row, batch, kind)
        yield WrongRow(
            row.number,
            whole,
            tuple(cells),
            tuple(CellView(form[cell_name(row.number, place)]) for _field, place in beside),
            words.row_words(row, batch, kind, but={field.key for field, _place in known}),
        )


def faults_beneath(row: Row, known: set[str]) -> list[dict[str, Any]]:
    """The faults of the row as a whole, or of a column that the file does not have."""
    return [fault for fault in row.faults if fault["field"] not in known or not fault["field"]]


def questions(
    form: DecideForm, batch: Batch, kind: ImportKind, rows: list[Row]
) -> Iterator[Question]:
    there = queries.states_there(batch, {each["subject"] for row in rows for each in row.likely})
    for row in rows:
        table = tables.beside(row, batch, kind, there)
        said = words.row_words(row, batch, kind)
        yield Question(row.number, said, table, CellView(form[row_name(row.number)]))
