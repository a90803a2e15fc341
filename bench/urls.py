from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def bare(request: HttpRequest, length: int) -> HttpResponse:  # noqa: ARG001
    return HttpResponse(b"x" * length)


urlpatterns = [path("bare/<int:length>/", bare), path("", include("tavolo.config.urls"))]
