"""A small interface of its own: what every room's addresses have in common, without any room."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from typing_extensions import TypedDict

from tavolo.config.urls import handler400, handler403, handler404, handler500
from tavolo.config.urls import urlpatterns as ours
from tavolo.kernel.errors import BadRequest, NotAllowed, NotFound, Refusal
from tavolo.kernel.models import Network
from tavolo.ui.api import After, AsOf, Limit, Router, Words, answer, attached, day_of, listed, moved
from tavolo.ui.api.openapi import RoomsAPI

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

REFUSALS = {
    "refusal": lambda: Refusal("È troppo <b>tardi</b>.", advice="Telefona domani."),
    "not-allowed": NotAllowed,
    "hidden": lambda: NotFound("Anna Rossi is here, but not for you."),
    "bad": BadRequest,
    "fault": lambda: RuntimeError("Anna Rossi, 10.1.2.3, RSSNNA80A01F205X"),
}


class Anything(TypedDict):
    """A docstring that nobody else reads."""

    day: str


class Probes(RoomsAPI):
    """Stands beside the interface of the product, under a name of its own."""

    def __init__(self) -> None:
        super().__init__(title="Probe", description="", version="1")
        self.urls_namespace = "probe"


api = Probes()
router = Router()


@router.reads("/day", name="probe-day", answers=Anything, summary="The day")
def day(request: HttpRequest, *, as_of: AsOf) -> HttpResponse:
    return answer({"day": day_of(as_of)})


@router.reads("/words", name="probe-words", answers=Anything, summary="Words")
def words(request: HttpRequest, *, q: Words) -> HttpResponse:
    return answer({"day": q})


@router.reads("/networks", name="probe-networks", answers=Anything, summary="A list")
def networks(request: HttpRequest, *, after: After, limit: Limit) -> HttpResponse:
    def shown(found: Any) -> list[Any]:
        return [{"slug": network.slug} for network in found]

    return listed(
        request, Network.objects.all(), shown, after=after, limit=limit, order=("slug", "id")
    )


@router.reads("/refused/{what}", name="probe-refused", answers=Anything, summary="No")
def refused(request: HttpRequest, *, what: str) -> HttpResponse:
    refusal: Exception = REFUSALS[what]()
    raise refusal


@router.reads("/file", name="probe-file", answers=None, media="text/csv", summary="A file")
def file(request: HttpRequest) -> HttpResponse:
    return attached(b"a;b", name="a.csv", content_type="text/csv")


@router.reads("/moved", name="probe-moved", answers=Anything, summary="Elsewhere")
def elsewhere(request: HttpRequest) -> HttpResponse:
    return moved("/api/probe/day", {"day": "elsewhere"})


@router.reads("/who", name="probe-who", answers=Anything, summary="Who asks")
def who(request: HttpRequest) -> HttpResponse:
    return answer({"cookies": request.COOKIES, "known": request.user.is_authenticated})


def as_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<h1>Teapot</h1>", status=418)


api.add_router("", router)
urlpatterns = [path("api/probe/", api.urls), path("api/page", as_page), *ours]
