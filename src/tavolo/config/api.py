"""The interface for programs: each room's `web/api.py`, in row order, under `/api/v1/`."""

from importlib import import_module
from importlib.util import find_spec
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_noop
from pydantic import Field
from typing_extensions import TypedDict

from tavolo.ui.api import Router, answer
from tavolo.ui.api.openapi import LICENCE, RoomsAPI

TITLE = "Tavolo"
VERSION = "1.0.0"


class Entrance(TypedDict):
    """What stands at `/api/v1/`."""

    title: str
    version: str
    description: Annotated[str, Field(description=gettext_noop("The description in OpenAPI 3.1."))]
    documentation: Annotated[str, Field(description=gettext_noop("The same, for people."))]
    licence: str


def room_routers() -> list[Router]:
    """What each room's `web/api.py` calls `router`."""
    return [
        import_module(f"tavolo.{room}.web.api").router
        for room in settings.ROOMS
        if all(find_spec(f"tavolo.{room}.{part}") for part in ("web", "web.api"))
    ]


def entrance() -> Router:
    """What an address that is guessed leads on to."""
    router = Router()

    @router.reads(
        "/",
        name="api-root",
        answers=Entrance,
        summary=gettext_noop("Where everything is"),
    )
    def root(request: HttpRequest) -> HttpResponse:
        return answer(
            Entrance(
                title=TITLE,
                version=VERSION,
                description=request.build_absolute_uri(reverse("api:openapi-json")),
                documentation=request.build_absolute_uri(reverse("api_page")),
                licence=LICENCE["url"],
            )
        )

    return router


def gathered() -> RoomsAPI:
    """The whole interface. A router belongs to one interface, so this is called once."""
    api = RoomsAPI(
        title=TITLE,
        version=VERSION,
        description=gettext_noop("Public data of this installation, on any day."),
    )
    api.add_router("", entrance())
    for router in room_routers():
        api.add_router("", router)
    return api
