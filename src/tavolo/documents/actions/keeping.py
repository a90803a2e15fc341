"""What becomes of documents past their term: their content is deleted, or they are kept longer."""

from datetime import date
from typing import Any

from django.db import transaction

from tavolo.documents.actions.common import note
from tavolo.documents.errors import DecisionReasonMissing, KeptUntilThePast, NotPastItsTerm
from tavolo.documents.expired import Expired, expired
from tavolo.documents.facts import ContentDeleted, DocumentKeptLonger
from tavolo.documents.models import Document, KeptLonger, Version
from tavolo.documents.rules import in_one_line, works_on_papers
from tavolo.journal.actions import erase_values
from tavolo.journal.queries import entries_of
from tavolo.kernel import blobs, clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.people.models import Person

LONGEST_REASON = 300
NAMELESS = "—"


@transaction.atomic
def delete_expired(*, document: Document, reason: str = "", on: date, by: Actor) -> Document:
    """Delete the content of a document that is past its term; its row says what was there and why it went.

    The versions are emptied, their digests and sizes stay; contents that no other row of any room needs
    are given up, and swept from the disk a day later; a document that stood is withdrawn. A journal
    entry proves it: class, term, source, number of versions and bytes, digests, which were given up.
    Of a class whose titles may name a person, title, file names and the journal's values go too.
    Refuses with NotAllowed, NotPastItsTerm (asked again with the row locked, so that twice does
    nothing twice), and with DecisionReasonMissing where a person decides by the class.
    """
    if not works_on_papers(by, document.network.uid):
        raise NotAllowed
    row = Document.objects.select_for_update(of=("self",)).select_related("network")
    found = next(expired(on=on, document=row.get(pk=document.pk)), None)
    if found is None:
        raise NotPastItsTerm
    reason = in_one_line(reason)[:LONGEST_REASON].strip()
    if not reason and not found.retention.by_itself:
        raise DecisionReasonMissing
    told = _emptied(found)
    _withdrawn(found, reason)
    fact = ContentDeleted(found.document.uid, found.document.network.uid)
    if found.retention.nameless:
        erase_values(entries=entries_of(found.document), by=by)
    note("content_deleted", found.document, by, fact, told | {"reason": reason})
    return found.document


@transaction.atomic
def keep_longer(*, document: Document, until: date | None, reason: str, by: Actor) -> KeptLonger:
    """Decide that a document is kept until that day, or for ever, whatever its class says.

    Refuses with NotAllowed, DecisionReasonMissing, KeptUntilThePast, and NotPastItsTerm where its
    content was deleted already.
    """
    if not works_on_papers(by, document.network.uid):
        raise NotAllowed
    reason = in_one_line(reason)[:LONGEST_REASON].strip()
    if not reason:
        raise DecisionReasonMissing
    if until is not None and until < clock.today():
        raise KeptUntilThePast
    # Locked, so that nobody deletes it in this moment.
    Document.objects.select_for_update().get(pk=document.pk)
    if not Version.objects.filter(document=document, blob__isnull=False).exists():
        raise NotPastItsTerm
    row = KeptLonger.objects.create(
        document=document,
        until=until,
        reason=reason,
        decided_by=Person.objects.filter(uid=by.person).first() if by.person else None,
        decided_at=clock.now(),
    )
    fact = DocumentKeptLonger(document.uid, document.network.uid)
    note("kept_longer", document, by, fact, {"until": until, "reason": reason})
    return row


def _emptied(found: Expired) -> dict[str, Any]:
    """Empty the versions and give up what nobody else needs; returns what the journal keeps as proof."""
    versions = list(Version.objects.filter(document=found.document, blob__isnull=False))
    gone: dict[str, Any] = {"blob": None, "emptied_at": clock.now()}
    if found.retention.nameless:
        gone["file_name"] = NAMELESS
        images = Version.objects.filter(document=found.document).exclude(alternative="")
        images.update(alternative=NAMELESS)
    Version.objects.filter(pk__in=[row.pk for row in versions]).update(**gone)
    digests = sorted({row.digest for row in versions})
    return {
        "class": found.retention.key,
        "source": found.source,
        "since": found.since,
        "last_day": found.last_day,
        "versions": len(versions),
        "bytes": sum(row.size for row in versions),
        "digests": digests,
        "given_up": [digest for digest in digests if blobs.doom(digest)],
    }


def _withdrawn(found: Expired, reason: str) -> None:
    row = found.document
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_reason = clock.now(), reason or found.source
    if found.retention.nameless:
        row.title = str(found.retention.label)
    row.version += 1
    row.save(update_fields=["withdrawn_at", "withdrawn_reason", "title", "version"])
