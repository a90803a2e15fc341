"""Is it still she? Dangerous acts ask again who has proved it longer ago than a quarter of an hour."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import (
    is_reauthentication_required,
    reauthenticate_by_password,
)
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from tavolo.people import passkeys
from tavolo.people.forms import ConfirmPasswordForm
from tavolo.people.forms.passkeys import PasskeyAgainForm
from tavolo.people.models import Account
from tavolo.people.queries import passkeys_of
from tavolo.people.web.access import signed_in
from tavolo.people.web.pages import form_page, next_address, passkey_view

View = Callable[..., HttpResponseBase]

KEPT = "people.kept_form"
SECRET = frozenset({"code", "password", "present", "password1", "password2"})
MOST = 20_000  # signs of a form that is kept


def recently_proved(view: View) -> View:
    """For views that are dangerous to send: what was typed is kept while she proves that it is she.

    Opening the page asks nothing. Stands inside `signed_in` or `work_area`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and is_reauthentication_required(request, app="people"):
            return prove_first(request)
        return view(request, *args, **kwargs)

    return guarded


def prove_first(request: HttpRequest) -> HttpResponseRedirect:
    """To the page that asks again, with what was typed kept; secrets, files and very long texts are not."""
    path = request.get_full_path()
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    size = sum(len(name) + len(value) for name, value in fields)
    secret = SECRET.intersection(request.POST)
    if fields and not (secret or request.FILES) and size <= MOST:
        request.session[KEPT] = {"path": path, "fields": fields}
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': path})}")


def kept_form(request: HttpRequest, path: str) -> dict[str, Any] | None:
    """What was being sent to `path`, once; what was kept for elsewhere is forgotten."""
    kept: dict[str, Any] | None = request.session.pop(KEPT, None)
    return kept if kept and kept["path"] == path else None


@sensitive_post_parameters()
@signed_in
def prove(request: HttpRequest) -> HttpResponse:
    """By the password or by a passkey; then on, with what was typed before."""
    user: Account = request.user  # type: ignore[assignment]  # `signed_in` has asked
    by_passkey = "credential" in request.POST
    shown = PasskeyAgainForm(request.POST if by_passkey else None, user=user)
    if shown.is_valid():
        shown.take_up()
        return _onward(request)
    form = ConfirmPasswordForm(None if by_passkey else request.POST or None, user=user)
    if form.is_valid():
        reauthenticate_by_password(request)
        return _onward(request)
    passkey = _asked(shown, user)
    return form_page(
        request, "people/confirm_password.html", form, submit=_("Go on"), passkey=passkey
    )


def _asked(form: PasskeyAgainForm, user: Account) -> dict[str, Any] | None:
    if passkeys.why_not() or not passkeys_of(user).exists():
        return None
    asked = begin_authentication(user)
    return passkey_view(form, kind="get", submit=_("Use a passkey"), options=asked)


def _onward(request: HttpRequest) -> HttpResponse:
    path = next_address(request)
    kept = kept_form(request, path)
    if kept is None:
        return HttpResponseRedirect(path)
    return render(request, "people/proved.html", {"kept": kept})
