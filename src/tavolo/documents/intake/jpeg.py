"""The notes in a JPEG, taken out without drawing it anew: for pictures within other files."""

_START = b"\xff\xd8"
_SCAN = 0xDA
_NOTES = {0xE1, 0xED, 0xFE}  # Exif and XMP, Photoshop's, comments


def without_notes(content: bytes) -> bytes:
    """The same picture without notes; what is no JPEG, or a damaged one, comes back as it is."""
    if not content.startswith(_START):
        return content
    kept, place = [_START], 2
    while place + 4 <= len(content) and content[place] == 0xFF:  # noqa: PLR2004  the mark
        mark = content[place + 1]
        if mark == _SCAN:
            return b"".join([*kept, content[place:]])
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if mark not in _NOTES:
            kept.append(content[place:end])
        place = end
    return content
