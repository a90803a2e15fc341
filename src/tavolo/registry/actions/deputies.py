"""Who acts for whom in her place, for what and until when."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor, actor_of, parts_of_work
from tavolo.kernel.dated import Period, closing
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry import rules
from tavolo.registry.actions.common import refuse_overlap, require
from tavolo.registry.actions.recorded import entered, superseded, withdrawn
from tavolo.registry.choices import DeputyKind
from tavolo.registry.errors import (
    ActMissing,
    AlreadyDeputy,
    AlreadyEnded,
    DeputyOfHerself,
    EndsBeforeItBegan,
    NothingToGive,
    UnknownPart,
)
from tavolo.registry.facts import DeputyAppointed, DeputyRevoked
from tavolo.registry.models import Deputy, Organisation


@transaction.atomic
def appoint_deputy(
    *,
    principal: Person,
    deputy: Person,
    network: Network,
    organisation: Organisation | None = None,
    kind: str = DeputyKind.DEPUTY,
    parts: Collection[str] = (),
    act: str = "",
    since: date | None = None,
    last_day: date,
    by: Actor,
) -> Deputy:
    """Let `deputy` do, until `last_day`, what `principal` may do in the network.

    Without `organisation` it is what her office gives her, with it what she may do as its member.
    `parts` are keys of `kernel.actor.parts_of_work`; none is all of them. It never reaches further
    than what she holds herself, day by day, and never votes, signs or appoints. Whoever appoints
    for another names the act. Refuses with NotAllowed, DeputyOfHerself, UnknownPart, ActMissing,
    EndsBeforeItBegan, NothingToGive, AlreadyDeputy.
    """
    require(rules.may_appoint_deputy(by, principal.uid, network.uid))
    first = since or clock.today()
    row = Deputy(
        principal=principal,
        deputy=deputy,
        network=network,
        organisation=organisation,
        kind=DeputyKind(kind),
        parts=sorted(set(parts)),
        act=" ".join(act.split()),
        valid_from=first,
        **closing(last_day),
    )
    _check(row, first, last_day, by)
    entered(row)
    record(
        action="registry.deputy_appointed",
        actor=by,
        subject=row,
        network=network,
        values=_values(row),
    )
    announce(
        DeputyAppointed(deputy.uid, principal.uid, network.uid, row.uid),
        network=network,
    )
    return row


@transaction.atomic
def revoke_deputy(*, deputy: Deputy, last_day: date | None = None, by: Actor) -> Deputy:
    """Let it hold until `last_day`, that day included; left out, it ends at once.

    Gives the row that says so; one that had not begun was given to nobody. Refuses with NotAllowed,
    AlreadyEnded, EndsBeforeItBegan, AlreadySuperseded.
    """
    network, principal = deputy.network, deputy.principal
    require(
        rules.may_revoke_deputy(
            by, principal=principal.uid, deputy=deputy.deputy.uid, network=network.uid
        )
    )
    end = closing(last_day)["valid_until"] if last_day else clock.today()
    if deputy.valid_until is not None and deputy.valid_until <= end:
        raise AlreadyEnded
    row = _ended(deputy, end)
    record(
        action="registry.deputy_revoked",
        actor=by,
        subject=row,
        network=network,
        values={"until": end.isoformat()},
    )
    announce(
        DeputyRevoked(deputy.deputy.uid, principal.uid, network.uid, row.uid),
        network=network,
    )
    return row


def _ended(deputy: Deputy, end: date) -> Deputy:
    if deputy.valid_from is not None and end <= deputy.valid_from:
        # Given and taken back on one day: a fact holds for a day at least, so it is withdrawn.
        return withdrawn(deputy)
    return superseded(deputy, valid_until=end)


def _check(row: Deputy, first: date, last_day: date, by: Actor) -> None:
    if row.principal == row.deputy:
        raise DeputyOfHerself
    if set(row.parts) - {part.key for part in parts_of_work}:
        raise UnknownPart
    if not row.act and by.person != row.principal.uid:
        raise ActMissing
    if last_day < max(first, clock.today()):
        raise EndsBeforeItBegan
    if not _holds_something(row, max(first, clock.today())):
        raise NothingToGive
    # Two who appoint at once wait for one another here: no constraint holds periods apart.
    Person.objects.select_for_update().get(pk=row.principal.pk)
    held = Deputy.objects.known().filter(
        principal=row.principal,
        deputy=row.deputy,
        network=row.network,
        organisation=row.organisation,
    )
    refuse_overlap(held, Period(row.valid_from, row.valid_until), AlreadyDeputy)


def _holds_something(row: Deputy, on: date) -> bool:
    scope = ("organisation", row.organisation.uid) if row.organisation else None
    held = actor_of(row.principal.uid, on=on).roles
    return any((role.network, role.scope) == (row.network.uid, scope) for role in held)


def _values(row: Deputy) -> dict[str, object]:
    return {
        "principal": str(row.principal.uid),
        "deputy": str(row.deputy.uid),
        "organisation": str(row.organisation.uid) if row.organisation else "",
        "kind": str(row.kind),
        "parts": row.parts,
        "act": row.act,
        "since": row.valid_from,
        "until": row.valid_until,
    }
