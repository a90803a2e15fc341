"""The name of a file that somebody brought, fit to be shown and never to be opened."""

import re
import unicodedata

_LONGEST = 80
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
