from django.http import HttpRequest, HttpResponse
from django.urls import path

from tavolo.config.urls import urlpatterns as ours


def bare(request: HttpRequest, length: int) -> HttpResponse:  # noqa: ARG001
    return HttpResponse(b"x" * length)


urlpatterns = [path("bare/<int:length>/", bare), *ours]
