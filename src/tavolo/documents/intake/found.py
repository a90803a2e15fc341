"""What a reader of one format answers: the format, the content that may be kept, what was done."""

from dataclasses import dataclass

from tavolo.documents.intake.formats import Format


@dataclass(frozen=True)
class Found:
    format: Format
    content: bytes
    stripped: tuple[str, ...] = ()
    signed: bool = False
