"""What goes into the intake and what comes out: plain values, without Django."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Upload:
    """A file as it came: `name` is what it was called there and says nothing of what it is."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: `file_name` is fit to be shown and has the ending of what it is.

    `stripped` are the keys of `choices.Stripped`, `remarks` message ids of what was done;
    """

    file_name: str
    media_type: str
    content: bytes
    stripped: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    signed: bool = False


@dataclass(frozen=True)
class Kept:
    """A checked file whose content is kept: `digest` names the blob."""

    file_name: str
    media_type: str
    digest: str
    size: int
    stripped: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
