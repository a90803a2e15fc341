"""Pictures: drawn anew from their points, so that nothing but the points and their colours stays."""

import io
import struct
import warnings

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from tavolo.documents.intake import limits
from tavolo.documents.intake.formats import GIF, JPEG, PNG, WEBP, Format
from tavolo.documents.intake.found import Found
from tavolo.documents.intake.refused import (
    DAMAGED,
    PICTURE_MOVES,
    PICTURE_TOO_LARGE,
    Refused,
)

_PLUGINS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP", GIF: "GIF"}
_NOTES = {"exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp", "Raw profile type exif", "mp"}
# Ours are exact: a picture is measured before any of it is unpacked.
Image.MAX_IMAGE_PIXELS = None
Image.init()


def picture(content: bytes, told: Format) -> Found:
    """The picture as it is seen, upright, with its colours; notes, thumbnails and what follows it gone.

    Refuses what is damaged, what moves, and more points than `limits.PIXELS` before they are unpacked.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _drawn_anew(content, told)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as fault:
            raise Refused(DAMAGED) from fault


def _drawn_anew(content: bytes, told: Format) -> Found:
    image = Image.open(io.BytesIO(content), formats=(_PLUGINS[told],))
    _measure(image.size)
    # A second picture in a JPEG is its preview or its depth, not a film.
    if told is not JPEG and getattr(image, "n_frames", 1) > 1:
        raise Refused(PICTURE_MOVES)
    image.load()
    noted = any(image.info.get(key) for key in _NOTES) or bool(getattr(image, "text", None))
    options = _options(image, told)
    upright = _upright(image)
    transparency = upright.info.get("transparency")
    upright.info = {} if transparency is None else {"transparency": transparency}
    out = io.BytesIO()
    _for_format(upright, told).save(out, format=_PLUGINS[told], **options)
    return Found(told, out.getvalue(), ("metadata",) if noted else ())


def _measure(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > limits.PIXELS or max(size) > limits.SIDE:
        raise Refused(PICTURE_TOO_LARGE, limit=limits.PIXELS // 1_000_000)


def _upright(image: Image.Image) -> Image.Image:
    """As the camera was held; what it noted may be damaged where the picture is not."""
    try:
        return ImageOps.exif_transpose(image)
    except (SyntaxError, ValueError, KeyError, TypeError, OSError, struct.error):
        return image.copy()


def _options(image: Image.Image, told: Format) -> dict[str, object]:
    options: dict[str, object] = {}
    if profile := _profile(image):
        options["icc_profile"] = profile
    if told is JPEG:
        options |= _as_compressed(image)
    if told is WEBP:
        options |= {"quality": 90, "method": 2}
    return options


def _as_compressed(image: Image.Image) -> dict[str, object]:
    """As finely as it was: the same tables lose next to nothing."""
    if isinstance(image, JpegImageFile) and image.quantization and image.mode in {"RGB", "L"}:
        sampling = get_sampling(image)
        fine = {"qtables": image.quantization, "progressive": bool(image.info.get("progressive"))}
        return fine | ({"subsampling": sampling} if sampling >= 0 else {})
    return {"quality": 92}


def _profile(image: Image.Image) -> bytes | None:
    """Its colours, where that is what the profile holds and nothing else hides in it."""
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or len(profile) > limits.PROFILE_BYTES:
        return None
    if int.from_bytes(profile[:4], "big") != len(profile):
        return None
    try:
        ImageCms.ImageCmsProfile(io.BytesIO(profile))
    except (OSError, ImageCms.PyCMSError, ValueError):
        return None
    return profile


def _for_format(image: Image.Image, told: Format) -> Image.Image:
    if told is JPEG and image.mode not in {"RGB", "L", "CMYK"}:
        return image.convert("RGB")
    return image
