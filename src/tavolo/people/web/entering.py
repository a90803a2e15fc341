"""Coming in: sign-in, second factor, a forgotten password, an invitation; and going out."""

from typing import Any
from uuid import uuid4

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.stages import LoginStageController
from allauth.account.utils import get_next_redirect_url, perform_login, url_str_to_user_pk
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tavolo.people import attempts, passkeys
from tavolo.people.actions import accept_invitation, join, replace_password
from tavolo.people.errors import InvitationClosed
from tavolo.people.forms import (
    AcceptForm,
    AskResetForm,
    NewPasswordForm,
    SecondFactorForm,
    SignInForm,
)
from tavolo.people.forms.passkeys import PasskeyForm
from tavolo.people.jobs import write_reset_letter
from tavolo.people.models import Account, Invitation
from tavolo.people.openid import providers
from tavolo.people.queries import (
    account_by_email,
    account_of,
    has_app,
    open_invitation,
    passkeys_of,
)
from tavolo.people.web.pages import form_page, next_address, passkey_view

# What the sign-in page says first, by the word in its address.
OUTCOMES = {
    "password": _("The new password is set. Sign in with it."),
    "uscita": _("You have signed out."),
}


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return render(request, "people/signed_in.html")
    if get_pending_stage(request):
        return redirect("mfa_authenticate")
    form = SignInForm(request.POST or None, request=request)
    if form.is_valid():
        answer: HttpResponse = form.login(request, redirect_url=get_next_redirect_url(request))
        return answer
    said = OUTCOMES.get(request.GET.get("esito", ""), "")
    return form_page(
        request, "people/sign_in.html", form, submit=_("Sign in"), said=said, providers=providers()
    )


@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """A question first: a link alone signs nobody out. It also leaves a sign-in that was half done."""
    if request.method != "POST":
        return render(request, "people/sign_out.html")
    logout(request)
    return HttpResponseRedirect(f"{reverse('account_login')}?esito=uscita")


@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None or request.user.is_authenticated:
        return render(request, "people/second_factor_not_asked.html")
    user: Account = stage.login.user
    by_passkey = "credential" in request.POST
    shown = PasskeyForm(request.POST if by_passkey else None, user=user)
    form = SecondFactorForm(None if by_passkey else request.POST or None, user=user)  # type: ignore[call-arg]  # allauth is untyped
    for each in (shown, form):
        if each.is_valid():
            each.take_up()
            answer: HttpResponse = stage.exit()
            return answer
    has_passkey = passkeys_of(user).exists() and not passkeys.why_not()
    return form_page(
        request,
        "people/second_factor.html",
        form,
        submit=_("Go on"),
        app=has_app(user),
        passkey=_asked(shown, user) if has_passkey else None,
    )


def _asked(form: PasskeyForm, user: Account) -> dict[str, Any]:
    asked = begin_authentication(user)
    return passkey_view(form, kind="get", submit=_("Use a passkey"), options=asked)


@never_cache
def ask_reset(request: HttpRequest) -> HttpResponse:
    """The same answer, after the same work, whether the e-mail has an account or not."""
    form = AskResetForm(request.POST or None)
    if form.is_valid():
        email = str(form.cleaned_data["email"]).lower()
        attempts.take(attempts.RESET_ADDRESS, attempts.address_of(request))
        attempts.take(attempts.RESET_ACCOUNT, email, attempts.address_of(request))
        account = account_by_email(email)
        # The worker writes the letter; where there is no account it looks for one that never was.
        write_reset_letter.enqueue(str(account.uid if account else uuid4()), get_language())
        return redirect("account_reset_password_done")
    return form_page(request, "people/ask_reset.html", form, submit=_("Send the link"))


@never_cache
def reset_asked(request: HttpRequest) -> HttpResponse:
    return render(request, "people/reset_asked.html")


@sensitive_post_parameters("password1", "password2")
@never_cache
def reset(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """A new password by the link of a letter. Its second factor is asked for at the next sign-in."""
    account = _account_of_link(uidb36)
    if account is None or not default_token_generator.check_token(account, key):
        return render(request, "people/reset_closed.html", status=404)
    form = NewPasswordForm(request.POST or None, account=account)
    if form.is_valid():
        attempts.take(attempts.NEW_PASSWORD, attempts.address_of(request))
        replace_password(account=account, password=form.cleaned_data["password1"])
        return HttpResponseRedirect(f"{reverse('account_login')}?esito=password")
    return form_page(request, "people/reset.html", form, submit=_("Set the password"))


@sensitive_post_parameters("password1", "password2")
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link uses nothing up: mail scanners open it too."""
    found = open_invitation(token)
    if found is None:
        return _closed(request)
    account = account_of(found.person)
    if account is None or account.activated_at is not None:
        return _join(request, found, token)
    form = AcceptForm(request.POST or None, account=account, initial=_names(found))
    if form.is_valid():
        return _accept(request, token, form.cleaned_data)
    return form_page(
        request,
        "people/invitation.html",
        form,
        submit=_("Accept the invitation"),
        invitation=found,
        network=found.network,
    )


def _accept(request: HttpRequest, token: str, told: dict[str, Any]) -> HttpResponse:
    attempts.take(attempts.NEW_PASSWORD, attempts.address_of(request))
    try:
        account = accept_invitation(
            token=token,
            given_name=told["given_name"],
            family_name=told["family_name"],
            password=told["password1"],
        )
    except InvitationClosed:
        return _closed(request)
    return enter_first_time(request, account)


def enter_first_time(request: HttpRequest, account: Account, *, back: str = "") -> HttpResponse:
    """Sign in whoever has just chosen her password; a second factor is set up next, then she is led `back`."""
    logout(request)
    record_authentication(request, account, method="password")
    after = f"?{urlencode({'next': back})}" if back else ""
    answer: HttpResponse = perform_login(
        request, account, redirect_url=reverse("mfa_activate_totp") + after
    )
    return answer


def _join(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """For whoever has an account already: sign in with it, then accept."""
    user = request.user
    if request.method == "POST" and isinstance(user, Account):
        join(token=token, account=user)
        return HttpResponseRedirect(next_address(request))
    mine = isinstance(user, Account) and user.person_id == found.person_id
    context = {"invitation": found, "network": found.network, "mine": mine}
    return render(request, "people/invitation_to_join.html", context)


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "people/invitation_closed.html", status=404)


def _names(found: Invitation) -> dict[str, str]:
    return {"given_name": found.person.given_name, "family_name": found.person.family_name}


def _account_of_link(uidb36: str) -> Account | None:
    try:
        key = url_str_to_user_pk(uidb36)
    except ValueError:
        return None
    return Account.objects.filter(pk=key, is_active=True).select_related("person").first()
