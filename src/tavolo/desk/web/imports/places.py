"""Where the pages of imports lie, and what of them is there for whoever asks."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tavolo.desk.forms import ActForm
from tavolo.desk.queries import names_of, network_at
from tavolo.desk.web.imports import words
from tavolo.desk.web.pages import crumb_of, page
from tavolo.imports.errors import ChangedMeanwhile, Emptied, StillUnderWay, WrongState
from tavolo.imports.models import Batch
from tavolo.imports.plugs import ImportKind, import_kinds
from tavolo.imports.queries import batch_at, kinds_for, sentence_of
from tavolo.imports.rules import IMPORTS
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.kernel.schedule import is_pending
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.ui.components.breadcrumbs import Crumb

MOVED_ON = (ChangedMeanwhile, Emptied, StillUnderWay, WrongState)


def kind_here(request: HttpRequest, slug: str, kind: str) -> tuple[Network, ImportKind]:
    """A network that the actor runs and a kind that she may import there. Refuses with NotFound."""
    actor = actor_of(request)
    here = network_at(actor, slug, IMPORTS)
    found = next((each for each in kinds_for(actor, here) if each.slug == kind), None)
    if found is None:
        raise NotFound
    return here, found


def batch_here(request: HttpRequest, slug: str, uid: UUID) -> tuple[Network, Batch, ImportKind]:
    """A batch of a network that the actor runs. Refuses with NotFound, as for one of another network."""
    actor = actor_of(request)
    here = network_at(actor, slug, IMPORTS)
    batch = batch_at(uid, actor=actor)
    if batch.network_id != here.pk:
        raise NotFound
    return here, batch, import_kinds.get(batch.kind)


def busy(batch: Batch) -> bool:
    """Whether the worker has it, or will; work that was lost with its worker holds nobody up."""
    return bool(batch.work) and batch.job is not None and is_pending(batch.job)


def imports_of(network: Network) -> str:
    return reverse("desk:imports", kwargs={"slug": network.slug})


def kind_href(network: Network, kind: ImportKind, name: str = "import_kind", **more: str) -> str:
    return reverse(f"desk:{name}", kwargs={"slug": network.slug, "kind": kind.slug, **more})


def batch_href(network: Network, batch: Batch, name: str = "import_batch", **more: str) -> str:
    return reverse(f"desk:{name}", kwargs={"slug": network.slug, "uid": batch.uid, **more})


def batch_page(
    request: HttpRequest,
    template: str,
    network: Network,
    batch: Batch,
    kind: ImportKind,
    *,
    here: str = "",
    **context: Any,
) -> HttpResponse:
    """A page about one batch: its own, or with `here` one beneath it."""
    above = [crumb_of(network), Crumb(_("Import"), imports_of(network))]
    title = _("Import of “%(name)s”") % {"name": batch.file_name}
    if here:
        above.append(Crumb(title, batch_href(network, batch)))
    frame = {
        "batch": batch,
        "kind": kind,
        "badge": words.badge(batch),
        "brought": words.brought(batch, names_of([batch.by])),
        "problem": sentence_of(batch.problem),
        "remarks": [sentence_of(remark) for remark in batch.remarks],
    }
    return page(request, template, network, *above, here=here or title, **{**frame, **context})


def sent_or_back(
    request: HttpRequest,
    form: ActForm,
    act: Callable[[], object],
    *,
    back: str,
    onward: str = "",
    said: str = "",
) -> HttpResponse | None:
    """Do what a form about a batch asks, once, and go `back` to the batch, or `onward`.

    What was refused because the batch moved on in the meantime is said there: the form is of no use
    any more. Everything else stays with the form; None then, and where it is not sent.
    """

    def do() -> str:
        act()
        return onward or back

    answer = sent_once(request, form, do, said=said)
    refusal = form.refusal
    if answer is None and isinstance(refusal, MOVED_ON):
        messages.error(request, str(refusal))
        return HttpResponseRedirect(back)
    return answer
