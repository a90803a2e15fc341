"""The command box: whatever the actor may open, by the beginnings of its name."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.search.queries import Group, found_by
from tavolo.ui.components.empty_state import EmptyState

LONGEST = 100
SUGGESTED_OF_A_KIND = 3
SUGGESTED = 8


@work_area
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages of the work area first, then things, the closest of each kind; asked of the database."""
    typed = _typed(request)
    context = {
        "typed": typed,
        "groups": found_by(actor_of(request), typed),
        "nothing": EmptyState(
            _("Nothing that you may open begins like this"),
            _("Try with fewer letters, or with another word of the name."),
            level=2,
        ),
    }
    return render(request, "desk/search.html", context)


@work_area
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The closest few of each kind as JSON, while somebody types."""
    groups = found_by(actor_of(request), _typed(request), limit=SUGGESTED_OF_A_KIND)
    return JsonResponse({"options": list(_options(groups))[:SUGGESTED]})


def _options(groups: list[Group]) -> Iterator[dict[str, str]]:
    for group in groups:
        for hit in group.hits:
            about = ", ".join(part for part in (str(group.searchable.label), hit.note) if part)
            yield {"title": hit.title, "about": about, "href": hit.url}


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
