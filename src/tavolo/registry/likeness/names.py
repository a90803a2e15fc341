"""How near two names are, word by word, each word with its weight."""

from dataclasses import dataclass
from functools import cached_property

from tavolo.registry.likeness.words import (
    LEGAL,
    LINKS,
    distance,
    misspells_a_link,
    nearest,
    rest_of,
)

LEGAL_WEIGHT = 0.1
SHORTEST_JOINED = 8
# Of more words than this, one at least is the same in both.
MOST_ALL_WRONG = 2
JOINED = 0.95


@dataclass(frozen=True)
class Named:
    """A name as it is compared: its words with their weights, and the numbers in it."""

    words: tuple[tuple[str, float], ...]
    numbers: frozenset[str]

    @cached_property
    def joined(self) -> str:
        """Its words without blanks, but for those that only say what it is in law."""
        return "".join(word for word, _weight in self.words if word not in LEGAL)

    @cached_property
    def weights(self) -> dict[str, float]:
        return dict(self.words)

    @cached_property
    def whole(self) -> float:
        return sum(self.weights.values())


def nearness(one: Named, other: Named) -> float:
    if one.numbers != other.numbers and one.numbers and other.numbers:
        return 0.0
    score = _by_words(one, other)
    return JOINED if score < JOINED and _are_joined(one, other) else score


def _are_joined(one: Named, other: Named) -> bool:
    """Whether they are the same but for blanks, and one letter at most."""
    a, b = one.joined, other.joined
    long = min(len(a), len(b)) >= SHORTEST_JOINED and abs(len(a) - len(b)) <= 1
    return long and (a[:3] == b[:3] or a[-3:] == b[-3:]) and distance(a, b, 1) <= 1


def _by_words(one: Named, other: Named) -> float:
    """Twice what both share of weight, over what both have; a word with an error counts a little less.

    Two words that are the same weigh what the commoner of them weighs: an error makes a word rare.
    """
    mine, theirs = one.weights, other.weights
    shared = both = sum(
        min(weight, theirs[word]) for word, weight in mine.items() if word in theirs
    )
    if not both and min(len(mine), len(theirs)) > MOST_ALL_WRONG:
        return 0.0
    here = {word: weight for word, weight in mine.items() if word not in theirs}
    there = {word: weight for word, weight in theirs.items() if word not in mine}
    for word in list(here):
        near = nearest(word, there)
        if near is not None:
            pair = min(here.pop(word), there.pop(near))
            wrong = distance(word, near, 2)
            shared += pair * (1 - wrong / (2 * max(len(word), len(near))))
            both += pair
    both_glued = _unglued(here, there) + _unglued(there, here)
    shared, both = shared + both_glued, both + both_glued
    total = both + (_alone(here) + _alone(there)) / 2
    return shared / total if total else 0.0


def _alone(words: dict[str, float]) -> float:
    """What words weigh that the other name has not; one that only misspells "delle" hardly counts."""
    return sum(
        weight * LEGAL_WEIGHT if misspells_a_link(word) else weight
        for word, weight in words.items()
    )


def _unglued(here: dict[str, float], there: dict[str, float]) -> float:
    """What words weigh that stand without a blank on one side; they are taken out of both."""
    weight = 0.0
    for word in [each for each in here if len(each) >= SHORTEST_JOINED]:
        for part in there:
            rest = rest_of(word, part)
            if rest in there or rest in LINKS or rest in LEGAL:
                weight += there.pop(part) + (there.pop(rest, 0.0) if rest != part else 0.0)
                here.pop(word)
                break
    return weight
