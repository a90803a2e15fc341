"""The mailbox from which the PEC of a network is fetched: entered, tried, and how the last time went."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tavolo.desk.forms import ConfirmForm
from tavolo.desk.forms.pec import MailboxForm
from tavolo.desk.web.pages import crumb_of, done_once, form_view, page
from tavolo.desk.web.pec.here import crumb_of_pecs, pecs_href
from tavolo.kernel.errors import NotFound, Refusal
from tavolo.messages.models import PecMailbox
from tavolo.messages.pec import queries
from tavolo.messages.pec.actions import set_mailbox, try_mailbox
from tavolo.messages.pec.choices import MailFault
from tavolo.messages.pec.rules import may_set_mailbox
from tavolo.people.web.access import work_area
from tavolo.people.web.proving import recently_proved
from tavolo.people.web.sending import actor_of
from tavolo.registry.queries import network_by_slug

KEPT = ("host", "port", "security", "folder", "user", "active", "mark_seen", "version")


@work_area
@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def mailbox(request: HttpRequest, slug: str) -> HttpResponse:
    here = network_by_slug(slug)
    if not may_set_mailbox(actor_of(request), here.uid):
        raise NotFound
    row = queries.mailbox_of(here)
    back = reverse("desk:pec_mailbox", args=[here.slug])
    tried = ConfirmForm(request.POST if "try" in request.POST else None)
    form = MailboxForm(
        request.POST if request.method == "POST" and "try" not in request.POST else None,
        initial=kept(row),
        known=row is not None,
    )

    def save() -> None:
        set_mailbox(
            network=here,
            told=form.told,
            version=form.cleaned_data["version"],
            by=actor_of(request),
        )

    answer = done_once(request, form, save, back=back, said=_("The mailbox is entered."))
    if answer is None and row is not None and tried.is_valid():
        answer = attempt(request, tried, row, back)
    return answer or page(
        request,
        "desk/pec/mailbox.html",
        here,
        crumb_of(here),
        crumb_of_pecs(here),
        here=_("Mailbox"),
        mailbox=row,
        fault=fault_words(row),
        form=form_view(form, _("Save"), pecs_href(here)),
        tried=tried,
    )


def attempt(
    request: HttpRequest, form: ConfirmForm, row: PecMailbox, back: str
) -> HttpResponse | None:
    """Open it and say how many messages would be fetched; outside any transaction, as it may take long."""
    try:
        count = try_mailbox(mailbox=row, by=actor_of(request))
    except Refusal as refusal:
        form.take(refusal)
        return None
    told = ngettext(
        "The mailbox opens. %(number)s message is new.",
        "The mailbox opens. %(number)s messages are new.",
        count,
    )
    messages.success(request, told % {"number": count})
    return HttpResponseRedirect(back)


def kept(row: PecMailbox | None) -> dict[str, Any]:
    return {} if row is None else {name: getattr(row, name) for name in KEPT}


def fault_words(row: PecMailbox | None) -> str:
    return str(MailFault(row.fault).label) if row and row.fault in set(MailFault) else ""
