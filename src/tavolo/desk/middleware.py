from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from tavolo.desk.web.counted import forget_count
from tavolo.people.middleware import WORK

SAFE = {"GET", "HEAD", "OPTIONS"}


class CountMiddleware:
    """What is due is counted anew after whoever works has sent something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if request.method not in SAFE and WORK.match(request.path_info):
            forget_count(request)
        return answer
