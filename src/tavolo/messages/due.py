"""What waits in this room: PEC messages that nobody has bound, and envelopes without their number."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.plugs import Due, NothingOwed, due_sources
from tavolo.messages.models import PecMessage
from tavolo.messages.pec.choices import PecState
from tavolo.messages.pec.queries import PECS
from tavolo.messages.pec.rules import PEC
from tavolo.messages.pec.things import REGISTERED, without_number
from tavolo.ui.address import address

# A mailbox may bring thousands at once; the others come up as these are done.
MOST = 200


class Pecs(NothingOwed):
    """Each message once: to be bound first, and then to get its number; the oldest two hundred."""

    key = "messages.pec"
    slug = "pec"
    label = gettext_lazy("PEC")
    order = 18

    def due(self, actor: Actor, **_when: date) -> Sequence[Due]:
        return [_due(row) for row in _waiting(actor.networks("network_secretary", part=PEC))]


def _waiting(networks: set[UUID]) -> QuerySet[PecMessage]:
    unnumbered = Q(without_number(PECS), kind__in=REGISTERED, state=PecState.BOUND)
    rows = PecMessage.objects.filter(network__uid__in=networks)
    waiting = rows.filter(Q(state=PecState.TO_BIND) | unnumbered).select_related("network")
    return waiting.defer("addresses", "recipients", "remarks").order_by("id")[:MOST]


def _due(row: PecMessage) -> Due:
    here = f"/lavoro/reti/{row.network.slug}/"
    if row.state == PecState.TO_BIND:
        action = (_("Look at the message"), address(f"{here}pec/{row.uid}/"))
    else:
        action = (_("Enter the number"), address(f"{here}protocollo/pec/{row.uid}/"))
    return Due(
        key=str(row.uid),
        title=row.subject or row.code,
        action=action,
        network=row.network.uid,
        since=clock.in_rome(row.received_at).date(),
        note=str(row.get_kind_display()),
    )


due_sources.add(Pecs())
