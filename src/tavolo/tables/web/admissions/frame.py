"""What the pages of applications share: who may open them, and where they lie."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tavolo.people.web.sending import actor_of
from tavolo.tables.queries.admissions import Desk, desk_of
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb


def desk_at(request: HttpRequest, code: str) -> Desk:
    """For the secretariat and the commissioners. Refuses with NotFound everybody else."""
    return desk_of(code, actor_of(request))


def href(desk: Desk, name: str, **more: Any) -> str:
    return reverse(f"tables:{name}", kwargs={"code": desk.notice.code, **more})


def page(
    request: HttpRequest,
    template: str,
    desk: Desk,
    *above: Crumb,
    here: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page about the applications for a notice."""
    body = desk.notice.body
    above = (Crumb(body.name, reverse("tables:body", args=[body.code])), *above)
    frame = {
        "notice": desk.notice,
        "heading": here,
        "breadcrumbs": Breadcrumbs(above, here),
    }
    return render(request, template, {**frame, **context}, status=status)


def crumb(desk: Desk) -> Crumb:
    return Crumb(_("Applications"), href(desk, "applications"))
