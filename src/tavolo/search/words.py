"""What counts as a word: the same for what is held and for what is typed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from tavolo.kernel.text import search_key

# Articles and prepositions, alone and joined, as they stand after folding. `ne` and `re` are towns.
SMALL: Final = frozenset(
    """a ad ai agli al all alla alle allo co col coll con d da dagli dai dal dall dalla dalle dallo degli
    dei del dell della delle dello di e ed gl gli i il in l la le lo nei negli nel nell nella nelle nello
    o per su sugli sui sul sull sulla sulle sullo tra fra un una uno""".split()  # noqa: SIM905  one can read it
)
# What people write for each other, folded and without small words. Each stands for its words, and they for it.
ACRONYMS: Final[Mapping[str, str]] = {
    "asl": "azienda sanitaria locale",
    "usl": "unita sanitaria locale",
    "ausl": "azienda unita sanitaria locale",
    "cug": "comitato unico garanzia",
    "cpo": "commissione pari opportunita",
    "cav": "centro antiviolenza",
    "ats": "agenzia tutela salute",
    "asst": "azienda socio sanitaria territoriale",
}
# One authority has been called by each of these.
ALIKE: Final = (frozenset({"asl", "usl", "ausl"}),)

NO_ERROR_UP_TO, ONE_ERROR_UP_TO = 4, 7

# Before a number they say that it is one; `no` is what folding makes of nº.
_NUMBER_SIGNS = frozenset({"n", "no", "nr", "num"})
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_LETTER_MEETS_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_ELIDED = re.compile(r"([^\W\d_]+)['’‘`´]([^\W\d_]+)")


@lru_cache(maxsize=10_000)
def words_of(text: str) -> tuple[str, ...]:
    """Folded words in order: `A.S.L. n°2` is `asl 2`. Names of places and kinds come again and again."""
    plain = _DOTTED.sub(lambda found: found.group().replace(".", "") + " ", text)
    words: list[str] = []
    for word in _LETTER_MEETS_DIGIT.sub(" ", search_key(plain)).split():
        while word.isdigit() and (sign := _sign_before(words)) is not None:
            del words[sign]
        words.append(word)
    return tuple(words)


def _sign_before(words: list[str]) -> int | None:
    """Where the last word that tells something is a number sign: small words between them are not heard."""
    last = next((at for at in reversed(range(len(words))) if words[at] not in SMALL), None)
    return last if last is not None and words[last] in _NUMBER_SIGNS else None


def telling(text: str) -> list[str]:
    """Its words without articles and prepositions; all of them where there are no others."""
    words = words_of(text)
    return [word for word in words if word not in SMALL] or list(words)


def whole(name: str) -> str:
    """A name as one: what is typed equals it or does not."""
    return " ".join(telling(name))


def also(name: str) -> Iterator[str]:
    """Words by which a name is looked for too: acronyms, and what an apostrophe parts, written as one."""
    words = telling(name)
    joined = f" {' '.join(words)} "
    own = set(words) | {short for short, long in ACRONYMS.items() if f" {long} " in joined}
    for group in ALIKE:
        if own & group:
            own |= group
    for word in sorted(own):
        yield word
        yield from ACRONYMS.get(word, "").split()
    for before, after in _ELIDED.findall(name):
        yield search_key(before + after)


def explains(name: str, title: str, typed: str) -> bool:
    """Whether a further name is why a thing was found: it begins like a typed word, its title does not."""
    asked = telling(typed)
    found, shown = (
        [word for word in asked if any(own.startswith(word) for own in telling(text))]
        for text in (name, title)
    )
    return bool(set(found) - set(shown))


def errors_allowed(word: str) -> int:
    """How many letters may be wrong, missing, too many or swapped; a number is right or it is another."""
    if len(word) <= NO_ERROR_UP_TO or any(sign.isdigit() for sign in word):
        return 0
    return 1 if len(word) <= ONE_ERROR_UP_TO else 2


def nearest(word: str, known: Iterable[str]) -> str:
    """The first of the known words that lie nearest, within the errors that are allowed; "" where none does."""
    allowed = errors_allowed(word)
    distances = {other: distance(word, other) for other in dict.fromkeys(known)}
    within = {other: far for other, far in distances.items() if far <= allowed}
    return min(within, key=lambda other: within[other], default="")


def distance(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many, or swapped with their neighbour."""
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, theirs in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        before_last, last = last, row
    return last[-1]
