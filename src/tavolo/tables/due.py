"""What falls due in bodies: seats and mandates of delegates that end."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.kernel.actor import Actor
from tavolo.kernel.plugs import Due, due_sources
from tavolo.registry.queries import networks_run_by
from tavolo.tables import rules
from tavolo.tables.choices import DelegateKind
from tavolo.tables.queries.mine import AHEAD, Ending, endings_for, endings_in


class Mandates:
    """For who keeps the bodies, and for the organisation whose seat it is; told 90 days ahead."""

    key = "tables.mandates"
    slug = "mandati"
    label = gettext_lazy("Seats and delegates")
    order = 35

    def due(self, actor: Actor, *, on: date, until: date) -> Sequence[Due]:
        if not rules.runs_some_bodies(actor):
            return []
        networks = networks_run_by(actor, rules.TABLES)
        return [_due(one, actor) for one in endings_in(networks, on=on, until=until)]

    def owed(self, organisations: Sequence[UUID], *, actor: Actor, on: date) -> Sequence[Due]:
        found = endings_for(organisations, on=on, until=on + AHEAD)
        return [_due(one, actor) for one in found]


def _due(one: Ending, actor: Actor) -> Due:
    seat = one.seat
    return Due(
        key=str(one.delegate.uid if one.delegate else seat.uid),
        title=f"{seat.body.name}: {_holder(one)}",
        action=_action(one, actor),
        network=seat.network.uid,
        last_day=one.last_day,
        owner=seat.organisation.uid if seat.organisation else None,
        note=_note(one),
    )


def _holder(one: Ending) -> str:
    holder = one.seat.person or one.seat.organisation
    return holder.name if holder else ""


def _note(one: Ending) -> str:
    if one.delegate is None:
        return _("the seat ends")
    return _("%(kind)s: the mandate ends") % {"kind": DelegateKind(one.delegate.kind).label}


def _action(one: Ending, actor: Actor) -> tuple[str | Promise, str]:
    seat = one.seat
    if not rules.may_run_bodies(actor, seat.network.uid):
        return _("Look"), reverse("tables:mine")
    verb = _("Name a delegate") if one.delegate else _("Open the seat")
    return verb, reverse("tables:seat", args=[seat.body.code, seat.uid])


due_sources.add(Mandates())
