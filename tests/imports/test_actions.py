"""From a file to its rows, and who may do what with a batch when."""

from typing import Any
from uuid import uuid4

import pytest

from tavolo.imports import actions
from tavolo.imports.actions import (
    apply_batch,
    check_batch,
    choose_columns,
    decide_rows,
    drop_batch,
    mend_rows,
    read_batch,
    receive_file,
    start,
    undo_batch,
)
from tavolo.imports.choices import Work
from tavolo.imports.errors import (
    ChangedMeanwhile,
    ColumnsMissing,
    NoColumns,
    NoSuchCell,
    OptionsWrong,
    StillUnderWay,
    TooLarge,
    UnknownKind,
    Unreadable,
    WrongState,
)
from tavolo.imports.models import Batch, RememberedColumn, Row
from tavolo.imports.plugs import Field
from tavolo.imports.reading import ReadRow, Table
from tavolo.kernel import blobs
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed, NotFound, Refusal
from tavolo.kernel.models import AnnouncedFact, NetworkSetting
from tests.factories.people import a_network, secretary_of
from tests.imports.batches import acts, checked, kept, outcomes, received, values
from tests.imports.toy import TOY, Toy, csv_of, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy")]

GOOD = csv_of(("a", 1, "here"), ("b", 2, ""))


def facts_of(batch: Batch) -> list[str]:
    return [
        fact.key.removeprefix("imports.")
        for fact in AnnouncedFact.objects.order_by("id")
        if fact.payload.get("batch") == str(batch.uid)
    ]


def test_a_file_becomes_rows_and_can_be_undone() -> None:
    batch = checked(GOOD)
    assert (batch.state, batch.counts) == ("checked", {"create": 2})
    assert (batch.headings, batch.columns) == (
        ["Key", "Value", "Source"],
        {"key": 0, "value": 1, "source": 2},
    )
    assert kept(batch) == [
        (2, "a", None, {"value": 1, "source": "here"}),
        (3, "b", None, {"value": 2, "source": ""}),
    ]
    batch = apply_batch(batch=batch, by=OPERATOR)
    assert (batch.state, values()) == ("applied", [("a", 1, "here"), ("b", 2, "")])
    assert batch.applied_at is not None
    batch = undo_batch(batch=batch, by=OPERATOR)
    assert (batch.state, values()) == ("undone", [])
    assert acts(batch) == [
        "imports.file_received",
        "imports.file_read",
        "imports.batch_checked",
        "imports.batch_applied",
        "imports.batch_undone",
    ]
    assert facts_of(batch) == [
        "FileReceived",
        "FileRead",
        "BatchChecked",
        "BatchApplied",
        "BatchUndone",
    ]


# Receiving


def test_an_unknown_kind_is_not_there() -> None:
    with pytest.raises(UnknownKind):
        received(GOOD, kind="nothing")


def test_who_may_not_import_brings_nothing() -> None:
    network, other = a_network("valle"), a_network("monte")
    for actor, where in (
        (ANONYMOUS, None),
        (secretary_of(network), None),
        (secretary_of(network), other),
    ):
        with pytest.raises(NotAllowed):
            received(GOOD, by=actor, network=where)
    assert not Batch.objects.exists()


def test_what_holds_for_the_whole_file_is_read_at_once() -> None:
    with pytest.raises(OptionsWrong) as refused:
        received(GOOD, options={"note": "x" * 61})
    assert [fault["field"] for fault in refused.value.faults] == ["note"]
    assert received(GOOD, options={"note": "law", "other": "x"}).options == {"note": "law"}


def test_a_file_beyond_the_limit_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tavolo.imports.actions.receiving.FILE_BYTES", 10)
    with pytest.raises(TooLarge):
        received(GOOD)


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("C:\\Documenti\\elenco.xlsx", "elenco.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("", "file"),
        ("a\x00b\ud800.csv", "a\ufffdb\ufffd.csv"),
        ("x" * 300 + ".xlsx", "x" * 250 + ".xlsx"),
    ],
)
def test_any_name_of_a_file_can_be_kept(name: str, kept_as: str) -> None:
    batch = receive_file(
        kind="toy_values", name=name, chunks=[GOOD], network=None, options={}, by=OPERATOR
    )
    assert Batch.objects.get(pk=batch.pk).file_name == kept_as


# Reading


def test_an_unreadable_file_is_refused_with_its_reason() -> None:
    batch = checked(b"")
    assert (batch.state, batch.counts) == ("refused", {})
    assert batch.refusal is not None
    assert acts(batch)[-1] == "imports.file_refused"


def test_headings_alone_are_refused() -> None:
    batch = checked(csv_of())
    assert (batch.state, Row.objects.count()) == ("refused", 0)


def test_a_file_that_is_gone_or_another_is_refused() -> None:
    for change in (lambda path: path.unlink(), lambda path: path.write_bytes(b"Key;Value\nz;1")):
        batch = received(csv_of(("a", 1, uuid4().hex)))
        assert batch.blob is not None
        change(blobs.path_of(batch.blob.digest))
        batch = read_batch(batch=batch, by=OPERATOR)
        assert (batch.state, Row.objects.count()) == ("refused", 0)


def test_a_second_reading_replaces_the_first() -> None:
    batch = checked(GOOD)
    batch = mend_rows(batch=batch, cells={2: {1: "5"}}, by=OPERATOR)
    batch = read_batch(batch=batch, by=OPERATOR)
    assert (batch.counts, outcomes(batch)) == ({"create": 2}, {2: "create", 3: "create"})
    assert kept(batch)[0] == (2, "a", None, {"value": 1, "source": "here"})


def test_columns_that_are_needed_and_missing_are_said() -> None:
    batch = checked(csv_of(("a", 1, ""), headings=("Key", "Wert", "Source")))
    assert (batch.state, batch.columns) == ("read", {"key": 0, "source": 2})
    assert batch.problem == ColumnsMissing(columns="Value").as_json()
    assert (outcomes(batch), kept(batch)) == ({2: ""}, [])


class Free(Toy):
    """Needs no column in particular."""

    key = "free"
    fields = tuple(Field(f.key, f.label, f.read) for f in TOY.fields)


def test_a_file_of_which_no_column_is_known_is_not_checked() -> None:
    with registered(Free()):
        batch = checked(csv_of((1, 2), headings=("Nome", "Cognome")), kind="free")
        assert (batch.state, batch.columns) == ("read", {})
        told = NoColumns(columns="Key, Value, Source of the value")
        assert batch.problem == told.as_json()
        with pytest.raises(NoColumns):
            choose_columns(batch=batch, sheet="", columns={"key": None}, options={}, by=OPERATOR)


def test_what_no_database_holds_is_shown_as_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = Table(
        sheets=("x\x00",),
        sheet="x\x00",
        headings=("Key", "Value", "So\ud800urce"),
        rows=(
            ReadRow(2, ("a\x00", "1", "\udfff")),
            ReadRow(3, ("b", "x\x00\ud800", "")),
        ),
    )
    monkeypatch.setattr("tavolo.imports.actions.reading.read_table", lambda *_a, **_k: hostile)
    batch = checked(GOOD)
    assert Batch.objects.get(pk=batch.pk).sheet == "x\ufffd"
    assert [row.cells for row in Row.objects.order_by("number")] == [
        ["a\ufffd", "1", "\ufffd"],
        ["b", "x\ufffd\ufffd", ""],
    ]
    assert batch.counts == {"create": 1, "fault": 1}
    batch = mend_rows(batch=batch, cells={3: {1: "1\x00"}}, by=OPERATOR)
    assert Row.objects.get(number=3).cells[1] == "1\ufffd"
    apply_batch(batch=batch, by=OPERATOR, without_faulty=True)
    assert values() == [("a\ufffd", 1, "")]


def test_a_huge_cell_is_a_fault_of_its_row() -> None:
    batch = checked(csv_of(("a", 1, ""), ("k" * 30_000, 2, "")))
    assert batch.counts == {"create": 1, "fault": 1}
    told = Row.objects.get(batch=batch, number=3).faults[0]
    assert (told["field"], len(told["values"]["said"])) == ("key", 300)


# Columns


def test_columns_are_chosen_and_remembered() -> None:
    file = csv_of(("x", "a", 1), headings=("Nota", "Parola", "Numero"))
    batch = checked(file)
    assert batch.state == "read"
    chosen = {"key": 1, "value": 2, "source": None}
    batch = choose_columns(batch=batch, sheet="", columns=chosen, options={}, by=OPERATOR)
    assert (batch.state, batch.counts, batch.problem) == ("checked", {"create": 1}, None)
    assert batch.columns == {"key": 1, "value": 2}
    again = checked(file)
    assert (again.state, again.columns) == ("checked", {"key": 1, "value": 2})


def test_what_one_network_said_is_not_said_to_another() -> None:
    here, there = a_network("valle"), a_network("monte")
    file = csv_of(("a", 1, ""), headings=("Parola", "Numero", "Source"))
    by = secretary_of(here)
    batch = checked(file, network=here, by=by)
    chosen = {"key": 0, "value": 1}
    choose_columns(batch=batch, sheet="", columns=chosen, options={}, by=by)
    assert checked(file, network=here, by=by).state == "checked"
    assert checked(file, network=there, by=secretary_of(there)).state == "read"
    assert checked(file).state == "read"


def test_a_column_that_was_left_stays_left_and_can_be_taken_again() -> None:
    batch = checked(GOOD)
    batch = choose_columns(
        batch=batch, sheet="", columns={"key": 0, "value": 1}, options={}, by=OPERATOR
    )
    assert kept(batch)[0][3] == {"value": 1, "source": ""}
    again = checked(GOOD)
    assert again.columns == {"key": 0, "value": 1}
    choose_columns(
        batch=again,
        sheet="",
        columns={"key": 0, "value": 1, "source": 2},
        options={},
        by=OPERATOR,
    )
    assert not RememberedColumn.objects.exists()


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ({"key": 0}, ColumnsMissing),
        ({"key": 0, "value": 3}, NoSuchCell),
        ({"key": -1, "value": 1}, NoSuchCell),
        ({"key": 0, "value": 1, "other": 2}, NoSuchCell),
    ],
)
def test_an_impossible_choice_of_columns_is_refused(
    columns: dict[str, int | None], refusal: type[Refusal]
) -> None:
    batch = checked(GOOD)
    with pytest.raises(refusal):
        choose_columns(batch=batch, sheet="", columns=columns, options={}, by=OPERATOR)
    assert not RememberedColumn.objects.exists()


def test_a_sheet_that_cannot_be_read_leaves_what_was_read() -> None:
    batch = checked(GOOD)
    with pytest.raises(Unreadable):
        choose_columns(batch=batch, sheet="Due", columns={}, options={}, by=OPERATOR)
    batch.refresh_from_db()
    assert (batch.state, batch.sheet, outcomes(batch)) == (
        "checked",
        "",
        {2: "create", 3: "create"},
    )


def test_another_sheet_is_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_path: Any, sheet: str, **_more: Any) -> Table:
        rows = (ReadRow(2, ("z", "9")),) if sheet == "Due" else (ReadRow(2, ("a", "1")),)
        return Table(("Uno", "Due"), sheet or "Uno", ("Key", "Value"), rows)

    monkeypatch.setattr("tavolo.imports.actions.reading.read_table", read)
    batch = checked(GOOD)
    assert (batch.sheet, kept(batch)[0][1]) == ("Uno", "a")
    batch = choose_columns(batch=batch, sheet="Due", columns={}, options={"note": "n"}, by=OPERATOR)
    assert (batch.sheet, batch.sheets, batch.options) == ("Due", ["Uno", "Due"], {"note": "n"})
    assert kept(batch) == [(2, "z", None, {"value": 9, "source": "n"})]


# Who, and when


def every_action(batch: Batch, by: Actor, **more: Any) -> list[Any]:
    return [
        lambda: read_batch(batch=batch, by=by, **more),
        lambda: choose_columns(
            batch=batch, sheet="", columns={"key": 0, "value": 1}, options={}, by=by, **more
        ),
        lambda: mend_rows(batch=batch, cells={2: {1: "5"}}, by=by, **more),
        lambda: decide_rows(batch=batch, decisions={}, by=by, **more),
        lambda: check_batch(batch=batch, by=by, **more),
        lambda: apply_batch(batch=batch, by=by, **more),
        lambda: undo_batch(batch=batch, by=by, **more),
        lambda: drop_batch(batch=batch, by=by, **more),
        lambda: start(batch=batch, work=Work.APPLYING, by=by, **more),
    ]


def test_every_action_is_in_the_tests_of_strangers() -> None:
    # receive_file has no batch yet, the two that empty none in particular.
    apart = {"receive_file", "empty_old", "empty_naming"}
    told = {name for name in actions.__all__ if name.islower()} - apart
    assert len(every_action(Batch(), OPERATOR)) == len(told)


def test_for_strangers_a_batch_is_not_there() -> None:
    here, there = a_network("valle"), a_network("monte")
    ours = checked(GOOD, network=here, by=secretary_of(here))
    national = checked(GOOD)
    somebody = Actor(person=uuid4(), roles=secretary_of(there).roles)
    for batch in (ours, national):
        for act in every_action(batch, somebody):
            with pytest.raises(NotFound):
                act()
        batch.refresh_from_db()
        assert (batch.state, batch.version) == ("checked", 2)
    assert values() == []


def test_a_batch_of_a_network_writes_there_alone() -> None:
    here, there = a_network("valle"), a_network("monte")
    NetworkSetting.objects.create(network=there, key="a", value=5, source="theirs")
    by = secretary_of(here)
    batch = apply_batch(batch=checked(GOOD, network=here, by=by), by=by)
    found = NetworkSetting.objects.order_by("network__slug", "key")
    assert list(found.values_list("network__slug", "key", "value")) == [
        ("monte", "a", 5),
        ("valle", "a", 1),
        ("valle", "b", 2),
    ]
    undo_batch(batch=batch, by=by)
    assert list(found.values_list("network__slug", "key", "value")) == [("monte", "a", 5)]


def test_who_looked_at_an_older_version_is_told() -> None:
    batch = checked(GOOD)
    for act in every_action(batch, OPERATOR, version=batch.version - 1):
        with pytest.raises(ChangedMeanwhile):
            act()


def test_what_is_gone_is_not_found() -> None:
    batch = checked(GOOD)
    gone = Batch(pk=batch.pk + 1000, kind=batch.kind)
    for act in every_action(gone, OPERATOR):
        with pytest.raises(NotFound):
            act()


def test_while_a_job_is_under_way_nobody_else_does_anything() -> None:
    batch = checked(GOOD)
    start(batch=batch, work=Work.APPLYING, by=OPERATOR)
    for act in every_action(batch, OPERATOR):
        with pytest.raises(StillUnderWay):
            act()
    for act in every_action(batch, OPERATOR, job=uuid4())[4:7]:
        with pytest.raises(StillUnderWay):
            act()


@pytest.mark.parametrize("state", ["received", "refused", "read", "applied", "undone", "dropped"])
def test_only_what_was_checked_is_imported(state: str) -> None:
    batch = checked(GOOD)
    Batch.objects.filter(pk=batch.pk).update(state=state, applied_at=batch.received_at)
    with pytest.raises(WrongState):
        apply_batch(batch=batch, by=OPERATOR)
