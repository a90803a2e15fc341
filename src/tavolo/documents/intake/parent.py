"""The side of the intake that stays: starts the child, takes what it wrote, keeps it."""

from tavolo.documents.errors import FileRefused
from tavolo.documents.intake.told import Checked, Kept, Upload
from tavolo.kernel import blobs


def check_in_child(upload: Upload, *, strip_author: bool) -> Checked:  # noqa: ARG001
    if not upload.content.startswith(b"%PDF-"):
        raise FileRefused(name=upload.name)
    return Checked("documento.pdf", "application/pdf", upload.content)


def kept(told: Checked) -> Kept:
    """Keep the content of a checked file."""
    blob = blobs.store([told.content])
    return Kept(
        told.file_name, told.media_type, blob.digest, blob.size, told.stripped, told.remarks
    )
