import json
import logging
import traceback
from collections.abc import Iterator
from typing import Any

from tavolo.kernel import clock

# What a line may carry beside its sentence; anything else stays out, so that no address or name slips in.
SAID = (
    "fact",
    "reaction",
    "job",
    "status",
    "status_code",
    "method",
    "route",
    "milliseconds",
    "queries",
    "network",
)


class JsonLines(logging.Formatter):
    """One JSON object a line, without personal data.

    The sentence is said without its arguments and a fault without its words: Django puts addresses into the
    one, databases put values into the other. What is left names the place in the code.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": clock.now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _sentence(record),
        }
        line |= {name: getattr(record, name) for name in SAID if hasattr(record, name)}
        if record.exc_info and record.exc_info[1]:
            line["exception"] = list(_faults(record.exc_info[1]))
        return json.dumps(line, default=str)


def _sentence(record: logging.LogRecord) -> str:
    # Our own sentences are fixed; those of others may be put together before they come here.
    if record.name.startswith("tavolo") or record.args:
        return str(record.msg)
    return f"{record.module}.{record.funcName}"


def _faults(fault: BaseException | None) -> Iterator[dict[str, Any]]:
    while fault is not None:
        yield {
            "type": f"{type(fault).__module__}.{type(fault).__qualname__}",
            "at": [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(fault.__traceback__)
            ],
        }
        fault = fault.__cause__ or fault.__context__
