"""Who belongs to an area: otherwise from a day, put right, copied, ended, and each of these undone."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Period
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.territory.actions.change_of_area import ChangeOfArea
from tavolo.territory.actions.memberships import (
    differing,
    living,
    lock_areas,
    lock_municipalities,
    refuse_clashes,
    refuse_outside_life,
    stays_from,
    within_life,
    write,
)
from tavolo.territory.choices import ChangeKind
from tavolo.territory.errors import (
    AlreadyUndone,
    ChangedAfterwards,
    EndsBeforeItBegins,
    NothingToCopy,
    TwiceInTheArea,
)
from tavolo.territory.facts import (
    AreaChangeUndone,
    AreaEnded,
    AreaMembersChanged,
    AreaMembersCorrected,
)
from tavolo.territory.models import (
    Area,
    AreaChange,
    AreaMembership,
    Municipality,
    SubMunicipalUnit,
)
from tavolo.territory.queries.editing import (
    carried,
    composition_of,
    lives_of,
    stays_in,
)
from tavolo.territory.stays import (
    Stay,
    Told,
    Who,
    clashes,
    joined,
    next_change,
    on,
    with_members,
    without,
)


@transaction.atomic
def set_members(
    *,
    area: Area,
    day: date | None,
    municipalities: Collection[Municipality],
    units: Collection[SubMunicipalUnit] = (),
    told: Told = Told(),  # noqa: B008  # frozen
    take_over: bool = False,
    expected: str = "",
    network: Network | None = None,
    by: Actor,
) -> AreaChange | None:
    """Say who belongs to the area from that day: what leaves ends on it, what comes begins.

    It holds until the next day on which the area was entered as changing anyway. Without day it
    has always been so. Whoever stays keeps the source, whoever comes gets `told`. `take_over` takes
    those that come out of the other areas of the kind for that time. `expected` is the mark of the
    composition that was looked at. Gives the change, which can be undone; None where nothing
    changes. Refuses with NotAllowed, NotInTerritory, NotThereThen, InTwoAreas, TwiceInTheArea,
    AreaChangedMeanwhile.
    """
    act = ChangeOfArea(area, by, network)
    act.require()
    wanted: dict[Who, Told] = {(town.pk, None): told for town in municipalities}
    wanted |= {(unit.municipality_id, unit.pk): told for unit in units}
    return _set(act, ChangeKind.SET, day, wanted, take_over=take_over, expected=expected)


@transaction.atomic
def copy_members(
    *,
    source: Area,
    on: date,
    area: Area,
    day: date,
    take_over: bool = False,
    expected: str = "",
    network: Network | None = None,
    by: Actor,
) -> AreaChange | None:
    """Give an area from `day` those who belonged to `source` on the day `on`: last year's, say.

    Who is no more by then is followed by its successors. Sources are copied too. Refuses as
    `set_members` does, and with NothingToCopy.
    """
    act = ChangeOfArea(area, by, network)
    act.require()
    wanted = _copied(source, on, day)
    if not wanted:
        raise NothingToCopy
    return _set(act, ChangeKind.COPIED, day, wanted, take_over=take_over, expected=expected)


def _copied(source: Area, then: date, day: date) -> dict[Who, Told]:
    there = on(composition_of(source).stays, then)
    heirs = carried({town for town, unit in there if unit is None}, day)
    wanted: dict[Who, Told] = {}
    for (town, unit), stay in there.items():
        for heir in heirs[town] if unit is None else [town]:
            wanted.setdefault((heir, unit), stay.told)
    return wanted


def _set(
    act: ChangeOfArea,
    kind: ChangeKind,
    day: date | None,
    wanted: Mapping[Who, Told],
    *,
    take_over: bool,
    expected: str,
) -> AreaChange | None:
    living(wanted, day)
    stays = act.locked(expected, {town for town, _unit in wanted})
    window = Period(day, next_change(stays, day))
    here = on(stays, day)
    act.require_moving(_moved(here.keys() ^ wanted.keys(), day), day)
    others = _elsewhere(act.area, wanted.keys() - here.keys()) if take_over else []
    after = within_life(with_members(stays, act.area.pk, wanted, window))
    left = joined(_taken_out(others, wanted.keys() - here.keys(), window))
    fact = AreaMembersChanged(area=act.area.uid, day=day)
    return act.done(kind, day, *differing([*stays, *others], [*after, *left]), fact)


def _moved(who: Collection[Who], day: date | None) -> set[int]:
    """Their municipalities. Who has ended and was never taken out is nobody's to move any more."""
    lives = lives_of(who)
    return {town for town, unit in who if day is None or day in lives[town, unit]}


def _elsewhere(area: Area, coming: Collection[Who]) -> list[Stay]:
    """What the other areas of the kind hold of the municipalities that come, at all times."""
    rows = AreaMembership.objects.filter(
        area__kind=area.kind, municipality__in={town for town, _unit in coming}
    )
    return stays_in(rows.exclude(area=area))


def _taken_out(others: list[Stay], coming: Collection[Who], window: Period) -> list[Stay]:
    """A municipality that comes whole takes its parts along."""
    taken = [stay.who for stay in others if {stay.who, (stay.municipality, None)} & set(coming)]
    return without(others, taken, window)


@transaction.atomic
def correct_members(
    *,
    area: Area,
    stays: Collection[Stay],
    expected: str = "",
    network: Network | None = None,
    by: Actor,
) -> AreaChange | None:
    """Put right what was entered wrongly: the memberships of the area at all times, as they are.

    A secretariat puts right what is, was or will be its network's territory. Refuses with
    NotAllowed, NotInTerritory, EndsBeforeItBegins, NotThereThen, InTwoAreas, TwiceInTheArea,
    AreaChangedMeanwhile.
    """
    act = ChangeOfArea(area, by, network)
    act.require()
    before = act.locked(expected, {stay.municipality for stay in stays})
    _refuse_impossible(stays)
    gone, come = differing(before, stays)
    refuse_outside_life(come)
    act.require_moving({stay.municipality for stay in (*gone, *come)}, None)
    return act.done(ChangeKind.CORRECTED, None, gone, come, AreaMembersCorrected(area=area.uid))


def _refuse_impossible(stays: Collection[Stay]) -> None:
    for stay in stays:
        begins, ends = stay.valid_from, stay.valid_until
        if begins and ends and ends <= begins:
            raise EndsBeforeItBegins
    for one, _other in clashes(stays):
        raise TwiceInTheArea(Municipality.objects.get(pk=one.municipality).name)


@transaction.atomic
def end_area(
    *,
    area: Area,
    day: date,
    expected: str = "",
    network: Network | None = None,
    by: Actor,
) -> AreaChange | None:
    """From that day nobody belongs to the area any more, nor later.

    Refuses with NotAllowed, NotInTerritory, AreaChangedMeanwhile.
    """
    act = ChangeOfArea(area, by, network)
    act.require()
    stays = act.locked(expected)
    after = without(stays, {stay.who for stay in stays}, Period(day, None))
    gone, come = differing(stays, after)
    act.require_moving({stay.municipality for stay in (*gone, *come)}, day)
    return act.done(ChangeKind.ENDED, day, gone, come, AreaEnded(area=area.uid, day=day))


@transaction.atomic
def undo_change(*, change: AreaChange, network: Network | None = None, by: Actor) -> None:
    """Bring the memberships back to what they were before that change.

    Refuses with NotAllowed, NotInTerritory, AlreadyUndone, ChangedAfterwards, and with InTwoAreas
    where one of the municipalities was put elsewhere since.
    """
    act = ChangeOfArea(change.area, by, network)
    act.require()
    before, after = stays_from(change.before), stays_from(change.after)
    towns = {stay.municipality for stay in (*before, *after)}
    lock_areas({change.area.pk} | {stay.area for stay in (*before, *after)})
    lock_municipalities(towns)
    if AreaChange.objects.filter(pk=change.pk, undone_at__isnull=False).exists():
        raise AlreadyUndone
    act.require_moving(towns, change.day)
    _refuse_changed(before, after)
    write(after, before)
    refuse_clashes(change.area.kind, towns, mine=[change.area.pk])
    change.undone_at = clock.now()
    change.save(update_fields=["undone_at"])
    act.record("territory.area_change_undone", change)
    announce(AreaChangeUndone(area=change.area.uid, change=change.uid), network=network)


def _refuse_changed(before: list[Stay], after: list[Stay]) -> None:
    rows = AreaMembership.objects.filter(
        area__in={stay.area for stay in (*before, *after)},
        municipality__in={stay.municipality for stay in (*before, *after)},
    )
    now = {stay.key: stay for stay in stays_in(rows)}
    came_back = {stay.key for stay in before} - {stay.key for stay in after}
    if any(now.get(stay.key) != stay for stay in after) or came_back & now.keys():
        raise ChangedAfterwards
