"""The gallery as in development, and a few addresses of the stable surface, for the frame to lead to."""

from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import path

from tavolo.kernel.errors import Refusal
from tavolo.kernel.plugs import Registry
from tavolo.ui.plugs import Door, NavEntry
from tavolo.ui.web.gallery import gallery


def entries() -> Registry[NavEntry]:
    """What stands behind the doors of these addresses."""
    found: Registry[NavEntry] = Registry("navigation entry")
    found.add(NavEntry("home", Door.NETWORK, "Prima pagina", "home"))
    found.add(NavEntry("late", Door.TERRITORY, "Cerca", "search", order=90))
    found.add(NavEntry("territory", Door.TERRITORY, "Territorio", "territory", order=10))
    found.add(NavEntry("today", Door.WORK, "Oggi", "work", order=1))
    found.add(
        NavEntry("persons", Door.WORK, "Persone", "persons", visible=lambda actor: actor.signed_in)
    )
    return found


def page(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    return render(request, "ui/narrow.html", {})


WORK = '{% extends "ui/work.html" %}{% block content %}<h1>Oggi</h1>{% endblock %}'


def work(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(WORK).render({}, request))


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
        path("lavoro/", work, name="entry"),
        path("banco/", work, name="work"),
        path("banco/persone/", work, name="persons"),
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
