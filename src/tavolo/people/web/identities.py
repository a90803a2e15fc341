"""Signing in by a provider (SPID, CIE, the body's own), and linking one's identity there with one's account."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound, Refusal
from tavolo.people import attempts
from tavolo.people.actions import link_identity, note_identity_use, unlink_identity
from tavolo.people.errors import IdentityUnknown, ProviderSaidNo, SignInNotBegun
from tavolo.people.openid import Known, Provider, begin, finish, provider_called, providers
from tavolo.people.queries import account_behind, identities_of, may_sign_in
from tavolo.people.stages import PROVIDER
from tavolo.people.web.access import signed_in
from tavolo.people.web.account import account_in
from tavolo.people.web.proving import recently_proved
from tavolo.people.web.sending import actor_of

BEGUN = "people.provider"
PATIENCE = timedelta(minutes=15)


@never_cache
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """`?chi=` names the provider, to which it leads; without it, the list of those that there are."""
    if request.user.is_authenticated:
        return render(request, "people/signed_in.html")
    key = request.GET.get("chi", "")
    if not key:
        return render(request, "people/providers.html", {"providers": providers()})
    onward = get_next_redirect_url(request) or ""
    return HttpResponseRedirect(_begun(request, _provider(key), {"next": onward}))


def _begun(request: HttpRequest, provider: Provider, more: dict[str, str]) -> str:
    begun = begin(provider, back=_back())
    at = clock.now().isoformat()
    request.session[BEGUN] = begun.kept | {"provider": provider.key, "at": at} | more
    return begun.address


def _provider(key: str) -> Provider:
    found = provider_called(key)
    if found is None:
        raise NotFound
    return found


def _back() -> str:
    """One address in all languages: it is registered with the provider."""
    with override(settings.LANGUAGE_CODE):
        return str(settings.TAVOLO_BASE_URL) + reverse("people:provider_answer")


@never_cache
@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """Whoever comes back: signed in by a link made before, or linked with the account that asked for it."""
    if not request.GET:
        return render(request, "people/provider_refused.html", {"refusal": SignInNotBegun()})
    try:
        return _answered(request)
    except Refusal as refusal:
        context = {"refusal": refusal}
        return render(request, "people/provider_refused.html", context, status=refusal.status)


def _answered(request: HttpRequest) -> HttpResponse:
    kept: dict[str, Any] = request.session.pop(BEGUN, None) or {}
    provider = _expected(request, kept)
    attempts.take(attempts.SIGN_IN_ADDRESS, attempts.address_of(request))
    known = finish(provider, code=request.GET["code"], kept=kept, back=_back())
    if kept.get("link"):
        return _linked(request, provider, known, kept["link"])
    return _entered(request, provider, known, kept["next"])


def _expected(request: HttpRequest, kept: dict[str, Any]) -> Provider:
    """The provider from which she was expected, a short while ago, in this browser."""
    provider = provider_called(kept.get("provider", ""))
    late = not kept or clock.now() - datetime.fromisoformat(kept["at"]) > PATIENCE
    same = constant_time_compare(request.GET.get("state", ""), kept.get("state", " "))
    # A provider that names itself in the answer must be the one to which she went (RFC 9207).
    other = provider is not None and request.GET.get("iss", provider.issuer) != provider.issuer
    if provider is None or late or not same or other:
        raise SignInNotBegun
    if "error" in request.GET or not request.GET.get("code"):
        raise ProviderSaidNo
    return provider


def _entered(request: HttpRequest, provider: Provider, known: Known, onward: str) -> HttpResponse:
    account = account_behind(issuer=known.issuer, subject=known.subject)
    if account is None or not may_sign_in(account):
        raise IdentityUnknown
    note_identity_use(issuer=known.issuer, subject=known.subject)
    record_authentication(
        request, account, method=PROVIDER, provider=provider.key, strong=provider.is_strong
    )
    found: HttpResponse = perform_login(request, Login(user=account, redirect_url=onward or None))
    return found


def _linked(request: HttpRequest, provider: Provider, known: Known, account: str) -> HttpResponse:
    """Only for who asked: another may have signed in to this browser meanwhile."""
    if not request.user.is_authenticated or str(account_in(request).uid) != account:
        raise SignInNotBegun
    link_identity(
        account=account_in(request),
        provider=provider.key,
        issuer=known.issuer,
        subject=known.subject,
        name=provider.name,
        by=actor_of(request),
    )
    messages.success(request, _("The identity is linked: you can sign in with it."))
    return redirect("people:identities")


@signed_in
@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def identities(request: HttpRequest) -> HttpResponse:
    """One's linked identities; by POST one is taken away, or the way to link one is shown."""
    own = account_in(request)
    if "unlink" in request.POST:
        return _unlinked(request, request.POST["unlink"])
    if request.method == "POST":
        provider = _provider(request.POST.get("link", ""))
        address = _begun(request, provider, {"link": str(own.uid)})
        # A form may lead nowhere else (content policy): the last step is a link.
        return render(
            request, "people/identity_go.html", {"address": address, "provider": provider}
        )
    names = {each.key: each.name for each in providers()}
    rows = list(identities_of(own))
    linked = {row.provider for row in rows}
    context = {
        "rows": [(row, names.get(row.provider, row.provider)) for row in rows],
        "others": [each for each in providers() if each.key not in linked],
    }
    return render(request, "people/identities.html", context)


def _unlinked(request: HttpRequest, told: str) -> HttpResponse:
    own = account_in(request)
    try:
        uid = UUID(told)
    except ValueError as fault:
        raise NotFound from fault
    row = identities_of(own).filter(uid=uid).first()
    provider = provider_called(row.provider) if row else None
    name = provider.name if provider else (row.provider if row else "")
    unlink_identity(account=own, identity=uid, name=name, by=actor_of(request))
    messages.success(request, _("The link is taken away."))
    return redirect("people:identities")
