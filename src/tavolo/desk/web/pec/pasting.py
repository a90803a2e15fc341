"""Numbers pasted as a list: looked at line by line, then entered."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tavolo.desk.forms.pec import PasteForm
from tavolo.desk.web.pages import crumbs_to, form_view, page
from tavolo.desk.web.pec.here import crumb_of_numbers, numbers_href, plugs_here
from tavolo.desk.web.pec.tables import lines_table
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Numbered, Registrable
from tavolo.messages.pec import pasting, queries
from tavolo.messages.pec.actions import Numbering, enter_numbers
from tavolo.messages.pec.choices import NumberSource
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of, sent_once


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, slug: str) -> HttpResponse:
    """First the lines are shown as they were understood; a second press enters those without a fault."""
    here, plugs = plugs_here(request, slug)
    last = queries.last_register(here)
    form = PasteForm(request.POST or None, initial={"register": last.register if last else ""})
    lines: list[pasting.Line] = []
    if form.is_bound and form.is_valid():
        lines = pasting.read(form.cleaned_data["text"], lambda codes: waiting(here, plugs, codes))
    ready = [line for line in lines if not line.fault]
    if ready and "enter" in request.POST:
        answer = sent_once(
            request,
            form,
            lambda: enter(request, here, ready, form.cleaned_data["register"]),
            said=entered_words(len(ready)),
        )
        if answer is not None:
            return answer
    return page(
        request,
        "desk/pec/paste.html",
        here,
        *crumbs_to(here, actor_of(request)),
        crumb_of_numbers(here),
        here=_("Paste a list"),
        form=form_view(form, _("Check the lines"), numbers_href(here)),
        table=lines_table(lines) if lines else None,
        ready=len(ready),
        faulty=len(lines) - len(ready),
        bound=form,
    )


def waiting(
    network: Network, plugs: Sequence[Numbered], codes: Sequence[str]
) -> dict[str, tuple[str, Registrable]]:
    """What waits for a number, by its receipt in capitals: for a list a query each kind."""
    wanted = set(codes)
    return {
        thing.code.upper(): (plug.key, thing)
        for plug in plugs
        for thing in plug.waiting(network.uid, limit=pasting.LINES)
        if thing.code and thing.code.upper() in wanted
    }


def enter(
    request: HttpRequest, network: Network, ready: Sequence[pasting.Line], register: str
) -> str:
    enter_numbers(
        network=network,
        told=[
            (line.kind, line.thing.uid, Numbering(line.number, line.day, register))
            for line in ready
            if line.thing and line.day
        ],
        source=NumberSource.PASTED,
        by=actor_of(request),
    )
    return numbers_href(network)


def entered_words(count: int) -> str:
    told = ngettext("%(number)s number is entered.", "%(number)s numbers are entered.", count)
    return told % {"number": count}
