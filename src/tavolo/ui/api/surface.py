"""What every address under `/api/` has in common: no cookie, errors are problems, answers have tags."""

from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import activate, get_language_from_request

from tavolo.ui.api.problems import PROBLEM, is_api, problem_of

Handler = Callable[..., HttpResponseBase]

CACHE = "public, max-age=300"
# A key is sent by whoever has it, never by the browser itself: any site may send one that it was given.
ASKED_BEFORE = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Authorization, Content-Type,"
    " Idempotency-Key, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class ApiSurface:
    """Answers programs: any site may read, no cookie is looked at, no answer is a page.

    Stands outside everything that knows sessions. What is asked by HEAD is made as for GET, and
    keeps its headers. The language is that of Accept-Language, else Italian.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_api(request.path_info):
            return self.get_response(request)
        # Without cookie nobody is signed in: a foreign site that sends a reader here gains nothing.
        # Who shows a key is known by it, at the addresses that ask for one.
        request.META.pop("HTTP_COOKIE", None)
        # The address is read as it is always written, whatever a header says of a body.
        request.encoding = "utf-8"
        asked, request.method = (
            request.method,
            "GET" if request.method == "HEAD" else request.method,
        )
        response = _tagged(request, _only_problems(request, self.get_response(request)))
        request.method = asked
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "Content-Disposition, ETag, Link"
        patch_vary_headers(response, ["Accept-Language"])
        return _without_body(response) if asked == "HEAD" else response

    def process_view(
        self, request: HttpRequest, view: Handler, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Set the language, and answer a browser that first asks whether it may ask."""
        if not is_api(request.path_info):
            return None
        activate(get_language_from_request(request))
        if request.method != "OPTIONS":
            return None
        # Which methods an address takes it says itself, where it refuses one.
        headers = {"Allow": _allowed(view(request, *args, **kwargs))} | ASKED_BEFORE
        return HttpResponse(status=204, headers=headers)


def _only_problems(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    """What some layer beneath wrote as a page becomes a problem; a redirect needs no body."""
    answer = cast(HttpResponse, response)  # nothing streams here
    if answer.status_code >= HTTPStatus.BAD_REQUEST and answer.get("Content-Type") != PROBLEM:
        refused, answer = answer, problem_of(request, answer.status_code)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            answer["Allow"] = _allowed(refused)
    elif answer.status_code >= HTTPStatus.MULTIPLE_CHOICES and not answer.content:
        del answer["Content-Type"]
    return answer


def _allowed(refused: HttpResponseBase) -> str:
    """The methods of an address that refused one; what is read is read by HEAD too."""
    methods = {word.strip() for word in refused.get("Allow", "GET").split(",")}
    more = {"HEAD", "OPTIONS"} if "GET" in methods else {"OPTIONS"}
    order = ("GET", "HEAD", "POST", "OPTIONS")
    return ", ".join(sorted(methods | more, key=order.index))


def _tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Who asks again for the same bytes is told that they are the same."""
    if request.method != "GET" or response.status_code != HTTPStatus.OK:
        return response
    response.headers.setdefault("Cache-Control", CACHE)
    response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
    answer = get_conditional_response(request, response["ETag"], None, response)
    return response if answer is None else _only_problems(request, answer)


def _without_body(response: HttpResponse) -> HttpResponse:
    response.headers.setdefault("Content-Length", str(len(response.content)))
    response.content = b""
    return response
