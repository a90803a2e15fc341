"""Every component in its states, on one page: to look at, and for the tests to walk over."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tavolo.ui.components.base import Component
from tavolo.ui.web.samples import samples


@dataclass(frozen=True)
class Shelf:
    key: str
    title: str
    components: tuple[Component, ...]


def gallery(request: HttpRequest) -> HttpResponse:
    shelves = [Shelf(key, key.replace("_", " "), shown) for key, shown in samples().items()]
    return render(request, "ui/gallery.html", {"shelves": shelves})
