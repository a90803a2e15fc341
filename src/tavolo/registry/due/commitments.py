"""Promises: for who keeps them, and for the organisation that made them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.actor import Actor
from tavolo.kernel.clock import in_rome
from tavolo.kernel.plugs import Due, due_sources
from tavolo.registry import rules
from tavolo.registry.models import Commitment
from tavolo.registry.queries.falling_due import commitments_due, commitments_owed


class Commitments:
    """What organisations promised and nothing says how it ended."""

    key = "registry.commitments"
    slug = "impegni"
    label = _("Commitments")
    order = 10

    def due(self, actor: Actor, *, on: date, until: date) -> Sequence[Due]:
        rows = commitments_due(actor, until=until)
        return [_due(row, actor, row.owner.uid if row.owner else None, on) for row in rows]

    def owed(self, organisations: Sequence[UUID], *, actor: Actor, on: date) -> Sequence[Due]:
        rows = commitments_owed(organisations, actor=actor)
        return [_due(row, actor, owner, on) for owner, row in rows]


def _due(row: Commitment, actor: Actor, owner: UUID | None, on: date) -> Due:
    return Due(
        key=str(row.uid),
        title=row.name,
        action=_action(row, actor, on),
        network=row.network.uid,
        last_day=row.due,
        since=in_rome(row.created_at).date(),
        owner=owner,
        note=row.owner.name if row.owner else "",
    )


def _action(row: Commitment, actor: Actor, on: date) -> tuple[str | Promise, str]:
    here = {"uid": row.uid}
    if not rules.may_keep_commitments(actor, row.network.uid):
        return _("Look"), reverse("registry:commitment", kwargs=here)
    if row.due is None:
        return _("Give it a term"), reverse("registry:edit_commitment", kwargs=here)
    verb = _("Say the outcome") if row.due < on else _("Tell how it goes")
    return verb, reverse("registry:commitment", kwargs=here)


due_sources.add(Commitments())
