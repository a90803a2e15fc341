import re
from collections.abc import Callable
from uuid import UUID

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, Actor, actor_of
from tavolo.kernel.errors import SignInNeeded
from tavolo.people.models import Person
from tavolo.people.sessions import ACTING_FOR
from tavolo.people.web.proving import prove_first
from tavolo.ui.middleware import refuse

WORK = re.compile(r"/(?:en/)?lavoro(?:/|$)")


class ActorMiddleware:
    """Gives each request its `actor`, built at first use from the dated facts of this day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = SimpleLazyObject(lambda: actor_for(request))  # type: ignore[attr-defined]
        request.acting_for = SimpleLazyObject(lambda: principal_of(request))  # type: ignore[attr-defined]
        if WORK.match(request.path_info) and not request.user.is_authenticated:
            # Before anything is looked up: also what is not there asks for a sign-in (DESIGN §2).
            return refuse(request, SignInNeeded())
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Ask again who it is where allauth wants it; what was being sent is kept."""
        if not isinstance(exception, ReauthenticationRequired):
            return None
        return prove_first(request) if request.user.is_authenticated else _sign_in_first(request)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    back = urlencode({"next": request.path})
    return HttpResponseRedirect(f"{reverse('account_login')}?{back}")


def actor_for(request: HttpRequest) -> Actor:
    account = request.user
    if not account.is_authenticated:
        return ANONYMOUS
    return actor_of(account.person.uid, on=clock.today(), acting_for=principal_uid(request))


def principal_of(request: HttpRequest) -> Person | None:
    """In whose place whoever is signed in acts, as the frame of each page says."""
    uid = principal_uid(request) if request.user.is_authenticated else None
    return Person.objects.filter(uid=uid).first() if uid else None


def principal_uid(request: HttpRequest) -> UUID | None:
    """Whom she chose to act for; whether she may is asked anew at each request (`actor_of`)."""
    chosen = request.session.get(ACTING_FOR)
    return UUID(chosen) if chosen else None
