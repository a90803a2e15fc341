"""What a code of an area looks like: it stands in addresses for ever."""

import re
from typing import Final

LONGEST_CODE: Final = 40
_CODE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_code(text: str) -> bool:
    return len(text) <= LONGEST_CODE and bool(_CODE.fullmatch(text))
