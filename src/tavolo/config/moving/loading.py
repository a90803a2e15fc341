"""Putting rows in: with new numbers, onto the shared things that are here already.

A folder may be made up: its rows speak of its own network and of what it brings, and of nothing else here.
"""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection

from tavolo.config.archive.columns import bind, kind_of
from tavolo.config.moving.errors import Conflict, DamagedFolder, LacksTerritory
from tavolo.config.moving.meeting import Meeting
from tavolo.config.moving.rows import Row, rewritten
from tavolo.config.moving.scope import chunks
from tavolo.config.moving.ways import (
    Model,
    fields_of,
    is_natural,
    keys_of,
    target_of,
    travel_of,
)
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Goes, Travel

Ids = dict[str, dict[str, Any]]


def lines_of(path: Path) -> Iterator[Row]:
    """The rows of a file; none where there is no file."""
    if path.exists():
        with path.open("rb") as file:
            yield from map(json.loads, file)


class Loading:
    """One network on its way into this database, in the caller's transaction."""

    def __init__(
        self, root: Path, network: str, *, contents: Collection[str] = (), accounts: bool = False
    ) -> None:
        """`contents` are the digests that the folder names, `accounts` whether it says how one signs in."""
        self.root, self.meeting = root, Meeting(network)
        self.contents, self.accounts = frozenset(contents), accounts
        # The uids of what others may hang on, of those rows that came in.
        self.arrived: set[str] = set()
        # Rows that were here already, and what hangs on them: nothing more is said of these.
        self.here: set[str] = set()

    def know(self, model: Model, travel: Travel) -> None:
        """Learn which of the things here are meant by those that are only named."""
        for some in chunks(lines_of(self.root / "known" / f"{model._meta.label}.ndjson")):
            self.meeting.recognise(model, travel, some)

    def load(self, model: Model, travel: Travel) -> Iterator[int]:
        """Put a model's rows in; yields how many were read each time."""
        waiting: list[Row] = []
        for some in chunks(lines_of(self.root / "rows" / f"{model._meta.label}.ndjson")):
            waiting += self._load(model, travel, some)
            yield len(some)
        while waiting:
            still = self._load(model, travel, waiting)
            if len(still) == len(waiting):
                self._load(model, travel, waiting, last=True)
                return
            waiting = still

    def _load(
        self, model: Model, travel: Travel, rows: list[Row], *, last: bool = False
    ) -> list[Row]:
        """Put in what can be; returns what waits for other rows of the same model."""
        new = [
            rewritten(row, travel, self.meeting.other, accounts=self.accounts)
            for row in rows
            if not self._hangs_on_what_is_here(row, travel)
        ]
        if travel.goes is Goes.SHARED:
            new = self._unmet(model, travel, new)
        ids = {key.name: self._ids(key.related_model, key.name, new) for key in keys_of(model)}
        own = [] if last else [key.name for key in keys_of(model) if key.related_model is model]
        waiting = [row for row in new if any(row[name] not in (None, *ids[name]) for name in own)]
        ready = [row for row in new if row not in waiting] if waiting else new
        self._refuse_foreign(model, travel, ready, ids)
        self._insert(model, [self._keyed(model, travel, row, ids) for row in ready])
        self._refuse_what_stays(model, travel, ready)
        return waiting

    def _refuse_foreign(self, model: Model, travel: Travel, rows: list[Row], ids: Ids) -> None:
        """Refuses with DamagedFolder rows of another network, and such as hang on what did not come with them."""
        first, _gap, rest = travel.path.partition("__")
        if travel.goes is Goes.SHARED:
            self.arrived |= {row["uid"] for row in rows}
            return
        of = {row["uid" if first == "pk" else first] for row in rows}
        if travel.goes is Goes.OF_SHARED:
            foreign = not of <= self.arrived
            self.arrived |= {str(row["uid"]) for row in rows if "uid" in row}
        elif not rest:
            foreign = not of <= {self.meeting.network}
        else:
            foreign = self._is_foreign(model, first, rest, ids[first].values())
        if foreign:
            raise DamagedFolder(advice=model._meta.label)

    def _is_foreign(self, model: Model, first: str, rest: str, keys: Collection[int]) -> bool:
        target = target_of(model._meta.get_field(first))
        rows = target._base_manager.filter(pk__in=list(keys))
        return rows.exclude(**{f"{rest}__uid": self.meeting.network}).exists()

    def _refuse_what_stays(self, model: Model, travel: Travel, rows: list[Row]) -> None:
        """Refuses with DamagedFolder what no export writes of that model: a letter that waits to be sent."""
        uids = [row["uid"] for row in rows if "uid" in row]
        network = Network.objects.filter(uid=self.meeting.network).first() if uids else None
        if network is None or not (only := travel.only(network)):
            return
        if model._base_manager.filter(uid__in=uids).exclude(only).exists():
            raise DamagedFolder(advice=model._meta.label)

    def _hangs_on_what_is_here(self, row: Row, travel: Travel) -> bool:
        if travel.goes is not Goes.OF_SHARED or row[travel.path.split("__")[0]] not in self.here:
            return False
        self.here.add(str(row.get("uid")))
        return True

    def _unmet(self, model: Model, travel: Travel, rows: list[Row]) -> list[Row]:
        met = self.meeting.recognise(model, travel, rows)
        self.here |= met
        self.meeting.claim(model, travel, [row for row in rows if row["uid"] in met])
        return [row for row in rows if row["uid"] not in met]

    def _ids(self, target: Model, name: str, rows: list[Row]) -> dict[str, Any]:
        """The numbers here, by the uids that stand in the rows."""
        told = {row[name] for row in rows if row[name] is not None}
        if is_natural(target):
            return {key: key for key in told & self.contents}
        return self.meeting.ids(target, told)

    def _keyed(self, model: Model, travel: Travel, row: Row, ids: Ids) -> Row:
        """The row with numbers instead of uids."""
        keyed = dict(row)
        for key in keys_of(model):
            uid = row[key.name]
            if uid is None or uid in ids[key.name]:
                keyed[key.name] = ids[key.name].get(uid)
            elif key.name in travel.in_trust:
                keeper = self.meeting.in_trust(model, row, key.name)
                keyed[key.name] = self.meeting.ids(key.related_model, [keeper])[keeper]
            elif key.name in travel.loose:
                keyed[key.name] = None
            else:
                raise _missing(model, key.related_model, uid)
        return keyed

    def _insert(self, model: Model, rows: list[Row]) -> None:
        if not rows:
            return
        self.meeting.refuse_taken(model, rows)
        fields, quote = fields_of(model), connection.ops.quote_name
        names = ", ".join(quote(str(field.column)) for field in fields)
        places = ", ".join("%s" for _field in fields)
        table = quote(model._meta.db_table)
        try:
            values = [[_bound(field, row[field.name]) for field in fields] for row in rows]
            with connection.cursor() as cursor:
                cursor.executemany(
                    f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608
                    values,
                )
        except IntegrityError as fault:
            raise Conflict(advice=str(model._meta.verbose_name)) from fault


def _bound(field: Any, value: Any) -> Any:
    return value if field.remote_field else bind(kind_of(field), value, connection)


def _missing(model: Model, target: Model, uid: str) -> Exception:
    """What to say of a key that leads nowhere."""
    if travel_of(target).fixed is not None:
        return LacksTerritory()
    if travel_of(target).goes is Goes.OF_SHARED:
        return Conflict(advice=f"{model._meta.verbose_name}: {target._meta.verbose_name}")
    return DamagedFolder(advice=f"{model._meta.label}: {uid}")
