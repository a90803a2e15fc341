"""The door of the work area (DESIGN §2): who is let in is decided before anything is looked up."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from tavolo.kernel import clock
from tavolo.kernel.errors import SignInNeeded
from tavolo.people.queries import may_work
from tavolo.people.sessions import SEEN_EVERY, SEEN_KEY
from tavolo.people.stages import is_strongly_identified

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """For pages about one's own account: whoever is not signed in is sent to sign in, and back."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            raise SignInNeeded
        note_use(request)
        return view(request, *args, **kwargs)

    return guarded


def work_area(view: View) -> View:
    """For every view under `/lavoro/`: signed in, and with a second factor, or by a provider as strong as one.

    Whoever has none is sent to set it up, and back; the accounts of a demonstration are exempt.
    """

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        known = is_strongly_identified(request)
        if not (known or may_work(request.user)):  # type: ignore[arg-type]  # `signed_in` has asked
            back = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('mfa_activate_totp')}?{back}")
        return view(request, *args, **kwargs)

    return guarded


def note_use(request: HttpRequest) -> None:
    """Keep when a session was last used, to five minutes: its owner sees it in the list."""
    now, seen = clock.now(), request.session.get(SEEN_KEY)
    if seen is None or now - datetime.fromisoformat(seen) >= SEEN_EVERY:
        request.session[SEEN_KEY] = now.isoformat()
