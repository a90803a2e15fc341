from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tavolo.search.index import shelf, writing
from tavolo.search.plugs import Entry


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    """An installation whose index is nobody else's."""
    settings.TAVOLO_HOME = tmp_path
    return tmp_path


@pytest.fixture
def laid(home: Path) -> Callable[..., None]:
    """Makes an index of entries by kind, without a database behind it."""

    def lay(**kinds: Iterable[Entry]) -> None:
        path = shelf.new()
        with writing.writer_of(path) as writer:
            for kind, entries in kinds.items():
                writing.add(writer, kind, entries)
        shelf.swap(path)

    return lay
