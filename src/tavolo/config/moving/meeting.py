"""What arrives meets what is here: the same things are known again, what contradicts is refused."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from tavolo.config.moving.errors import Conflict
from tavolo.config.moving.rows import Row, told
from tavolo.config.moving.ways import Model, fields_of
from tavolo.journal.models import Entry
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Travel

KEPT_IN_TRUST = "config.stewardship_taken"


class Meeting:
    """Of one network that arrives. `other` are the uids here of shared things that bear another one there."""

    def __init__(self, network: str) -> None:
        self.network = network
        self.other: dict[str, str] = {}
        # Shared things that arrive while the network that answers for them is not here.
        self.trusted: list[tuple[Model, str, str]] = []

    def ids(self, model: Model, uids: Iterable[str]) -> dict[str, int]:
        """The numbers here, by the uids there; what is not here has none."""
        meant = {uid: self.other.get(uid, uid) for uid in uids}
        rows = model._base_manager.filter(uid__in=list(meant.values())).values_list("uid", "pk")
        found = {str(uid): key for uid, key in rows}
        return {uid: found[here] for uid, here in meant.items() if here in found}

    def recognise(self, model: Model, travel: Travel, rows: Sequence[Row]) -> set[str]:
        """The uids, as they arrive, of those rows that are here already."""
        here = {self._mark(row, travel): row for row in self._like(model, travel, rows)}
        met = set()
        for row in rows:
            twin = here.get(self._mark(row, travel))
            if twin is None:
                continue
            met.add(row["uid"])
            if twin["uid"] != row["uid"]:
                self.other[row["uid"]] = twin["uid"]
            self._refuse_unequal(model, travel, row, twin)
        return met

    def refuse_taken(self, model: Model, rows: Sequence[Row]) -> None:
        """Refuses with Conflict what only one may bear (an address, an e-mail) and another here bears."""
        for field in fields_of(model):
            if field.unique and not field.remote_field and field.name != "uid":
                values = [row[field.name] for row in rows]
                taken = model._base_manager.filter(**{f"{field.name}__in": values})
                names = [str(value) for value in taken.values_list(field.name, flat=True)[:5]]
                if names:
                    raise Conflict(
                        advice=f"{model._meta.verbose_name}, {field.verbose_name}: {', '.join(names)}"
                    )

    def in_trust(self, model: Model, row: Row, name: str) -> str:
        """The network that answers for a thing until the one that does so elsewhere comes here too."""
        self.trusted.append((model, row["uid"], row[name]))
        return self.network

    def claim(self, model: Model, travel: Travel, rows: Sequence[Row]) -> None:
        """What is here in trust goes back to the network that arrives. Refuses with Conflict two who answer."""
        for name in travel.in_trust:
            found = model._base_manager.filter(uid__in=[row["uid"] for row in rows])
            keeper = {str(uid): str(of) for uid, of in found.values_list("uid", f"{name}__uid")}
            for row in rows:
                self._claim(model, name, row, keeper[row["uid"]])

    def _claim(self, model: Model, name: str, row: Row, keeper: str) -> None:
        if row[name] == keeper:
            return
        known = Network.objects.filter(uid=row[name]).first()
        entries = Entry.objects.filter(action=KEPT_IN_TRUST, subject_uid=row["uid"])
        if known is None and (entries.exists() or keeper == self.network):
            return
        if known is None or not entries.exists():
            raise Conflict(advice=f"{model._meta.verbose_name}: {row.get('name', row['uid'])}")
        model._base_manager.filter(uid=row["uid"]).update(**{name: known})

    def _like(self, model: Model, travel: Travel, rows: Sequence[Row]) -> Iterable[Row]:
        """The rows here that may be the same: as they are known again."""
        narrow = {}
        for name in travel.known_by:
            values = {self._here(row[name]) for row in rows}
            lookup = f"{name}__uid__in" if _is_key(model, name) else f"{name}__in"
            if None not in values:
                narrow[lookup] = list(values)
        names = list(dict.fromkeys(("uid", *travel.known_by, *travel.equal)))
        return told(model._base_manager.filter(**narrow), names)

    def _mark(self, row: Row, travel: Travel) -> tuple[Any, ...]:
        return tuple(self._here(row[name]) for name in travel.known_by)

    def _here(self, value: Any) -> Any:
        return self.other.get(value, value) if isinstance(value, str) else value

    def _refuse_unequal(self, model: Model, travel: Travel, row: Row, twin: Row) -> None:
        for name in travel.equal:
            if name in row and row[name] != twin[name]:
                raise Conflict(advice=f"{model._meta.verbose_name}: {row[name]} / {twin[name]}")


def _is_key(model: Model, name: str) -> bool:
    return isinstance(model._meta.get_field(name), models.ForeignKey)
