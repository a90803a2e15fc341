"""What every change of an area's members has in common: who may, one at a time, kept, told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import Fact, announce
from tavolo.kernel.models import Network
from tavolo.territory import rules
from tavolo.territory.actions.memberships import (
    lock_areas,
    lock_municipalities,
    refuse_clashes,
    states_of,
    write,
)
from tavolo.territory.choices import ChangeKind
from tavolo.territory.errors import AreaChangedMeanwhile, NotInTerritory
from tavolo.territory.models import Area, AreaChange, Municipality
from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries.editing import composition_of, territory_ever, territory_on
from tavolo.territory.stays import Stay


@dataclass(frozen=True)
class ChangeOfArea:
    """Of which area, by whom, in the name of which network."""

    area: Area
    by: Actor
    network: Network | None

    def require(self) -> None:
        kind, network = area_kinds.get(self.area.kind), self.network.uid if self.network else None
        if not rules.may_edit_areas(self.by, kind, network):
            raise NotAllowed

    def require_moving(self, moved: Collection[int], day: date | None) -> None:
        """Refuses with NotInTerritory; without day, what ever was the network's territory counts."""
        if self.network is None or self.by.has("operator"):
            return
        held = territory_on(self.network, day) if day else territory_ever(self.network)
        kind = area_kinds.get(self.area.kind)
        if not rules.may_move(self.by, kind, self.network.uid, moved=moved, territory=held):
            beyond = Municipality.objects.filter(pk__in=set(moved) - held).order_by("sort_key")
            raise NotInTerritory(", ".join(beyond.values_list("name", flat=True)))

    def locked(self, expected: str, *more: Collection[int]) -> list[Stay]:
        """The area's stays with nobody else at them. Refuses with AreaChangedMeanwhile."""
        lock_areas([self.area.pk])
        towns = {stay.municipality for stay in composition_of(self.area).stays}
        lock_municipalities(towns.union(*more))
        # Whoever was before us may have moved one of them until the lock was ours.
        found = composition_of(self.area)
        if expected and expected != found.mark:
            raise AreaChangedMeanwhile
        return list(found.stays)

    def done(
        self,
        kind: ChangeKind,
        day: date | None,
        gone: list[Stay],
        come: list[Stay],
        fact: Fact,
    ) -> AreaChange | None:
        """Write, check, keep, record, announce; None where nothing differs."""
        if not gone and not come:
            return None
        write(gone, come)
        towns = {stay.municipality for stay in (*gone, *come)}
        refuse_clashes(self.area.kind, towns, mine=[self.area.pk])
        change = AreaChange.objects.create(
            area=self.area,
            network=self.network,
            kind=kind,
            day=day,
            by=self.by.person,
            at=clock.now(),
            before=states_of(gone),
            after=states_of(come),
        )
        self.record(f"territory.area_members_{kind.value}", change)
        announce(fact, network=self.network)
        return change

    def record(self, action: str, change: AreaChange) -> None:
        record(
            action=action,
            actor=self.by,
            subject=self.area,
            network=self.network,
            values={
                "change": change.uid,
                "day": change.day,
                "before": change.before,
                "after": change.after,
            },
        )
