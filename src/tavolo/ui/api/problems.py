"""Refusals as machines read them: `application/problem+json` (RFC 9457), in the reader's language."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, NotRequired, TypedDict
from urllib.parse import quote

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import BadRequest, NotFound, Refusal, Sentence, StaleVersion

PROBLEM = "application/problem+json"
ROOT = "/api/"
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Fault(TypedDict):
    """One thing that is wrong, and where: in a parameter of the address or at a place of the body."""

    detail: str
    parameter: NotRequired[str]
    pointer: NotRequired[str]


@dataclass(frozen=True)
class ProblemType:
    """What went wrong in general; `slug` ends its address on the page about the interface."""

    slug: str
    status: int
    title: Sentence


# What the HTTP server says no with where no refusal of ours did.
BY_STATUS = {
    kind.status: kind
    for kind in (
        ProblemType("bad-request", BadRequest.status, BadRequest.sentence),
        ProblemType("not-allowed", 403, _("You may not do this.")),
        ProblemType("not-found", NotFound.status, NotFound.sentence),
        ProblemType("no-key", 401, _("A valid key for programs is needed here.")),
        ProblemType("wrong-method", 405, _("This address does not take this method.")),
        ProblemType("changed", 412, _("What is here is no longer what you expected.")),
        ProblemType("fault", 500, _("Something went wrong here; it is our fault, not yours.")),
    )
}


class WrongParameters(BadRequest):
    """Parameters that cannot be read; `faults` says which, and why, one by one."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(fault["detail"] for fault in faults))
        self.faults = list(faults)


class OtherVersion(Refusal):
    """409: somebody wrote first. `theirs` is what stands here now, `yours` what was sent."""

    sentence = StaleVersion.sentence
    advice = StaleVersion.advice

    def __init__(self, *, theirs: dict[str, Any], yours: dict[str, Any]) -> None:
        super().__init__()
        self.versions = {"theirs": theirs, "yours": yours}


def is_api(path: str) -> bool:
    """Whether machines are answered here. `/api/` itself is a page for people."""
    return path.startswith(ROOT) and path != ROOT


def problem(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as a problem; 404 has one body, whatever its reason."""
    name = _CAPITAL.sub("-", type(refusal).__name__).lower()
    with override(get_language_from_request(request)):
        if isinstance(refusal, NotFound):
            return problem_of(request, 404)
        if isinstance(refusal, BadRequest):
            name = "bad-request"
        kind = ProblemType(name, refusal.status, type(refusal).sentence)
        faults = refusal.faults if isinstance(refusal, WrongParameters) else ()
        versions = refusal.versions if isinstance(refusal, OtherVersion) else {}
        return _written(request, kind, str(refusal), faults, versions)


def problem_of(request: HttpRequest, status: int) -> HttpResponse:
    """The problem that an HTTP status means by itself; says nothing of what happened inside."""
    with override(get_language_from_request(request)):
        kind = BY_STATUS.get(status, ProblemType("", status, _("This cannot be done.")))
        return _written(request, kind, str(kind.title), ())


def _written(
    request: HttpRequest,
    kind: ProblemType,
    detail: str,
    faults: Sequence[Fault],
    versions: Mapping[str, Any] = MappingProxyType({}),
) -> HttpResponse:
    about = f"{settings.TAVOLO_BASE_URL}{ROOT}#{kind.slug}" if kind.slug else "about:blank"
    body = {
        "type": about,
        "title": str(kind.title),
        "status": kind.status,
        "detail": detail,
        "instance": quote(request.path),
    } | ({"errors": list(faults)} if faults else {})
    text = json.dumps(body | dict(versions), cls=DjangoJSONEncoder, ensure_ascii=False)
    answer = HttpResponse(text, status=kind.status, content_type=PROBLEM)
    if kind.status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = "Bearer"
    answer["Content-Language"] = get_language_from_request(request)
    answer["Cache-Control"] = "no-store"
    return answer
