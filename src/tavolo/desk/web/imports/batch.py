"""One import, as it stands: under way, refused, to be matched, checked, done with."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from tavolo.desk.forms.imports import BatchForm
from tavolo.desk.web.imports import words
from tavolo.desk.web.imports.columns import columns_page
from tavolo.desk.web.imports.overview import applied, checked, undone
from tavolo.desk.web.imports.places import (
    batch_here,
    batch_href,
    batch_page,
    busy,
    kind_href,
    sent_or_back,
)
from tavolo.imports import queries
from tavolo.imports.actions import start
from tavolo.imports.choices import State, Work
from tavolo.imports.models import Batch
from tavolo.imports.plugs import ImportKind
from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of

Shown = Callable[[HttpRequest, Network, Batch, ImportKind], HttpResponse]

# What a page offers to begin once more.
AGAIN = {State.RECEIVED: Work.READING, State.UNDONE: Work.CHECKING}

# Seconds until a page of something under way is asked for again.
SOON, LATER = 1, 3
# After that a job should have begun.
PATIENCE = timedelta(minutes=1)


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The page of one import; sent, it begins again what stopped with a fault."""
    here, found, kind = batch_here(request, slug, uid)
    if request.method == "POST":
        return again(request, here, found)
    shown = underway if busy(found) else PAGES[State(found.state)]
    return shown(request, here, found, kind)


def again(request: HttpRequest, network: Network, batch: Batch) -> HttpResponse:
    """Read what was not read, check again what was undone; whoever comes second is told so."""
    form, back = BatchForm(request.POST, batch=batch), batch_href(network, batch)
    work = AGAIN.get(State(batch.state))
    if work is None:
        return HttpResponseRedirect(back)

    def begin() -> None:
        version = form.cleaned_data["version"]
        start(batch=batch, work=work, version=version, by=actor_of(request))

    answer = sent_or_back(request, form, begin, back=back)
    if answer is None:
        messages.error(request, " ".join(str(each) for each in form.non_field_errors()))
    return answer or HttpResponseRedirect(back)


def underway(
    request: HttpRequest, network: Network, batch: Batch, kind: ImportKind
) -> HttpResponse:
    """How far it has come; the page asks for itself again until it is told to stay."""
    stays, progress = "fermo" in request.GET, queries.progress_of(batch)
    waits = not progress.total and clock.now() - batch.moved_at > PATIENCE
    answer = batch_page(
        request,
        "desk/import_underway.html",
        network,
        batch,
        kind,
        doing=words.doing(batch),
        progress=progress,
        share=progress.done / progress.total if progress.total else None,
        stays=stays,
        waits=waits,
    )
    if not stays:
        # What is small is done after a second; what is not need not be asked for so often.
        answer["Refresh"] = f"{LATER if progress.total or waits else SOON}; url={request.path}"
    return answer


def refused(request: HttpRequest, network: Network, batch: Batch, kind: ImportKind) -> HttpResponse:
    return batch_page(
        request,
        "desk/import_refused.html",
        network,
        batch,
        kind,
        why=queries.sentence_of(batch.refusal),
        upload=kind_href(network, kind),
    )


def received(
    request: HttpRequest, network: Network, batch: Batch, kind: ImportKind
) -> HttpResponse:
    """Nobody is reading it: its worker was lost, or the program failed."""
    return batch_page(
        request,
        "desk/import_stopped.html",
        network,
        batch,
        kind,
        form=BatchForm(batch=batch),
    )


def dropped(request: HttpRequest, network: Network, batch: Batch, kind: ImportKind) -> HttpResponse:
    return batch_page(
        request,
        "desk/import_dropped.html",
        network,
        batch,
        kind,
        upload=kind_href(network, kind),
    )


PAGES: dict[State, Shown] = {
    State.RECEIVED: received,
    State.REFUSED: refused,
    State.READ: columns_page,
    State.CHECKED: checked,
    State.APPLIED: applied,
    State.UNDONE: undone,
    State.DROPPED: dropped,
}
