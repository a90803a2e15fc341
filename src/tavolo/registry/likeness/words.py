"""The words of a name: which of them tell, and which are the same with a typing error."""

import re
from collections.abc import Iterable
from functools import lru_cache

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
SHORTEST_WITH_ERROR, SHORTEST_WITH_TWO = 4, 8
SHORTEST_PART = 3

_LETTERS = re.compile(r"\b(?:[^\W\d_] )+[^\W\d_]\b")


@lru_cache(maxsize=65_536)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name without those that only link; letters that stand alone are one word (A.P.S.)."""
    key = _LETTERS.sub(lambda found: found.group().replace(" ", ""), search_key(name))
    words = tuple(word for word in key.split() if word not in LINKS)
    return words or tuple(key.split())


@lru_cache(maxsize=65_536)
def misspells_a_link(word: str) -> bool:
    return any(len(link) > SHORTEST_WITH_ERROR and distance(word, link, 1) == 1 for link in LINKS)


def rest_of(word: str, part: str) -> str:
    """What is left of a word when another is cut from its beginning or its end."""
    if not SHORTEST_PART <= len(part) < len(word):
        return ""
    if word[0] == part[0] and word.startswith(part):
        return word[len(part) :]
    return word[: -len(part)] if word[-1] == part[-1] and word.endswith(part) else ""


def nearest(word: str, among: Iterable[str]) -> str | None:
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
