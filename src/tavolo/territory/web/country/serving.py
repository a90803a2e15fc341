"""The drawing as an answer: in the encoding that the browser reads, with its tag."""

import gzip

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from tavolo.territory.web.country.drawing import CountryDrawing

FOR_EVER = "public, max-age=31536000, immutable"
# Without its content in the address it may be another one tomorrow: ask again, by tag.
ASK_AGAIN = "public, no-cache"


def served(request: HttpRequest, drawn: CountryDrawing) -> HttpResponse:
    """The whole drawing, or 304 for whoever has it."""
    encoding, content = _encoded(request.headers.get("Accept-Encoding", ""), drawn)
    tag = f'"{drawn.tag}-{encoding or "plain"}"'
    response: HttpResponse
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(content, content_type="image/svg+xml")
        if encoding:
            response["Content-Encoding"] = encoding
    response["ETag"] = tag
    response["Cache-Control"] = FOR_EVER if request.GET.get("v") == drawn.tag else ASK_AGAIN
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def _encoded(accepted: str, drawn: CountryDrawing) -> tuple[str, bytes]:
    offered = {part.split(";")[0].strip() for part in accepted.split(",") if "q=0" not in part}
    if "br" in offered:
        return "br", drawn.brotli
    if "gzip" in offered:
        return "gzip", drawn.gzip
    return "", gzip.decompress(drawn.gzip)
