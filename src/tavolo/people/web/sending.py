"""How a form that was sent does its act once, whichever room it is of."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Refusal, StaleVersion
from tavolo.kernel.idempotency import once
from tavolo.ui.forms import ActForm


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # ActorMiddleware gives it
    return actor


def sent_once(
    request: HttpRequest, form: ActForm, act: Callable[[], str], *, said: str = ""
) -> HttpResponse | None:
    """Do what the form asks, once, and go where `act` says; None where it is not sent or refused.

    What the action refuses is said in the form, whose values stay; StaleVersion is the page's, which
    shows both versions.
    """
    if not form.is_valid():
        return None
    try:
        href = once(form.cleaned_data["form_key"], by=actor_of(request).person, do=act)
    except StaleVersion:
        raise
    except Refusal as refusal:
        form.take(refusal)
        return None
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(href)
