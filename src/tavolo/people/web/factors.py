"""The second factor: how it stands, the app, recovery codes."""

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from tavolo.people.actions import end_other_sessions, forget_app
from tavolo.people.forms import ActivateForm
from tavolo.people.queries import (
    factors_of,
    has_app,
    has_second_factor,
    is_exempt,
    is_last_factor,
    passkeys_of,
)
from tavolo.people.web.access import signed_in
from tavolo.people.web.account import account_in, works
from tavolo.people.web.pages import next_address
from tavolo.ui.components.form import FormView


@signed_in
def second_factor_state(request: HttpRequest) -> HttpResponse:
    own = account_in(request)
    context = {
        "second_factor": has_second_factor(own),
        "app": has_app(own),
        "passkeys": passkeys_of(own).count(),
        "exempt": is_exempt(own),
    }
    return render(request, "people/second_factor_state.html", context)


class SetUp(ActivateTOTPView):  # type: ignore[misc]
    form_class = ActivateForm
    template_name = "people/second_factor_set_up.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        replaces = has_app(account_in(self.request))
        secret = context["form"].secret
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        view = FormView(form=context["form"], submit=gettext_lazy("Activate"))
        return {**context, "form_view": view, "secret": " ".join(groups), "replaces": replaces}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Also where there is an app already: the new one takes its place."""
        raise_if_reauthentication_required(request, app="people")
        # allauth would lead on to switching it off, and leave her without any for a while.
        answer: HttpResponseBase = super(ActivateTOTPView, self).dispatch(request, *args, **kwargs)
        return answer

    def form_valid(self, form: ActivateForm) -> HttpResponse:
        """Other sessions end: they were opened with a password alone, or by the app before."""
        with transaction.atomic():
            forget_app(account=account_in(self.request))
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


def taking_off(view: Any) -> Any:
    """For switching the app off: whoever works keeps a second factor, this or another."""

    @with_second_factor
    def guarded(request: HttpRequest) -> HttpResponseBase:
        app = factors_of(account_in(request)).filter(type=Authenticator.Type.TOTP).first()
        if app is None:
            return second_factor_state(request)
        if works(request) and is_last_factor(account_in(request), app):
            return render(request, "people/second_factor_last.html")
        answer: HttpResponseBase = view(request)
        return answer

    return guarded


set_up = signed_in(SetUp.as_view())
switch_off = taking_off(SwitchOff.as_view())
codes = with_second_factor(Codes.as_view())
new_codes = with_second_factor(NewCodes.as_view())
codes_file = with_second_factor(CodesFile.as_view())
