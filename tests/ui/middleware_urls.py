"""Addresses that do what a test of the middleware needs, beside all of ours."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from tavolo.config.urls import handler400, handler403, handler404, handler500
from tavolo.config.urls import urlpatterns as ours
from tavolo.kernel.errors import (
    BadRequest,
    NotAllowed,
    NotFound,
    Refusal,
    SignInNeeded,
    StaleVersion,
)

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

REFUSALS = {
    "refusal": lambda: Refusal("È troppo <b>tardi</b>.", advice="Telefona <i>domani</i>."),
    "not-allowed": NotAllowed,
    "hidden": lambda: NotFound("Anna Rossi is here, but not for you."),
    "absent": Http404,
    "sign-in": SignInNeeded,
    "bad": BadRequest,
    "stale": lambda: StaleVersion(theirs="theirs", yours="yours"),
    "fault": lambda: RuntimeError("Anna Rossi, 10.1.2.3, RSSNNA80A01F205X"),
}


def refuse(request: HttpRequest, what: str) -> HttpResponse:
    refusal: Exception = REFUSALS[what]()
    raise refusal


def address(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.META['REMOTE_ADDR']} {request.scheme}")


def done(request: HttpRequest, name: str = "") -> HttpResponse:
    return HttpResponse("done")


urlpatterns = [
    path("prova/rifiuto/<str:what>/", refuse),
    path("prova/indirizzo/", address),
    path("prova/fatto/", done, name="done"),
    path("prova/persona/<str:name>/", done),
    *ours,
]
