"""Who reads: whoever is signed in without the second factor reads what everybody reads."""

from django.http import HttpRequest

from tavolo.kernel.actor import ANONYMOUS, Actor
from tavolo.people.queries import may_work
from tavolo.people.web.sending import actor_of


def reader_of(request: HttpRequest) -> Actor:
    """The actor, where she may come to the work area; else nobody in particular."""
    user = request.user
    if user.is_authenticated and may_work(user):
        return actor_of(request)
    return ANONYMOUS
