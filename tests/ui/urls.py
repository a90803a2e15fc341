"""The gallery as in development, and a few addresses of the stable surface, for the frame to lead to."""

from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from tavolo.kernel.errors import Refusal
from tavolo.ui.web.gallery import gallery


def page(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    return render(request, "ui/narrow.html", {})


def work(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/work.html", {})


def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def refused(_request: HttpRequest) -> HttpResponse:
    raise Refusal("Già fatto <b>ieri</b>.", advice="Guarda il registro.")


urlpatterns = [
    path("broken/", broken),
    *i18n_patterns(
        path("", page, name="home"),
        path("territorio/", page, name="territory"),
        path("territorio/<str:code>/", page, name="area"),
        path("lavoro/", work, name="work"),
        path("lavoro/persone/", work, name="persons"),
        path("cerca/", page, name="search"),
        path("accesso/", page, name="account_login"),
        path("accessibilita/", page, name="accessibility"),
        path("privacy/", page, name="privacy"),
        path("componenti/", gallery, name="gallery"),
        path("rifiutato/", refused, name="refused"),
        prefix_default_language=False,
    ),
]

handler400 = "tavolo.ui.web.errors.bad_request"
handler403 = "tavolo.ui.web.errors.forbidden"
handler404 = "tavolo.ui.web.errors.not_found"
handler500 = "tavolo.ui.web.errors.server_error"
