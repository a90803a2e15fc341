"""One's own data: what is held, as a page and as a file; and its erasure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.kernel.errors import Refusal
from tavolo.people.actions import erase_person
from tavolo.people.forms import ConfirmPasswordForm
from tavolo.people.models import Account
from tavolo.people.plugs import Kept
from tavolo.people.web.access import signed_in
from tavolo.people.web.account import account_in
from tavolo.people.web.held import file_of, tables_of
from tavolo.ui.components.confirmation import Confirmation
from tavolo.ui.components.form import FormView


@signed_in
@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    context = {"tables": tables_of(account_in(request).person)}
    return render(request, "people/own_data.html", context)


@signed_in
@require_safe
def own_file(request: HttpRequest, format: str) -> HttpResponse:  # noqa: A002  the word of the address
    return file_of(account_in(request).person, format)


@sensitive_post_parameters("password")
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Asked for once more, with the password; afterwards the page says what stays and why."""
    own = account_in(request)
    form = ConfirmPasswordForm(request.POST or None, user=own)
    kept = _erased(request, own, form) if form.is_valid() else None
    if kept is not None:
        # The session is gone with the account: nothing of it is written again.
        request.session.flush()
        return render(request, "people/erased.html", {"kept": kept})
    return render(request, "people/erase.html", {"question": _question(form)})


def _erased(request: HttpRequest, own: Account, form: ConfirmPasswordForm) -> list[Kept] | None:
    try:
        return erase_person(person=own.person, by=request.actor)  # type: ignore[attr-defined]
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _question(form: ConfirmPasswordForm) -> Confirmation:
    return Confirmation(
        question=_("Erase your personal data and close your account?"),
        consequences=(
            _("Your name, your e-mail, your account and the letters to you are erased."),
            _("Wherever you were named a pseudonym stands; whom you acted for loses a delegate."),
            _("Approved acts stay as they are: the next page says which, and why."),
            _("It cannot be undone."),
        ),
        form=FormView(
            form=form,
            submit=gettext_lazy("Erase for ever"),
            cancel_href=reverse("people:own_data"),
        ),
    )
