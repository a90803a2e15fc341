"""The tables of imports: batches, columns of a kind, rows and changes of a batch."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tavolo.desk.forms.imports import text_at
from tavolo.desk.web.imports import words
from tavolo.desk.web.imports.places import batch_href
from tavolo.imports.models import Batch, Change, Row
from tavolo.imports.plugs import ImportKind, State, import_kinds
from tavolo.imports.queries import Differing
from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Paging, Table
from tavolo.ui.components.table import Row as Line
from tavolo.ui.words import Missing, day_words

# More than that nobody compares on a page.
SHOWN = 200


def batches(
    network: Network, rows: Sequence[Batch], names: Mapping[UUID, str], paging: Paging
) -> Table:
    labels = {kind.key: kind.label for kind in import_kinds}
    return Table(
        caption=_("Imports of this network, the last first"),
        columns=(
            Column(_("File")),
            Column(_("State")),
            Column(_("Brought")),
            Column(_("Rows")),
        ),
        rows=tuple(
            Line(
                (
                    Cell(
                        batch.file_name,
                        batch_href(network, batch),
                        labels.get(batch.kind, batch.kind),
                    ),
                    Cell(words.badge(batch)),
                    Cell(
                        day_words(clock.in_rome(batch.received_at).date(), weekday=False),
                        note=brought_by(batch, names),
                    ),
                    Cell(words.counts_words(batch.counts) or _("not counted yet")),
                )
            )
            for batch in rows
        ),
        empty=EmptyState(
            _("Nothing imported yet"),
            _("Each file that you upload stands here, with what became of it and how to undo it."),
        ),
        key="imports",
        paging=paging,
        dense=True,
    )


def brought_by(batch: Batch, names: Mapping[UUID, str]) -> str:
    """Who brought the file; whoever runs the installation has no name here."""
    if batch.by is None:
        return _("by whoever runs the installation")
    return _("by %(name)s") % {"name": names.get(batch.by) or _("somebody who has no name here")}


def fields(kind: ImportKind) -> Table:
    """What the columns of a kind are."""
    return Table(
        caption=_("The columns of the file"),
        columns=(
            Column(_("Column")),
            Column(_("Needed")),
            Column(_("Example")),
            Column(_("Words that it may hold")),
        ),
        rows=tuple(
            Line(
                (
                    Cell(field.label, note=field.help),
                    Cell(_("yes") if field.required else _("no")),
                    Cell(field.example or Missing.NOT_FORESEEN),
                    Cell("; ".join(word for word, _said in field.choices) or _("any")),
                )
            )
            for field in kind.fields
        ),
        empty=EmptyState(_("No columns"), _("This kind asks for no column.")),
        key="columns",
        dense=True,
    )


def faults(
    batch: Batch,
    kind: ImportKind,
    rows: Iterable[Row],
    paging: Paging,
    exports: tuple[CardLink, ...],
) -> Table:
    """Each fault by row and column, with what stands there."""
    return Table(
        caption=_("What is wrong, by row and column"),
        columns=(
            Column(_("Row")),
            Column(_("Column")),
            Column(_("What stands there")),
            Column(_("What is wrong")),
        ),
        rows=tuple(
            Line(
                (
                    Cell(words.row_label(row.number)),
                    Cell(words.label_of(kind, fault["field"]) or _("the whole row")),
                    Cell(said_at(row, batch, fault["field"])),
                    Cell(sentence),
                )
            )
            for row in rows
            for fault, sentence in zip(row.faults, words.faults_of(row.faults), strict=True)
        ),
        empty=EmptyState(_("No faults"), _("Every row of the file can be imported.")),
        key="faults",
        paging=paging,
        exports=exports,
        dense=True,
    )


def said_at(row: Row, batch: Batch, key: str) -> str:
    """What the cell of a field says, as far as one reads; the whole row where no column is meant."""
    place = batch.columns.get(key)
    if not key:
        return words.short(" · ".join(filter(None, row.cells)))
    text = text_at(row, place) if place is not None else ""
    return words.short(text) or _("empty")


def likely(batch: Batch, kind: ImportKind, rows: Iterable[Row], paging: Paging) -> Table:
    """Rows that may be there already, and why."""
    return Table(
        caption=_("Perhaps there already: somebody has to say"),
        columns=(
            Column(_("Row")),
            Column(_("What the file says")),
            Column(_("What is there")),
        ),
        rows=tuple(
            Line(
                (
                    Cell(words.row_label(row.number)),
                    Cell(words.row_words(row, batch, kind)),
                    Cell(
                        "; ".join(each["label"] for each in row.likely),
                        note="; ".join(sentences_of(row)),
                    ),
                )
            )
            for row in rows
        ),
        empty=EmptyState(_("Nothing to decide"), _("No row looks like something that is there.")),
        key="likely",
        paging=paging,
        dense=True,
    )


def sentences_of(row: Row) -> list[str]:
    return list(dict.fromkeys(str(each["why"]) for each in row.likely if each["why"]))


def same(batch: Batch, kind: ImportKind, rows: Iterable[Row], paging: Paging) -> Table:
    return Table(
        caption=_("There already as in the file: these rows change nothing"),
        columns=(Column(_("Row")), Column(_("What the file says"))),
        rows=tuple(
            Line((Cell(words.row_label(row.number)), Cell(words.row_words(row, batch, kind))))
            for row in rows
        ),
        empty=EmptyState(_("Nothing of the kind"), _("Every row makes or changes something.")),
        key="same",
        paging=paging,
        dense=True,
    )


def changes(
    kind: ImportKind, caption: str, rows: Iterable[Change], paging: Paging | None = None
) -> Table:
    """What is made or changed, each in words."""
    return Table(
        caption=caption,
        columns=(Column(_("Row")), Column(_("What")), Column(_("How"))),
        rows=tuple(
            Line(
                (
                    Cell(words.row_label(change.number)),
                    Cell(change.label),
                    Cell(words.told_of(change, kind) or Missing.NOT_FORESEEN),
                )
            )
            for change in rows
        ),
        empty=EmptyState(_("Nothing of the kind"), _("No row makes or changes anything here.")),
        key="changes",
        paging=paging,
        dense=True,
    )


def changed_since(kind: ImportKind, rows: Sequence[Differing]) -> Table:
    """What somebody changed after the import: as it was written, as it is now."""
    return Table(
        caption=_("Changed since the import"),
        columns=(
            Column(_("Row")),
            Column(_("What")),
            Column(_("As it was imported")),
            Column(_("As it is now")),
        ),
        rows=tuple(
            Line(
                (
                    Cell(words.row_label(row.number)),
                    Cell(row.label),
                    Cell(words.state_words(row.after, row.now, kind)),
                    Cell(words.state_words(row.now, row.after, kind)),
                )
            )
            for row in rows[:SHOWN]
        ),
        empty=EmptyState(_("Nothing was changed"), _("All is as the import left it.")),
        key="changed",
        paging=Paging(shown=min(len(rows), SHOWN), total=len(rows)),
        dense=True,
    )


def _tells(row: Row, batch: Batch, key: str, states: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the row or any of the states has something there; what is empty in all helps nobody to choose."""
    place = batch.columns.get(key)
    said = text_at(row, place) if place is not None else ""
    return bool(said) or any(state.get(key) not in (None, "") for state in states)


def beside(row: Row, batch: Batch, kind: ImportKind, there: Mapping[str, State]) -> Table | None:
    """A row of the file beside each thing that it may be, in what those keep; None where that is nothing."""
    states = [words.seen(there.get(each["subject"]), kind) for each in row.likely]
    lines = tuple(
        Line(
            (
                Cell(field.label),
                Cell(said_at(row, batch, field.key)),
                *(Cell(words.value_in(state, field)) for state in states),
            )
        )
        for field in kind.fields
        if any(field.key in state for state in states) and _tells(row, batch, field.key, states)
    )
    if not lines:
        return None
    return Table(
        caption=_("Row %(number)s beside what is there") % {"number": row.number},
        columns=(
            Column(_("Column")),
            Column(_("What the file says")),
            *(Column(each["label"], short=each["label"]) for each in row.likely),
        ),
        rows=lines,
        empty=EmptyState(_("No columns"), _("This kind asks for no column.")),
        key=f"beside-{row.number}",
        dense=True,
        caption_hidden=True,
    )
