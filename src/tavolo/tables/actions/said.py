"""What is said of a body with its days: names, territory, purposes; and a network's spheres of life."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Recorded
from tavolo.kernel.models import Network
from tavolo.kernel.text import minted_code
from tavolo.registry.actions.common import require, unless_raced
from tavolo.registry.actions.recorded import ended as ended_row
from tavolo.registry.actions.recorded import entered, withdrawn
from tavolo.registry.choices import NameKind
from tavolo.registry.errors import EndNotKnown, ReasonMissing
from tavolo.tables import rules
from tavolo.tables.actions.common import Day, lasting, partial, refuse_beside, runs, said, told
from tavolo.tables.errors import AlreadyThere, BodyNameMissing, PlaceMissing, UnknownSphere
from tavolo.tables.facts import BodyChanged
from tavolo.tables.models import Body, BodyName, BodyPurpose, BodyTerritory, Sphere
from tavolo.tables.queries.names import name_today
from tavolo.territory.models import Area, Municipality

S = TypeVar("S", BodyName, BodyTerritory, BodyPurpose)
Said = BodyName | BodyTerritory | BodyPurpose


@transaction.atomic
def name_body(
    *,
    body: Body,
    name: str,
    kind: str = NameKind.PUBLIC,
    began: Day = None,
    ended: Day = None,
    act: str = "",
    source: str = "",
    by: Actor,
) -> BodyName:
    """Give a body a name for a time; one of the same kind that goes on is not ended by it (`end_said`).

    Refuses with NotAllowed, BodyNameMissing, EndsBeforeItBegan, AlreadyThere.
    """
    runs(by, body)
    name = " ".join(name.split())
    if not name:
        raise BodyNameMissing
    row = BodyName(body=body, name=name, kind=kind, act=act.strip(), source=source)
    _written(row, began, ended)
    bring_name_up_to_date(body)
    values = {"name": name, "kind": kind, "began": said(began), "ended": said(ended)}
    told("tables.body_named", body, by, BodyChanged(body.uid), values)
    return row


@transaction.atomic
def place_body(
    *,
    body: Body,
    area: Area | None = None,
    municipality: Municipality | None = None,
    began: Day = None,
    act: str = "",
    by: Actor,
) -> BodyTerritory:
    """Say for which area or municipality it works. Refuses with NotAllowed, PlaceMissing, AlreadyThere."""
    runs(by, body)
    if (area is None) is (municipality is None):
        raise PlaceMissing
    row = BodyTerritory(body=body, area=area, municipality=municipality, act=act.strip())
    _written(row, began)
    place = area.title if area else municipality.name if municipality else ""
    told(
        "tables.body_placed",
        body,
        by,
        BodyChanged(body.uid),
        {"place": place, "act": row.act},
    )
    return row


@transaction.atomic
def add_purpose(
    *,
    body: Body,
    words: str,
    number: int | None = None,
    spheres: Sequence[str] = (),
    began: Day = None,
    act: str = "",
    source: str = "",
    by: Actor,
) -> BodyPurpose:
    """Add a numbered purpose, verbatim; without `number` the next one.

    `spheres` are keys of the network's vocabulary. Refuses with NotAllowed, BodyNameMissing,
    UnknownSphere, AlreadyThere.
    """
    runs(by, body)
    if not words.strip():
        raise BodyNameMissing
    known = set(Sphere.objects.filter(network=body.network).values_list("key", flat=True))
    if set(spheres) - known:
        raise UnknownSphere
    row = BodyPurpose(
        body=body,
        number=number or _next_number(body),
        words=words.strip(),
        spheres=list(spheres),
        act=act.strip(),
        source=source,
    )
    _written(row, began)
    values = {"number": row.number, "words": row.words, "spheres": row.spheres, "act": row.act}
    told("tables.purpose_added", body, by, BodyChanged(body.uid), values)
    return row


@transaction.atomic
def end_said(*, fact: Said, last: Day, by: Actor) -> Said:
    """Let a name, a territory or a purpose hold until the last day that `last` can mean.

    Refuses with NotAllowed, EndNotKnown, AlreadyEnded, EndsBeforeItBegan.
    """
    runs(by, fact.body)
    known = partial(last)
    day = known.last_day() if known else None
    if day is None:
        raise EndNotKnown
    row: Said = ended_row(fact, day, ended=known)
    bring_name_up_to_date(row.body)
    values = {"what": row._meta.model_name, "last": said(last)}
    told("tables.fact_ended", row.body, by, BodyChanged(row.body.uid), values)
    return row


@transaction.atomic
def withdraw_said(*, fact: Said, reason: str, by: Actor) -> Said:
    """Say that it was never true. Refuses with NotAllowed, ReasonMissing, AlreadySuperseded."""
    runs(by, fact.body)
    if not reason.strip():
        raise ReasonMissing
    withdrawn(fact)
    bring_name_up_to_date(fact.body)
    values = {"what": fact._meta.model_name, "reason": reason.strip()}
    told("tables.fact_withdrawn", fact.body, by, BodyChanged(fact.body.uid), values)
    return fact


@transaction.atomic
def add_sphere(*, network: Network, name: str, key: str = "", by: Actor) -> Sphere:
    """Add a sphere of life to the vocabulary of a network, as its last. Refuses with NotAllowed, AlreadyThere."""
    require(rules.may_run_bodies(by, network.uid))
    rows = Sphere.objects.filter(network=network)
    row = Sphere(network=network, name=" ".join(name.split()), number=rows.count() + 1)
    row.key = key or minted_code(row.name, rows.values_list("key", flat=True))
    unless_raced(row.save, AlreadyThere)
    record(
        action="tables.sphere_added",
        actor=by,
        subject=row,
        network=network,
        values={"name": row.name, "key": row.key},
    )
    return row


def bring_name_up_to_date(body: Body) -> None:
    """Let the column say how it is called today, for lists."""
    found = name_today(body)
    if found and found != body.name:
        body.name = found
        body.save(update_fields=["name", "sort_key", "search_key"])


def _written(row: S, began: Day, until: Day = None) -> None:
    """Enter a fact beside those of its body that say the same; it may not hold twice at once."""
    lasting(row, began or row.body.established or row.body.started, until)
    rows = type(row)._base_manager.filter(body=row.body, superseded_at__isnull=True)
    others = [other for other in rows if _key(other) == _key(row)]
    refuse_beside(others, row.period, AlreadyThere)
    unless_raced(lambda: entered(row), AlreadyThere)


def _key(row: Recorded) -> tuple[object, ...]:
    if isinstance(row, BodyName):
        return (row.kind, row.name)
    if isinstance(row, BodyTerritory):
        return (row.area_id, row.municipality_id)
    assert isinstance(row, BodyPurpose)  # noqa: S101  # the third of three
    return (row.number,)


def _next_number(body: Body) -> int:
    rows = BodyPurpose.objects.known().filter(body=body)
    return max(rows.values_list("number", flat=True), default=0) + 1
