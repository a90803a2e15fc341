"""An organisation takes along, in one file, what it entered and what concerns it."""

from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.people.web.access import work_area
from tavolo.people.web.proving import recently_proved
from tavolo.people.web.sending import actor_of
from tavolo.registry import queries, rules
from tavolo.registry.actions import take_along
from tavolo.registry.models import Organisation
from tavolo.registry.writing import write_archive
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb


@work_area
@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def taking(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is in it; sent, the file itself. Refuses with NotFound who may not take it.

    A form sent twice gives the file twice, and enters it twice: that is what happened.
    """
    actor, found = actor_of(request), queries.organisation_by_code(code)
    if not rules.may_take_along(actor, organisation=found.uid, steward=found.steward.uid):
        raise NotFound
    return _file(found, actor) if request.method == "POST" else _page(request, found)


def _file(organisation: Organisation, actor: Actor) -> FileResponse:
    take_along(organisation=organisation, by=actor)
    # Without a name: it is gone when it was sent.
    stream: Any = TemporaryFile()  # noqa: SIM115  # the answer closes it
    write_archive(stream, organisation, actor=actor)
    stream.seek(0)
    name = f"{organisation.code}-{clock.today().isoformat()}.zip"
    return FileResponse(stream, as_attachment=True, filename=name, content_type="application/zip")


def _page(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    heading = _("Take the data away")
    here = reverse("registry:organisation", args=[organisation.code])
    return render(
        request,
        "registry/work_taking.html",
        {
            "organisation": organisation,
            "heading": heading,
            "breadcrumbs": Breadcrumbs((Crumb(organisation.name, here),), heading),
        },
    )
