"""Whether two organisations may be the same one: by number, by name and municipality, by web or e-mail domain.

Names are compared word by word: words of legal forms weigh little, rare words much, a word with a
typing error is still that word, a number never is another number. Only what shares some key is
compared at all, so that 5,000 against 5,000 takes a moment.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from heapq import nlargest
from itertools import combinations
from urllib.parse import urlsplit

from tavolo.kernel.text import search_key

# Words that say what an organisation is in law, or that it is one at all: they tell few apart.
LEGAL = frozenset(
    {
        "aps", "ass", "assoc", "associazione", "associazioni", "circolo", "comitato",
        "consorzio", "coop", "cooperativa", "cooperative", "culturale", "ente", "ets", "fond",
        "fondazione", "gruppo", "impresa", "istituto", "italiana", "italiano", "locale",
        "nazionale", "odv", "onlus", "organizzazione", "promozione", "provinciale", "regionale",
        "riconosciuta", "sc", "scarl", "scrl", "scs", "sede", "sezione", "soc", "sociale",
        "sociali", "societa", "spa", "srl", "srls", "territoriale", "unione", "volontari",
        "volontariato", "volontarie",
    }
)  # fmt: skip
LINKS = frozenset(
    {
        "a", "ad", "agli", "ai", "al", "alla", "alle", "allo", "con", "d", "da", "dai", "dal",
        "dalla", "de", "degli", "dei", "del", "dell", "della", "delle", "dello", "di", "e",
        "ed", "gli", "i", "il", "in", "l", "la", "le", "lo", "nel", "nella", "per", "s", "san",
        "sant", "santa", "santo", "su", "sul", "sulla", "the", "tra", "un", "una", "uno",
    }
)  # fmt: skip
FREE_MAIL = frozenset(
    {
        "alice.it", "aruba.it", "email.it", "fastwebnet.it", "gmail.com", "googlemail.com",
        "hotmail.com", "hotmail.it", "icloud.com", "inwind.it", "iol.it", "legalmail.it",
        "libero.it", "live.com", "live.it", "mail.com", "me.com", "msn.com", "outlook.com",
        "outlook.it", "pec.it", "pecimprese.it", "postecert.it", "proton.me", "protonmail.com",
        "tim.it", "tin.it", "tiscali.it", "virgilio.it", "yahoo.com", "yahoo.it", "ymail.com",
    }
)  # fmt: skip
PLATFORMS = frozenset(
    {
        "altervista.org", "blogspot.com", "facebook.com", "google.com", "instagram.com",
        "jimdo.com", "linkedin.com", "linktr.ee", "twitter.com", "webnode.it", "weebly.com",
        "wix.com", "wixsite.com", "wordpress.com", "x.com", "youtube.com",
    }
)  # fmt: skip
LEGAL_WEIGHT, PLACE_WEIGHT = 0.1, 0.35
# How near two names must be: in one municipality, where one of them has none, and beside a shared domain.
NEAR_HERE, NEAR_SOMEWHERE, NEAR_BY_DOMAIN = 0.84, 0.9, 0.4
# So many are looked at for one, and the likeliest of them compared; a domain that more than three have
# is nobody's own.
CROWD, MOST_COMPARED, SHARED_DOMAIN = 400, 15, 3
SHORTEST_WITH_ERROR, SHORTEST_WITH_TWO = 4, 8
SHORTEST_JOINED, SHORTEST_PART = 8, 3
# Of more words than this, one at least is the same in both.
MOST_ALL_WRONG = 2
JOINED = 0.95

_LETTERS = re.compile(r"\b(?:[^\W\d_] )+[^\W\d_]\b")


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


@dataclass(frozen=True)
class _Named:
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
            (_nearness(a, b) for a in self._names[one] for b in self._names[other]), default=0.0
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

    def _named(self, name: str, one: Traits) -> _Named:
        here = set(search_key(one.place_name).split())
        words = words_of(name)
        return _Named(
            tuple((word, self._weight(word, here)) for word in words if not word.isdigit()),
            frozenset(word.lstrip("0") for word in words if word.isdigit()),
        )

    def _weight(self, word: str, here: Collection[str]) -> float:
        weight = math.log(1 + (len(self.traits) + 10) / self._spread[word])
        if word in LEGAL:
            return weight * LEGAL_WEIGHT
        return weight * PLACE_WEIGHT if word in here else weight


@lru_cache(maxsize=65_536)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name without those that only link; letters that stand alone are one word (A.P.S.)."""
    key = _LETTERS.sub(lambda found: found.group().replace(" ", ""), search_key(name))
    words = tuple(word for word in key.split() if word not in LINKS)
    return words or tuple(key.split())


def domains_of(addresses: Iterable[str]) -> frozenset[str]:
    """The domains of web and e-mail addresses that are an organisation's own."""
    return frozenset(domain for address in addresses if (domain := _domain(address)))


def _domain(address: str) -> str:
    if "@" in address:
        host = address.rpartition("@")[2]
    else:
        try:
            host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
        except ValueError:
            return ""
    host = host.strip().lower().removeprefix("www.").removeprefix("pec.")
    shared = any(host == each or host.endswith(f".{each}") for each in FREE_MAIL | PLATFORMS)
    return "" if shared or "." not in host else host


def _nearness(one: _Named, other: _Named) -> float:
    if one.numbers != other.numbers and one.numbers and other.numbers:
        return 0.0
    score = _by_words(one, other)
    return JOINED if score < JOINED and _are_joined(one, other) else score


def _are_joined(one: _Named, other: _Named) -> bool:
    """Whether they are the same but for blanks, and one letter at most."""
    a, b = one.joined, other.joined
    long = min(len(a), len(b)) >= SHORTEST_JOINED and abs(len(a) - len(b)) <= 1
    return long and (a[:3] == b[:3] or a[-3:] == b[-3:]) and distance(a, b, 1) <= 1


def _by_words(one: _Named, other: _Named) -> float:
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
        near = _nearest(word, there)
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
        weight * LEGAL_WEIGHT if _misspells_a_link(word) else weight
        for word, weight in words.items()
    )


@lru_cache(maxsize=65_536)
def _misspells_a_link(word: str) -> bool:
    return any(len(link) > SHORTEST_WITH_ERROR and distance(word, link, 1) == 1 for link in LINKS)


def _unglued(here: dict[str, float], there: dict[str, float]) -> float:
    """What words weigh that stand without a blank on one side; they are taken out of both."""
    weight = 0.0
    for word in [each for each in here if len(each) >= SHORTEST_JOINED]:
        for part in there:
            rest = _rest(word, part)
            if rest in there or rest in LINKS or rest in LEGAL:
                weight += there.pop(part) + (there.pop(rest, 0.0) if rest != part else 0.0)
                here.pop(word)
                break
    return weight


def _rest(word: str, part: str) -> str:
    """What is left of a word when another is cut from its beginning or its end."""
    if not SHORTEST_PART <= len(part) < len(word):
        return ""
    if word[0] == part[0] and word.startswith(part):
        return word[len(part) :]
    return word[: -len(part)] if word[-1] == part[-1] and word.endswith(part) else ""


def _nearest(word: str, among: Iterable[str]) -> str | None:
    """The word that it is with as few typing errors as a word of its length may have.

    Somebody who errs in both the first and the last letter has meant another word.
    """
    least, nearest = 3, None
    first, last, length = word[0], word[-1], len(word)
    for each in among:
        if (each[0] == first or each[-1] == last) and -2 <= len(each) - length <= 2:  # noqa: PLR2004
            wrong = distance(word, each, _errors(word, each))
            if wrong < least and wrong <= _errors(word, each):
                least, nearest = wrong, each
    return nearest


def _errors(one: str, other: str) -> int:
    """How many typing errors lie between two words at most (decision 10, and one in words of four)."""
    shorter = min(len(one), len(other))
    return (shorter >= SHORTEST_WITH_ERROR) + (shorter >= SHORTEST_WITH_TWO)


@lru_cache(maxsize=262_144)
def distance(one: str, other: str, most: int) -> int:
    """How many letters are wrong, missing, too many or exchanged with the next; `most` + 1 for more."""
    at = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        at += 1
    one, other = one[at:], other[at:]
    if not (one and other):
        return min(len(one) + len(other), most + 1)
    if not most or abs(len(one) - len(other)) > most:
        return most + 1
    rests = [(one[1:], other[1:]), (one[1:], other), (one, other[1:])]
    if one[:2] == other[1::-1]:
        rests.append((one[2:], other[2:]))
    return 1 + min(distance(a, b, most - 1) for a, b in rests)
