from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, Actor, actor_of


class ActorMiddleware:
    """Gives each request its `actor`, built at first use from the dated facts of this day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = SimpleLazyObject(lambda: actor_for(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def actor_for(request: HttpRequest) -> Actor:
    account = request.user
    if not account.is_authenticated:
        return ANONYMOUS
    return actor_of(account.person.uid, on=clock.today())
