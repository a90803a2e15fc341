import json
from collections.abc import Callable
from typing import Any

import pytest

FIGURES: list[str] = []


@pytest.fixture
def figure() -> Callable[..., None]:
    """Keep a figure of the proof; all are printed at the end of the run."""

    def keep(name: str, **values: Any) -> None:
        FIGURES.append(json.dumps({"proof": name, **values}, default=str))

    return keep


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for line in FIGURES:
        terminalreporter.write_line(line)
