"""Expressions of interest: begun by a signed link, saved, submitted, withdrawn; brought by PEC or on paper."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.kernel.versions import save_version
from tavolo.messages.actions import make_link
from tavolo.messages.models import PecMessage, SignedLink
from tavolo.messages.pec.choices import PecKind
from tavolo.messages.plugs import link_purposes
from tavolo.registry.actions.common import require, unless_raced
from tavolo.registry.identifiers import cleaned_tax_code
from tavolo.registry.models import Organisation
from tavolo.tables.actions.common import runs
from tavolo.tables.actions.receipts import send_link, send_receipt
from tavolo.tables.choices import (
    ON_LINE,
    ApplicationState,
    ApplicationWay,
    AskKind,
    NoticeState,
    PaperKind,
)
from tavolo.tables.errors import (
    AlreadySubmitted,
    ApplicantMissing,
    FormMissing,
    GroupOfAnother,
    IdentityMissing,
    NoticeNotOpen,
    NotOnLine,
    NotToBeWithdrawn,
    ToCome,
    WayNotValid,
)
from tavolo.tables.facts import ApplicationReceived, ApplicationWithdrawn
from tavolo.tables.in_time import Times, counting, timing_of
from tavolo.tables.models import (
    Application,
    ApplicationDeclaration,
    ApplicationDelegate,
    ApplicationGroup,
    Body,
    Notice,
    NoticeAsk,
)
from tavolo.tables.queries.notices import state_of

DRAFT_PURPOSE, OWN_PURPOSE = "tables.application_draft", "tables.application_own"
# How long a link works after the notice has closed, or without an end from now on.
LINK_LASTS = timedelta(days=90)
WRITABLE = (
    "name", "category", "legal_form", "tax_code", "seat", "local_seat", "runts", "constituted",
    "representative", "representative_role", "representative_born", "representative_tax_code",
    "email", "pec_address", "phone", "aim", "activity", "motivation", "way", "organisation",
)  # fmt: skip
# From then on it is decided, or gone: whoever was admitted resigns the seat.
OPEN_STATES = (
    ApplicationState.SUBMITTED,
    ApplicationState.IN_CHECK,
    ApplicationState.INTEGRATION,
    ApplicationState.REJECTION_NOTICE,
)


@dataclass(frozen=True)
class Named:
    """A delegate as she was named, in words."""

    kind: str
    given_name: str
    family_name: str
    role: str = ""
    email: str = ""


@dataclass(frozen=True)
class Answers:
    """What an application says: `values` of `WRITABLE`; None leaves groups, delegates or declarations as they are."""

    values: Mapping[str, Any] = field(default_factory=dict)
    groups: Sequence[Body] | None = None
    delegates: Sequence[Named] | None = None
    declarations: Iterable[NoticeAsk] | None = None


@transaction.atomic
def begin_application(*, notice: Notice, email: str, by: Actor = ANONYMOUS) -> Application:
    """Begin a draft for whoever wrote this address, and send her the link by which it is filled in.

    Anybody may; who has no access to that mailbox goes no further. Refuses with NoticeNotOpen, NotOnLine,
    UnusableRecipient.
    """
    now = clock.now()
    if state_of(notice, now) != NoticeState.OPEN:
        raise NoticeNotOpen
    if not set(notice.ways) & set(ON_LINE):
        raise NotOnLine
    row = Application.objects.create(
        network=notice.network, notice=notice, email=email.strip(), begun_at=now
    )
    link = _link(row, DRAFT_PURPOSE, by)
    send_link(row, link)
    record(action="tables.application_begun", actor=by, subject=row, network=row.network)
    return row


@transaction.atomic
def save_draft(
    *,
    application: Application,
    expected: int,
    answers: Answers,
    link: SignedLink | None = None,
    by: Actor = ANONYMOUS,
) -> Application:
    """Keep what was written so far: by her own `link`, or by the clerk what came by PEC.

    Refuses with NotAllowed, AlreadySubmitted, GroupOfAnother, WayNotValid, StaleVersion.
    """
    row = _draft(application, link, by)
    _write(row, answers, expected)
    record(action="tables.application_saved", actor=by, subject=row, network=row.network)
    return row


@transaction.atomic
def submit_application(*, application: Application, link: SignedLink) -> Application:
    """Hand in a draft by its link: it gets number and time, a receipt leaves. Handed in twice, it is one.

    After the term it is received as late. Refuses with NotAllowed, ApplicantMissing, WayNotValid,
    FormMissing, IdentityMissing.
    """
    row = _own(application, link)
    if row.state != ApplicationState.DRAFT:
        return row
    _require_signed(row)
    received = _received(row, Times(clock.now()), ANONYMOUS)
    send_receipt(received, _link(received, OWN_PURPOSE, ANONYMOUS))
    return received


@transaction.atomic
def withdraw_application(
    *,
    application: Application,
    reason: str = "",
    link: SignedLink | None = None,
    by: Actor = ANONYMOUS,
) -> Application:
    """Withdraw what was received, by her own link or by the clerk whom she asked; the row stays.

    Refuses with NotAllowed, NotToBeWithdrawn.
    """
    row = _own(application, link) if link else _held(application)
    if link is None:
        runs(by, row.notice.body)
    if row.state not in OPEN_STATES:
        raise NotToBeWithdrawn
    row.state, row.withdrawn_at = ApplicationState.WITHDRAWN, clock.now()
    row.withdrawn_reason = " ".join(reason.split())[:300]
    save_version(row, expected=row.version, fields=("state", "withdrawn_at", "withdrawn_reason"))
    told = {"reason": row.withdrawn_reason}
    record(
        action="tables.application_withdrawn",
        actor=by,
        subject=row,
        network=row.network,
        values=told,
    )
    announce(ApplicationWithdrawn(row.uid, row.notice.uid), network=row.network)
    return row


@transaction.atomic
def draft_by_pec(*, notice: Notice, pec: PecMessage, by: Actor) -> Application:
    """Make of a PEC a draft that the clerk completes; of the same PEC there is one.

    Refuses with NotAllowed, also a PEC of another network.
    """
    runs(by, notice.body)
    require(pec.network_id == notice.network_id)
    there = Application.objects.filter(pec=pec).first()
    if there is not None:
        return there
    row = Application(
        network=notice.network,
        notice=notice,
        way=ApplicationWay.PEC,
        pec=pec,
        pec_address=pec.replies_to or pec.sender,
        begun_at=clock.now(),
        entered_by=by.person,
    )
    unless_raced(lambda: row.save(force_insert=True), AlreadySubmitted)
    record(action="tables.application_begun", actor=by, subject=row, network=row.network)
    return row


@transaction.atomic
def register_by_pec(
    *, application: Application, expected: int, delivered: datetime | None = None, by: Actor
) -> Application:
    """Receive what came by PEC, when the clerk has completed it: with the times that the provider certified.

    The envelope certifies when the sender's provider accepted it; `delivered` is what a receipt of delivery
    says. Refuses with NotAllowed, AlreadySubmitted, ApplicantMissing, ToCome, StaleVersion.
    """
    row = _draft(application, None, by)
    if row.pec is None:
        raise NotAllowed
    certified = (
        row.pec.told_at if row.pec.certified_at and row.pec.kind == PecKind.TRANSPORT else None
    )
    times = Times(row.pec.received_at, certified, delivered)
    if delivered and delivered > clock.now():
        raise ToCome
    save_version(row, expected=expected, fields=())
    return _received(row, times, by)


@transaction.atomic
def register_on_paper(
    *, notice: Notice, received: datetime, answers: Answers, by: Actor
) -> Application:
    """Receive what was brought to the desk at that moment, of which the stamp there tells.

    Refuses with NotAllowed, ApplicantMissing, GroupOfAnother, ToCome.
    """
    runs(by, notice.body)
    if received > clock.now():
        raise ToCome
    row = Application.objects.create(
        network=notice.network,
        notice=notice,
        begun_at=clock.now(),
        entered_by=by.person,
    )
    values = {**answers.values, "way": ApplicationWay.PAPER}
    told = Answers(values, answers.groups, answers.delegates, answers.declarations)
    _write(row, told, row.version)
    return _received(row, Times(received), by)


@transaction.atomic
def recognise_applicant(
    *, application: Application, organisation: Organisation | None, expected: int, by: Actor
) -> Application:
    """Say who in the register applies, with None that she is not known there.

    Refuses with NotAllowed, StaleVersion.
    """
    row = _held(application)
    runs(by, row.notice.body)
    row.organisation = organisation
    save_version(row, expected=expected, fields=("organisation",))
    told = {"organisation": str(organisation.uid) if organisation else ""}
    record(
        action="tables.applicant_recognised",
        actor=by,
        subject=row,
        network=row.network,
        values=told,
    )
    return row


def _held(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",))
    related = rows.select_related("network", "notice__body__network", "notice__network", "pec")
    return related.get(pk=application.pk)


def _own(application: Application, link: SignedLink) -> Application:
    """The row, held, for whoever came by a link that was made for it."""
    require(link.subject == application.uid and link.purpose in (DRAFT_PURPOSE, OWN_PURPOSE))
    return _held(application)


def _draft(application: Application, link: SignedLink | None, by: Actor) -> Application:
    """A draft of hers, by her link; of the clerk's, by whoever runs the bodies. Nobody writes in another's."""
    row = _own(application, link) if link else _held(application)
    if link is None:
        runs(by, row.notice.body)
        require(row.way == ApplicationWay.PEC and row.pec_id is not None)
    if row.state != ApplicationState.DRAFT:
        raise AlreadySubmitted
    return row


def _write(row: Application, answers: Answers, expected: int) -> None:
    unknown = set(answers.values) - set(WRITABLE)
    if unknown:
        raise TypeError(f"An application says no {', '.join(sorted(unknown))}.")
    for name, value in answers.values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.name = " ".join(row.name.split())
    row.tax_code = cleaned_tax_code(row.tax_code)[:16]
    if row.way and row.pec is None and row.way in ON_LINE and row.way not in row.notice.ways:
        raise WayNotValid
    save_version(row, expected=expected, fields={*answers.values, "name", "tax_code"})
    _write_groups(row, answers.groups)
    _write_delegates(row, answers.delegates)
    _write_declarations(row, answers.declarations)


def _write_groups(row: Application, groups: Sequence[Body] | None) -> None:
    if groups is None:
        return
    offered = set(row.notice.groups.values_list("group", flat=True))
    if {group.pk for group in groups} - offered:
        raise GroupOfAnother
    row.groups.all().delete()
    ApplicationGroup.objects.bulk_create(
        ApplicationGroup(application=row, group=group) for group in groups
    )


def _write_delegates(row: Application, delegates: Sequence[Named] | None) -> None:
    if delegates is None:
        return
    row.delegates.all().delete()
    ApplicationDelegate.objects.bulk_create(
        ApplicationDelegate(
            application=row,
            kind=each.kind,
            given_name=each.given_name.strip(),
            family_name=each.family_name.strip(),
            role=each.role.strip(),
            email=each.email.strip(),
        )
        for each in delegates
    )


def _write_declarations(row: Application, asks: Iterable[NoticeAsk] | None) -> None:
    if asks is None:
        return
    given = {ask.pk for ask in asks if ask.kind == AskKind.DECLARATION}
    known = {each.ask_id for each in row.declarations.all()}
    row.declarations.exclude(ask__in=given).delete()
    offered = set(row.notice.asks.values_list("pk", flat=True))
    ApplicationDeclaration.objects.bulk_create(
        ApplicationDeclaration(application=row, ask_id=pk, given_at=clock.now())
        for pk in sorted((given & offered) - known)
    )


def _require_signed(row: Application) -> None:
    """On line: the signed form is attached, and with a signature by hand an identity document."""
    if row.way not in row.notice.ways or row.way not in ON_LINE:
        raise WayNotValid
    kinds = set(row.papers.filter(emptied_at=None).values_list("kind", flat=True))
    if PaperKind.FORM not in kinds:
        raise FormMissing
    if row.way == ApplicationWay.SCANNED and PaperKind.IDENTITY not in kinds:
        raise IdentityMissing


def _received(row: Application, times: Times, by: Actor) -> Application:
    """Number and time, journal and fact: from here on it is never dropped."""
    if not row.name:
        raise ApplicantMissing
    # One after the other: numbers have no gap.
    Network.objects.select_for_update().get(pk=row.network.pk)
    # What an act has corrected meanwhile holds.
    notice = Notice.objects.get(pk=row.notice.pk)
    year = clock.in_rome(clock.now()).year
    last = Application.objects.filter(network=row.network, year=year).aggregate(last=Max("number"))
    row.year, row.number = year, (last["last"] or 0) + 1
    row.state = ApplicationState.SUBMITTED
    row.received_at, row.accepted_at, row.delivered_at = (
        times.received,
        times.accepted,
        times.delivered,
    )
    row.counts_at = counting(row.way, notice.pec_counts, times)
    row.timing = timing_of(row.counts_at, opens=notice.opens_at, ends=notice.ends_at)
    save_version(row, expected=row.version, fields=RECEIVED)
    told = {"number": row.code, "way": row.way, "counts_at": row.counts_at, "timing": row.timing}
    record(
        action="tables.application_received",
        actor=by,
        subject=row,
        network=row.network,
        values=told,
    )
    announce(ApplicationReceived(row.uid, row.notice.uid), network=row.network)
    return row


RECEIVED = (
    "year", "number", "state", "received_at", "accepted_at", "delivered_at", "counts_at", "timing",
)  # fmt: skip


def _link(row: Application, purpose: str, by: Actor) -> SignedLink:
    ends = row.notice.ends_at
    now = clock.now()
    return make_link(
        purpose=link_purposes.get(purpose),
        subject=row.uid,
        person=None,
        network=row.network,
        expires=max(ends or now, now) + LINK_LASTS,
        by=by,
    )
