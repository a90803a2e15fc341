"""`/c/<token>/`: somebody answers from her mailbox, without account and without cookie (decision 16)."""

from datetime import date, datetime, time, timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from tavolo.kernel import clock
from tavolo.kernel.errors import BadRequest, Refusal
from tavolo.kernel.idempotency import once
from tavolo.messages import queries, rules
from tavolo.messages.actions import answer_link, note_reading
from tavolo.messages.choices import LinkUse
from tavolo.messages.errors import LinkOver
from tavolo.messages.models import SignedLink
from tavolo.messages.plugs import LinkPage, LinkPurpose
from tavolo.ui.components.form import FormView
from tavolo.ui.forms import ActForm

# What the person presses who has read it and answers another time.
LATER = "later"


@sensitive_variables()
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing, however often and by whomever; sending the form does."""
    link = queries.link_by(token)
    response = _answered(request, link)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _answered(request: HttpRequest, link: SignedLink) -> HttpResponse:
    purpose = queries.purpose_of(link)
    page = purpose.page(link) if purpose else None
    why = rules.why_closed(link, clock.now())
    if why or page is None or purpose is None:
        return _closed(request, link, why or "gone")
    if request.method == "POST" and LATER in request.POST:
        note_reading(link=link)
        return HttpResponseRedirect(f"{request.path}?letto=1")
    form = purpose.form(link, request.POST if request.method == "POST" else None)
    try:
        done = _sent(request, link, purpose, form)
    except LinkOver as refusal:
        return _closed(request, link, refusal.why)
    return done or _page(request, link, page, form)


def _sent(
    request: HttpRequest, link: SignedLink, purpose: LinkPurpose, form: ActForm
) -> HttpResponse | None:
    if not form.is_valid():
        return None

    def do() -> str:
        answer_link(link=link, act=lambda row: purpose.act(row, form))
        # What is kept of it names the link, and never its secret.
        return str(link.uid)

    try:
        done = once(form.cleaned_data["form_key"], by=None, do=do)
    except LinkOver:
        raise
    except Refusal as refusal:
        form.take(refusal)
        return None
    if done != str(link.uid):
        raise BadRequest
    return HttpResponseRedirect(f"{request.path}?risposto=1")


def _page(request: HttpRequest, link: SignedLink, page: LinkPage, form: ActForm) -> HttpResponse:
    context = {
        "link": link,
        "until": _until(link),
        "page": page,
        "network": link.network,
        "form_view": FormView(form=form, submit=page.submit, note=_note(link)),
        "answered": "risposto" in request.GET and link.answered_at is not None,
        "read": "letto" in request.GET and link.answered_at is None,
        "may_wait": link.answered_at is None and request.method != "POST",
        "later": LATER,
    }
    return render(request, "messages/answer.html", context)


def _until(link: SignedLink) -> date | datetime:
    """As it is spoken: what ends with a day names that day, not the midnight after it."""
    end = clock.in_rome(link.expires_at)
    return (end - timedelta(days=1)).date() if end.time() == time() else end


def _note(link: SignedLink) -> str:
    if link.uses == LinkUse.CONFIRM:
        return _("Once it is sent, the link is used up.")
    if link.uses == LinkUse.EDIT:
        return _("You can come back by the same link until you submit it.")
    return _("Until the term you can answer again by the same link: the last answer counts.")


def _closed(request: HttpRequest, link: SignedLink, why: str) -> HttpResponse:
    context = {"link": link, "until": _until(link), "why": why, "network": link.network}
    return render(request, "messages/link_closed.html", context, status=HTTPStatus.GONE)
