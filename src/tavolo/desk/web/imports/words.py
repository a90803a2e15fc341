"""An import in words: where it stands, what its rows would do, what changes from what to what."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tavolo.desk.forms.imports import columns_known, text_at
from tavolo.imports.choices import Outcome, State, Work
from tavolo.imports.models import Batch, Change, Row
from tavolo.imports.plugs import Field, ImportKind, ToldByFields
from tavolo.imports.queries import sentence_of
from tavolo.imports.values import written
from tavolo.kernel import clock
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.badge import State as Shape
from tavolo.ui.words import Missing, day_words, hour_words, instant_words, number

LONGEST_READ = 200
SHAPES: dict[str, Shape] = {
    State.RECEIVED: "wait",
    State.REFUSED: "not",
    State.READ: "wait",
    State.CHECKED: "wait",
    State.APPLIED: "done",
    State.UNDONE: "left",
    State.DROPPED: "off",
}


def badge(batch: Batch) -> Badge:
    """Where it stands; what is under way goes before what was."""
    if batch.work:
        return Badge("draft", Work(batch.work).label)
    return Badge(SHAPES[batch.state], State(batch.state).label, _since(batch))


def _since(batch: Batch) -> str:
    """When it was imported or undone; of the other states the day on which it was brought says enough."""
    moments = {State.APPLIED: batch.applied_at, State.UNDONE: batch.undone_at}
    moment = moments.get(State(batch.state))
    return instant_words(moment) if moment else ""


def row_label(number: int) -> str:
    return _("Row %(number)s") % {"number": number}


@dataclass(frozen=True)
class Labels:
    """What the numbers of a batch count, for one row or for many."""

    written: Callable[[int], str]
    there: Callable[[int], str]
    out: Callable[[int], str]


def _there(total: int) -> str:
    return ngettext("row that is there already", "rows that are there already", total)


BEFORE = Labels(
    lambda total: ngettext("row to import", "rows to import", total),
    _there,
    lambda total: ngettext("row to look at", "rows to look at", total),
)
AFTER = Labels(
    lambda total: ngettext("row imported", "rows imported", total),
    _there,
    lambda total: ngettext("row left out", "rows left out", total),
)


def counted(outcome: str, total: int) -> str:
    """So many rows of one outcome: "6 nuove", "1 con errori"."""
    said = {
        Outcome.CREATE: ngettext("%(shown)s new", "%(shown)s new", total),
        Outcome.CHANGE: ngettext("%(shown)s changed", "%(shown)s changed", total),
        Outcome.SAME: ngettext("%(shown)s as it was", "%(shown)s as they were", total),
        Outcome.FAULT: ngettext("%(shown)s with faults", "%(shown)s with faults", total),
        Outcome.LIKELY: ngettext("%(shown)s to decide", "%(shown)s to decide", total),
    }[Outcome(outcome)]
    return said % {"shown": number(total)}


def counts_words(counts: Mapping[str, int]) -> str:
    """All rows by outcome, in the order in which one looks at them; nothing before they are counted."""
    return ", ".join(counted(key, counts[key]) for key in ORDER if counts.get(key))


ORDER = (Outcome.FAULT, Outcome.LIKELY, Outcome.CREATE, Outcome.CHANGE, Outcome.SAME)


def told_of(change: Change, kind: ImportKind) -> str:
    """What a change does, field by field: values of what is new, before → after of what is changed."""
    before, after = seen(change.before, kind), seen(change.after, kind)
    fields = [field for field in kind.fields if field.key in after]
    if change.before is None:
        return "; ".join(
            f"{field.label}: {value_words(after[field.key], field)}"
            for field in fields
            if after[field.key] not in (None, "", False)
        )
    return "; ".join(
        f"{field.label}: {value_words(before.get(field.key), field)}"
        f" → {value_words(after[field.key], field)}"
        for field in fields
        if before.get(field.key) != after[field.key]
    )


def seen(state: Mapping[str, Any] | None, kind: ImportKind) -> Mapping[str, Any]:
    """A state as values of the kind's fields."""
    if state is None:
        return {}
    return kind.told(state) if isinstance(kind, ToldByFields) else state


def value_words(value: Any, field: Field) -> str:
    """A value as the page says it; what is not there is said to be empty."""
    if value is None or value == "":
        return _("empty")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return number(value)
    if field.choices:
        word = str(written(field.read, value))
        return str(dict(field.choices).get(word, word))
    return _day(str(value)) or str(value)


def _day(text: str) -> str:
    try:
        return day_words(date.fromisoformat(text), weekday=False)
    except ValueError:
        return ""


def value_in(told: Mapping[str, Any], field: Field) -> str | Missing:
    """What a thing says in one field; not foreseen where it keeps no such field."""
    return value_words(told[field.key], field) if field.key in told else Missing.NOT_FORESEEN


def state_words(
    state: Mapping[str, Any] | None, other: Mapping[str, Any] | None, kind: ImportKind
) -> str:
    """In what a state differs from another one, field by field."""
    if state is None:
        return _("not there any more")
    here, there = seen(state, kind), seen(other, kind)
    told = [
        f"{field.label}: {value_words(here[field.key], field)}"
        for field in kind.fields
        if field.key in here and (other is None or here[field.key] != there.get(field.key))
    ]
    return "; ".join(told) or _("different")


def row_words(row: Row, batch: Batch, kind: ImportKind, but: Collection[str] = ()) -> str:
    """What a row of the file says, field by field; `but` are fields to be left out."""
    told = (
        (field, text_at(row, place))
        for field, place in columns_known(batch, kind)
        if field.key not in but
    )
    return " · ".join(f"{field.label}: {short(text)}" for field, text in told if text)


def short(text: str) -> str:
    """As much of a cell as one reads in a table."""
    return text if len(text) <= LONGEST_READ else f"{text[: LONGEST_READ - 1].rstrip()}…"


def faults_of(faults: Sequence[Mapping[str, Any]]) -> list[str]:
    return [sentence_of(fault) for fault in faults]


def label_of(kind: ImportKind, key: str) -> str | Promise:
    """The field of a fault; "" where it is the row as a whole."""
    return next((field.label for field in kind.fields if field.key == key), "")


def brought(batch: Batch, names: Mapping[UUID, str]) -> str:
    """Who brought the file, and when."""
    told = {
        "day": day_words(clock.in_rome(batch.received_at).date(), weekday=False),
        "hour": hour_words(batch.received_at),
    }
    if batch.by is None:
        return _("brought on %(day)s, %(hour)s, by whoever runs the installation") % told
    name = names.get(batch.by) or _("somebody without a name here")
    return _("brought on %(day)s, %(hour)s, by %(name)s") % {**told, "name": name}


def doing(batch: Batch) -> str:
    """What the worker does, as the heading of its progress."""
    return {
        Work.READING: _("The file is being read and checked."),
        Work.CHECKING: _("The rows are being checked."),
        Work.APPLYING: _("The rows are being imported."),
        Work.UNDOING: _("The import is being undone."),
        Work.NONE: "",
    }[Work(batch.work)]


VIEW_LABELS: dict[str, str | Promise] = {
    Outcome.FAULT: gettext_lazy("Rows with faults"),
    Outcome.LIKELY: gettext_lazy("Rows to decide"),
    Outcome.CREATE: gettext_lazy("New rows"),
    Outcome.CHANGE: gettext_lazy("Changed rows"),
    Outcome.SAME: gettext_lazy("Rows as they were"),
}


def caption_of(batch: Batch, outcome: str) -> str:
    """What a table of changes shows: what will be done, or what was."""
    done = batch.state == State.APPLIED
    if outcome == Outcome.CREATE:
        return _("What was made") if done else _("What would be made")
    return _("What was changed") if done else _("What would be changed: before → after")


def apply_question(importable: int) -> str:
    asked = ngettext("Import %(shown)s row?", "Import %(shown)s rows?", importable)
    return asked % {"shown": number(importable)}


def apply_verb(importable: int, left_out: int) -> str:
    if not left_out:
        return _("Import all")
    verb = ngettext(
        "Import the %(shown)s row without faults",
        "Import the %(shown)s rows without faults",
        importable,
    )
    return verb % {"shown": number(importable)}


def staying_out(counts: Mapping[str, int], faulty: Sequence[int]) -> Iterator[str]:
    """What an import without the faulty rows leaves out, one sentence each."""
    wrong, open_ = counts.get(Outcome.FAULT, 0), counts.get(Outcome.LIKELY, 0)
    if wrong:
        told = {"shown": number(wrong), "rows": _list(faulty, wrong)}
        yield (
            ngettext(
                "%(shown)s row with faults stays out: %(rows)s.",
                "%(shown)s rows with faults stay out: %(rows)s.",
                wrong,
            )
            % told
        )
    if open_:
        yield (
            ngettext(
                "%(shown)s row that nobody has decided stays out.",
                "%(shown)s rows that nobody has decided stay out.",
                open_,
            )
            % {"shown": number(open_)}
        )
    if wrong or open_:
        yield _("You can download the rows with faults, mend them in the file and upload that.")
    yield _("What is imported can be undone as a whole.")


def undoing(changed: int) -> Iterator[str]:
    """What undoing does, one sentence each."""
    if changed:
        yield (
            ngettext(
                "%(shown)s thing was changed since: it stays as it is now.",
                "%(shown)s things were changed since: they stay as they are now.",
                changed,
            )
            % {"shown": number(changed)}
        )
    yield _("What this import made goes away; what it changed becomes again what it was.")
    yield _("The file and its rows stay here, so that they can be imported again.")


def _list(numbers: Sequence[int], total: int) -> str:
    """Some numbers, and that there are more."""
    said = ", ".join(str(each) for each in numbers)
    return said if len(numbers) == total else f"{said}…"
