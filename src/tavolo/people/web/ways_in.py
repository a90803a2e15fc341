"""By what else one comes in: keys for programs; another e-mail."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound, Refusal
from tavolo.people.actions import ask_new_email, make_token, revoke_token, take_up_email
from tavolo.people.forms.ways_in import NewEmailForm, TokenForm
from tavolo.people.models import ApiToken
from tavolo.people.queries import tokens_of
from tavolo.people.web.access import signed_in, work_area
from tavolo.people.web.account import account_in
from tavolo.people.web.pages import form_page
from tavolo.people.web.proving import recently_proved
from tavolo.people.web.sending import actor_of, sent_once

SHOWN = 50


@work_area
@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The list, and another one: its text is in the answer to this one request, and nowhere else."""
    account = account_in(request)
    if "revoke" in request.POST:
        revoke_token(account=account, token=_uid(request.POST["revoke"]), by=actor_of(request))
        messages.success(request, _("The key is revoked: no program can use it any more."))
        return redirect("people:tokens")
    form = TokenForm(request.POST or None)
    made: list[tuple[ApiToken, str]] = []

    def make() -> str:
        told = {name: form.cleaned_data[name] for name in ("name", "days", "scopes")}
        made.append(make_token(account=account, by=actor_of(request), **told))
        return reverse("people:tokens")

    answer = sent_once(request, form, make)
    if made:
        return render(request, "people/token_made.html", {"token": made[0][0], "text": made[0][1]})
    if answer:
        return answer
    rows = tokens_of(account)
    return form_page(
        request,
        "people/tokens.html",
        form,
        submit=gettext_lazy("Make the key"),
        tokens=list(rows[:SHOWN]),
        more=max(rows.count() - SHOWN, 0),
        now=clock.now(),
    )


def _uid(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError as fault:
        raise NotFound from fault


@signed_in
@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def new_email(request: HttpRequest) -> HttpResponse:
    account = account_in(request)
    form = NewEmailForm(request.POST or None)

    def ask() -> str:
        email = form.cleaned_data["email"]
        ask_new_email(account=account, email=email, by=actor_of(request))
        return reverse("people:account")

    said = _("A letter with a link is on its way to the new address: open it, signed in here.")
    return sent_once(request, form, ask, said=said) or form_page(
        request,
        "people/new_email.html",
        form,
        submit=gettext_lazy("Send the link"),
        view={"cancel_href": reverse("people:account")},
        account=account,
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def email_taken_up(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing: mail scanners open it too."""
    account = account_in(request)
    if request.method != "POST":
        return render(request, "people/email_taken_up.html")
    key = request.session.session_key or ""
    try:
        take_up_email(account=account, token=token, keep_session=key, by=actor_of(request))
    except Refusal as refusal:
        context = {"refused": str(refusal)}
        return render(request, "people/email_taken_up.html", context, status=refusal.status)
    update_session_auth_hash(request, account)
    messages.success(request, _("From now on you sign in with the new e-mail."))
    return redirect("people:account")
