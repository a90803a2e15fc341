"""Entering an area and saying what it is called. Who belongs to it: `actions.members`."""

from django.db import IntegrityError, transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.kernel.text import minted_code
from tavolo.kernel.versions import save_version
from tavolo.search.actions import note_change
from tavolo.territory import rules
from tavolo.territory.codes import LONGEST_CODE, is_code
from tavolo.territory.errors import (
    AreaCodeTaken,
    AreaCodeUnusable,
    AreaNameMissing,
    BelongsToOthersToo,
    ParentElsewhere,
)
from tavolo.territory.facts import AreaCreated, AreaRenamed
from tavolo.territory.models import Area, AreaAlias
from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries.editing import homes_of, is_of


@transaction.atomic
def create_area(
    *,
    kind: str,
    name: str,
    title: str = "",
    code: str = "",
    parent: Area | None = None,
    network: Network | None = None,
    by: Actor,
) -> Area:
    """Enter an area without members, in the name of a network.

    `title` is the name in full, without it the name serves. Without `code` one is made from the
    name. A secretariat names as `parent` an official area in which its network works today.
    Refuses with NotAllowed, AreaNameMissing, AreaCodeUnusable, AreaCodeTaken, ParentElsewhere.
    """
    if not rules.may_edit_areas(by, area_kinds.get(kind), network.uid if network else None):
        raise NotAllowed
    called = name.strip()
    if not called:
        raise AreaNameMissing
    _refuse_elsewhere(parent, network, by)
    area = Area(
        kind=kind,
        code=free_code(kind, code.strip(), called),
        name=called,
        title=title.strip() or called,
        parent=parent,
    )
    try:
        with transaction.atomic():
            area.save()
    except IntegrityError as fault:
        raise AreaCodeTaken from fault
    record(
        action="territory.area_created",
        actor=by,
        subject=area,
        network=network,
        values={"kind": kind, "code": area.code, "name": called},
    )
    announce(AreaCreated(area=area.uid, kind=kind), network=network)
    note_change(area)
    return area


@transaction.atomic
def edit_area(
    *,
    area: Area,
    version: int,
    name: str,
    title: str = "",
    parent: Area | None = None,
    successor: Area | None = None,
    network: Network | None = None,
    by: Actor,
) -> Area:
    """Say otherwise what an area is called, in which it lies, what came in its place.

    A secretariat may where all that ever belonged to it is, was or will be its network's territory.
    Refuses with NotAllowed, BelongsToOthersToo, AreaNameMissing, ParentElsewhere, StaleVersion.
    """
    if not rules.may_edit_areas(by, area_kinds.get(area.kind), network.uid if network else None):
        raise NotAllowed
    if not by.has("operator") and not (network and is_of(network, area, on=clock.today())):
        raise BelongsToOthersToo
    if not name.strip():
        raise AreaNameMissing
    if parent != area.parent:
        _refuse_elsewhere(parent, network, by)
    area.name, area.title = name.strip(), title.strip() or name.strip()
    area.parent, area.successor = parent, successor
    save_version(area, expected=version, fields=("title", "parent", "successor"))
    record(
        action="territory.area_renamed",
        actor=by,
        subject=area,
        network=network,
        values={"name": area.name, "title": area.title},
    )
    announce(AreaRenamed(area=area.uid), network=network)
    note_change(area)
    return area


def free_code(kind: str, code: str, name: str) -> str:
    """The code that was asked for, or one made from the name. Refuses with the errors of codes."""
    taken = set(Area.objects.filter(kind=kind).values_list("code", flat=True)) | set(
        AreaAlias.objects.filter(kind=kind).values_list("code", flat=True)
    )
    if not code:
        return minted_code(name, taken, length=LONGEST_CODE)
    if not is_code(code):
        raise AreaCodeUnusable
    if code in taken:
        raise AreaCodeTaken
    return code


def _refuse_elsewhere(parent: Area | None, network: Network | None, by: Actor) -> None:
    if by.has("operator"):
        return
    if network is None or parent not in homes_of(network, on=clock.today()):
        raise ParentElsewhere
