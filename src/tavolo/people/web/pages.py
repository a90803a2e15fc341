"""What the pages of this room share: a form in our frame, and where to go afterwards."""

import json
from typing import Any

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.functional import Promise

from tavolo.ui.components.form import FormView

TOO_MANY = 429


def form_page(
    request: HttpRequest,
    template: str,
    form: BaseForm,
    *,
    submit: str | Promise,
    view: dict[str, Any] | None = None,
    **context: Any,
) -> HttpResponse:
    """A page with one form; 429 where the form was refused because too much was tried."""
    shown = FormView(form=form, submit=submit, **(view or {}))
    status = TOO_MANY if was_too_much(form) else 200
    return render(request, template, {"form": form, "form_view": shown, **context}, status=status)


def was_too_much(form: BaseForm) -> bool:
    return form.is_bound and any(
        fault.code == "too_many_login_attempts"
        for faults in form.errors.as_data().values()
        for fault in faults
    )


def next_address(request: HttpRequest) -> str:
    """Where `next` leads, if it is an address of ours, else the work area."""
    return get_next_redirect_url(request) or resolve_url(settings.LOGIN_REDIRECT_URL)


def passkey_view(
    form: BaseForm, *, kind: str, submit: str | Promise, options: Any = None
) -> dict[str, Any]:
    """A form that the script fills: `kind` is what the browser does, `options` what it is asked."""
    asked = json.dumps(options) if options is not None else ""
    return {"kind": kind, "options": asked, "form": FormView(form=form, submit=submit)}
