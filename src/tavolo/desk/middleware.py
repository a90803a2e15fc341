from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from tavolo.desk import beginning
from tavolo.desk.web.counted import forget_count
from tavolo.people.middleware import WORK

SAFE = {"GET", "HEAD", "OPTIONS"}

# Whoever watches over the machine asks these before anybody has begun.
OPEN = ("/inizio/", "/en/inizio/", "/salute", "/static/")


class BeginMiddleware:
    """Where nobody has begun every page leads to the beginning; a file says so, no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if beginning.is_waiting() and not request.path_info.startswith(OPEN):
            if not beginning.has_begun():
                answer = HttpResponseRedirect(reverse("desk:begin"))
                add_never_cache_headers(answer)
                return answer
            # Somebody founded a network by the command.
            beginning.end()
        return self.get_response(request)


class CountMiddleware:
    """What is due is counted anew after whoever works has sent something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if request.method not in SAFE and WORK.match(request.path_info):
            forget_count(request)
        return answer
