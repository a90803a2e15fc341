"""Good files spoilt by lot, the same for the same seed."""

import io
import random
import zipfile
from collections.abc import Iterator

from tests.imports.corpus import oldbooks, opendocument, texts, workbooks

GOOD = {
    "xlsx": workbooks.GOOD,
    "ods": opendocument.GOOD,
    "xls": oldbooks.GOOD,
    "csv": (texts.PLAIN_TEXT + '"a";"b;c"\n').encode("cp1252"),
}
_NUMBERS = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"9999", b"-1", b"&#0;")


def spoilt(form: str, count: int) -> Iterator[bytes]:
    """Some as a whole, packages mostly part by part, so that their sums are right again."""
    lot = random.Random(form)
    for number in range(count):
        good = GOOD[form]
        inside = good.startswith(b"PK") and number % 5
        yield _repacked(lot, good) if inside else _changed(lot, good)


def _repacked(lot: random.Random, good: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _changed(lot, content) if lot.random() < 0.4 else content)
    return out.getvalue()


def _changed(lot: random.Random, good: bytes) -> bytes:
    content = bytearray(good)
    for _time in range(lot.randint(1, 6)):
        at = lot.randrange(len(content) + 1)
        end = at + lot.randint(1, 40)
        kind = lot.randrange(5)
        if kind == 0:
            content[at : at + 1] = lot.randbytes(1)
        elif kind == 1:
            del content[at:end]
        elif kind == 2:
            content[at:at] = lot.randbytes(lot.randint(1, 8))
        elif kind == 3:
            content[at:at] = content[lot.randrange(len(content) + 1) :][: end - at]
        else:
            content[at : at + 4] = lot.choice(_NUMBERS)
    return bytes(content)
