"""A file on its way in: it goes to the disk piece by piece, and no further than the limit."""

from typing import Any

from django.core.files.uploadhandler import (
    FileUploadHandler,
    MemoryFileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
)
from django.http import HttpRequest


class Limit(FileUploadHandler):
    """Stands before the others: what is beyond the limit is read to its end and kept nowhere.

    The other fields of the form arrive, so that the page can show them again.
    """

    def __init__(self, request: HttpRequest, limit: int) -> None:
        super().__init__(request)
        self.limit, self.received, self.exceeded = limit, 0, False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        self.received += len(raw_data)
        if self.received > self.limit:
            self.exceeded = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler has it."""


def limited(request: HttpRequest, limit: int) -> Limit:
    """Hold the files of this request to so many bytes; to be called before anything of it is read."""
    first = Limit(request, limit)
    request.upload_handlers = [
        first,
        MemoryFileUploadHandler(request),
        TemporaryFileUploadHandler(request),
    ]
    return first
