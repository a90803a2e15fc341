"""One's own account: names, password, second factor, recovery codes, sessions."""

from typing import Any
from uuid import UUID, uuid4

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
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
from tavolo.people.forms import ActivateForm, ChangePasswordForm, ConfirmPasswordForm, NamesForm
from tavolo.people.models import Account
from tavolo.people.queries import has_second_factor, is_exempt, sessions_of
from tavolo.people.sessions import uid_of
from tavolo.people.web.access import signed_in
from tavolo.people.web.pages import form_page, next_address
from tavolo.ui.components.form import FormView


def account_in(request: HttpRequest) -> Account:
    """Who is signed in; for views that `signed_in` or `work_area` guard."""
    if not isinstance(request.user, Account):
        raise TypeError("A view for those signed in was reached by somebody else.")
    return request.user


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


@sensitive_post_parameters()
@signed_in
def confirm_password(request: HttpRequest) -> HttpResponse:
    """Before what protects the account is changed: is it still she?"""
    form = ConfirmPasswordForm(request.POST or None, user=request.user)
    if form.is_valid():
        reauthenticate_by_password(request)
        return HttpResponseRedirect(next_address(request))
    return form_page(request, "people/confirm_password.html", form, submit=gettext_lazy("Go on"))


@signed_in
def second_factor_state(request: HttpRequest) -> HttpResponse:
    own = account_in(request)
    context = {"second_factor": has_second_factor(own), "exempt": is_exempt(own)}
    return render(request, "people/second_factor_state.html", context)


class SetUp(ActivateTOTPView):  # type: ignore[misc]
    form_class = ActivateForm
    template_name = "people/second_factor_set_up.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        view = FormView(form=context["form"], submit=gettext_lazy("Activate"))
        return {**context, "form_view": view, "secret": " ".join(groups)}

    def form_valid(self, form: ActivateForm) -> HttpResponse:
        """Other sessions end: they were opened with a password alone."""
        answer: HttpResponse = super().form_valid(form)
        own = account_in(self.request)
        end_other_sessions(
            account=own, keep=self.request.session.session_key or "", by=self.request.actor
        )
        return answer

    def get_success_url(self) -> str:
        query = urlencode({"next": next_address(self.request)})
        return f"{reverse('mfa_view_recovery_codes')}?{query}"


class SwitchOff(DeactivateTOTPView):  # type: ignore[misc]
    template_name = "people/second_factor_off.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        view = FormView(
            form=kwargs.get("form") or self.get_form(),
            submit=gettext_lazy("Switch it off"),
            cancel_href=reverse("mfa_index"),
        )
        return {**super().get_context_data(**kwargs), "form_view": view}


class Codes(ViewRecoveryCodesView):  # type: ignore[misc]
    template_name = "people/recovery_codes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "onward": next_address(self.request)}


class NewCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    template_name = "people/recovery_codes_new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        view = FormView(
            form=context["form"],
            submit=gettext_lazy("Make new codes"),
            cancel_href=reverse("mfa_view_recovery_codes"),
        )
        return {**context, "form_view": view}


class CodesFile(DownloadRecoveryCodesView):  # type: ignore[misc]
    template_name = "people/recovery_codes.txt"

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().render_to_response(context, **kwargs)
        answer["Content-Disposition"] = 'attachment; filename="codici-di-recupero.txt"'
        return answer


def with_second_factor(view: Any) -> Any:
    """For pages about a second factor that is there; without one, they say so."""

    @signed_in
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if not has_second_factor(account_in(request)):
            return second_factor_state(request)
        answer: HttpResponseBase = view(request)
        return answer

    return guarded


def without_second_factor(view: Any) -> Any:
    """For setting one up; where it is there already, the page says so."""

    @signed_in
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if has_second_factor(account_in(request)):
            return second_factor_state(request)
        answer: HttpResponseBase = view(request)
        return answer

    return guarded


set_up = without_second_factor(SetUp.as_view())
switch_off = with_second_factor(SwitchOff.as_view())
codes = with_second_factor(Codes.as_view())
new_codes = with_second_factor(NewCodes.as_view())
codes_file = with_second_factor(CodesFile.as_view())


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
