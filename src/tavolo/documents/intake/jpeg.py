"""The notes in a JPEG, taken out without drawing it anew: for pictures within other files."""

import re

_START, _END = b"\xff\xd8", 0xD9
_SCAN = 0xDA
_NOTES = {0xE1, 0xE2, 0xED, 0xFE}  # Exif and XMP, further pictures, Photoshop's, comments
_COLOURS = b"ICC_PROFILE\0"
# Within a scan a mark is followed by zero, or restarts it.
_MARK = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def without_notes(content: bytes) -> bytes:
    """The same picture without notes, and without what follows its end: phones lay a second picture there.

    What is no JPEG, or a damaged one, comes back as it is.
    """
    if not content.startswith(_START):
        return content
    kept, place = [_START], 2
    while place + 4 <= len(content) and content[place] == 0xFF:  # noqa: PLR2004  the mark
        mark = content[place + 1]
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if mark == _SCAN:
            found = _MARK.search(content, end)
            end = found.start() if found else len(content)
            if not found or content[end + 1] == _END:
                return b"".join([*kept, content[place : end + 2]])
        if mark not in _NOTES or content.startswith(_COLOURS, place + 4):
            kept.append(content[place:end])
        place = end
    return content
