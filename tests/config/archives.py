"""Archives that somebody has tampered with."""

import gzip
import io
import tarfile
from collections.abc import Callable
from pathlib import Path

Members = list[tuple[tarfile.TarInfo, bytes]]


def members_of(path: Path) -> dict[str, bytes]:
    return {info.name: content for info, content in unpack(path)}


def unpack(path: Path) -> Members:
    with tarfile.open(path, "r:gz") as tar:
        return [
            (info, found.read() if (found := tar.extractfile(info)) else b"")
            for info in tar.getmembers()
        ]


def pack(path: Path, members: Members) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for info, content in members:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    path.write_bytes(gzip.compress(buffer.getvalue()))


def rewrite(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    """The same archive with other contents."""
    pack(path, [(info, change(info.name, content)) for info, content in unpack(path)])


def add(path: Path, *names: str, kind: bytes = tarfile.REGTYPE) -> None:
    """The same archive with further members at its end."""
    more = []
    for name in names:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd" if kind == tarfile.SYMTYPE else ""
        more.append((info, b""))
    pack(path, [*unpack(path), *more])


def drop(path: Path, name: str) -> None:
    pack(path, [(info, content) for info, content in unpack(path) if info.name != name])
