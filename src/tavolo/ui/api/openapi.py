"""The interface as a whole, and its description in OpenAPI 3.1, in the language of whoever reads it."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext, gettext_noop
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi import get_schema

from tavolo.kernel.errors import Refusal
from tavolo.ui.api.answers import JSON
from tavolo.ui.api.parameters import fault_of
from tavolo.ui.api.problems import PROBLEM, WrongParameters, problem, problem_of
from tavolo.ui.api.routers import Router

Document = dict[str, Any]

NAMESPACE: Final = "api"
LICENCE: Final = {
    "name": "CC BY 4.0",
    "url": "https://creativecommons.org/licenses/by/4.0/",
}
_TEXT: Final = {"type": "string"}
PROBLEM_SCHEMA: Final = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": _TEXT | {"format": "uri", "description": gettext_noop("Which sort of problem.")},
        "title": _TEXT | {"description": gettext_noop("The sort of problem, in words.")},
        "status": {"type": "integer", "description": gettext_noop("The status of the answer.")},
        "detail": _TEXT | {"description": gettext_noop("What is wrong here, and what to do.")},
        "instance": _TEXT | {"description": gettext_noop("The path that was asked for.")},
        "errors": {
            "type": "array",
            "description": gettext_noop("What is wrong, one by one, each with its place."),
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "detail": _TEXT,
                    "parameter": _TEXT | {"description": gettext_noop("In the address.")},
                    "pointer": _TEXT | {"description": gettext_noop("In what was sent.")},
                },
            },
        },
        "theirs": {"type": "object", "description": gettext_noop("As it stands here.")},
        "yours": {"type": "object", "description": gettext_noop("As you sent it.")},
    },
}
TAG: Final = {
    "schema": _TEXT,
    "description": gettext_noop("Send it as If-None-Match: the same again is answered by 304."),
}
NEXT: Final = {
    "schema": _TEXT,
    "description": gettext_noop("Where the next page is, with rel=next."),
}
MOVED: Final = gettext_noop("What came in its place stands at the address under Location.")
UNKNOWN: Final = gettext_noop("No key for programs, or none that is in force.")
CHANGED: Final = gettext_noop("It cannot be done as things stand; `theirs` and `yours` say how.")
REFUSED: Final = {
    "400": gettext_noop("A parameter cannot be read; `errors` says which."),
    "404": gettext_noop("There is nothing at this address."),
    "default": gettext_noop("Any other refusal."),
}


class RoomsAPI(NinjaAPI):
    """One interface of many rooms: refusals are problems, the description is in two languages."""

    def __init__(self, *, title: str, description: str, version: str) -> None:
        super().__init__(
            title=title,
            version=version,
            description=description,
            urls_namespace=NAMESPACE,
            docs_url=None,
            docs_decorator=require_safe,
            default_router=Router(),
        )
        self._descriptions: dict[str, Document] = {}

    def set_default_exception_handlers(self) -> None:
        """What is none of these is a fault of ours, and Django's to log."""
        handlers: dict[type[Exception], Any] = {
            Refusal: problem,
            Http404: lambda request, _fault: problem_of(request, HTTPStatus.NOT_FOUND),
            HttpError: lambda request, fault: problem_of(request, fault.status_code),
            ValidationError: _wrong_parameters,
        }
        for refused, handler in handlers.items():
            self.add_exception_handler(refused, handler)

    def get_openapi_schema(self, **_unused: Any) -> Document:  # type: ignore[override]
        """The description in the present language, made once for each."""
        language = get_language() or settings.LANGUAGE_CODE
        if language not in self._descriptions:
            self._descriptions[language] = _finished(get_schema(self, self.get_root_path({})))
        return self._descriptions[language]


def _wrong_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(request, WrongParameters([fault_of(fault) for fault in error.errors]))


def _finished(schema: Document) -> Document:
    """What each answer has in common, said at each; every sentence in the present language."""
    schema["info"] |= {"license": LICENCE, "contact": {"url": settings.TAVOLO_BASE_URL}}
    schema["servers"] = [{"url": settings.TAVOLO_BASE_URL}]
    schema["components"]["schemas"]["Problem"] = PROBLEM_SCHEMA
    for operation in operations(schema):
        _finish(operation)
    for model in schema["components"]["schemas"].values():
        model.pop("description", None)  # a docstring: for whoever reads the code
    return {key: _worded(key, value) for key, value in schema.items()}


def operations(schema: Document) -> Iterator[Document]:
    """Every operation of a description."""
    for methods in schema["paths"].values():
        yield from methods.values()


def _finish(operation: Document) -> None:
    answers = {str(status): found for status, found in operation["responses"].items()}
    if "200" in answers:
        _finish_reading(operation, answers)
    else:
        answers |= {"401": _refusal(UNKNOWN), "409": _refusal(CHANGED)}
    for status, sentence in REFUSED.items():
        answers[status] = _refusal(sentence)
    operation["responses"] = answers


def _refusal(sentence: str) -> Document:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": sentence, "content": {PROBLEM: {"schema": schema}}}


def _finish_reading(operation: Document, answers: Document) -> None:
    content = answers["200"].get("content", {})
    # ninja writes every type as JSON; the media type is that of the router.
    for media in content.keys() - {JSON}:
        content[media] |= content.pop(JSON, {"schema": _TEXT})
    answers["200"]["headers"] = {"ETag": TAG} | ({"Link": NEXT} if _is_list(operation) else {})
    if "308" in answers:
        answers["308"]["description"] = MOVED
    answers["304"] = {"description": gettext_noop("Nothing has changed since.")}
    if operation.get("security"):
        answers["401"] = _refusal(UNKNOWN)


def _is_list(operation: Document) -> bool:
    return any(parameter["name"] == "after" for parameter in operation["parameters"])


def _in_words(part: Any) -> Any:
    """A copy with its sentences translated, and without the titles that pydantic makes of names."""
    if isinstance(part, list):
        return [_in_words(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        key: _worded(key, value)
        for key, value in part.items()
        if not (key == "title" and isinstance(value, str) and "version" not in part)
    }


def _worded(key: str, value: Any) -> Any:
    if key == "example":
        return value
    if key in {"summary", "description"} and isinstance(value, str):
        return gettext(value) if value else value
    return _in_words(value)
