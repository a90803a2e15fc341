"""ZIP packages, looked at before anything is unpacked; and their XML, without declarations."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.parsers import expat

from tavolo.imports.reading import limits
from tavolo.imports.reading.refused import (
    DAMAGED,
    DECLARES_ENTITIES,
    PROTECTED,
    UNPACKS_TOO_LARGE,
    Refused,
)

_ENCRYPTED = 0x1

# RuntimeError and NotImplementedError: what zipfile says of passwords and of rare compressions.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    RuntimeError,
)


@contextmanager
def damage_refused() -> Iterator[None]:
    """Whatever breaks while a package is read is the package's fault."""
    try:
        yield
    except BROKEN as fault:
        raise Refused(DAMAGED) from fault


def open_package(path: Path) -> zipfile.ZipFile:
    """The package, once its directory says that it would unpack within the limits."""
    with damage_refused():
        package = zipfile.ZipFile(path)
    parts = package.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Refused(PROTECTED)
    if any(part.compress_size > path.stat().st_size for part in parts):
        raise Refused(DAMAGED)
    if (
        len(parts) > limits.PARTS
        or sum(part.file_size for part in parts) > limits.UNPACKED_BYTES
        or any(_swells(part) for part in parts)
    ):
        raise Refused(UNPACKS_TOO_LARGE, limit=limits.UNPACKED_BYTES // limits.MEGABYTE)
    return package


def _swells(part: zipfile.ZipInfo) -> bool:
    return (
        part.file_size > limits.PACKED_TIMES_FROM_BYTES
        and part.file_size > limits.PACKED_TIMES * part.compress_size
    )


def parse(stream: IO[bytes], prepare: Callable[[expat.XMLParserType], None]) -> None:
    """Read XML with the handlers that `prepare` sets; refuses declarations before they are worked out."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_declarations
    prepare(parser)
    with damage_refused():
        parser.ParseFile(stream)


def parse_part(
    package: zipfile.ZipFile, name: str, prepare: Callable[[expat.XMLParserType], None]
) -> None:
    with damage_refused(), package.open(name) as stream:
        parse(stream, prepare)


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def _refuse_declarations(*_declared: object) -> None:
    raise Refused(DECLARES_ENTITIES)
