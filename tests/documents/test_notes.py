"""Notes are taken out of pictures within other files, and the picture stays the same."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from tavolo.documents.intake.notes import without_notes
from tavolo.documents.intake.officexml import without_author
from tests.documents.hostile.making import PLANTED, jpeg, png, webp
from tests.documents.hostile.within import tiff


def photograph(*, progressive: bool) -> bytes:
    """Points of all colours, so that marks stand within its scans too."""
    points = bytes((n * n * 7 + n // 3) % 256 for n in range(96 * 64 * 3))
    image, out = Image.frombytes("RGB", (96, 64), points), io.BytesIO()
    image.save(
        out, "JPEG", quality=95, progressive=progressive, comment=PLANTED, restart_marker_rows=1
    )
    return out.getvalue()


PICTURES: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: photograph(progressive=False),
    "progressive jpeg": lambda: photograph(progressive=True),
    "jpeg with another behind": lambda: jpeg() + jpeg(notes=True),
    "png": lambda: png(notes=True),
    "webp": lambda: webp(notes=True),
    "tiff": tiff,
}


@pytest.mark.parametrize("make", PICTURES.values(), ids=PICTURES)
def test_the_points_stay_and_the_notes_go(make: Callable[[], bytes]) -> None:
    before, after = make(), without_notes(make())
    assert (PLANTED in before, PLANTED in after) == (True, False)
    assert points_of(after) == points_of(before)
    assert without_notes(after) == after or before.startswith(b"II*\0")


def points_of(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        return image.tobytes()


@pytest.mark.parametrize("make", PICTURES.values(), ids=PICTURES)
def test_what_is_cut_short_is_no_fault(make: Callable[[], bytes]) -> None:
    whole = make()
    for cut in range(0, len(whole), max(1, len(whole) // 60)):
        assert isinstance(without_notes(whole[:cut]), bytes)


@pytest.mark.parametrize(
    "part",
    [
        b'<table name="T" displayName="Spese"/>',
        b"<x><Company>Tavolo</Company><author_note>yes</author_note></x>",
        b'<w:comment w:id="1"><w:t>author="me"</w:t></w:comment>',
    ],
)
def test_what_names_no_person_stays(part: bytes) -> None:
    assert without_author("xl/tables/table1.xml", part) == part
