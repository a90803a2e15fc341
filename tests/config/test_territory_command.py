"""`tavolo territory import`: exit codes, sentences, JSON; every source by its key."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tavolo.config import setup
from tavolo.config.cli import main
from tavolo.config.commands import territory as territory_command
from tavolo.config.setup import bring_territory_up
from tavolo.territory.models import Municipality
from tavolo.territory.plugs import territory_sources
from tests.factories.territory import a_municipality, a_province
from tests.territory.histories import row, write

pytestmark = pytest.mark.django_db

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _without_statistics(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are counted as the owner, over a connection of its own, which would end the test's transaction."""
    for module in (territory_command, setup):
        monkeypatch.setattr(module, "refresh_statistics", lambda: None)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object) -> tuple[int, str, str]:
        try:
            code = main([str(word) for word in ("territory", "import", *words)])
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def file(tmp_path: Path) -> Path:
    repeated = row("046007", "CAPANNORI", "17-03-1861")
    short = (row(f"0460{n}", "VILLA", "01-01-1900", "01-01-1900") for n in range(20, 32))
    return write(tmp_path / "cities.csv", repeated, repeated, *short)


def test_the_sources_are_these() -> None:
    assert sorted(source.key for source in territory_sources) == [
        "changes",
        "history",
        "national",
        "population",
    ]


def test_help_names_the_sources(run: Run) -> None:
    code, said, _fault = run("--help")

    assert code == 0
    assert [source.key for source in territory_sources if f"{source.key}:" not in said] == []


@pytest.mark.parametrize(
    "words",
    [(), ("nulla",), ("history",), ("population",), ("national", "x.csv"), ("history", "a", "b")],
)
def test_wrong_usage_is_two(run: Run, words: tuple[str, ...]) -> None:
    code, said, fault = run(*words)

    assert (code, said) == (2, "")
    assert "usage" in fault


def test_what_is_missing_is_a_sentence_and_one(run: Run, file: Path, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a;b\n1;2\n")

    before = run("history", file)
    nowhere = run("history", tmp_path / "nowhere.csv")
    other = run("changes", tmp_path / "other.csv")

    assert {code for code, _said, _fault in (before, nowhere, other)} == {1}
    assert {said for _code, said, _fault in (before, nowhere, other)} == {""}
    assert "tavolo territory import national" in before[2]
    assert "Tipo variazione" in other[2]


def test_the_report_names_rows(run: Run, file: Path) -> None:
    a_municipality("Capannori", istat_code="046007", province=a_province())

    code, said, fault = run("history", file)

    assert (code, fault) == (0, "")
    assert ": 14\n" in said
    assert "  Righe (1): 3\n" in said
    assert "  Righe (12): 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 e altre 2\n" in said


def test_the_report_is_json_for_a_program(run: Run, file: Path) -> None:
    a_municipality("Capannori", istat_code="046007", province=a_province())

    code, said, _fault = run("history", file, "--json")

    report = json.loads(said)
    assert (code, report["source"], report["figures"]["rows"]) == (0, "history", 14)
    assert [remark["rows"] for remark in report["remarks"]] == [[3], list(range(4, 16))]


def test_the_year_of_a_population_may_be_named(run: Run, tmp_path: Path) -> None:
    town = a_municipality("Capannori", istat_code="046007", province=a_province(), people=None)
    file = tmp_path / "residenti.csv"
    file.write_text("Codice comune;Femmine;Maschi\n046007;3;4\n")

    assert run("population", file)[0] == 1
    code, said, _fault = run("population", file, "--year", "2019", "--json")

    assert (code, json.loads(said)["figures"]["populations"]) == (0, 1)
    assert town.populations.get().year == 2019


def test_an_older_installation_is_brought_up_and_an_empty_one_is_left_empty() -> None:
    bring_territory_up()
    assert not Municipality.objects.exists()

    vermezzo = a_municipality(
        "Vermezzo con Zelo", istat_code="015251", province=a_province("015", "Milano")
    )
    bring_territory_up()

    assert vermezzo.came_from.count() == 2
