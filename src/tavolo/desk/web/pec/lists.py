"""What came by PEC, and the form that brings more."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tavolo.desk.forms.pec import FILES, BringForm
from tavolo.desk.web.pages import crumb_of, form_view, page
from tavolo.desk.web.pec.here import message_href, network_here, pecs_href
from tavolo.desk.web.pec.mailbox import fault_words
from tavolo.desk.web.pec.tables import messages_table
from tavolo.kernel.errors import Refusal
from tavolo.kernel.models import Network
from tavolo.kernel.paging import page_of
from tavolo.messages.models import PecMessage
from tavolo.messages.pec import queries
from tavolo.messages.pec.actions import Prepared, prepared, receive_pec
from tavolo.messages.pec.actions.receiving import FILE_BYTES, MEGABYTE
from tavolo.messages.pec.choices import Way
from tavolo.messages.pec.rules import may_set_mailbox
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.ui.components.table import Paging
from tavolo.ui.web.receiving import limited
from tavolo.ui.words import number


@dataclass
class Brought:
    """What became of the files of one form."""

    ready: list[tuple[str, Prepared]] = field(default_factory=list)
    refused: list[tuple[str, Refusal]] = field(default_factory=list)
    new: list[PecMessage] = field(default_factory=list)
    there: list[PecMessage] = field(default_factory=list)


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def pecs(request: HttpRequest, slug: str) -> HttpResponse:
    here = network_here(request, slug)
    upload = limited(request, FILE_BYTES)
    # Read before the limit is asked whether it was kept to.
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BringForm(
        *sent, limits=limits_words(), too_large=too_large_words() if upload.exceeded else ""
    )
    if form.is_bound and form.is_valid():
        brought = looked_at(form.cleaned_data["brought"])
        answer = sent_once(request, form, lambda: kept(request, here, brought))
        if answer is not None:
            return answer
    state, mailbox = request.GET.get("stato", ""), queries.mailbox_of(here)
    found = page_of(
        queries.pecs_of(here, state),
        order=("newest",),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return page(
        request,
        "desk/pec/list.html",
        here,
        crumb_of(here),
        here=_("PEC"),
        form=form_view(form, _("Bring"), ""),
        table=messages_table(here, found.items, state, Paging.of(found, request.GET)),
        sets_mailbox=may_set_mailbox(actor_of(request), here.uid),
        mailbox=mailbox,
        fault=fault_words(mailbox),
    )


def looked_at(files: Sequence[UploadedFile[Any]]) -> Brought:
    """Each file read before anything is written: a large one takes seconds."""
    brought = Brought()
    for file in files:
        try:
            brought.ready.append((file.name or "", prepared(file.read())))
        except Refusal as refusal:
            brought.refused.append((file.name or "", refusal))
    return brought


def kept(request: HttpRequest, network: Network, brought: Brought) -> str:
    """Keep what could be read and say what became of each; gives where to go on.

    Refuses as the first file was, where none could be read.
    """
    if not brought.ready:
        raise brought.refused[0][1]
    for name, ready in brought.ready:
        received = receive_pec(
            network=network, message=ready, file_name=name, way=Way.UPLOAD, by=actor_of(request)
        )
        (brought.new if received.new else brought.there).append(received.message)
    tell(request, brought)
    rows = [*brought.new, *brought.there]
    return message_href(rows[0]) if len(rows) == 1 else pecs_href(network)


def tell(request: HttpRequest, brought: Brought) -> None:
    count = len(brought.new)
    if count:
        told = ngettext("%(number)s message is kept.", "%(number)s messages are kept.", count)
        messages.success(request, told % {"number": count})
    for row in brought.there:
        messages.info(request, _("%(code)s was here already.") % {"code": row.code})
    for name, refusal in brought.refused:
        messages.error(request, f"{name[:80]}: {refusal}")


def too_large_words() -> str:
    told = {"limit": number(FILE_BYTES // MEGABYTE)}
    return _("One of the files is larger than %(limit)s MB, more than a PEC can be.") % told


def limits_words() -> str:
    return _(
        "Receipts and messages as files .eml, at most %(files)s at once and %(size)s MB each."
        " They are kept as they are, also those that turn out to be no PEC."
    ) % {"files": FILES, "size": number(FILE_BYTES // MEGABYTE)}
