"""Whether what stands beyond ASCII makes words, as an Italian office writes them."""

import re

_ITALIAN = set("àèéìòùÀÈÉÌÒÙ")
_EUROPEAN = set("áâäãåçêëíîïñóôöõøúûüýßœæšžÁÂÄÃÅÇÊËÍÎÏÑÓÔÖÕØÚÛÜÝŒÆŠŽŸÿ")
_SIGNS = {"€": 1.0, "°": 0.5, "º": 0.5, "ª": 0.5, "§": 0.5, "–": 0.5, "—": 0.5, "…": 0.5, "½": 0.5}
_OPENING, _CLOSING = set("“«‘„"), set("”»’")
_WORD = re.compile(r"\S+")


def plausible(words: str) -> float:
    """Above zero where the signs beyond ASCII are likely ones; the higher, the likelier."""
    return sum(
        _weight(word, place)
        for word in _WORD.findall(words)
        for place, sign in enumerate(word)
        if not sign.isascii()
    )


def _weight(word: str, place: int) -> float:
    sign = word[place]
    before, after = word[place - 1 : place] if place else "", word[place + 1 : place + 2]
    if sign in _ITALIAN or sign in _EUROPEAN:
        return _letter(sign, before, after)
    if sign == "’" and before.isalpha() and after.isalpha():
        return 3
    if (sign in _OPENING and not before) or (sign in _CLOSING and not after):
        return 1
    return _SIGNS.get(sign, -2)


def _letter(sign: str, before: str, after: str) -> float:
    """Italian ends words with accents; nobody puts two side by side, or a capital into a word."""
    if (sign.isupper() and before.islower()) or (sign.islower() and after.isupper()):
        return -2
    if not (before + after).isascii():
        return -1
    if sign in _ITALIAN and not after.isalpha():
        return 3
    return 1 if before.isalpha() or after.isalpha() else 0
