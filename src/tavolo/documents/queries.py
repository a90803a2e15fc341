"""Which documents there are for whom; what she may not see is not there."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from tavolo.documents import rules
from tavolo.documents.choices import Visibility
from tavolo.documents.models import Document, Version
from tavolo.documents.plugs import Told
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound


def documents_of(kind: str, uids: Iterable[UUID], *, actor: Actor) -> Mapping[UUID, list[Document]]:
    """What the actor sees of the documents of these things, the newest first; withdrawn ones left out.

    At most seven queries, for 200 things as for one; one where there is nothing. Each document comes
    with its versions.
    """
    rows = Document.objects.filter(holder_kind=kind, holder_uid__in=set(uids), withdrawn_at=None)
    there = list(rows.order_by("-id"))
    allowed = {
        visibility: rules.seen_among(
            actor,
            kind,
            {row.holder_uid for row in there if row.visibility == visibility},
            visibility,
        )
        for visibility in Visibility
    }
    seen = [row for row in there if row.holder_uid in allowed[Visibility(row.visibility)]]
    prefetch_related_objects(seen, _versions())
    found: dict[UUID, list[Document]] = {}
    for row in seen:
        found.setdefault(row.holder_uid, []).append(row)
    return found


def document_at(uid: UUID, *, actor: Actor) -> Document:
    """Refuses with NotFound what is not there, what she may not see, and what no room answers for.

    A withdrawn document is there for those who saw it: its title, and why.
    """
    rows = Document.objects.select_related("network").prefetch_related(_versions())
    row = rows.filter(uid=uid).first()
    if row is None or not may_read(actor, row):
        raise NotFound
    return row


def document_kept_by(uid: UUID, *, actor: Actor) -> Document:
    """Likewise, for those who work on it; NotFound for the others."""
    row = document_at(uid, actor=actor)
    if not rules.may_keep(actor, row.holder_kind, row.holder_uid):
        raise NotFound
    return row


def may_read(actor: Actor, row: Document) -> bool:
    return rules.may_see(actor, row.holder_kind, row.holder_uid, row.visibility)


def latest(document: Document) -> Version:
    """Its newest version; there is always one."""
    return next(iter(document.versions.all()))


def version_at(document: Document, name: str, number: int | None) -> Version:
    """The version of that number, by default the newest, if that is what its file is called.

    Refuses with NotFound; also a version that was emptied, and all of a withdrawn document.
    """
    versions = [row for row in document.versions.all() if row.file_name == name]
    if number is not None:
        versions = [row for row in versions if row.number == number]
    if not versions or document.withdrawn_at is not None or versions[0].blob_id is None:
        raise NotFound
    return versions[0]


def held_by(document: Document) -> Told | None:
    """The thing to which it belongs, as its room tells it; None where it is not told."""
    holder = rules.holder_of(document.holder_kind)
    told = holder.told((document.holder_uid,)) if holder else {}
    return told.get(document.holder_uid)


def _versions() -> "Prefetch[str, QuerySet[Version], str]":
    return Prefetch("versions", Version.objects.select_related("entered_by").order_by("-number"))
