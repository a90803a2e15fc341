"""`/dati-personali/`: who is named on a public page asks for a correction, without cookie or account."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.kernel.errors import NotFound
from tavolo.kernel.idempotency import once
from tavolo.people import attempts
from tavolo.people.actions import receive_request
from tavolo.people.forms import CorrectionForm
from tavolo.people.models import CorrectionRequest
from tavolo.people.pages import path_of
from tavolo.people.terms import EXTENDED, last_day_of
from tavolo.people.web.pages import form_page
from tavolo.ui.words import day_words


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest) -> HttpResponse:
    """`?pagina=` fills in the page; what is no address of ours is left out."""
    page = path_of(request.GET.get("pagina", ""))
    form = CorrectionForm(
        request.POST or None, client=attempts.address_of(request), initial={"page": page}
    )
    if form.is_valid():
        return HttpResponseRedirect(_received(request, form))
    return form_page(request, "people/correction.html", form, submit=_("Send the request"))


def _received(request: HttpRequest, form: CorrectionForm) -> str:
    told = form.cleaned_data

    def receive() -> str:
        row = receive_request(
            page=told["page"],
            wish=told["wish"],
            name=told["name"],
            email=told["email"],
            text=told["words"],
            by=request.actor,  # type: ignore[attr-defined]  # ActorMiddleware gives it
        )
        return reverse("people:correction_received", args=[row.code])

    by = request.actor.person  # type: ignore[attr-defined]
    return once(told["form_key"], by=by, do=receive)


@never_cache
@require_safe
def received(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt: number, day and state, and nothing of what was written."""
    found = CorrectionRequest.objects.filter(code=code).only(
        "code", "received_at", "state", "answered_at", "extended_at"
    )
    row = found.first()
    if row is None:
        raise NotFound
    until = last_day_of(row, EXTENDED) if row.extended_at else None
    context = {"asked": row, "until": day_words(until, weekday=False) if until else ""}
    return render(request, "people/correction_received.html", context)
