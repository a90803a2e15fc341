"""Deputies whose term ends, and secretariats that do."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.kernel.actor import Actor
from tavolo.kernel.plugs import Due, NothingOwed, due_sources
from tavolo.registry.queries.falling_due import EndingTrust, trusts_ending
from tavolo.ui.address import address


class Deputies(NothingOwed):
    key = "registry.deputies"
    slug = "sostituti"
    label = gettext_lazy("Deputies")
    order = 40

    def due(self, actor: Actor, *, on: date, until: date) -> Sequence[Due]:
        return [_due(row) for row in trusts_ending(actor, on=on, until=until)]


def _due(row: EndingTrust) -> Due:
    desk = f"/lavoro/reti/{row.slug}/"
    if row.principal:
        note = _("deputy of %(name)s: the term ends") % {"name": row.principal}
        action = (_("Name one again"), address(f"{desk}sostituti/nuovo/"))
    else:
        note = _("the office in the secretariat ends")
        action = (_("Look"), address(f"{desk}persone/"))
    return Due(
        key=str(row.uid),
        title=row.person,
        action=action,
        network=row.network,
        last_day=row.last_day,
        note=note,
    )


due_sources.add(Deputies())
