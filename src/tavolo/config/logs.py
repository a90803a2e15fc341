import json
import logging
from typing import Any

from tavolo.kernel import clock

# What a log line may carry beside its sentence; anything else stays out, so that no address or name slips in.
SAID = (
    "fact",
    "reaction",
    "job",
    "status",
    "method",
    "route",
    "milliseconds",
    "queries",
    "network",
)


class JsonLines(logging.Formatter):
    """One JSON object a line, without personal data."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": clock.now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in SAID if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
