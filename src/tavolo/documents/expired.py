"""What is past its term or soon will be, what somebody kept longer, and what was deleted."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

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
from tavolo.journal.models import Entry
from tavolo.kernel.clock import ROME, in_rome
from tavolo.kernel.models import Network
from tavolo.kernel.network import RuleBook
from tavolo.kernel.terms import Rule, Unit

AHEAD = timedelta(days=90)
# No day, month or year is shorter: what began later cannot be past its term yet.
SHORTEST = {Unit.HOURS: 0, Unit.DAYS: 1, Unit.MONTHS: 28, Unit.YEARS: 365}


@dataclass(frozen=True)
class Expired:
    """A document past its term: from which day it ran, the last day on which it was kept, by which law."""

    document: Document
    retention: RetentionClass
    since: date
    last_day: date
    source: str


@dataclass(frozen=True)
class Leaving:
    """A document that the job will delete on that day, and by which law."""

    document: Document
    retention: RetentionClass
    day: date
    source: str


def expired(
    *,
    on: date,
    network: Network | None = None,
    networks: Collection[UUID] | None = None,
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
    if networks is not None:
        rows = rows.filter(network__uid__in=networks)
    if by_itself is not None:
        keys = _going_by_themselves()
        rows = rows.filter(retention__in=keys) if by_itself else rows.exclude(retention__in=keys)
    book = terms_entered()
    rows = rows.filter(_may_be_over(book, on))
    for row in rows.select_related("network").order_by("id"):
        since = in_rome(row.since).date()  # type: ignore[attr-defined]  # annotated
        last_day = kept_until(row.retention, since, book, on=on)
        if last_day is not None and last_day < on:
            source = source_of(row.retention, book, on=on)
            yield Expired(row, class_of(row.retention), since, last_day, source)


def leaving(network: Network, *, on: date) -> list[Leaving]:
    """What the job will delete in the ninety days from then, the next first; three queries.

    What is past its term today is not among it (`expired`); what somebody keeps longer goes the day
    after that.
    """
    rows = _with_content().filter(network=network, retention__in=_going_by_themselves())
    book, held = terms_entered(), _held_in(network)
    found = []
    for row in rows.filter(_may_be_over(book, on + AHEAD)).order_by("id"):
        since = in_rome(row.since).date()  # type: ignore[attr-defined]  # annotated
        last = _last_day(row, since, book, held, on)
        if last is not None and on <= last < on + AHEAD:
            source = source_of(row.retention, book, on=on)
            day = last + timedelta(days=1)
            found.append(Leaving(row, class_of(row.retention), day, source))
    return sorted(found, key=lambda each: (each.day, each.document.pk))


def proofs_of(documents: Iterable[Document]) -> Mapping[UUID, Entry]:
    """By the uid of a document the last entry of the journal that proves its deletion; one query."""
    rows = Entry.objects.filter(
        action="documents.content_deleted", subject_uid__in=[row.uid for row in documents]
    )
    entries = rows.select_related("seal").order_by("id")
    return {row.subject_uid: row for row in entries if row.subject_uid}


def running_since(document: Document) -> date:
    """From which day the term of a document runs that stands; one query."""
    last = Version.objects.filter(document=document).aggregate(last=Max("entered_at"))["last"]
    return in_rome(max(last, document.withdrawn_at or last)).date()


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


def _going_by_themselves() -> list[str]:
    return [each.key for each in retention_classes if each.by_itself]


def _last_day(
    row: Document, since: date, book: RuleBook, held: Mapping[int, date | None], on: date
) -> date | None:
    """The last day on which it is kept, by its class or by a decision; None: for ever."""
    last = kept_until(row.retention, since, book, on=on)
    if last is None or row.pk not in held:
        return last
    until = held[row.pk]
    return None if until is None else max(last, until)


def _held_in(network: Network) -> dict[int, date | None]:
    """Until when somebody keeps which document, by primary key."""
    return dict(kept_longer_of(network).values_list("document_id", "until"))


def _may_be_over(book: RuleBook, on: date) -> Q:
    """Those whose term can have ended by then: told in SQL, so that not every document is read."""
    keys = [each.key for each in retention_classes]
    found = _began_early(book.on(class_of("").term, on), on) & ~Q(retention__in=keys)
    for each in retention_classes:
        found |= _began_early(book.on(each.term, on), on) & Q(retention=each.key)
    return found


def _began_early(rule: Rule, on: date) -> Q:
    """Early enough for a term of that length to have ended by then; none, where it never ends."""
    if rule.length is None:
        return Q(pk__in=())
    day = on + timedelta(days=1 - rule.length * SHORTEST[rule.unit])
    return Q(since__lt=datetime.combine(day, time.min, ROME))


def _kept_on(on: date) -> QuerySet[KeptLonger, int]:
    """The documents that somebody decided to keep beyond that day, or for ever; the last decision holds."""
    last = KeptLonger.objects.filter(document=OuterRef("document")).order_by("-id")
    rows = KeptLonger.objects.filter(Q(until=None) | Q(until__gte=on))
    return rows.filter(pk=Subquery(last.values("pk")[:1])).values_list("document", flat=True)
