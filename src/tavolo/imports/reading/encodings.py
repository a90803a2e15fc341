"""How a text is encoded: by its mark, by the way it is built, else by its Italian letters.

The encodings of one byte a letter all read each other's files without complaint. The judge is which
of them makes words of what stands beyond ASCII: accented letters at the end of Italian words first,
then other letters of Europe, then signs that stand where such signs stand.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tavolo.imports.reading.plausibility import plausible
from tavolo.imports.reading.refused import Refused, gettext_noop

MIXED = gettext_noop(
    "The text is UTF-8, but not all of it: it breaks in line %(line)s. "
    "Save the file again as “CSV UTF-8”."
)
BROKEN = gettext_noop(
    "The text says that it is %(encoding)s, but it breaks off or holds what that does not know. "
    "Save the file again as “CSV UTF-8”."
)
UNKNOWN = gettext_noop(
    "It cannot be told how the text is encoded. Save the file again as “CSV UTF-8”."
)
NO_TEXT = gettext_noop("“%(name)s” is no table: it is neither XLSX, XLS or ODS nor text.")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In the order in which they are preferred, where they do equally well.
ONE_BYTE = {
    "cp1252": "Windows-1252",
    "iso8859-15": "ISO-8859-15",
    "mac-roman": "Mac Roman",
    "cp850": "CP850",
}
# A head start for what most files are: one letter alone may be told either way.
_USUAL = {"cp1252": 0.4, "iso8859-15": 0.3}
# Told apart by charset-normalizer, where ours make no words of it.
OTHERS = {
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "koi8_r": "KOI8-R",
}
_ENOUGH = 12
_NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
    **ONE_BYTE,
}
_NAMES |= {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}

_SAMPLE = 65_536
_NULS = 0.2
# The end of a file (1A) and the separators of old programs (1C to 1F) are seen in text.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1b\x7f]")
_CONTROL_SHARE = 0.01
_VALID_TO_BROKEN = 2
_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_BEYOND = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True)
class Encoding:
    """`codec` is Python's name, `name` the one people know; `guessed` where nothing in the file says so."""

    codec: str
    name: str
    guessed: bool = False


def encoding_of(path: Path) -> Encoding:
    """How the text is encoded; refuses one that is broken."""
    data = path.read_bytes()
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _tried(data, codec)
    wide = _wide(data[:_SAMPLE])
    if wide:
        return _tried(data, wide)
    if len(_CONTROL.findall(data[:_SAMPLE])) > _CONTROL_SHARE * min(len(data), _SAMPLE):
        raise Refused(NO_TEXT)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fault:
        _refuse_mixed(data, fault.start)
        return _judged(data)
    return Encoding("utf-8", "UTF-8")


def _tried(data: bytes, codec: str) -> Encoding:
    if not _decodes(data, codec):
        raise Refused(BROKEN, encoding=_NAMES[codec])
    return Encoding(codec, _NAMES[codec])


def _wide(sample: bytes) -> str:
    """UTF-16 without its mark: every other byte of Western text is nought."""
    half = max(len(sample) // 2, 1)
    first, second = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if second > _NULS > first:
        return "utf-16-le"
    return "utf-16-be" if first > _NULS > second else ""


def _refuse_mixed(data: bytes, first: int) -> None:
    around = data[max(first - _SAMPLE, 0) : first + _SAMPLE]
    valid = len(_SEQUENCE.findall(around))
    broken = len(_BEYOND.findall(_SEQUENCE.sub(b"", around)))
    if valid >= _VALID_TO_BROKEN * broken:
        raise Refused(MIXED, line=str(data[:first].count(b"\n") + 1))


def _judged(data: bytes) -> Encoding:
    sample = b" ".join(_telling(data))
    scores = {codec: plausible(sample.decode(codec)) for codec in ONE_BYTE if _decodes(data, codec)}
    best = max(scores, key=lambda codec: scores[codec] + _USUAL.get(codec, 0))
    if scores[best] > 0:
        return Encoding(best, ONE_BYTE[best], guessed=True)
    return _by_statistics(data)


def _by_statistics(data: bytes) -> Encoding:
    """For other alphabets of Europe, of which our judge knows nothing; they need some text to be told."""
    import charset_normalizer  # takes half as long to load as the rest of the child

    sample = b" ".join(_telling(data))
    enough = len(_BEYOND.findall(sample)) >= _ENOUGH
    found = (
        charset_normalizer.from_bytes(sample, cp_isolation=list(OTHERS)).best() if enough else None
    )
    if not found or not _decodes(data, found.encoding):
        raise Refused(UNKNOWN)
    return Encoding(found.encoding, OTHERS[found.encoding], guessed=True)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _telling(data: bytes) -> Iterator[bytes]:
    """The words beyond ASCII, as many as a sample holds."""
    size = 0
    for found in re.finditer(rb"[A-Za-z'\x80-\xff]*[\x80-\xff][A-Za-z'\x80-\xff]*", data):
        yield found.group()
        size += len(found.group())
        if size > _SAMPLE:
            return
