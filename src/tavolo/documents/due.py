"""Documents past their term that wait for a person's decision."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.documents.expired import Expired, expired
from tavolo.documents.rules import DOCUMENTS
from tavolo.kernel.actor import Actor
from tavolo.kernel.plugs import Due, NothingOwed, due_sources
from tavolo.ui.address import address

# A plan of retention that is changed may let thousands pass at once; the others come up as these go.
MOST = 200


class PastTheirTerm(NothingOwed):
    """No law says until when it is decided, so they wait without a term."""

    key = "documents.retention"
    slug = "conservazione"
    label = gettext_lazy("Retention")
    order = 55

    def due(self, actor: Actor, *, on: date, **_until: date) -> Sequence[Due]:
        here = actor.networks("network_secretary", part=DOCUMENTS)
        if not here:
            return []
        found = expired(on=on, networks=here, by_itself=False)
        return [_due(each) for each in islice(found, MOST)]


def _due(each: Expired) -> Due:
    row = each.document
    page = address(f"/lavoro/reti/{row.network.slug}/conservazione/")
    return Due(
        key=str(row.uid),
        title=row.title,
        action=(_("Decide"), f"{page}?documento={row.uid}"),
        network=row.network.uid,
        since=each.last_day + timedelta(days=1),
        note=_("past its time: %(class)s") % {"class": each.retention.label},
    )


due_sources.add(PastTheirTerm())
