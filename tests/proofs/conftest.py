import json
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Keep a figure of the proof with its report; all are printed at the end of the run."""

    def keep(name: str, **values: Any) -> None:
        line = json.dumps({"proof": name, **values}, default=str)
        request.node.user_properties.append(("figure", line))

    return keep


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, line in report.user_properties:
                if name == "figure":
                    terminalreporter.write_line(line)
