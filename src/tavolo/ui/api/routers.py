"""The router of a room: what every address of the interface says of itself, and does before it answers."""

import re
from collections.abc import Callable, Collection, Mapping
from functools import wraps
from inspect import signature
from typing import Any

import ninja
from django.http import HttpRequest
from ninja.constants import NOT_SET

from tavolo.ui.api.answers import JSON
from tavolo.ui.api.parameters import without_unknown

View = Callable[..., Any]

_IN_PATH = re.compile(r"{(?:\w+:)?(\w+)}")


class Router(ninja.Router):
    """A room's addresses under `/api/v1/`; a room that asks nothing but this has all they share."""

    def reads(
        self,
        path: str,
        *,
        name: str,
        answers: Any,
        summary: str,
        description: str = "",
        example: Any = None,
        media: str = JSON,
        also: Mapping[int, Any] | None = None,
        key: Any = None,
    ) -> Callable[[View], View]:
        """Answers GET and HEAD at `path` under the url name `api:<name>`.

        `answers` is the type of what comes back in the media type `media`, a TypedDict for JSON;
        `also` the types of other statuses. `example` is such an answer, shown in the description
        and held to its type by a test. `key` asks who it is (`people.web.bearer`); without it, everybody
        reads. A parameter that the view does not name is refused. Sentences are
        message ids: they are translated for whoever reads the description.
        """

        def added(view: View) -> View:
            names = set(signature(view).parameters) - {"request", *_IN_PATH.findall(path)}
            content = {media: {} if example is None else {"example": example}}
            self.add_api_operation(
                path,
                ["GET"],
                _knowing(names, view),
                response={200: answers, **(also or {})},
                url_name=name,
                operation_id=name,
                summary=summary,
                description=description,
                openapi_extra={"responses": {200: {"content": content}}},
                auth=key or NOT_SET,
            )
            return view

        return added

    def writes(
        self,
        path: str,
        *,
        name: str,
        answers: Any,
        summary: str,
        key: Any,
        description: str = "",
        sent: Any = None,
        example: Any = None,
    ) -> Callable[[View], View]:
        """Answers POST at `path`, for who shows a key that allows it; what was done comes back with 201.

        `sent` is an example of the body, `example` one of the answer; the rest as for `reads`.
        """

        def added(view: View) -> View:
            body = {"content": {JSON: {"example": sent}}}
            content = {JSON: {"example": example}}
            self.add_api_operation(
                path,
                ["POST"],
                _knowing((), view),
                response={201: answers},
                url_name=name,
                operation_id=name,
                summary=summary,
                description=description,
                openapi_extra={"requestBody": body, "responses": {201: {"content": content}}},
                auth=key,
            )
            return view

        return added


def _knowing(names: Collection[str], view: View) -> View:
    """The view, which refuses other parameters than these."""

    @wraps(view)
    def checked(request: HttpRequest, **values: Any) -> Any:
        without_unknown(names, request.GET)
        return view(request, **values)

    return checked
