"""Public notices: the published ones for everybody, the drafts for whoever runs the bodies of the network."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.tables import rules
from tavolo.tables.choices import NoticeState
from tavolo.tables.in_time import notice_state
from tavolo.tables.models import Notice


def published_notices(network: Network | None = None) -> QuerySet[Notice]:
    """For everybody, with network and body: one query."""
    rows = Notice.objects.filter(published_at__isnull=False, published_at__lte=clock.now())
    rows = rows if network is None else rows.filter(network=network)
    return rows.select_related("network", "body", "issuer")


def notices_at_work(actor: Actor) -> QuerySet[Notice]:
    """Drafts too, of the networks whose bodies the actor runs, the newest first."""
    rows = Notice.objects.select_related("network", "body", "issuer").order_by("-id")
    if actor.has("operator"):
        return rows
    run = [uid for uid in actor.networks("network_secretary") if rules.may_run_bodies(actor, uid)]
    return rows.filter(network__uid__in=run)


def notice_by_code(code: str, actor: Actor) -> Notice:
    """A published one, or a draft for whoever runs the bodies there. Refuses with NotFound."""
    rows = Notice.objects.select_related("network", "body__network", "issuer")
    row = rows.filter(code=code).first()
    if row is None:
        raise NotFound
    if state_of(row) == NoticeState.DRAFT and not rules.may_run_bodies(actor, row.network.uid):
        raise NotFound
    return row


def state_of(notice: Notice, at: datetime | None = None) -> NoticeState:
    """Where it stands at an instant (now)."""
    return notice_state(
        published=notice.published_at,
        opens=notice.opens_at,
        ends=notice.ends_at,
        over=notice.over,
        now=at or clock.now(),
    )


def open_first(notices: Sequence[Notice]) -> list[Notice]:
    """Those that are open before those to come, the closed last."""
    order = [NoticeState.OPEN, NoticeState.COMING, NoticeState.CLOSED, NoticeState.DRAFT]
    return sorted(notices, key=lambda row: (order.index(state_of(row)), -row.pk))
