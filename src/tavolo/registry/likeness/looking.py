"""Who may be the same as whom, among many."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from heapq import nlargest
from itertools import combinations

from tavolo.kernel.text import search_key
from tavolo.registry.likeness.names import LEGAL_WEIGHT, Named, nearness
from tavolo.registry.likeness.words import LEGAL, words_of

PLACE_WEIGHT = 0.35
# How near two names must be: in one municipality, where one of them has none, and beside a shared domain.
NEAR_HERE, NEAR_SOMEWHERE, NEAR_BY_DOMAIN = 0.84, 0.9, 0.4
# So many are looked at for one, and the likeliest of them compared; a domain that more than three have
# is nobody's own.
CROWD, MOST_COMPARED, SHARED_DOMAIN = 400, 15, 3


class Reason(StrEnum):
    NUMBER = "number"
    NAME = "name"
    DOMAIN = "domain"


@dataclass(frozen=True)
class Traits:
    """What tells an organisation apart. `place` is any key of its municipality, None if not known."""

    key: str
    names: tuple[str, ...]
    place: int | None = None
    place_name: str = ""
    numbers: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Alike:
    """That another may be the same one, and why: the weightiest reason, from 0 to 1."""

    key: str
    reason: Reason
    score: float


class Likeness:
    """Those among whom one looks. Building it and asking it for each costs a second or two for 10,000."""

    def __init__(self, all_of_them: Iterable[Traits]) -> None:
        self.traits = {one.key: one for one in all_of_them}
        self.order = {key: place for place, key in enumerate(self.traits)}
        self._spread = Counter(
            word
            for one in self.traits.values()
            for word in {w for n in one.names for w in words_of(n)}
        )
        self._names = {
            key: tuple(self._named(name, one) for name in dict.fromkeys(one.names))
            for key, one in self.traits.items()
        }
        self._blocks: dict[object, list[str]] = defaultdict(list)
        self._domains: dict[str, list[str]] = defaultdict(list)
        self._numbers: dict[str, list[str]] = defaultdict(list)
        self._keys = {key: tuple(dict.fromkeys(self._keys_of(key))) for key in self.traits}
        for key, one in self.traits.items():
            for block in self._keys[key]:
                self._blocks[block].append(key)
            for domain in one.domains:
                self._domains[domain].append(key)
            for number in one.numbers:
                self._numbers[number].append(key)

    def like(self, key: str, *, among: Collection[str] | None = None) -> list[Alike]:
        """Who may be the same as the one of that key, the likeliest first; `among` narrows whom."""
        one = self.traits[key]
        found: dict[str, Alike] = {}
        for other in self._candidates(key):
            if other == key or (among is not None and other not in among):
                continue
            alike = self._alike(one, self.traits[other])
            if alike is not None:
                found[other] = alike
        return sorted(found.values(), key=lambda each: (-each.score, self.order[each.key]))

    def pairs(self) -> Iterator[tuple[str, Alike]]:
        """Each two that may be the same, once, in the order in which they were given."""
        for key in self.traits:
            for alike in self.like(key):
                if self.order[alike.key] > self.order[key]:
                    yield key, alike

    def score(self, one: str, other: str) -> float:
        """How near the nearest names of both are, from 0 to 1."""
        return max(
            (nearness(a, b) for a in self._names[one] for b in self._names[other]), default=0.0
        )

    def _alike(self, one: Traits, other: Traits) -> Alike | None:
        if one.numbers & other.numbers:
            return Alike(other.key, Reason.NUMBER, 1.0)
        apart = None not in (one.place, other.place) and one.place != other.place
        unplaced = None in (one.place, other.place)
        score = self.score(one.key, other.key)
        if not apart and score >= (NEAR_SOMEWHERE if unplaced else NEAR_HERE):
            return Alike(other.key, Reason.NAME, score)
        own = any(len(self._domains[d]) <= SHARED_DOMAIN for d in one.domains & other.domains)
        if own and score >= NEAR_BY_DOMAIN:
            return Alike(other.key, Reason.DOMAIN, score)
        return None

    def _candidates(self, key: str) -> list[str]:
        """Whom to compare at all: those with whom it shares most of what is rare."""
        one = self.traits[key]
        blocks = [
            *(self._numbers[number] for number in one.numbers),
            *(self._domains[domain] for domain in one.domains),
            *(self._blocks[block] for block in self._keys[key]),
        ]
        shared: dict[str, float] = defaultdict(float)
        met = 0
        for block in sorted(blocks, key=len):
            met += len(block)
            if met > CROWD:
                break
            for other in block:
                shared[other] += 1 / len(block)
        return nlargest(MOST_COMPARED + 1, shared, key=shared.__getitem__)

    def _keys_of(self, key: str) -> Iterator[object]:
        """Under what it is looked for: how its words begin and end in its place, and two words anywhere."""
        place = self.traits[key].place
        for named in self._names[key]:
            telling = [word for word, _weight in named.words if word not in LEGAL]
            words = sorted(set(telling or named.weights))
            yield from combinations(words, 2)
            if len(words) == 1:
                yield words[0]
            if place is not None:
                yield place, named.joined[:6]
                for word in words:
                    yield place, word[:3]
                    yield place, word[-3:], ""

    def _named(self, name: str, one: Traits) -> Named:
        here = set(search_key(one.place_name).split())
        words = words_of(name)
        return Named(
            tuple((word, self._weight(word, here)) for word in words if not word.isdigit()),
            frozenset(word.lstrip("0") for word in words if word.isdigit()),
        )

    def _weight(self, word: str, here: Collection[str]) -> float:
        weight = math.log(1 + (len(self.traits) + 10) / self._spread[word])
        if word in LEGAL:
            return weight * LEGAL_WEIGHT
        return weight * PLACE_WEIGHT if word in here else weight
