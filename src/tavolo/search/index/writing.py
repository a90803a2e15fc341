"""Writing into an index: documents by their uid, committed at once or not at all."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from tavolo.search.index.fields import UID, document, index_at
from tavolo.search.plugs import Entry

if TYPE_CHECKING:
    from tantivy import IndexWriter

HEAP = 64_000_000  # bytes of memory that hold documents before they are written out


@contextmanager
def writer_of(path: Path) -> Iterator["IndexWriter"]:
    """Commits at the end; what was interrupted before is as if it had never begun."""
    writer = index_at(str(path)).writer(HEAP, 1)
    try:
        yield writer
        writer.commit()
        writer.garbage_collect_files()
    finally:
        writer.wait_merging_threads()


def add(writer: "IndexWriter", kind: str, entries: Iterable[Entry]) -> int:
    """Put new documents in; returns how many."""
    number = 0
    for entry in entries:
        writer.add_document(document(kind, entry))
        number += 1
    return number


def remove(writer: "IndexWriter", uids: Collection[UUID]) -> None:
    for uid in uids:
        writer.delete_documents_by_term(UID, str(uid))
