"""Public notices: drafted, published by an act, corrected beside the original."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Field, Model

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.facts import announce
from tavolo.kernel.text import minted_code
from tavolo.kernel.versions import save_version
from tavolo.tables import rules
from tavolo.tables.actions.common import runs
from tavolo.tables.choices import ApplicationState, AskKind
from tavolo.tables.errors import (
    AlreadyPublished,
    ClosesBeforeItOpens,
    GroupOfAnother,
    NothingCorrected,
    NoticeActMissing,
    NoticeIncomplete,
    NoticeTitleMissing,
    NotPublishedYet,
)
from tavolo.tables.facts import NoticeCorrected, NoticePublished
from tavolo.tables.in_time import timing_of
from tavolo.tables.models import (
    Application,
    Body,
    Notice,
    NoticeAsk,
    NoticeCorrection,
    NoticeGroup,
)

CODE_LENGTH = 60
MINTING_ATTEMPTS = 5
WORDS = (
    "act_kind", "act", "premises", "purpose", "addressed", "requirements", "commitments",
    "evaluation", "list_lasts", "publication", "responsible", "contact", "privacy", "appeal",
    "cup", "cig", "pec_counts", "source",
)  # fmt: skip
EDITABLE = (
    *WORDS,
    "name",
    "issuer",
    "seats",
    "competitive",
    "ways",
    "opens_at",
    "closes_at",
    "over",
)
# What a correction may say otherwise; who issued it, for what body and by which act it was does not change.
CORRECTABLE = (
    "name", "premises", "purpose", "addressed", "requirements", "commitments", "seats",
    "evaluation", "list_lasts", "publication", "responsible", "contact", "privacy", "appeal",
    "closes_at",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A declaration or a document to ask for, in words; without what is `needed` an application is not complete."""

    kind: str
    words: str
    needed: bool = True


@transaction.atomic
def draft_notice(
    *,
    body: Body,
    name: str,
    groups: Iterable[Body] = (),
    asks: Sequence[Asked] = (),
    by: Actor,
    **values: Any,
) -> Notice:
    """Draft a notice for a body; `values` are of `EDITABLE`. Its address is minted from the title.

    Refuses with NotAllowed, NoticeTitleMissing, GroupOfAnother, ClosesBeforeItOpens.
    """
    runs(by, body)
    row = Notice(network=body.network, body=body, name=_title(name), created_at=clock.now())
    _take(row, values)
    _mint(row)
    _say_groups(row, groups)
    _say_asks(row, asks)
    _tell("tables.notice_drafted", row, by, {"title": row.name, "body": str(body.uid)})
    return row


@transaction.atomic
def edit_notice(
    *,
    notice: Notice,
    expected: int,
    groups: Iterable[Body] | None = None,
    asks: Sequence[Asked] | None = None,
    by: Actor,
    **values: Any,
) -> Notice:
    """Change a draft (`EDITABLE`); `groups` and `asks` replace those that stood, None leaves them.

    Refuses with NotAllowed, AlreadyPublished, NoticeTitleMissing, GroupOfAnother, ClosesBeforeItOpens,
    StaleVersion.
    """
    row = _held(notice, by)
    if row.published_at is not None:
        raise AlreadyPublished
    _take(row, values)
    save_version(row, expected=expected, fields=set(values) - {"name"} | {"name"})
    if groups is not None:
        row.groups.all().delete()
        _say_groups(row, groups)
    if asks is not None:
        row.asks.all().delete()
        _say_asks(row, asks)
    _tell("tables.notice_edited", row, by, {"fields": sorted(values)})
    return row


@transaction.atomic
def publish_notice(*, notice: Notice, by: Actor) -> Notice:
    """Publish a draft: its words stay from now on, and it is open from its opening, at the latest from now.

    Refuses with NotAllowed, AlreadyPublished, and NoticeIncomplete where act, ways, contact or privacy notice
    are missing; of an old one whose days nobody knows (`over`) only the act is needed.
    """
    row = _held(notice, by)
    if row.published_at is not None:
        raise AlreadyPublished
    row.published_at = clock.now()
    if not row.over:
        row.opens_at = row.opens_at or row.published_at
    _complete(row)
    _in_order(row)
    row.ends_at = row.closes_at
    save_version(row, expected=row.version, fields=("published_at", "opens_at", "ends_at"))
    record(action="tables.notice_published", actor=by, subject=row, network=row.network)
    announce(NoticePublished(row.uid), network=row.network)
    return row


@transaction.atomic
def correct_notice(
    *, notice: Notice, changes: Mapping[str, Any], act: str, reason: str, by: Actor
) -> NoticeCorrection:
    """Say by an act what a published notice says otherwise from now on (`CORRECTABLE`); the original stays.

    Another end (`closes_at`) is in force at once, and what was received is reckoned by it again: what was
    late may be in time now. To close an open-ended notice is to give it an end. Refuses with NotAllowed,
    NotPublishedYet, NoticeActMissing, NothingCorrected, ClosesBeforeItOpens, NoticeTitleMissing.
    """
    row = _held(notice, by)
    act, reason = " ".join(act.split())[:300], " ".join(reason.split())[:500]
    if row.published_at is None:
        raise NotPublishedYet
    if not act or not reason:
        raise NoticeActMissing
    new = _different(row, changes)
    if not new:
        raise NothingCorrected
    made = NoticeCorrection.objects.create(
        notice=row,
        number=row.corrections.count() + 1,
        act=act,
        reason=reason,
        changes=new,
        made_at=clock.now(),
        made_by=by.person,
    )
    _take_end(row, new, by)
    told = {"act": act, "reason": reason, "fields": sorted(new), "number": made.number}
    _tell("tables.notice_corrected", row, by, told)
    announce(NoticeCorrected(row.uid, made.number), network=row.network)
    return made


def _held(notice: Notice, by: Actor) -> Notice:
    rows = Notice.objects.select_for_update(of=("self",)).select_related("network", "body__network")
    row = rows.get(pk=notice.pk)
    runs(by, row.body)
    return row


def _title(name: str) -> str:
    told = " ".join(name.split())
    if not told:
        raise NoticeTitleMissing
    return told


def _take(row: Notice, values: Mapping[str, Any]) -> None:
    unknown = set(values) - set(EDITABLE)
    if unknown:
        raise TypeError(f"A notice has no {', '.join(sorted(unknown))} to be written.")
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.name = _title(row.name)
    _in_order(row)


def _in_order(row: Notice) -> None:
    if row.opens_at and row.closes_at and row.closes_at <= row.opens_at:
        raise ClosesBeforeItOpens


def _mint(row: Notice) -> None:
    """With a code of its own; somebody may mint the same one at the same moment."""
    stem = minted_code(row.name, (), length=CODE_LENGTH)[: CODE_LENGTH // 2]
    for attempt in range(MINTING_ATTEMPTS):
        codes = Notice.objects.filter(code__startswith=stem).values_list("code", flat=True)
        taken = {*codes, *rules.RESERVED_WORDS}
        row.code = minted_code(row.name, taken, length=CODE_LENGTH)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
                return
        except IntegrityError:
            if attempt == MINTING_ATTEMPTS - 1:
                raise


def _say_groups(row: Notice, groups: Iterable[Body]) -> None:
    chosen = {group.pk: group for group in groups}
    if any(group.parent_id != row.body_id for group in chosen.values()):
        raise GroupOfAnother
    NoticeGroup.objects.bulk_create(NoticeGroup(notice=row, group=each) for each in chosen.values())


def _say_asks(row: Notice, asks: Sequence[Asked]) -> None:
    for kind in AskKind:
        of_kind = [each for each in asks if each.kind == kind and each.words.strip()]
        NoticeAsk.objects.bulk_create(
            NoticeAsk(
                notice=row,
                kind=kind,
                number=number,
                words=" ".join(each.words.split())[:500],
                needed=each.needed,
            )
            for number, each in enumerate(of_kind, start=1)
        )


def _complete(row: Notice) -> None:
    needed = ("act",) if row.over else ("act", "ways", "contact", "privacy")
    lacking = tuple(name for name in needed if not getattr(row, name))
    if lacking:
        words = ", ".join(called(Notice, name) for name in lacking)
        raise NoticeIncomplete(lacking, words)


def called(model: type[Model], name: str) -> str:
    """What a field is called, in the language of whoever reads."""
    field = model._meta.get_field(name)
    return str(field.verbose_name) if isinstance(field, Field) else name


def _different(row: Notice, changes: Mapping[str, Any]) -> dict[str, Any]:
    """What is really said otherwise than the notice with its corrections said until now."""
    unknown = set(changes) - set(CORRECTABLE)
    if unknown:
        raise TypeError(f"A correction does not say {', '.join(sorted(unknown))}.")
    now = as_corrected(row)
    if "name" in changes:
        _title(changes["name"])
    plain = {name: _plain(value) for name, value in changes.items()}
    return {name: value for name, value in plain.items() if value != _plain(now[name])}


def as_corrected(row: Notice) -> dict[str, Any]:
    """What a notice says now, field by field, with its corrections in their order."""
    told = {name: getattr(row, name) for name in CORRECTABLE}
    for each in row.corrections.order_by("number"):
        told |= each.changes
    told["closes_at"] = row.ends_at
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else value


def _take_end(row: Notice, new: Mapping[str, Any], by: Actor) -> None:
    """Put another end in force, and reckon anew whether what was received came in time."""
    if "closes_at" not in new:
        return
    ends = datetime.fromisoformat(new["closes_at"]) if new["closes_at"] else None
    if ends and row.opens_at and ends <= row.opens_at:
        raise ClosesBeforeItOpens
    row.ends_at = ends
    save_version(row, expected=row.version, fields=("ends_at",))
    received = Application.objects.filter(notice=row).exclude(state=ApplicationState.DRAFT)
    for each in received.select_related("network"):
        timing = timing_of(each.counts_at or row.created_at, opens=row.opens_at, ends=ends)
        if timing != each.timing:
            _reckon(each, timing, by)


def _reckon(row: Application, timing: str, by: Actor) -> None:
    before, row.timing = row.timing, timing
    Application.objects.filter(pk=row.pk).update(timing=timing)
    told = {"before": before, "timing": timing}
    _tell("tables.application_timing", row, by, told)


def _tell(action: str, row: Notice | Application, by: Actor, values: Mapping[str, Any]) -> None:
    record(action=action, actor=by, subject=row, network=row.network, values=dict(values))
