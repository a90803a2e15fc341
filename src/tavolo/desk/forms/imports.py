"""What is typed about an import: the file, which column is what, the cells that were wrong, decisions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.base import ActForm
from tavolo.imports.errors import OptionsWrong
from tavolo.imports.matching import Match
from tavolo.imports.models import Batch, Row
from tavolo.imports.plugs import Field, ImportKind
from tavolo.imports.queries import sentence_of
from tavolo.imports.reading.limits import CELL_CHARACTERS
from tavolo.kernel.errors import Refusal, Sentence

LONGEST_OPTION = 300
SAMPLES = 3
# A longer text beside a wrong cell is not what anybody came to mend.
LONGEST_BESIDE = 300
LONGEST_SAMPLE = 30
ACCEPTED = ".xlsx,.xls,.xlsm,.ods,.csv,.tsv,.txt"
# What `imports` takes as the answer that a row is not what is there.
NEW = "new"
CELL = re.compile(r"cell-(\d{1,7})-(\d{1,3})")
ROW = re.compile(r"row-(\d{1,7})")


def option_name(field: Field) -> str:
    return f"option-{field.key}"


class OptionsForm(ActForm):
    """What a kind asks once for the whole file; each answer is read as a cell would be."""

    def __init__(self, *args: Any, kind: ImportKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for field in kind.options:
            self.fields[option_name(field)] = option_field(field)

    @property
    def options(self) -> dict[str, str]:
        return {field.key: self.cleaned_data[option_name(field)] for field in self.kind.options}

    def take(self, refusal: Refusal) -> None:
        """A wrong answer is said beside it; what has no field here, above."""
        if not isinstance(refusal, OptionsWrong):
            super().take(refusal)
            return
        keys = {field.key for field in self.kind.options}
        for fault in refusal.faults:
            name = f"option-{fault['field']}" if fault["field"] in keys else None
            self.add_error(name, sentence_of(fault))


def option_field(field: Field) -> forms.Field:
    """A choice where the kind names the words, else a line of text."""
    shared: dict[str, Any] = {
        "label": field.label,
        "help_text": field.help,
        "required": field.required,
    }
    if field.choices:
        return forms.ChoiceField(choices=[("", _("Choose…")), *field.choices], **shared)
    return forms.CharField(max_length=LONGEST_OPTION, **shared)


class UploadForm(OptionsForm):
    """`limits` are said before; `too_large` after, by whoever received the request: such a file is not kept."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": _("Choose the file on your computer."),
            "empty": _("The file is empty. Save it again, then choose it here."),
        },
    )

    def __init__(
        self, *args: Any, limits: Sentence, too_large: Sentence = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = str(limits)
        if too_large:
            self.fields["file"].error_messages["required"] = str(too_large)


class BatchForm(ActForm):
    """An act on a batch as it was looked at: who comes second is told so."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, batch: Batch, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": batch.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class ApplyForm(BatchForm):
    """`without_faulty`: what the page said, so that a fault which came since is not left out unseen."""

    without_faulty = forms.BooleanField(widget=forms.HiddenInput, required=False)


class UndoForm(BatchForm):
    """`leave_changed`: what somebody changed since stays as it is."""

    leave_changed = forms.BooleanField(widget=forms.HiddenInput, required=False)


class ColumnsForm(BatchForm, OptionsForm):
    """Which column of the file is which field: proposals can be changed, and are remembered."""

    def __init__(
        self, *args: Any, batch: Batch, found: Match, rows: Sequence[Row], **kwargs: Any
    ) -> None:
        super().__init__(*args, batch=batch, **kwargs)
        for field in self.kind.options:
            self.fields[option_name(field)].initial = batch.options.get(field.key, "")
        places = list(columns_of(batch, rows))
        known = batch.columns or found.columns
        for field in self.kind.fields:
            self.fields[column_name(field)] = column_field(
                field, places, known.get(field.key), found.proposals.get(field.key)
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken: dict[str, Field] = {}
        for field in self.kind.fields:
            place = cleaned.get(column_name(field))
            other = taken.setdefault(place, field) if place else field
            if other is not field:
                sentence = _("You chose this column for “%(field)s” too.")
                self.add_error(column_name(field), sentence % {"field": other.label})
        return cleaned

    @property
    def columns(self) -> dict[str, int | None]:
        told = {field.key: self.cleaned_data[column_name(field)] for field in self.kind.fields}
        return {key: int(place) if place else None for key, place in told.items()}


class SheetForm(BatchForm):
    """Another sheet of the same file."""

    sheet = forms.ChoiceField(label=_("Sheet"))

    def __init__(self, *args: Any, batch: Batch, **kwargs: Any) -> None:
        super().__init__(*args, batch=batch, **kwargs)
        self.fields["sheet"].choices = [(name, name) for name in batch.sheets]  # type: ignore[attr-defined]
        self.fields["sheet"].initial = batch.sheet


class MendForm(BatchForm):
    """The wrong cells of some rows: what is typed takes the place of what the file says."""

    def __init__(
        self, *args: Any, batch: Batch, kind: ImportKind, rows: Iterable[Row], **kwargs: Any
    ) -> None:
        super().__init__(*args, batch=batch, **kwargs)
        for row in rows:
            for field, place in [
                *fields_at_fault(row, batch, kind),
                *fields_beside(row, batch, kind),
            ]:
                name = cell_name(row.number, place)
                self.fields[name] = cell_field(field, text_at(row, place))

    @property
    def cells(self) -> dict[int, dict[int, str]]:
        """What was changed: by the number of the row and the place of the column.

        A cell that was not sent stays as it is: another page of the same rows may have it.
        """
        found: dict[int, dict[int, str]] = {}
        for name in self.fields:
            known = CELL.fullmatch(name)
            if known and name in self.data and name in self.changed_data:
                number, place = int(known[1]), int(known[2])
                found.setdefault(number, {})[place] = self.cleaned_data[name]
        return found


class DecideForm(BatchForm):
    """Of each row that may be there already: whether it is, or is a new one; some may be left open."""

    def __init__(self, *args: Any, rows: Iterable[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            same = [
                (each["subject"], _("It is “%(label)s”") % {"label": each["label"]})
                for each in row.likely
            ]
            self.fields[row_name(row.number)] = forms.ChoiceField(
                label=_("Is row %(number)s one of these?") % {"number": row.number},
                choices=[*same, (NEW, _("It is a new one"))],
                widget=forms.RadioSelect,
                initial=row.decision,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.decisions:
            raise forms.ValidationError(_("Decide at least one row."))
        return cleaned

    @property
    def decisions(self) -> dict[int, str]:
        named = {name: ROW.fullmatch(name) for name in self.fields}
        told = {
            int(known[1]): self.cleaned_data.get(name) for name, known in named.items() if known
        }
        return {number: decision for number, decision in told.items() if decision}


def column_name(field: Field) -> str:
    return f"column-{field.key}"


def cell_name(number: int, place: int) -> str:
    return f"cell-{number}-{place}"


def row_name(number: int) -> str:
    return f"row-{number}"


def numbers_in(names: Iterable[str]) -> list[int]:
    """The numbers of the rows of which a form that was sent speaks."""
    known = (CELL.fullmatch(name) or ROW.fullmatch(name) for name in names)
    return sorted({int(found[1]) for found in known if found})


def columns_of(batch: Batch, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """The columns of the file as choices: letter, heading, and the first values that differ."""
    for place, heading in enumerate(batch.headings):
        cells = dict.fromkeys(filter(None, (text_at(row, place) for row in rows)))
        samples = "; ".join(clipped(cell) for cell in list(cells)[:SAMPLES])
        named = heading or str(_("without heading"))
        said = f"{letter_of(place)} · {clipped(named)}"
        yield str(place), f"{said} ({samples})" if samples else said


def column_field(
    field: Field, places: Sequence[tuple[str, str]], known: int | None, proposed: int | None
) -> forms.ChoiceField:
    """`known` is sure; `proposed` is a heading that only looks alike, and is marked as such."""
    place = known if known is not None else proposed
    marked = known is None and proposed is not None
    return forms.ChoiceField(
        label=str(field.label),
        required=field.required,
        choices=[("", _("Choose…") if field.required else _("not in the file")), *places],
        initial="" if place is None else str(place),
        help_text=_("A proposal: the heading looks alike. Look whether it is right.")
        if marked
        else "",
    )


def fields_at_fault(row: Row, batch: Batch, kind: ImportKind) -> list[tuple[Field, int]]:
    """The fields that a row's faults are about, with their columns; all where the row as a whole is."""
    known = columns_known(batch, kind)
    told = {fault["field"] for fault in row.faults}
    wrong = [(field, place) for field, place in known if field.key in told]
    whole = told - {field.key for field, _place in wrong}
    return known if whole else wrong


def fields_beside(row: Row, batch: Batch, kind: ImportKind) -> list[tuple[Field, int]]:
    """The other cells of the row: a fault is often seen in one and made in another."""
    wrong = fields_at_fault(row, batch, kind)
    return [
        (field, place)
        for field, place in columns_known(batch, kind)
        if (field, place) not in wrong and len(text_at(row, place)) <= LONGEST_BESIDE
    ]


def columns_known(batch: Batch, kind: ImportKind) -> list[tuple[Field, int]]:
    return [
        (field, place)
        for field in kind.fields
        if (place := batch.columns.get(field.key)) is not None
    ]


def text_at(row: Row, place: int) -> str:
    """What stands in a cell; a short row is empty at its end."""
    return str(row.cells[place]) if place < len(row.cells) else ""


def cell_field(field: Field, text: str) -> forms.Field:
    """A choice where there are words for it, the word of the file among them; else a line of text."""
    shared: dict[str, Any] = {"label": str(field.label), "required": False, "initial": text}
    if not field.choices:
        hint = _("For instance: %(example)s") % {"example": field.example} if field.example else ""
        return forms.CharField(
            max_length=CELL_CHARACTERS, help_text=str(field.help or hint), **shared
        )
    words = [word for word, _said in field.choices]
    kept = [] if text in words else [(text, text or _("empty"))]
    return forms.ChoiceField(choices=[*kept, *field.choices], **shared)


def letter_of(place: int) -> str:
    """The column as spreadsheets call it: A, B … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def clipped(text: str) -> str:
    return text if len(text) <= LONGEST_SAMPLE else f"{text[: LONGEST_SAMPLE - 1].rstrip()}…"
