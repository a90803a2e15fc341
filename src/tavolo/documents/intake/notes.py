"""The notes in a picture that lies within another file, taken out without drawing it anew where that can be."""

import io
import struct
import warnings
from collections.abc import Iterator

from PIL import Image

from tavolo.documents.intake import jpeg, limits

_PNG, _RIFF = b"\x89PNG\r\n\x1a\n", b"RIFF"
_TIFF = (b"II*\0", b"MM\0*")
_DAMAGED = (
    struct.error,
    OSError,
    ValueError,
    SyntaxError,
    LookupError,
    TypeError,
    OverflowError,
)
_PNG_NOTES = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
_WEBP_NOTES = {b"EXIF", b"XMP "}
# Which notes it holds stands in the first part of a WebP too.
_WEBP_FLAGS = 0x08 | 0x04


def without_notes(content: bytes) -> bytes:
    """The same picture without place, day, author and words; what is none, or damaged, comes back as it is."""
    try:
        if content.startswith(_PNG):
            return b"".join([_PNG, *_png_parts(content)])
        if content.startswith(_RIFF) and content[8:12] == b"WEBP":
            return _webp(content)
        if content.startswith(_TIFF):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return _tiff(content)
    except _DAMAGED:
        return content
    return jpeg.without_notes(content)


def _png_parts(content: bytes) -> Iterator[bytes]:
    place = len(_PNG)
    while place < len(content):
        (length,), kind = struct.unpack_from(">I", content, place), content[place + 4 : place + 8]
        end = place + length + 12
        if end > len(content):
            raise ValueError(end)
        if kind not in _PNG_NOTES:
            yield content[place:end]
        if kind == b"IEND":
            return
        place = end


def _webp(content: bytes) -> bytes:
    parts = b"".join(_webp_parts(content))
    return _RIFF + struct.pack("<I", len(parts) + 4) + b"WEBP" + parts


def _webp_parts(content: bytes) -> Iterator[bytes]:
    place, whole = 12, 8 + struct.unpack_from("<I", content, 4)[0]
    while place < min(whole, len(content)):
        kind, (length,) = content[place : place + 4], struct.unpack_from("<I", content, place + 4)
        part = content[place : place + 8 + length + length % 2]
        if kind == b"VP8X":
            part = part[:8] + bytes([part[8] & ~_WEBP_FLAGS]) + part[9:]
        if kind not in _WEBP_NOTES:
            yield part
        place += 8 + length + length % 2


def _tiff(content: bytes) -> bytes:
    """Drawn anew: its notes lie among what it needs."""
    with Image.open(io.BytesIO(content), formats=("TIFF",)) as image:
        width, height = image.size
        if getattr(image, "n_frames", 1) > 1 or width * height > limits.PIXELS:
            return content
        image.load()
        plain = Image.frombytes(image.mode, image.size, image.tobytes())
    if image.palette is not None:
        plain.putpalette(image.palette)
    out = io.BytesIO()
    plain.save(out, format="TIFF", compression="tiff_adobe_deflate")
    return out.getvalue()
