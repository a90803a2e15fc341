"""How a place's name is written well where a source has it in capitals alone."""

import re
from typing import Final

_WORDS = """
a ad ai agli al alla alle allo con coi da dai dal dalla dalle dallo de dei degli del della delle
dello di e ed en fra il in la le li lo nei negli nel nella nelle nello per presso sopra sotto su
sugli sui sul sulla sulle sullo tra verso am an auf bei dem den der im ob unter und vor zu pri na v
"""
# Small words keep a small letter, save at either end: Reggio nell'Emilia, Eppan an der Weinstraße.
_SMALL: Final = frozenset(_WORDS.split())
# Before an apostrophe likewise: d'Aosta, dell'Emilia, de' Goti; but Sant'Angelo.
_SMALL_ELIDED: Final = frozenset(
    {"d", "l", "dell", "all", "dall", "nell", "sull", "coll", "de", "ne", "da", "co", "su", "a"}
)
_WORD: Final = re.compile(r"[^\s\-/]+")
_NUMERAL: Final = re.compile(r"[XVI]{2,}")


def written_well(capitals: str) -> str:
    """The name with capitals where Italian wants them: "REGGIO DI CALABRIA" is Reggio di Calabria."""
    return _WORD.sub(_word, capitals)


def _word(match: re.Match[str]) -> str:
    word = match.group()
    if _NUMERAL.fullmatch(word):
        return word
    first, last = match.start() == 0, match.end() == len(match.string)
    elided, apostrophe, rest = word.partition("'")
    if not apostrophe:
        return _cased(word, _SMALL, at_an_end=first or last)
    # A name may begin anew after the apostrophe: Sant'Angelo; or nothing follows it: de'.
    return _cased(elided, _SMALL_ELIDED, at_an_end=first) + apostrophe + rest.capitalize()


def _cased(word: str, small: frozenset[str], *, at_an_end: bool) -> str:
    lower = word.lower()
    return lower if lower in small and not at_an_end else lower.capitalize()
