"""The child that sets a paper: `python -m tavolo.documents.typesetting`, without Django.

Reads one JSON object from standard input (see `printing`), writes the PDF to standard output; what
went wrong goes to standard error, and then the process ends with 1. Kept apart because the library
runs on for ever, or stops the whole process, on texts that nobody foresaw.
"""

import json
import sys
from typing import Any

try:
    import resource
except ImportError:  # no such thing on this system: the parent's clock remains
    resource = None  # type: ignore[assignment]

SECONDS = 20
MEMORY_BYTES = 2 * 1024**3  # of addresses: its threads reserve more than they use


def fence_in() -> None:
    """It may not run on, grow or write files."""
    sys.dont_write_bytecode = True
    if resource:
        for what, most in (
            (resource.RLIMIT_CPU, SECONDS),
            (resource.RLIMIT_AS, MEMORY_BYTES),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            _soft, hard = resource.getrlimit(what)
            told = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (told, told))


def typeset(asked: dict[str, Any]) -> bytes:
    """The paper as PDF/A-2a with PDF/UA-1, equal for equal input.

    The only moment in it is `timestamp`, in seconds of Unix.
    """
    import typst  # heavy, and needed by this child alone

    # Its types know one source, it takes several by their names.
    compiled: Any = typst.compile
    made: bytes = compiled(
        {name: text.encode() for name, text in asked["templates"].items()},
        format="pdf",
        sys_inputs={"data": asked["data"]},
        ignore_system_fonts=True,
        pdf_standards=["a-2a", "ua-1"],
        timestamp=asked["timestamp"],
    )
    return made


def main() -> int:
    fence_in()
    try:
        made = typeset(json.load(sys.stdin))
    except BaseException as fault:  # noqa: BLE001  a panic of the library is no Exception
        sys.stderr.write(f"{type(fault).__name__}: {fault}")
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
