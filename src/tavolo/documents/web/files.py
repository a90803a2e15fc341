"""The file itself: whole or in part, never as anything that runs in our origin (decision on files)."""

import re
from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from tavolo.documents import queries
from tavolo.documents.choices import Visibility
from tavolo.documents.intake.formats import SHOWN
from tavolo.documents.models import Document, Version
from tavolo.documents.web.reading import reader_of
from tavolo.kernel.blobs import open_blob
from tavolo.kernel.errors import NotFound

PIECE = 64 * 1024
# Nothing in it is loaded, framed, sent or run, whatever a browser takes it for.
POLICY = "default-src 'none'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'; sandbox"
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
Part = tuple[int, int]


@require_safe
def file(request: HttpRequest, uid: UUID, name: str) -> HttpResponseBase:
    """A version's content; `?versione=` names an earlier one, the newest is given by default."""
    found = queries.document_at(uid, actor=reader_of(request))
    version = queries.version_at(found, name, _number(request.GET.get("versione", "")))
    answer = _answer(request, version)
    for header, value in _headers(found, version).items():
        answer.headers[header] = value
    return answer


def _number(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[1-9]\d{0,8}", text, re.ASCII):
        raise NotFound
    return int(text)


def _headers(found: Document, version: Version) -> dict[str, str]:
    shown = version.media_type in SHOWN
    public = found.visibility == Visibility.PUBLIC
    told = content_disposition_header(not shown, version.file_name)
    return {
        "Content-Type": version.media_type,
        "Content-Disposition": told or "attachment",
        "Content-Language": found.language,
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Accept-Ranges": "bytes",
        "ETag": _tag(version),
        "Last-Modified": http_date(version.entered_at.timestamp()),
        # Public: kept, and asked about each time, because it can be withdrawn.
        "Cache-Control": "public, no-cache" if public else "private, no-store",
    }


def _tag(version: Version) -> str:
    return f'"{version.digest}"'


def _answer(request: HttpRequest, version: Version) -> HttpResponseBase:
    if _knows_it(request.headers.get("If-None-Match", ""), _tag(version)):
        return HttpResponse(status=304)
    part = _asked_part(request, version)
    if part is None:
        return _sent(request, version, (0, version.size))
    begin, end = part
    if begin >= end:
        answer = HttpResponse(status=416)
        answer.headers["Content-Range"] = f"bytes */{version.size}"
        return answer
    sent = _sent(request, version, part)
    sent.status_code = 206
    sent.headers["Content-Range"] = f"bytes {begin}-{end - 1}/{version.size}"
    return sent


def _knows_it(told: str, tag: str) -> bool:
    tags = {one.strip().removeprefix("W/") for one in told.split(",")}
    return tag in tags or "*" in tags


def _asked_part(request: HttpRequest, version: Version) -> Part | None:
    """From where to where, the end left out; None for the whole, which also answers several parts."""
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or asked.groups() == ("", ""):
        return None
    condition = request.headers.get("If-Range", "")
    if condition and condition != _tag(version):
        return None
    first, last = asked.groups()
    if not first:
        return max(0, version.size - int(last)), version.size if int(last) else 0
    end = min(int(last) + 1, version.size) if last else version.size
    return (int(first), end) if not last or int(first) <= int(last) else None


def _sent(request: HttpRequest, version: Version, part: Part) -> HttpResponseBase:
    begin, end = part
    # Opened before anything is said, so that what is not there is not half an answer.
    stream = open_blob(version.digest)
    answer: HttpResponseBase
    if request.method == "HEAD":
        stream.close()
        answer = HttpResponse()
    else:
        answer = StreamingHttpResponse(_pieces(stream, begin, end - begin))
    answer.headers["Content-Length"] = str(end - begin)
    return answer


def _pieces(stream: BinaryIO, begin: int, left: int) -> Iterator[bytes]:
    with stream:
        stream.seek(begin)
        while left > 0 and (piece := stream.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
