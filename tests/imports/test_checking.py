"""What is said of each row, and what mending and deciding change."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext_lazy

from tavolo.imports.actions import (
    apply_batch,
    check_batch,
    decide_rows,
    mend_rows,
)
from tavolo.imports.cells import fault_of
from tavolo.imports.errors import (
    FaultyRows,
    NoSuchCell,
    NoSuchDecision,
)
from tavolo.imports.models import Row
from tavolo.imports.plugs import Fault, Plan, Planned
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import DatedValue
from tests.factories.counting import ENOUGH
from tests.imports.batches import checked, faults, kept, outcomes, values
from tests.imports.toy import Toy, csv_of, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy")]

GOOD = csv_of(("a", 1, "here"), ("b", 2, ""))


def test_faults_are_told_by_row_and_column() -> None:
    batch = checked(csv_of(("a", "x", "s" * 61), ("", 13, ""), ("c", 13, "")))
    assert faults(batch) == {
        2: [
            ("value", "“%(said)s” is not a whole number: write digits only."),
            ("source", "“%(said)s” is longer than 60 characters."),
        ],
        3: [("key", "This is missing, and every row needs it.")],
        4: [("value", "Thirteen is unlucky.")],
    }
    assert (batch.counts, kept(batch)) == ({"fault": 3}, [])


def test_outcomes_say_what_each_row_does() -> None:
    DatedValue.objects.create(key="same", value=1, source="x")
    DatedValue.objects.create(key="other", value=1, source="x")
    batch = checked(csv_of(("same", 1, "x"), ("other", 2, "x"), ("new", 3, "x")))
    assert outcomes(batch) == {2: "same", 3: "change", 4: "create"}
    assert kept(batch) == [
        (3, "other", {"value": 1, "source": "x"}, {"value": 2, "source": "x"}),
        (4, "new", None, {"value": 3, "source": "x"}),
    ]


def test_rows_that_repeat_or_contradict_each_other_are_said() -> None:
    DatedValue.objects.create(key="there", value=1, source="")
    rows = (("a", 1, ""), ("a", 1, ""), ("b", 1, ""), ("b", 2, ""), ("there", 1, ""))
    batch = checked(csv_of(*rows, ("there", 1, "")))
    assert faults(batch) == {
        3: [("", "The same as row %(row)s, which stands before.")],
        4: [("", "Row %(row)s says something else of the same.")],
        5: [("", "Row %(row)s says something else of the same.")],
    }
    assert batch.counts == {"create": 1, "fault": 3, "same": 2}


class Sharing(Toy):
    """Every row needs one thing more, which the first of them brings."""

    key = "sharing"

    def plan(self, rows: Any, context: Any) -> Plan:
        plan = super().plan(rows, context)
        shared = Planned(
            plan.changes[0].number, "shared", "shared", None, {"value": 0, "source": ""}
        )
        return Plan([shared, *plan.changes], plan.faults, plan.likely)


def test_what_several_rows_need_comes_with_one_that_stays() -> None:
    with registered(Sharing()):
        batch = checked(
            csv_of(("a", 1, ""), ("a", 2, ""), ("b", 13, ""), ("c", 3, ""), ("c", 3, "")),
            kind="sharing",
        )
        assert outcomes(batch) == {2: "fault", 3: "fault", 4: "fault", 5: "create", 6: "fault"}
        assert [(number, subject) for number, subject, _b, _a in kept(batch)] == [
            (5, "shared"),
            (5, "c"),
        ]


def test_a_file_of_contradictions_plans_nothing() -> None:
    batch = checked(csv_of(("a", 1, ""), ("a", 2, "")))
    assert (batch.counts, kept(batch)) == ({"fault": 2}, [])


def test_the_first_faults_of_a_wrong_file_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tavolo.imports.preview.ROWS_TOLD", 2)
    batch = checked(csv_of(*((f"k{n}", "x", "") for n in range(4))))
    assert [told[0][0] for told in faults(batch).values()] == ["value", "value", "", ""]
    assert batch.counts == {"fault": 4}


def test_what_a_fault_names_is_kept_plain() -> None:
    values = {
        "day": date(2026, 1, 2),
        "half": 0.5,
        "none": None,
        "wide": float("inf"),
        "who": gettext_lazy("row"),
    }
    assert fault_of(Fault("m", values, "key")) == {
        "field": "key",
        "message": "m",
        "values": {"day": "2026-01-02", "half": 0.5, "none": None, "wide": "inf", "who": "riga"},
    }


def test_mending_keeps_what_was_there_first() -> None:
    batch = checked(csv_of(("a", "x", ""), ("b", 2, "")))
    batch = mend_rows(batch=batch, cells={2: {1: "y"}}, by=OPERATOR)
    batch = mend_rows(batch=batch, cells={2: {1: "5", 0: "a"}, 3: {1: "2"}}, by=OPERATOR)
    assert (batch.counts, faults(batch)) == ({"create": 2}, {})
    row = Row.objects.get(batch=batch, number=2)
    assert (row.cells, row.mended) == (["a", "5", ""], {"1": "x"})
    assert Row.objects.get(batch=batch, number=3).mended == {}


@pytest.mark.parametrize("cells", [{9: {0: "x"}}, {2: {3: "x"}}, {2: {-1: "x"}}])
def test_a_cell_that_is_not_there_cannot_be_mended(cells: dict[int, dict[int, str]]) -> None:
    batch = checked(GOOD)
    with pytest.raises(NoSuchCell):
        mend_rows(batch=batch, cells=cells, by=OPERATOR)


def test_a_question_waits_for_its_answer() -> None:
    DatedValue.objects.create(key="seven", value=7, source="")
    batch = checked(csv_of(("seven", 8, ""), ("b", 2, "")))
    assert (batch.counts, outcomes(batch)) == (
        {"likely": 1, "create": 1},
        {2: "likely", 3: "create"},
    )
    with pytest.raises(FaultyRows) as refused:
        apply_batch(batch=batch, by=OPERATOR)
    assert (refused.value.faulty, refused.value.undecided) == (0, 1)
    batch = decide_rows(batch=batch, decisions={2: "seven"}, by=OPERATOR)
    row = Row.objects.get(batch=batch, number=2)
    assert (row.outcome, row.decision, row.likely) == (
        "change",
        "seven",
        [{"subject": "seven", "label": "seven", "why": "It is seven."}],
    )
    batch = decide_rows(batch=batch, decisions={2: ""}, by=OPERATOR)
    assert outcomes(batch)[2] == "likely"
    batch = decide_rows(batch=batch, decisions={2: "new"}, by=OPERATOR)
    batch = mend_rows(batch=batch, cells={2: {2: "other"}}, by=OPERATOR)
    assert (outcomes(batch)[2], Row.objects.get(batch=batch, number=2).decision) == ("likely", "")
    apply_batch(batch=batch, by=OPERATOR, without_faulty=True)
    assert values() == [("b", 2, ""), ("seven", 7, "")]


@pytest.mark.parametrize("decisions", [{3: "new"}, {9: "new"}, {2: "other"}])
def test_only_a_question_can_be_answered(decisions: dict[int, str]) -> None:
    DatedValue.objects.create(key="seven", value=7, source="")
    batch = checked(csv_of(("seven", 8, ""), ("b", 2, "")))
    with pytest.raises(NoSuchDecision):
        decide_rows(batch=batch, decisions=decisions, by=OPERATOR)


def test_planning_asks_as_often_for_many_rows_as_for_one() -> None:
    counted = []
    for rows in ENOUGH:
        batch = checked(csv_of(*((f"k{n}", n + 100, "") for n in range(rows))))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            check_batch(batch=batch, by=OPERATOR)
        asked = [q["sql"] for q in queries if "INSERT" not in q["sql"]]
        counted.append(len(asked))
    assert len(set(counted)) == 1
