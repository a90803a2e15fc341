"""`tavolo import` and `tavolo undo`: spreadsheets, for whoever has the shell."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.config.commands.kinds import add_kind, network_of
from tavolo.config.commands.terminal import Subjects, command, say, say_json
from tavolo.config.progress import progress
from tavolo.imports.actions import apply_batch, drop_batch, read_batch, receive_file, undo_batch
from tavolo.imports.choices import Outcome, State
from tavolo.imports.errors import ChangedSince, FaultyRows
from tavolo.imports.models import Batch
from tavolo.imports.progress import listening
from tavolo.imports.queries import batch_at, kind_or_none, rows_of, sentence_of
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.errors import Refusal

# Nobody reads more on a terminal; `--json` has them all.
LINES = 100

COUNTED = {
    Outcome.CREATE: gettext_lazy("New rows: %(count)d"),
    Outcome.CHANGE: gettext_lazy("Rows that change something: %(count)d"),
    Outcome.SAME: gettext_lazy("Rows that are there already as they are: %(count)d"),
    Outcome.FAULT: gettext_lazy("Rows with faults: %(count)d"),
    Outcome.LIKELY: gettext_lazy("Rows to be decided: %(count)d"),
}

CHUNK = 1 << 20


class NoSuchFile(Refusal):
    sentence = gettext_lazy("The file cannot be opened.")


class NotImported(Refusal):
    """The file could not be read, or its columns could not be matched."""


def add_import(subjects: Subjects) -> None:
    parser = command(
        subjects, "import", _("Import a spreadsheet: XLSX, XLS, ODS or CSV."), run_import
    )
    add_kind(parser)
    parser.add_argument("file", type=Path, help=_("the spreadsheet"))
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what it would do, do nothing")
    )
    parser.add_argument(
        "--without-faulty", action="store_true", help=_("leave out rows that have faults")
    )
    parser.add_argument("--json", action="store_true", help=_("answer in JSON"))


def add_undo(subjects: Subjects) -> None:
    parser = command(subjects, "undo", _("Take an import back."), run_undo)
    parser.add_argument("batch", help=_("the number that the import said"))
    parser.add_argument(
        "--leave-changed",
        action="store_true",
        help=_("leave as it is what was changed since, undo the rest"),
    )
    parser.add_argument("--json", action="store_true", help=_("answer in JSON"))


def run_import(options: argparse.Namespace) -> None:
    """Import the whole file, or with `--without-faulty` its good rows; anything else is put aside.

    Refuses with what the file lacks, with FaultyRows, PlanChanged and whatever the kind refuses.
    """
    batch = receive_file(
        kind=options.kind,
        name=options.file.name,
        chunks=_chunks(options.file),
        network=network_of(options),
        options=dict(options.option),
        by=OPERATOR,
    )
    try:
        with listening(progress(_("Importing"))):
            batch = _imported(batch, options)
    except BaseException:
        _put_aside(batch)
        raise
    _report(batch, options)


def _imported(batch: Batch, options: argparse.Namespace) -> Batch:
    batch = read_batch(batch=batch, by=OPERATOR)
    if batch.state != State.CHECKED:
        raise NotImported(sentence_of(batch.refusal or batch.problem))
    faulty = batch.counts.get(Outcome.FAULT, 0)
    undecided = batch.counts.get(Outcome.LIKELY, 0)
    if (faulty or undecided) and not options.without_faulty:
        _report(batch, options)
        raise FaultyRows(faulty=faulty, undecided=undecided)
    if options.dry_run:
        return drop_batch(batch=batch, by=OPERATOR)
    return apply_batch(batch=batch, by=OPERATOR, without_faulty=options.without_faulty)


def _put_aside(batch: Batch) -> None:
    found = batch_at(batch.uid, actor=OPERATOR)
    if found.state not in {State.APPLIED, State.DROPPED}:
        drop_batch(batch=found, by=OPERATOR)


def _report(batch: Batch, options: argparse.Namespace) -> None:
    faults = list(_faults(batch))
    if options.json:
        told = {name: getattr(batch, name) for name in ("kind", "state", "counts")}
        say_json({"batch": batch.uid, **told, "dry_run": options.dry_run, "faults": faults})
        return
    _say_counts(batch)
    for fault in faults[:LINES]:
        say(f"  {_place(fault)}: {fault['sentence']}")
    if len(faults) > LINES:
        say(_("  … and %(count)d more.") % {"count": len(faults) - LINES})
    if batch.state == State.APPLIED:
        say(_("Imported. It can be undone with: tavolo undo %(batch)s") % {"batch": batch.uid})
    elif options.dry_run and batch.state == State.DROPPED:
        say(_("Nothing was imported: this was a rehearsal."))


def _say_counts(batch: Batch) -> None:
    for remark in batch.remarks:
        say(sentence_of(remark))
    for outcome in Outcome:
        if count := batch.counts.get(outcome):
            say(COUNTED[outcome] % {"count": count})


def _faults(batch: Batch) -> Iterator[dict[str, Any]]:
    kind = kind_or_none(batch.kind)
    labels = {field.key: str(field.label) for field in kind.fields} if kind else {}
    for row in rows_of(batch).filter(outcome__in=[Outcome.FAULT, Outcome.LIKELY]):
        for fault in row.faults:
            place = batch.columns.get(fault["field"])
            yield {
                "row": row.number,
                "column": None if place is None else _letters(place),
                "field": labels.get(fault["field"], ""),
                "sentence": sentence_of(fault),
            }
        for likely in row.likely:
            yield {
                "row": row.number,
                "column": None,
                "field": "",
                "sentence": _("Perhaps there already: %(label)s. %(why)s") % likely,
            }


def _place(fault: dict[str, Any]) -> str:
    told = _("row %(row)d") % fault
    if fault["column"]:
        told += ", " + _("column %(column)s (%(field)s)") % fault
    return told


def _letters(place: int) -> str:
    """A column as a spreadsheet names it: A, Z, AA."""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def run_undo(options: argparse.Namespace) -> None:
    """Refuses with NotFound, WrongState, and with ChangedSince after listing what was changed since."""
    batch = batch_at(options.batch, actor=OPERATOR)
    try:
        with listening(progress(_("Undoing"))):
            batch = undo_batch(batch=batch, by=OPERATOR, leave_changed=options.leave_changed)
    except ChangedSince as refusal:
        for one in refusal.differing[:LINES]:
            say("  " + _("row %(row)d") % {"row": one.number} + f": {one.label}")
        raise
    left = batch.changes.filter(left=True).count()
    if options.json:
        say_json({"batch": batch.uid, "kind": batch.kind, "state": batch.state, "left": left})
        return
    say(_("Undone."))
    if left:
        say(_("Left as it is, because it was changed since: %(count)d") % {"count": left})


def _chunks(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as content:
            while chunk := content.read(CHUNK):
                yield chunk
    except OSError as fault:
        raise NoSuchFile(advice=str(file)) from fault
