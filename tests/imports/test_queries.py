"""What is asked of batches, and what of them is not there for others."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from tavolo.imports import queries, rules
from tavolo.imports.actions import apply_batch
from tavolo.imports.errors import FaultyRows, Told, Unreadable
from tavolo.imports.models import Batch
from tavolo.imports.plugs import import_kinds
from tavolo.imports.progress import Progress, listening, path_of, telling
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import DatedValue, Network, NetworkSetting
from tests.factories.people import a_network, secretary_of
from tests.imports.batches import checked
from tests.imports.toy import TOY, Toy, csv_of, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy")]

GOOD = csv_of(("a", 1, "here"), ("b", 2, ""))


class National(Toy):
    """For the operator alone, even where a network is named."""

    key = "national"

    def may(self, actor: Actor, network: Network | None) -> bool:
        return actor.has("operator")


def uids(found: Any) -> list[Any]:
    return [batch.uid for batch in found]


def test_each_sees_the_batches_of_what_she_may_import() -> None:
    here, there = a_network("valle"), a_network("monte")
    member = Actor(person=uuid4(), roles=frozenset({Role("organisation_member", here.uid)}))
    with registered(National()):
        ours = checked(GOOD, network=here, by=secretary_of(here))
        by_operator = checked(GOOD, network=here)
        national_here = checked(GOOD, network=here, kind="national")
        theirs = checked(GOOD, network=there)
        national = checked(GOOD)
        every = [ours, by_operator, national_here, theirs, national]
        sees = {
            secretary_of(here): [by_operator, ours],
            secretary_of(there): [theirs],
            OPERATOR: every,
            member: [],
            ANONYMOUS: [],
        }
        for actor, batches in sees.items():
            listed = [
                uid
                for network in (here, there, None)
                for uid in uids(queries.batches_of(network, actor=actor))
            ]
            assert sorted(listed) == sorted(uids(batches))
            for batch in every:
                if batch in batches:
                    assert queries.batch_at(batch.uid, actor=actor) == batch
                else:
                    with pytest.raises(NotFound):
                        queries.batch_at(batch.uid, actor=actor)
        assert uids(queries.batches_of(here, actor=secretary_of(here))) == uids([by_operator, ours])


def test_the_rule_and_the_list_say_the_same() -> None:
    here, there = a_network("valle"), a_network("monte")
    with registered(National()):
        for network in (here, there, None):
            for kind in ("toy_values", "national"):
                checked(GOOD, network=network, kind=kind)
        for actor in (secretary_of(here), secretary_of(there), OPERATOR, ANONYMOUS):
            for batch in Batch.objects.all():
                listed = queries.batches_of(batch.network, actor=actor).filter(pk=batch.pk).exists()
                kind = import_kinds.get(batch.kind)
                assert listed == rules.may_see(actor, kind, batch.network)


def test_a_batch_of_a_kind_that_is_no_more_is_for_the_operator() -> None:
    network = a_network("valle")
    with registered(National()):
        batch = checked(GOOD, network=network, kind="national")
    assert queries.batch_at(batch.uid, actor=OPERATOR) == batch
    assert uids(queries.batches_of(network, actor=OPERATOR)) == [batch.uid]
    assert queries.kind_or_none("national") is None
    with pytest.raises(NotFound):
        queries.batch_at(batch.uid, actor=secretary_of(network))
    assert queries.matching_of(batch).columns == {}
    assert queries.changed_since(batch) == []
    assert queries.states_there(batch, ["a"]) == {}
    assert list(queries.faulty_table(batch).rows) == []


@pytest.mark.parametrize("uid", ["", "x", uuid4(), "\x00"])
def test_no_such_batch(uid: Any) -> None:
    with pytest.raises(NotFound):
        queries.batch_at(uid, actor=OPERATOR)


def test_kinds_are_those_that_one_may_import() -> None:
    network = a_network("valle")
    with registered(National()):
        ours = [kind.key for kind in queries.kinds_for(secretary_of(network), network)]
        assert "national" not in ours
        assert "toy_values" in ours
        assert {kind.key for kind in queries.kinds_for(OPERATOR, None)} >= {
            "toy_values",
            "national",
        }
        assert queries.kinds_for(ANONYMOUS, network) == []


def test_rows_are_asked_by_outcome() -> None:
    batch = checked(csv_of(("a", 1, ""), ("b", "x", ""), ("c", 3, "")))
    assert [row.number for row in queries.rows_of(batch)] == [2, 3, 4]
    assert [row.number for row in queries.rows_of(batch, "fault")] == [3]
    assert [change.subject for change in queries.changes_of(batch)] == ["a", "c"]


def test_what_is_there_now() -> None:
    DatedValue.objects.create(key="a", value=5, source="")
    batch = checked(GOOD)
    assert queries.states_there(batch, ["a", "b"]) == {"a": {"value": 5, "source": ""}}
    assert queries.states_there(batch, []) == {}
    assert queries.changed_since(batch) == []


def test_equal_numbers_are_the_same_however_they_are_written() -> None:
    assert queries.same_state({"a": 1.0, "b": [1]}, {"b": [1], "a": 1})
    assert queries.same_state({"a": (1, 2)}, {"a": [1, 2]})
    assert not queries.same_state({"a": 1}, {"a": 2})
    assert not queries.same_state(None, {})
    assert queries.same_state(None, None)


# Sentences


def test_a_fault_is_said_in_the_language_of_whoever_reads() -> None:
    told = FaultyRows(faulty=2, undecided=0).as_json()
    assert queries.sentence_of(told) == (
        "Righe con errori: 2; righe da decidere: 0. "
        "Correggerle e decidere, oppure importare le altre senza di queste."
    )
    with translation.override("en"):
        assert queries.sentence_of(told).startswith(
            "Rows with faults: 2; rows to be decided: 0. Mend"
        )


def test_nothing_to_say() -> None:
    assert (queries.sentence_of(None), queries.sentence_of({})) == ("", "")


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"message": "%(lost)s is lost", "values": {}}, "%(lost)s is lost"),
        ({"message": "%(lost)s is lost", "values": {"a": 1}}, "%(lost)s is lost"),
        ({"message": "100 % zeal", "values": {"a": 1}}, "100 % zeal"),
        ({"message": "100 % sure"}, "100 % sure"),
        ({"message": "plain"}, "plain"),
    ],
)
def test_a_sentence_without_its_values_is_said_all_the_same(
    fault: dict[str, Any], sentence: str
) -> None:
    assert queries.sentence_of(fault) == sentence


def test_a_refusal_keeps_its_message_and_values() -> None:
    refusal = Unreadable("The file is larger than %(limit)s MB.", limit=3)
    assert isinstance(refusal, Told)
    assert str(refusal) == "Il file supera i 3 MB."
    assert refusal.as_json() == {
        "message": "The file is larger than %(limit)s MB.",
        "values": {"limit": 3},
        "hint": "",
    }


# Tables that leave


def test_an_export_gives_back_what_was_imported() -> None:
    apply_batch(batch=checked(GOOD), by=OPERATOR)
    leaving = queries.export_of(TOY, network=None, actor=OPERATOR)
    assert (leaving.headings, list(leaving.rows)) == (
        ["Key", "Value", "Source of the value"],
        [["a", 1, "here"], ["b", 2, ""]],
    )


def test_an_export_is_for_those_who_may_import() -> None:
    here, there = a_network("valle"), a_network("monte")
    NetworkSetting.objects.create(network=here, key="ours", value=1)
    for actor, network in (
        (secretary_of(there), here),
        (ANONYMOUS, here),
        (secretary_of(here), None),
    ):
        with pytest.raises(NotFound):
            queries.export_of(TOY, network=network, actor=actor)
    leaving = queries.export_of(
        TOY, network=there, actor=secretary_of(there), options={"note": "x"}
    )
    assert list(leaving.rows) == []


def test_rows_with_faults_leave_with_what_is_wrong() -> None:
    batch = checked(csv_of(("a", 1, ""), ("b", "x", ""), ("c", 1, ""), ("c", 2, "")))
    leaving = queries.faulty_table(batch)
    assert (leaving.headings, list(leaving.rows)) == (
        ["Key", "Value", "Source", "Che cosa non va"],
        [
            ["b", "x", "", "Value: “x” is not a whole number: write digits only."],
            ["c", "1", "", "La riga 5 dice altro della stessa cosa."],
            ["c", "2", "", "La riga 4 dice altro della stessa cosa."],
        ],
    )


# Progress


def test_progress_is_told_while_the_work_lasts() -> None:
    batch, heard = checked(GOOD), []
    assert queries.progress_of(batch) == Progress(0, 0)
    with (
        listening(lambda done, total: heard.append((done, total))),
        telling(batch.uid, phases=2) as teller,
    ):
        seen = [queries.progress_of(batch)]
        teller(1, 4)
        seen.append(queries.progress_of(batch))
        teller(1, 0)
        teller(-1, 4)
        teller.next()
        teller.next()
        teller.next()
        seen.append(queries.progress_of(batch))
    assert seen == [Progress(0, 100), Progress(12, 100), Progress(100, 100)]
    assert heard == [(0, 100), (12, 100), (50, 100), (100, 100)]
    assert queries.progress_of(batch) == Progress(0, 0)
    assert not path_of(batch.uid).exists()


@pytest.mark.parametrize("content", ["", "[1]", "[1, 2, 3]", '["a", 1]', "{}", "null", "[1,"])
def test_a_broken_note_of_progress_says_nothing(content: str) -> None:
    batch = checked(GOOD)
    path_of(batch.uid).parent.mkdir(exist_ok=True)
    path_of(batch.uid).write_text(content)
    assert queries.progress_of(batch) == Progress(0, 0)
    path_of(batch.uid).unlink()


def test_progress_that_cannot_be_written_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_rows: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("tavolo.imports.progress._put", full)
    assert apply_batch(batch=checked(GOOD), by=OPERATOR).state == "applied"
