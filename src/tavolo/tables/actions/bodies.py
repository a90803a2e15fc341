"""Founding bodies and groups, and editing what they say of themselves."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.kernel.text import minted_code
from tavolo.kernel.versions import save_version
from tavolo.registry.actions.common import require
from tavolo.registry.actions.recorded import entered, period_of
from tavolo.registry.choices import NameKind
from tavolo.registry.models import Organisation
from tavolo.tables import rules
from tavolo.tables.actions.common import Day, lasting, partial, runs, said, told
from tavolo.tables.errors import (
    BodyNameMissing,
    NumberTaken,
    ParentOfAnother,
    UnknownBodyKind,
)
from tavolo.tables.facts import BodyChanged, BodyFounded
from tavolo.tables.models import Body, BodyName, BodyTerritory
from tavolo.tables.plugs import GroupPreset, body_kinds
from tavolo.territory.models import Area, Municipality

CODE_LENGTH = 60
MINTING_ATTEMPTS = 5
EDITABLE = (
    "level",
    "theme",
    "promoter",
    "on_impulse_of",
    "founding_kind",
    "founding_act",
    "source",
)


@transaction.atomic
def found_body(
    *,
    network: Network,
    kind: str,
    name: str,
    official_name: str = "",
    parent: Body | None = None,
    number: int | None = None,
    level: str = "",
    theme: str = "",
    promoter: Organisation | None = None,
    on_impulse_of: str = "",
    founding_kind: str = "",
    founding_act: str = "",
    established: Day = None,
    started: Day = None,
    areas: Sequence[Area] = (),
    municipalities: Sequence[Municipality] = (),
    source: str = "",
    by: Actor,
) -> Body:
    """Enter a body of a network: with its name in use, perhaps another in its act, and its territory.

    `established`: when the act made it; `started`: when its works began. It is there from the first
    of them that is known; a group of which neither is known since its parent is. Its code is minted
    from the name. Refuses with NotAllowed, UnknownBodyKind, BodyNameMissing, ParentOfAnother,
    NumberTaken.
    """
    require(rules.may_run_bodies(by, network.uid))
    name = " ".join(name.split())
    _refuse_odd(network, kind, name, parent)
    body = Body(
        network=network,
        kind=kind,
        name=name,
        parent=parent,
        number=number,
        level=level,
        theme=theme.strip(),
        promoter=promoter,
        on_impulse_of=on_impulse_of.strip(),
        founding_kind=founding_kind,
        founding_act=founding_act.strip(),
        source=source,
        created_at=clock.now(),
    )
    body.established, body.started = partial(established), partial(started)
    body.valid_from = period_of(body.established or body.started, None).valid_from
    if body.valid_from is None and parent is not None:
        body.valid_from = parent.valid_from
    _save_new(body)
    _say_names(body, name, official_name)
    _say_territory(body, areas, municipalities)
    values = {"name": name, "kind": kind, "number": number, "act": founding_act}
    values |= {"established": said(established), "started": said(started)}
    told("tables.body_founded", body, by, BodyFounded(body.uid), values)
    return body


@transaction.atomic
def found_groups(*, parent: Body, preset: GroupPreset, by: Actor) -> list[Body]:
    """Enter the numbered groups of a preset under a body; refuses as `found_body`."""
    return [
        found_body(
            network=parent.network,
            kind=preset.kind,
            name=name,
            parent=parent,
            number=number,
            level=parent.level,
            theme=theme,
            source=preset.source,
            by=by,
        )
        for number, name, theme in preset.groups
    ]


@transaction.atomic
def edit_body(*, body: Body, expected: int, by: Actor, **values: Any) -> Body:
    """Change what a body says of itself (`EDITABLE`); names, territory and purposes are facts beside.

    Refuses with NotAllowed and StaleVersion.
    """
    runs(by, body)
    unknown = set(values) - set(EDITABLE)
    if unknown:
        raise TypeError(f"Not to be edited: {sorted(unknown)}")
    for name, value in values.items():
        setattr(body, name, value)
    save_version(body, expected=expected, fields=values)
    words = {name: getattr(value, "name", value) for name, value in values.items()}
    told("tables.body_edited", body, by, BodyChanged(body.uid), words)
    return body


def _refuse_odd(network: Network, kind: str, name: str, parent: Body | None) -> None:
    if kind not in {plug.key for plug in body_kinds}:
        raise UnknownBodyKind
    if not name:
        raise BodyNameMissing
    if parent is not None and parent.network_id != network.pk:
        raise ParentOfAnother


def _save_new(body: Body) -> None:
    """With a code of its own; somebody may mint the same one at the same moment."""
    siblings = Body.objects.filter(parent=body.parent, valid_until=None)
    if body.number and body.parent and siblings.filter(number=body.number).exists():
        raise NumberTaken
    for attempt in range(MINTING_ATTEMPTS):
        body.code = minted_code(body.name, _taken(body.name), length=CODE_LENGTH)
        try:
            with transaction.atomic():
                body.save()
                return
        except IntegrityError:
            if attempt == MINTING_ATTEMPTS - 1:
                raise
            body.pk = None


def _taken(name: str) -> set[str]:
    stem = minted_code(name, (), length=CODE_LENGTH)[: CODE_LENGTH // 2]
    codes = Body.objects.filter(code__startswith=stem).values_list("code", flat=True)
    return {*codes, *rules.RESERVED_WORDS}


def _say_names(body: Body, name: str, official: str) -> None:
    # The name in the act is verbatim, faults included.
    named = [(NameKind.PUBLIC if official else NameKind.OFFICIAL, name)]
    named += [(NameKind.OFFICIAL, official)] if official else []
    for kind, words in named:
        entered(lasting(_from(body, BodyName(body=body, kind=kind, name=words)), _start(body)))


def _say_territory(
    body: Body, areas: Iterable[Area], municipalities: Iterable[Municipality]
) -> None:
    rows = [BodyTerritory(body=body, area=area) for area in areas]
    rows += [BodyTerritory(body=body, municipality=one) for one in municipalities]
    for row in rows:
        entered(lasting(row, _start(body)))


def _from(body: Body, row: BodyName) -> BodyName:
    row.act, row.source = body.founding_act, body.source
    return row


def _start(body: Body) -> Day:
    start: Day = body.established or body.started
    return start
