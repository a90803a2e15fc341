"""Files that were brought and wait for somebody’s word."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.imports.choices import State, Work
from tavolo.imports.models import Batch
from tavolo.imports.queries import kind_or_none
from tavolo.imports.rules import IMPORTS, may_see
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Due, NothingOwed, due_sources

WAITING = Q(state__in=[State.READ, State.CHECKED], work=Work.NONE, emptied_at=None)


class Imports(NothingOwed):
    key = "desk.imports"
    slug = "importazioni"
    label = gettext_lazy("Imports")
    order = 60

    def due(self, actor: Actor, **_when: date) -> Sequence[Due]:
        here = actor.networks("network_secretary", part=IMPORTS)
        rows = Batch.objects.filter(WAITING, network__uid__in=here).select_related("network")
        return [
            _due(row, row.network)
            for row in rows
            if row.network and may_see(actor, kind_or_none(row.kind), row.network)
        ]


def _due(row: Batch, network: Network) -> Due:
    href = reverse("desk:import_batch", kwargs={"slug": network.slug, "uid": row.uid})
    checked = row.state == State.CHECKED
    return Due(
        key=str(row.uid),
        title=row.file_name,
        action=(_("Import") if checked else _("Look at the columns"), href),
        network=network.uid,
        since=clock.in_rome(row.received_at).date(),
        note=row.get_state_display(),
    )


due_sources.add(Imports())
