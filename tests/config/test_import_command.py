"""`tavolo import`, `undo` and `export`: exit codes, sentences, JSON, what is left behind."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tavolo.config.cli import main
from tavolo.config.commands.imports import _letters
from tavolo.imports.models import Batch
from tavolo.kernel.models import DatedValue
from tests.factories.people import a_network
from tests.imports.toy import csv_of, registered

pytestmark = pytest.mark.django_db(transaction=True)

Said = tuple[int, str, str]


@pytest.fixture(autouse=True)
def _toy() -> Iterator[None]:
    with registered():
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "valori.csv"
    path.write_bytes(csv_of(("a", 1, "here"), ("b", "x", ""), ("c", 13, ""), ("", 4, "")))
    return path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "buoni.csv"
    path.write_bytes(csv_of(("a", 1, "here"), ("b", 2, "")))
    return path


def tavolo(capsys: pytest.CaptureFixture[str], *words: object) -> Said:
    capsys.readouterr()
    code = main([str(word) for word in words])
    told = capsys.readouterr()
    return code, told.out, told.err


def values() -> list[Any]:
    return list(DatedValue.objects.order_by("key").values_list("key", "value", "source"))


HEADINGS = ["Key", "Value", "Source of the value"]


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines(), delimiter=";"))


def batches() -> list[Any]:
    return list(Batch.objects.order_by("id").values_list("state", "counts"))


def test_faults_are_said_by_row_and_column(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    code, said, fault = tavolo(capsys, "import", "toy_values", file)
    assert (code, said.splitlines()) == (
        1,
        [
            "Righe nuove: 1",
            "Righe con errori: 3",
            "  riga 3, colonna B (Value): “x” is not a whole number: write digits only.",
            "  riga 4, colonna B (Value): Thirteen is unlucky.",
            "  riga 5, colonna A (Key): Manca, e serve in ogni riga.",
        ],
    )
    assert fault.startswith("Righe con errori: 3; righe da decidere: 0.")
    assert (values(), batches()) == ([], [("dropped", {"create": 1, "fault": 3})])


def test_the_rest_is_imported_and_undone(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    code, said, _fault = tavolo(capsys, "import", "toy_values", file, "--without-faulty", "--json")
    told = json.loads(said)
    assert code == 0
    assert told | {"batch": "", "faults": len(told["faults"])} == {
        "batch": "",
        "kind": "toy_values",
        "state": "applied",
        "dry_run": False,
        "counts": {"create": 1, "fault": 3},
        "faults": 3,
    }
    assert told["faults"][0] == {
        "row": 3,
        "column": "B",
        "field": "Value",
        "sentence": "“x” is not a whole number: write digits only.",
    }
    assert values() == [("a", 1, "here")]
    code, said, _fault = tavolo(capsys, "undo", told["batch"])
    assert (code, said, values()) == (0, "Annullato.\n", [])
    code, said, fault = tavolo(capsys, "undo", told["batch"])
    assert (code, said) == (1, "")
    assert fault


def test_a_rehearsal_changes_nothing(capsys: pytest.CaptureFixture[str], good: Path) -> None:
    code, said, _fault = tavolo(capsys, "import", "toy_values", good, "--dry-run")
    assert (code, values()) == (0, [])
    assert said.splitlines() == ["Righe nuove: 2", "Non è stato importato nulla: era una prova."]
    assert batches() == [("dropped", {"create": 2})]


def test_what_was_changed_since_is_listed(capsys: pytest.CaptureFixture[str], good: Path) -> None:
    _code, said, _fault = tavolo(capsys, "import", "toy_values", good, "--json")
    uid = json.loads(said)["batch"]
    DatedValue.objects.filter(key="b").update(value=3)
    code, said, fault = tavolo(capsys, "undo", uid)
    assert (code, said) == (1, "  riga 3: b\n")
    assert fault.startswith("Dati cambiati dopo questa importazione: 1.")
    assert tavolo(capsys, "undo", uid, "--leave-changed", "--json") == (
        0,
        json.dumps({"batch": uid, "kind": "toy_values", "state": "undone", "left": 1}, indent=2)
        + "\n",
        "",
    )
    assert values() == [("b", 3, "")]


@pytest.mark.parametrize("format_name", ["csv", "xlsx", "ods"])
def test_an_export_can_be_imported_again(
    capsys: pytest.CaptureFixture[str], good: Path, tmp_path: Path, format_name: str
) -> None:
    tavolo(capsys, "import", "toy_values", good)
    before, out = values(), tmp_path / f"export.{format_name}"
    assert tavolo(capsys, "export", "toy_values", "--output", out) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    DatedValue.objects.all().delete()
    assert tavolo(capsys, "import", "toy_values", out)[0] == 0
    assert values() == before


def test_an_export_goes_to_the_output(capsysbinary: Any, good: Path) -> None:
    assert main(["import", "toy_values", str(good)]) == 0
    capsysbinary.readouterr()
    assert main(["export", "toy_values"]) == 0
    said = capsysbinary.readouterr().out.decode("utf-8-sig")
    assert cells(said) == [HEADINGS, ["a", "1", "here"], ["b", "2", ""]]


def test_an_export_of_a_network_holds_only_its_rows(
    capsys: pytest.CaptureFixture[str], good: Path, tmp_path: Path
) -> None:
    a_network("valle")
    a_network("monte")
    out = tmp_path / "out.csv"
    assert tavolo(capsys, "import", "toy_values", good, "--network", "valle")[0] == 0
    tavolo(capsys, "export", "toy_values", "--network", "monte", "--output", out)
    assert cells(out.read_text(encoding="utf-8-sig")) == [HEADINGS]
    assert values() == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("toy_values", "nowhere.csv"), "Il file non si può aprire. nowhere.csv"),
        (
            ("toy_values", "GOOD", "--network", "nulla"),
            "Non c’è una rete con questo indirizzo. nulla",
        ),
        (("toy_values", "BAD"), "Non si trovano colonne necessarie: Key, Value."),
        (("toy_values", "EMPTY"), ""),
    ],
)
def test_what_cannot_be_imported_is_one_sentence(
    capsys: pytest.CaptureFixture[str],
    good: Path,
    tmp_path: Path,
    words: tuple[str, ...],
    sentence: str,
) -> None:
    (tmp_path / "bad.csv").write_bytes(csv_of((1, 2), headings=("Nome", "Cognome")))
    (tmp_path / "empty.csv").write_bytes(b"")
    places = {"GOOD": good, "BAD": tmp_path / "bad.csv", "EMPTY": tmp_path / "empty.csv"}
    code, said, fault = tavolo(capsys, "import", *(places.get(word, word) for word in words))
    assert (code, said) == (1, "")
    assert fault.startswith(sentence)
    assert "Traceback" not in fault
    assert {state for state, _counts in batches()} <= {"dropped"}


@pytest.mark.parametrize(
    "words",
    [
        ("import",),
        ("import", "nulla", "x.csv"),
        ("import", "toy_values", "x.csv", "--option", "note"),
        ("export", "toy_values", "--format", "pdf"),
    ],
)
def test_wrong_usage_is_two(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2


def test_an_option_holds_for_the_whole_file(capsys: pytest.CaptureFixture[str], good: Path) -> None:
    words = ("import", "toy_values", good, "--option", "note=law 3/2020")
    assert tavolo(capsys, *words)[0] == 0
    assert values() == [("a", 1, "here"), ("b", 2, "law 3/2020")]


def test_a_wrong_option_is_a_refusal(capsys: pytest.CaptureFixture[str], good: Path) -> None:
    code, _said, fault = tavolo(
        capsys, "import", "toy_values", good, "--option", f"note={'x' * 61}"
    )
    assert (code, batches()) == (1, [])
    assert "Note" in fault


def test_a_question_is_said_and_left_out(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    DatedValue.objects.create(key="seven", value=7, source="")
    file = tmp_path / "seven.csv"
    file.write_bytes(csv_of(("seven", 8, ""), ("b", 2, "")))
    code, said, _fault = tavolo(capsys, "import", "toy_values", file)
    assert (code, said.splitlines()) == (
        1,
        [
            "Righe nuove: 1",
            "Righe da decidere: 1",
            "  riga 2: Forse è già presente: seven. It is seven.",
        ],
    )
    assert tavolo(capsys, "import", "toy_values", file, "--without-faulty")[0] == 0
    assert values() == [("b", 2, ""), ("seven", 7, "")]


def test_a_terminal_is_not_filled_with_faults(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "wrong.csv"
    file.write_bytes(csv_of(*((f"k{n}", "x", "") for n in range(103))))
    _code, said, _fault = tavolo(capsys, "import", "toy_values", file)
    assert (len(said.splitlines()), said.splitlines()[-1]) == (102, "  … e altre 3.")
    _code, said, _fault = tavolo(capsys, "import", "toy_values", file, "--json")
    assert len(json.loads(said)["faults"]) == 103


def test_what_reading_remarks_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "title.csv"
    file.write_bytes(b"Elenco dei valori;;\n;;\n" + csv_of(("a", 1, "here")))
    code, said, _fault = tavolo(capsys, "import", "toy_values", file)
    assert code == 0
    assert said.startswith("Le intestazioni sono nella riga 3.")


@pytest.mark.parametrize("place", ["nowhere/out.csv", "."])
def test_where_nothing_can_be_written_nothing_is_left(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, place: str
) -> None:
    code, _said, fault = tavolo(capsys, "export", "toy_values", "--output", tmp_path / place)
    assert (code, list(tmp_path.iterdir())) == (1, [])
    assert fault.startswith("Il file non si può scrivere.")


def test_a_spreadsheet_is_not_shown_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    code, _said, fault = tavolo(capsys, "export", "toy_values", "--format", "xlsx")
    assert code == 1
    assert fault.startswith("Un foglio di calcolo non si può mostrare su un terminale.")


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (299, "KN")])
def test_columns_are_named_as_a_spreadsheet_does(place: int, letters: str) -> None:
    assert _letters(place) == letters


def test_a_second_import_changes_nothing(capsys: pytest.CaptureFixture[str], good: Path) -> None:
    tavolo(capsys, "import", "toy_values", good)
    code, said, _fault = tavolo(capsys, "import", "toy_values", good)
    assert (code, said.splitlines()[0]) == (0, "Righe già presenti così come sono: 2")
