"""What is past its term, what somebody kept longer, and what was deleted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from tavolo.documents.models import Document, KeptLonger, Version
from tavolo.documents.terms import (
    RetentionClass,
    class_of,
    kept_until,
    retention_classes,
    source_of,
    terms_entered,
)
from tavolo.kernel.clock import in_rome
from tavolo.kernel.models import Network


@dataclass(frozen=True)
class Expired:
    """A document past its term: from which day it ran, the last day on which it was kept, by which law."""

    document: Document
    retention: RetentionClass
    since: date
    last_day: date
    source: str


def expired(
    *,
    on: date,
    network: Network | None = None,
    document: Document | None = None,
    by_itself: bool | None = None,
) -> Iterator[Expired]:
    """Those whose term ended before `on`, the oldest document first; two queries.

    `by_itself`: of the classes that are deleted by the job, or of the others. What somebody decided
    to keep longer is left out for so long.
    """
    rows = _with_content().exclude(pk__in=_kept_on(on))
    if document is not None:
        rows = rows.filter(pk=document.pk)
    if network is not None:
        rows = rows.filter(network=network)
    if by_itself is not None:
        keys = [each.key for each in retention_classes if each.by_itself]
        rows = rows.filter(retention__in=keys) if by_itself else rows.exclude(retention__in=keys)
    book = terms_entered()
    for row in rows.select_related("network").order_by("id"):
        since = in_rome(row.since).date()  # type: ignore[attr-defined]  # annotated
        last_day = kept_until(row.retention, since, book, on=on)
        if last_day is not None and last_day < on:
            source = source_of(row.retention, book, on=on)
            yield Expired(row, class_of(row.retention), since, last_day, source)


def deleted_of(network: Network) -> QuerySet[Document]:
    """Those whose content was deleted by retention, as they were entered; each with `deleted_at`."""
    rows = Document.objects.filter(network=network).prefetch_related("versions")
    found = rows.annotate(deleted_at=Max("versions__emptied_at"))
    return found.filter(deleted_at__isnull=False).order_by("id")


def kept_longer_of(network: Network) -> QuerySet[KeptLonger]:
    """The decisions that hold, the last first."""
    last = KeptLonger.objects.filter(document=OuterRef("document")).order_by("-id")
    rows = KeptLonger.objects.filter(document__network=network, pk=Subquery(last.values("pk")[:1]))
    return rows.select_related("document", "decided_by").order_by("-id")


def _with_content() -> QuerySet[Document]:
    """Documents that still have content, with `since`, the instant from which their term runs."""
    has_content = Version.objects.filter(blob__isnull=False).values("document")
    last = Max("versions__entered_at")
    # Greatest of a null is null on one database and not on the other.
    since = Greatest(last, Coalesce("withdrawn_at", last))
    return Document.objects.filter(pk__in=has_content).annotate(since=since)


def _kept_on(on: date) -> QuerySet[KeptLonger, int]:
    """The documents that somebody decided to keep beyond that day, or for ever; the last decision holds."""
    last = KeptLonger.objects.filter(document=OuterRef("document")).order_by("-id")
    rows = KeptLonger.objects.filter(Q(until=None) | Q(until__gte=on))
    return rows.filter(pk=Subquery(last.values("pk")[:1])).values_list("document", flat=True)
