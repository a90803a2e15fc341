"""What an organisation may show of itself within its own site: a page that anybody may frame."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS
from tavolo.registry import queries
from tavolo.registry.models import Organisation
from tavolo.registry.web.page.gone import gone
from tavolo.registry.web.page.parts import Page
from tavolo.registry.web.page.story import joining
from tavolo.registry.web.page.title import kind_words
from tavolo.registry.web.page.voices import voices
from tavolo.territory.web.asof import Asked
from tavolo.ui.framing import framed_anywhere

HEIGHT = 360


@require_safe
def frame(request: HttpRequest, code: str) -> HttpResponse:
    """Name, what it does in the networks, who speaks for it today, and the way to its page.

    The same for everybody: it asks for no cookie and sets none.
    """
    found = queries.organisation_by_code(code)
    if found.merged_into_id is not None:
        return framed_anywhere(HttpResponseRedirect(_address(queries.followed(found))))
    today = clock.today()
    page = Page.of(request, found, Asked(today, today), actor=ANONYMOUS)
    context = {
        "name": page.as_of.name,
        "kind": kind_words(page),
        "page_url": settings.TAVOLO_BASE_URL + reverse("registry:organisation", args=[found.code]),
        "gone": None if page.as_of.exists else gone(page),
        "taking_part": [joining(row) for row in page.voices.taking_part if page.on in row.period],
        "speakers": voices(page)["speakers"],
    }
    return framed_anywhere(render(request, "registry/organisation_frame.html", context))


def shared(organisation: Organisation, name: str) -> dict[str, str]:
    """What the page of an organisation offers to copy."""
    href = _address(organisation)
    source = escape(settings.TAVOLO_BASE_URL + href)
    title = escape(_("%(name)s in the network") % {"name": name})
    # Text, not markup: it is shown to be copied.
    snippet = (
        f'<iframe src="{source}" title="{title}" width="100%" height="{HEIGHT}" loading="lazy">'
        "</iframe>"
    )
    return {"frame_href": href, "snippet": snippet}


def _address(organisation: Organisation) -> str:
    return reverse("registry:organisation_frame", args=[organisation.code])
