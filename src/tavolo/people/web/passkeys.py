"""Passkeys: signing in by one, the list of one's own, another one."""

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication, begin_registration
from allauth.mfa.webauthn.internal.flows import (
    add_authenticator,
    perform_passwordless_login,
    remove_authenticator,
)
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tavolo.kernel.errors import NotFound
from tavolo.people import attempts, passkeys
from tavolo.people.actions import end_other_sessions
from tavolo.people.forms.passkeys import AddPasskeyForm, PasskeySignInForm
from tavolo.people.models import Account
from tavolo.people.queries import has_second_factor, is_last_factor, passkeys_of
from tavolo.people.web.access import signed_in
from tavolo.people.web.account import account_in, works
from tavolo.people.web.pages import passkey_view
from tavolo.people.web.proving import recently_proved

LONGEST_NUMBER = 20
LAST = gettext_lazy(
    "This is your last second factor, and the work area asks for one. Add another passkey or set up"
    " an app first."
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Who comes without a passkey, by the script, is given what the browser asks the device."""
    if request.user.is_authenticated:
        return render(request, "people/signed_in.html")
    if passkeys.why_not():
        return render(request, "people/passkey_sign_in.html", {"why_not": passkeys.why_not()})
    if request.method == "POST" and request.accepts("application/json") and not request.POST:
        return JsonResponse(begin_authentication())
    form = PasskeySignInForm(request.POST or None)
    if request.method == "POST":
        place = attempts.take(attempts.SIGN_IN_ADDRESS, attempts.address_of(request))
        if form.is_valid():
            attempts.give_back(place)
            return _signed_in(request, form.cleaned_data["credential"])
    view = passkey_view(form, kind="get", submit=gettext_lazy("Sign in with a passkey"))
    return render(request, "people/passkey_sign_in.html", {"passkey": view})


def _signed_in(request: HttpRequest, passkey: Authenticator) -> HttpResponse:
    login = Login(user=passkey.user, redirect_url=get_next_redirect_url(request))
    answer: HttpResponse = perform_passwordless_login(request, passkey, login)
    return answer


@signed_in
@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """The list; by POST one is removed, unless the work area would be closed by it."""
    account = account_in(request)
    refused: str | Promise = ""
    if request.method == "POST":
        passkey = _of(account, request.POST.get("passkey", ""))
        if not (works(request) and is_last_factor(account, passkey)):
            with transaction.atomic():
                remove_authenticator(request, passkey)
            messages.success(request, _("The passkey is removed."))
            return redirect("mfa_list_webauthn")
        refused = LAST
    context = {
        "passkeys": list(passkeys_of(account)),
        "refused": refused,
        "why_not": passkeys.why_not(),
    }
    return render(request, "people/passkeys.html", context)


def _of(account: Account, told: str) -> Authenticator:
    number = int(told) if told.isdecimal() and len(told) <= LONGEST_NUMBER else 0
    found = passkeys_of(account).filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


@signed_in
@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Another one. The first second factor ends other sessions: they were opened with a password alone."""
    if passkeys.why_not():
        return render(request, "people/passkey_new.html", {"why_not": passkeys.why_not()})
    account = account_in(request)
    form = AddPasskeyForm(request.POST or None, user=account)
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect(_added(request, account, form))
    view = passkey_view(
        form,
        kind="create",
        submit=gettext_lazy("Make the passkey"),
        options=begin_registration(account, passwordless=True),
    )
    return render(request, "people/passkey_new.html", {"passkey": view})


def _added(request: HttpRequest, account: Account, form: AddPasskeyForm) -> str:
    first = not has_second_factor(account)
    with transaction.atomic():
        _passkey, codes = add_authenticator(
            request, name=form.cleaned_data["name"], credential=form.cleaned_data["credential"]
        )
    messages.success(request, _("The passkey is added."))
    if first:
        key = request.session.session_key or ""
        end_other_sessions(account=account, keep=key, by=request.actor)  # type: ignore[attr-defined]
    if codes is None:
        return reverse("mfa_list_webauthn")
    onward = get_next_redirect_url(request) or reverse("mfa_list_webauthn")
    return f"{reverse('mfa_view_recovery_codes')}?{urlencode({'next': onward})}"
