"""What other networks propose: it waits for an answer of the steward."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.kernel.actor import Actor
from tavolo.kernel.clock import in_rome
from tavolo.kernel.plugs import Due, NothingOwed, due_sources
from tavolo.registry.queries.proposals import proposals_for


class Proposals(NothingOwed):
    key = "registry.proposals"
    slug = "proposte"
    label = gettext_lazy("Proposals")
    order = 20

    def due(self, actor: Actor, **_when: date) -> Sequence[Due]:
        return [
            Due(
                key=str(row.uid),
                title=row.organisation.name,
                action=(_("Reply"), reverse("registry:proposal", kwargs={"uid": row.uid})),
                network=row.organisation.steward.uid,
                since=in_rome(row.proposed_at).date(),
                note=_("%(network)s proposes a change") % {"network": row.network.name},
            )
            for row in proposals_for(actor)
        ]


due_sources.add(Proposals())
