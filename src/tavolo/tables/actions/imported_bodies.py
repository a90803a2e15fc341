"""What an import of bodies writes, and how it is taken back; inside the transaction of the import engine."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tavolo.imports.plugs import Context, Planned
from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.registry.choices import NameKind
from tavolo.registry.models import Organisation
from tavolo.registry.queries.imported import among
from tavolo.tables.actions.imported import CHUNK, Told, day, network_of, partly, tell
from tavolo.tables.facts import BodyFounded, RegulationAdopted
from tavolo.tables.models import Body, BodyName, BodyRegulation, BodyTerritory
from tavolo.tables.queries.imported import BODY, REGULATION, State
from tavolo.tables.regulation.plain import plain
from tavolo.tables.regulation.presets import presets
from tavolo.territory.models import Municipality

COLUMNS = (
    *("kind", "number", "level", "theme", "on_impulse_of", "founding_kind", "founding_act"),
    *("end_act", "source"),
)


def write_bodies(changes: Sequence[Planned], context: Context) -> None:
    """Enter bodies with names and territory, parents first, and the regulations that acts adopted.

    Journal, facts and notes for the index as for one by one. Refuses with NotAllowed.
    """
    network = network_of(context)
    new = [change.after["told"] for change in changes if change.subject.startswith(BODY)]
    made = _made(new, network)
    told = {row.code: one for one in new if (row := made[one["code"]])}
    names = [name for code, one in told.items() for name in _names(made[code], one)]
    BodyName.objects.bulk_create(names, batch_size=CHUNK)
    BodyTerritory.objects.bulk_create(_places(told, made), batch_size=CHUNK)
    entered = [_As(row, row.founding_act, row.established or row.started) for row in made.values()]
    _tell("tables.body_imported", entered, (BodyFounded(row.uid) for row in made.values()), context)
    rules = [change.after["told"] for change in changes if change.subject.startswith(REGULATION)]
    _write_regulations(rules, network, context)


def restore_bodies(before: Mapping[str, State | None], context: Context) -> None:
    """Take away the regulations and the bodies that were made; what speaks of one protects it."""
    network = network_of(context)
    codes = {s.removeprefix(REGULATION) for s in before if s.startswith(REGULATION)}
    rules = BodyRegulation._base_manager.filter(body__network=network).select_related("body")
    gone = [row for row in rules if row.body.code in codes]
    _tell("tables.regulation_taken_back", gone, (), context)
    BodyRegulation._base_manager.filter(pk__in=[row.pk for row in gone]).delete()
    codes = {s.removeprefix(BODY) for s in before if s.startswith(BODY)}
    bodies = [row for row in Body.objects.filter(network=network) if row.code in codes]
    _tell("tables.body_taken_back", [_As(row, "", None) for row in bodies], (), context)
    for level in _groups_first(bodies):
        for some in _chunks(level):
            BodyName._base_manager.filter(body__in=some).delete()
            BodyTerritory._base_manager.filter(body__in=some).delete()
            Body.objects.filter(pk__in=some).delete()


class _As:
    """A body as `tell` speaks of what rests on one: its act, and since when."""

    def __init__(self, body: Body, act: str, began: object) -> None:
        self.body, self.act, self.began = body, act, began


def _tell(action: str, rows: Sequence[Any], facts: Iterable[Any], context: Context) -> None:
    from_rows = [
        row if isinstance(row, _As) else _As(row.body, row.act, row.valid_from) for row in rows
    ]
    tell(action, from_rows, facts, context, subject=lambda one: one.body)


def _made(new: Sequence[Told], network: Network) -> dict[str, Body]:
    """Parents first, as many writes as there are levels."""
    known = {row.code: row for row in Body.objects.filter(network=network)}
    codes = {one["promoter"] for one in new} - {""}
    promoters = {row.code: row for row in among(Organisation.objects.all(), "code", codes)}
    made: dict[str, Body] = {}
    waiting = list(new)
    while waiting:
        ready = [one for one in waiting if not one["parent"] or one["parent"] in known]
        rows = [_body(one, network, known, promoters) for one in ready]
        Body.objects.bulk_create(rows, batch_size=CHUNK)
        made |= {row.code: row for row in rows}
        known |= made
        waiting = [one for one in waiting if one["code"] not in made]
    return made


def _body(
    one: Told, network: Network, known: Mapping[str, Body], promoters: Mapping[str, Organisation]
) -> Body:
    row = Body(network=network, code=one["code"], name=one["name"], created_at=clock.now())
    for name in COLUMNS:
        setattr(row, name, one[name])
    row.parent, row.promoter = known.get(one["parent"]), promoters.get(one["promoter"])
    row.established, row.started = partly(one["established"]), partly(one["started"])
    row.ended = partly(one["ended"])
    row.valid_from, row.valid_until = day(one["valid_from"]), day(one["valid_until"])
    row.fold()
    return row


def _names(body: Body, one: Told) -> list[BodyName]:
    """In use, and in the act where that is another; as `found_body` has it."""
    official = one["official_name"]
    named = [(NameKind.PUBLIC if official else NameKind.OFFICIAL, body.name)]
    named += [(NameKind.OFFICIAL, official)] if official else []
    rows = [BodyName(kind=kind, name=words, **_fact(body)) for kind, words in named]
    for row in rows:
        row.fold()
    return rows


def _fact(body: Body) -> dict[str, Any]:
    began = body.established or body.started
    return {
        "body": body,
        "began": began,
        "valid_from": began.first_day() if began else None,
        "act": body.founding_act,
        "source": body.source,
        "recorded_at": clock.now(),
    }


def _places(told: Mapping[str, Told], made: Mapping[str, Body]) -> list[BodyTerritory]:
    uids = {one["municipality"] for one in told.values()} - {None}
    towns = {str(town.uid): town for town in Municipality.objects.filter(uid__in=uids)}
    return [
        BodyTerritory(municipality=towns[one["municipality"]], **_fact(made[code]))
        for code, one in told.items()
        if one["municipality"]
    ]


def _write_regulations(told: Sequence[Told], network: Network, context: Context) -> None:
    bodies = {row.code: row for row in Body.objects.filter(network=network)} if told else {}
    rows = []
    for one in told:
        preset = presets()[one["preset"]]
        rows.append(
            BodyRegulation(
                body=bodies[one["body"]],
                rules=plain(preset.regulation),
                sources=dict(preset.sources),
                preset=preset.key,
                act=one["act"],
                valid_from=day(one["since"]),
                valid_until=day(one["until"]),
                recorded_at=clock.now(),
            )
        )
    BodyRegulation.objects.bulk_create(rows, batch_size=CHUNK)
    facts = (RegulationAdopted(row.body.uid, row.uid) for row in rows)
    _tell("tables.regulation_imported", rows, facts, context)


def _groups_first(bodies: Sequence[Body]) -> Iterable[Sequence[int]]:
    """Level by level: a group goes before the body that it is part of."""
    left = {body.pk: body.parent_id for body in bodies}
    while left:
        parents = set(left.values())
        leaves = [pk for pk in left if pk not in parents]
        yield leaves
        left = {pk: parent for pk, parent in left.items() if pk not in leaves}


def _chunks(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))
