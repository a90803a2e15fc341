"""`/api/`: the interface for programs as people read it, made of its own description."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tavolo.ui.api.answers import JSON
from tavolo.ui.api.openapi import LICENCE, Document
from tavolo.ui.api.problems import BY_STATUS


@dataclass(frozen=True)
class Parameter:
    """What stands in the address; `required` where it could be left out, and may not."""

    name: str
    description: str
    required: bool


@dataclass(frozen=True)
class Endpoint:
    """One address: what it answers, what it takes, where to try it, how an answer may look.

    `trial` is empty where a browser alone cannot try it; `sent` is an example of what is sent.
    """

    key: str
    method: str
    path: str
    summary: str
    description: str
    media: str
    parameters: tuple[Parameter, ...]
    trial: str
    sent: str
    example: str
    asks_key: bool


@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """Every address with its parameters and an example, and what all of them share."""
    # The routes are made of the interface, and this page stands among them.
    from tavolo.config.urls import interface

    context = {
        "endpoints": list(endpoints(interface.get_openapi_schema())),
        "problems": BY_STATUS.values(),
        "openapi": reverse("api:openapi-json"),
        "licence": LICENCE,
    }
    return render(request, "config/api.html", context)


def endpoints(schema: Document) -> Iterator[Endpoint]:
    """The operations of a description, in its order."""
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield _endpoint(method.upper(), path, operation)


def _endpoint(method: str, path: str, operation: Document) -> Endpoint:
    good = "200" if method == "GET" else "201"
    ((media, content),) = operation["responses"][good]["content"].items()
    asks_key = "security" in operation
    sent = operation.get("requestBody", {"content": {JSON: {}}})["content"][JSON]
    return Endpoint(
        key=operation["operationId"],
        method=method,
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        media=media,
        parameters=tuple(map(_parameter, operation["parameters"])),
        trial="" if asks_key else _trial(path, operation["parameters"]),
        sent=_pretty(sent.get("example")),
        example=_pretty(content.get("example")),
        asks_key=asks_key,
    )


def _parameter(parameter: Document) -> Parameter:
    asked = parameter["in"] != "path"
    return Parameter(
        parameter["name"],
        parameter.get("description", ""),
        required=asked and parameter["required"],
    )


def _trial(path: str, parameters: list[Document]) -> str:
    """The address with examples in the place of what it cannot do without.

    A uid is another in each installation: there the list leads on.
    """
    query = {}
    for parameter in parameters:
        name = parameter["name"]
        if parameter["in"] == "path" and "example" not in parameter:
            return path.partition("{")[0].rstrip("/")
        if parameter["in"] == "path":
            path = path.replace(f"{{{name}}}", parameter["example"])
        elif parameter["required"]:
            query[name] = parameter["example"]
    return f"{path}?{urlencode(query)}" if query else path


def _pretty(example: Any) -> str:
    if example is None or isinstance(example, str):
        return example or ""
    return json.dumps(example, ensure_ascii=False, indent=2)
