"""`tavolo search rebuild`, and what `tavolo check` says of the index."""

from datetime import timedelta
from pathlib import Path

import pytest

from tavolo.config import checks
from tavolo.config.cli import main
from tavolo.kernel import clock
from tavolo.search.index import shelf
from tavolo.search.models import SearchChange
from tavolo.search.queries import search
from tests.factories.registry import a_founded_network

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings) -> None:
    settings.TAVOLO_HOME = tmp_path


def said() -> list[tuple[str, str]]:
    return [(finding.level, finding.sentence) for finding in checks.index()]


def test_the_index_is_built_and_counted(capsys) -> None:
    a_founded_network()
    assert main(["search", "rebuild"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "  Reti: 1",
        "  Organizzazioni: 0",
        "  Uffici e servizi: 0",
        "  In una carica pubblica: 0",
        "  Comuni: 0",
        "  Aree: 0",
        "Voci nell’indice di ricerca: 1.",
    ]
    assert search("rete della valle").count == 1


def test_it_is_refused_while_another_process_writes(capsys) -> None:
    with shelf.alone():
        assert main(["search", "rebuild"]) == 1
    assert "da parte di un altro processo" in capsys.readouterr().err


def test_the_check_says_when_it_is_missing_or_behind() -> None:
    assert said() == [
        (
            "advice",
            "L’indice non c’è ancora: lo costruisce un processo di lavoro, oppure `tavolo search rebuild`.",
        )
    ]
    main(["search", "rebuild"])
    assert said() == []
    network = a_founded_network()
    assert said() == []
    SearchChange.objects.filter(uid=network.uid).update(
        changed_at=clock.now() - timedelta(minutes=6)
    )
    assert said() == [
        ("advice", "L’indice è indietro di 1 modifiche: avvia `tavolo work`."),
    ]


def test_forgetting_takes_every_index_away() -> None:
    main(["search", "rebuild"])
    shelf.forget()
    assert (shelf.current(), list(shelf.folder().glob("index-*"))) == (None, [])
    shelf.forget()
