"""Names that come with a file, its own and those of its sheets, fit to be shown."""

import re
import unicodedata
from collections.abc import Sequence

_LONGEST = 80
_LONGEST_SHEET = 200
_LISTED = 10
_SEPARATOR = re.compile(r"[/\\]")


def shown_name(name: str) -> str:
    """Without folders, without signs that nobody sees or that turn the text around, and not too long."""
    last = _SEPARATOR.split(name)[-1]
    seen = "".join(
        sign for sign in last if unicodedata.category(sign)[0] not in "CZ" or sign == " "
    )
    seen = " ".join(seen.split())
    if len(seen) > _LONGEST:
        half = _LONGEST // 2
        seen = f"{seen[: half - 1]}…{seen[-half:]}"
    return seen


def shown_sheet(name: str) -> str:
    """A sheet’s: likewise, but with whatever stands for folders elsewhere."""
    return _seen(name)[:_LONGEST_SHEET]


def listed(names: Sequence[str]) -> str:
    """The first of them, in one line."""
    return ", ".join([*names[:_LISTED], *(["…"] if len(names) > _LISTED else [])])


def _seen(name: str) -> str:
    line = " ".join(name.split())
    return "".join(
        sign for sign in line if sign == " " or unicodedata.category(sign)[0] not in "CZ"
    )
