"""What is a program, told by its beginning or by what it is called."""

import re

_BEGINNINGS = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe",
    b"L\0\0\0\x01\x14\x02", b"dex\n", b"\0asm", b"@echo", b"<?php",
)  # fmt: skip
_ENDING = re.compile(
    r"\.(exe|com|scr|bat|cmd|pif|msi|jse?|vb[se]|wsf|hta|ps1|lnk|jar|apk|dll|sh|cpl|reg|iso|img|html?"
    r"|svg|xhtml|mht|docm|xlsm|pptm|dotm|xltm)[. ]*$",
    re.IGNORECASE,
)
# A program of Windows says where its second head stands; plain words that begin with MZ do not.
_PE = 0x3C


def is_program(name: str, content: bytes) -> bool:
    return bool(_ENDING.search(name)) or begins_as_program(content)


def begins_as_program(content: bytes) -> bool:
    if content.startswith(b"MZ"):
        return b"\0" in content[: _PE + 4]
    return content.startswith(_BEGINNINGS)
