"""Which batches somebody sees, what is in them and where they stand."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext

from tavolo.imports.choices import State
from tavolo.imports.errors import filled
from tavolo.imports.matching import Match, match
from tavolo.imports.models import Batch, Change, RememberedColumn, Row
from tavolo.imports.plugs import ImportKind, import_kinds
from tavolo.imports.progress import Progress, told_of
from tavolo.imports.retention import KEPT_FOR
from tavolo.imports.rules import may_import, may_see
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.kernel.text import Trace, mentions


def kinds_for(actor: Actor, network: Network | None) -> list[ImportKind]:
    """What the actor may import and export there."""
    return [kind for kind in import_kinds if may_import(actor, kind, network)]


def kind_or_none(key: str) -> ImportKind | None:
    """The kind of that key; None for one that is no more."""
    return next((kind for kind in import_kinds if kind.key == key), None)


def batches_of(network: Network | None, *, actor: Actor) -> QuerySet[Batch]:
    """The batches of a network, or of the installation, that the actor sees, the latest first."""
    every = Batch.objects.filter(network=network).order_by("-id")
    if actor.has("operator"):
        return every
    return every.filter(kind__in=[kind.key for kind in kinds_for(actor, network)])


def batches_naming(traces: Sequence[Trace]) -> QuerySet[Batch]:
    """Those not yet emptied whose file name, rows or changes hold one of the traces, the latest first."""
    rows = Row.objects.annotate(text=Cast("cells", TextField())).annotate(
        earlier=Cast("mended", TextField())
    )
    changes = Change.objects.annotate(
        was=Cast("before", TextField()), text=Cast("after", TextField())
    )
    named = mentions("text", traces) | mentions("earlier", traces)
    moved = mentions("text", traces) | mentions("was", traces) | mentions("label", traces)
    return Batch.objects.filter(
        mentions("file_name", traces)
        | Q(pk__in=rows.filter(named).values("batch"))
        | Q(pk__in=changes.filter(moved).values("batch")),
        emptied_at=None,
    ).order_by("-id")


def batch_at(uid: UUID | str, *, actor: Actor) -> Batch:
    """Refuses with NotFound what is not there or not for this actor."""
    try:
        key = UUID(str(uid))
    except ValueError as fault:
        raise NotFound from fault
    batch = Batch.objects.select_related("network", "blob").filter(uid=key).first()
    if batch is None or not may_see(actor, kind_or_none(batch.kind), batch.network):
        raise NotFound
    return batch


def rows_of(batch: Batch, outcome: str = "") -> QuerySet[Row]:
    """The rows, all or of one outcome; page them by `number`."""
    rows = Row.objects.filter(batch=batch).order_by("number")
    return rows.filter(outcome=outcome) if outcome else rows


def changes_of(batch: Batch) -> QuerySet[Change]:
    """What the batch would make or change, or did, in the order of the rows."""
    return Change.objects.filter(batch=batch).order_by("number", "id")


def progress_of(batch: Batch) -> Progress:
    """How far the work on the batch has come; a total of 0 where nothing is known."""
    return told_of(batch.uid)


def sentence_of(fault: Mapping[str, Any] | None) -> str:
    """A fault, refusal or problem as it was kept, in the language of whoever reads; "" for None."""
    if not fault:
        return ""
    message, hint = gettext(str(fault["message"])), fault.get("hint")
    if values := fault.get("values"):
        # A catalogue that lost a name: the bare sentence says more than a fault.
        with suppress(KeyError, TypeError, ValueError):
            message = filled(message, values)
    return f"{message} {gettext(str(hint))}" if hint else message


def matching_of(batch: Batch) -> Match:
    """How the columns of a batch match by name and by what was said before.

    For the page where somebody chooses: `proposals` are to be shown as such. A kind that is no more
    has no fields to match.
    """
    kind = kind_or_none(batch.kind)
    return match(batch.headings, kind.fields if kind else (), remembered_of(batch))


def remembered_of(batch: Batch) -> dict[str, str]:
    """What was said of headings of that kind in that network: fields by folded heading."""
    known = RememberedColumn.objects.filter(network=batch.network, kind=batch.kind)
    return dict(known.values_list("heading", "field"))


def kept_until(batch: Batch) -> date:
    """The last day on which the batch has its file and rows, and can be undone."""
    return clock.in_rome(batch.moved_at + KEPT_FOR).date()


def may_be_undone(batch: Batch) -> bool:
    """Whether it is imported and its rows are still there."""
    return batch.state == State.APPLIED and batch.emptied_at is None
