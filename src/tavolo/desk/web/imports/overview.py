"""A batch that was checked, imported or undone: its rows by outcome, and what can be done next."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tavolo.desk.forms.imports import ApplyForm, BatchForm
from tavolo.desk.web.imports import tables, words
from tavolo.desk.web.imports.places import batch_href, batch_page
from tavolo.imports import queries
from tavolo.imports.choices import Outcome, State
from tavolo.imports.models import Batch
from tavolo.imports.plugs import Context, ImportKind, ShownOnPages
from tavolo.imports.writing import FORMATS
from tavolo.kernel import clock
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.kernel.paging import page_of
from tavolo.ui.address import query_with
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.facts import Fact, Facts
from tavolo.ui.components.table import Paging, Table
from tavolo.ui.components.tabs import Tab, Tabs

# The word in the address, in the order in which one looks at them: before the import, and after.
VIEWS = {
    "errori": Outcome.FAULT,
    "dubbi": Outcome.LIKELY,
    "nuove": Outcome.CREATE,
    "cambiate": Outcome.CHANGE,
    "invariate": Outcome.SAME,
}
AFTERWARDS = ("nuove", "cambiate", "invariate", "errori", "dubbi")
WRITING = {Outcome.CREATE, Outcome.CHANGE}
PAGE = 50

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Counted:
    """How many rows can be imported, are there already, and have to be looked at first."""

    faulty: int
    undecided: int
    creating: int
    changing: int
    same: int

    @classmethod
    def of(cls, batch: Batch) -> "Counted":
        told = (batch.counts.get(outcome, 0) for outcome in VIEWS.values())
        return cls(*told)

    @property
    def importable(self) -> int:
        return self.creating + self.changing

    @property
    def left_out(self) -> int:
        return self.faulty + self.undecided


def checked(request: HttpRequest, network: Network, batch: Batch, kind: ImportKind) -> HttpResponse:
    """What the rows would do, and the next thing to do with them."""
    counted = Counted.of(batch)
    return batch_page(
        request,
        "desk/import_checked.html",
        network,
        batch,
        kind,
        counted=counted,
        facts=facts(counted, words.BEFORE),
        form=ApplyForm(batch=batch),
        **listed(request, network, batch, kind),
    )


def applied(request: HttpRequest, network: Network, batch: Batch, kind: ImportKind) -> HttpResponse:
    """What was done, where it can be seen, and the way back."""
    counted = Counted.of(batch)
    return batch_page(
        request,
        "desk/import_applied.html",
        network,
        batch,
        kind,
        counted=counted,
        facts=facts(counted, words.AFTER),
        pages=pages_of(batch, kind),
        undoable=queries.may_be_undone(batch),
        until=queries.kept_until(batch),
        **listed(request, network, batch, kind),
    )


def undone(request: HttpRequest, network: Network, batch: Batch, kind: ImportKind) -> HttpResponse:
    """What was taken back, and what stayed because somebody had changed it since."""
    kept, paging = paged(request, queries.changes_of(batch).filter(left=True), "number", "id")
    return batch_page(
        request,
        "desk/import_undone.html",
        network,
        batch,
        kind,
        form=BatchForm(batch=batch),
        kept=tables.changes(kind, _("Left as it is now"), kept, paging) if kept else None,
    )


def pages_of(batch: Batch, kind: ImportKind) -> list[tuple[Sentence, str]]:
    """Where what was imported can be seen, as far as the kind names it."""
    if not isinstance(kind, ShownOnPages) or batch.emptied_at:
        return []
    subjects = list(queries.changes_of(batch).values_list("subject", flat=True))
    return list(kind.pages(subjects, Context(on=clock.today(), network=batch.network)))


def facts(counted: Counted, labels: words.Labels) -> Facts:
    said = words.counts_words
    written, there, out = counted.importable, counted.same, counted.left_out
    return Facts(
        (
            Fact(
                labels.written(written),
                written,
                said({"create": counted.creating, "change": counted.changing}),
            ),
            Fact(labels.there(there), there),
            Fact(
                labels.out(out), out, said({"fault": counted.faulty, "likely": counted.undecided})
            ),
        )
    )


def listed(
    request: HttpRequest, network: Network, batch: Batch, kind: ImportKind
) -> dict[str, Any]:
    """The rows of one outcome, and the outcomes to choose from."""
    order = AFTERWARDS if batch.state == State.APPLIED else VIEWS
    views = {word: VIEWS[word] for word in order if batch.counts.get(VIEWS[word])}
    if not views or batch.emptied_at:
        return {"tabs": None, "table": None}
    chosen = request.GET.get("esito", "")
    word = chosen if chosen in views else next(iter(views))
    return {
        "tabs": tabs_of(request, batch, views, word),
        "table": table_of(request, network, batch, kind, views[word]),
    }


def tabs_of(
    request: HttpRequest, batch: Batch, views: dict[str, Outcome], chosen: str
) -> Tabs | None:
    if len(views) == 1:
        return None
    return Tabs(
        _("Rows of the file"),
        tuple(
            Tab(
                words.VIEW_LABELS[outcome],
                query_with(request.GET, esito=word, after=None, before=None),
                current=word == chosen,
                count=batch.counts[outcome],
            )
            for word, outcome in views.items()
        ),
    )


def table_of(
    request: HttpRequest, network: Network, batch: Batch, kind: ImportKind, outcome: Outcome
) -> Table:
    """One page of the rows of an outcome, or of what they make and change; two queries."""
    rows = queries.rows_of(batch, outcome)
    if outcome in WRITING:
        changes = queries.changes_of(batch).filter(number__in=rows.order_by().values("number"))
        found, paging = paged(request, changes, "number", "id")
        return tables.changes(kind, words.caption_of(batch, outcome), found, paging)
    listed_rows, paging = paged(request, rows, "number")
    if outcome is Outcome.FAULT:
        return tables.faults(batch, kind, listed_rows, paging, faulty_files(network, batch))
    table = tables.likely if outcome is Outcome.LIKELY else tables.same
    return table(batch, kind, listed_rows, paging)


def paged(request: HttpRequest, rows: QuerySet[M], *order: str) -> tuple[list[M], Paging]:
    found = page_of(
        rows,
        order=order,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=PAGE,
    )
    return found.items, Paging.of(found, request.GET)


def faulty_files(network: Network, batch: Batch) -> tuple[CardLink, ...]:
    return tuple(
        CardLink(
            _("Download as %(format)s") % {"format": each.upper()},
            batch_href(network, batch, "import_faults", format=each),
        )
        for each in FORMATS
    )
