"""One's own account: names, password, sessions."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from tavolo.kernel.errors import BadRequest
from tavolo.kernel.idempotency import once
from tavolo.people.actions import (
    change_names,
    end_other_sessions,
    end_session,
    replace_password,
)
from tavolo.people.forms import ChangePasswordForm, NamesForm
from tavolo.people.models import Account
from tavolo.people.openid import providers
from tavolo.people.queries import has_second_factor, identities_of, sessions_of
from tavolo.people.sessions import uid_of
from tavolo.people.web.access import signed_in
from tavolo.people.web.pages import form_page


def account_in(request: HttpRequest) -> Account:
    """Who is signed in; for views that `signed_in` or `work_area` guard."""
    if not isinstance(request.user, Account):
        raise TypeError("A view for those signed in was reached by somebody else.")
    return request.user


def works(request: HttpRequest) -> bool:
    """Whether whoever is signed in has something to do in the work area today."""
    return bool(request.actor.roles)  # type: ignore[attr-defined]  # ActorMiddleware gives it


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    own = account_in(request)
    initial = {"form_key": uuid4(), "version": own.person.version}
    form = NamesForm(request.POST or None, instance=own.person, initial=initial)
    if form.is_valid():
        return HttpResponseRedirect(_names_changed(request, own, form.cleaned_data))
    return form_page(
        request,
        "people/account.html",
        form,
        submit=gettext_lazy("Save the name"),
        account=own,
        second_factor=has_second_factor(own),
        identities=bool(providers()) or identities_of(own).exists(),
    )


def _names_changed(request: HttpRequest, own: Account, told: dict[str, Any]) -> str:
    def change() -> str:
        change_names(
            person=own.person,
            version=told["version"],
            given_name=told["given_name"],
            family_name=told["family_name"],
            by=request.actor,  # type: ignore[attr-defined]  # ActorMiddleware gives it
        )
        return reverse("people:account")

    address = once(told["form_key"], by=own.person.uid, do=change)
    messages.success(request, _("The name is saved."))
    return address


@sensitive_post_parameters()
@signed_in
def change_password(request: HttpRequest) -> HttpResponse:
    own = account_in(request)
    form = ChangePasswordForm(request.POST or None, account=own)
    if form.is_valid():
        key = request.session.session_key or ""
        replace_password(account=own, password=form.cleaned_data["password1"], keep_session=key)
        update_session_auth_hash(request, own)
        messages.success(request, _("The password is changed. Your other sessions have ended."))
        return redirect("people:account")
    view = {"cancel_href": reverse("people:account")}
    return form_page(
        request,
        "people/change_password.html",
        form,
        submit=gettext_lazy("Change the password"),
        view=view,
    )


@signed_in
def sessions(request: HttpRequest) -> HttpResponse:
    own = account_in(request)
    key = request.session.session_key or ""
    if request.method == "POST":
        return _end(request, own, key)
    context = {"sessions": list(sessions_of(own)), "this": uid_of(key)}
    return render(request, "people/sessions.html", context)


def _end(request: HttpRequest, own: Account, key: str) -> HttpResponse:
    """One session by its uid, or "others": all but this one."""
    which = request.POST.get("session", "")
    if which == "others":
        end_other_sessions(account=own, keep=key, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("The other sessions have ended."))
        return redirect("people:sessions")
    try:
        uid = UUID(which)
    except ValueError as fault:
        raise BadRequest from fault
    end_session(account=own, session=uid, by=request.actor)  # type: ignore[attr-defined]
    if uid == uid_of(key):
        request.session.flush()
        return redirect("account_login")
    messages.success(request, _("The session has ended."))
    return redirect("people:sessions")
