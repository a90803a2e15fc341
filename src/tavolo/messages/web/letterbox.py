"""`/posta/`: in a demonstration alone, the letters that would have left."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tavolo.kernel.errors import NotFound
from tavolo.kernel.network import installation
from tavolo.messages.letterbox import Fallen, fallen, folder_of, one
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table
from tavolo.ui.words import instant_words


@never_cache
@require_safe
def letterbox(request: HttpRequest) -> HttpResponse:
    """`?lettera=` opens one. In a real installation there is nothing at this address."""
    folder = folder_of(settings.TAVOLO_EMAIL_URL)
    if folder is None or not installation().demonstration:
        raise NotFound
    asked = request.GET.get("lettera", "")
    if not asked:
        return render(request, "messages/letterbox.html", {"table": _table(fallen(folder))})
    letter = one(folder, _uid(asked))
    if letter is None:
        raise NotFound
    return render(request, "messages/fallen.html", {"letter": letter})


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as fault:
        raise NotFound from fault


def _table(rows: list[Fallen]) -> Table:
    here = reverse("messages:letterbox")
    return Table(
        caption=_("Letters in the folder, the latest first"),
        columns=(Column(_("Letter")), Column(_("To")), Column(_("Written"))),
        rows=tuple(
            Row.of(
                Cell(row.subject or _("A letter"), f"{here}?lettera={row.uid}"),
                row.to,
                instant_words(row.at) if row.at else "",
            )
            for row in rows
        ),
        empty=EmptyState(
            _("No letter yet"), _("What this demonstration sends appears here a few seconds later.")
        ),
        key="fallen",
        paging=Paging(shown=len(rows), total=len(rows)),
    )
