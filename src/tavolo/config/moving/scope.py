"""Which rows of a network go: its own, the shared things they point at, and what is said of those."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from tavolo.config.moving.ways import (
    Model,
    going,
    is_natural,
    is_shared,
    keys_of,
    target_of,
    travel_of,
)
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Goes, Travel

T = TypeVar("T")
Rows = QuerySet[models.Model]
CHUNK = 1000


class Scope:
    """Of shared things the primary keys are held, of contents the digests; of all else nothing."""

    def __init__(self, network: Network, *, accounts: bool) -> None:
        self.network, self.going = network, going(accounts=accounts)
        self.shared: dict[Model, set[int]] = {
            model: set(travel.also(network))
            for model, travel in self.going
            if travel.goes is Goes.SHARED
        }
        self.contents: set[str] = set()
        self._grow()

    def rows(self, model: Model, travel: Travel) -> Iterator[Rows]:
        """What goes of a model, in the order of its keys, in one or several querysets."""
        if travel.goes is Goes.WITH_NETWORK:
            yield self._narrowed(model, travel, **{travel.path: self.network.pk}).order_by("pk")
            return
        keys = self._keys(model, travel)
        for some in chunks(keys):
            yield model._base_manager.filter(pk__in=some).order_by("pk")

    def fixed(self, model: Model) -> Iterator[Rows]:
        """The shared things that are only named, because the other installation has its own."""
        told = travel_of(model).fixed
        if told is not None:
            for some in chunks(sorted(self.shared[model])):
                yield model._base_manager.filter(told(), pk__in=some).order_by("pk")

    def _keys(self, model: Model, travel: Travel) -> list[int]:
        """Sorted, so that what arrives gets its new numbers in the old order."""
        if travel.goes is Goes.SHARED:
            rows = (self._unfixed(model, travel, some) for some in chunks(self.shared[model]))
        else:
            owners = self.shared[owner_of(model, travel.path)]
            rows = (
                self._narrowed(model, travel, **{f"{travel.path}__in": some})
                for some in chunks(owners)
            )
        return sorted(key for some in rows for key in some.values_list("pk", flat=True))

    def _unfixed(self, model: Model, travel: Travel, keys: list[int]) -> Rows:
        found = self._narrowed(model, travel, pk__in=keys)
        return found.exclude(travel.fixed()) if travel.fixed else found

    def _narrowed(self, model: Model, travel: Travel, **told: object) -> Rows:
        return model._base_manager.filter(travel.only(self.network), **told)

    def _grow(self) -> None:
        """Follow keys to shared things until nothing new is met."""
        own = [told for told in self.going if told[1].goes is Goes.WITH_NETWORK]
        rest = [told for told in self.going if told[1].goes is not Goes.WITH_NETWORK]
        self._follow(own)
        before = -1
        while before != (before := self._size()):
            self._follow(rest)

    def _size(self) -> int:
        return len(self.contents) + sum(len(keys) for keys in self.shared.values())

    def _follow(self, told: Iterable[tuple[Model, Travel]]) -> None:
        for model, travel in told:
            for rows in self.rows(model, travel):
                self._follow_keys(model, travel, rows.order_by())
                self._follow_soft(travel, rows.order_by())

    def _follow_keys(self, model: Model, travel: Travel, rows: Rows) -> None:
        for key in keys_of(model):
            target = target_of(key)
            if key.name in travel.emptied or not (is_natural(target) or is_shared(target)):
                continue
            met = rows.exclude(**{key.name: None}).values_list(key.attname, flat=True).distinct()
            (self.contents if is_natural(target) else self.shared[target]).update(met)

    def _follow_soft(self, travel: Travel, rows: Rows) -> None:
        for name, label in travel.soft.items():
            target = next(model for model in self.shared if model._meta.label == label)
            told = {uid for uid in rows.values_list(name, flat=True).distinct() if is_uid(uid)}
            for some in chunks(told):
                met = target._base_manager.filter(uid__in=some).values_list("pk", flat=True)
                self.shared[target].update(met)
        for name in travel.contents:
            met = rows.exclude(**{name: ""}).values_list(name, flat=True).distinct()
            self.contents.update(met)


def owner_of(model: Model, path: str) -> Model:
    """The shared model to which a path of keys leads."""
    for name in path.split("__"):
        model = target_of(model._meta.get_field(name))
    return model


def chunks(keys: Iterable[T]) -> Iterator[list[T]]:
    left = iter(keys)
    while some := list(islice(left, CHUNK)):
        yield some


def is_uid(text: object) -> bool:
    try:
        UUID(str(text))
    except ValueError:
        return False
    return True
