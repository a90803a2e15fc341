"""Whether what stands beyond ASCII makes words, as an Italian office writes them."""

import re

# By what they weigh within a word: è and é stand in French names too, à, ì, ò and ù end words.
_LETTERS = {
    **dict.fromkeys("èé", 1.5),
    **dict.fromkeys("äöüß", 1.3),
    **dict.fromkeys("âçêëîïñôû", 1.2),
    **dict.fromkeys("àìòù", 0.8),
    **dict.fromkeys("áãåæíóõøúýœšžÿ", 0.5),
}
_ENDING = set("àèéìòù")
_AT_THE_END = 3.0
_UNLIKELY = -2.0
_SIGNS = {"€": 1.0, "°": 0.5, "º": 0.5, "ª": 0.5, "§": 0.5, "–": 0.5, "—": 0.5, "…": 0.5, "½": 0.5}
_OPENING, _CLOSING = set("“«‘„"), set("”»’")
# Not by \S: a control character that passes for a blank is unlikely, too.
_WORD = re.compile("[^ ]+")


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
    before, after = word[max(place - 2, 0) : place], word[place + 1 : place + 2]
    if sign.lower() in _LETTERS:
        return _letter(sign, before, after)
    if sign == "’" and before.isalpha() and after.isalpha():
        return _AT_THE_END
    if (sign in _OPENING and not before) or (sign in _CLOSING and not after):
        return 1
    if sign == "°" and before.lower() == "n":
        return 2
    within = before[-1:].isalpha() and after.isalpha()
    return _UNLIKELY if within else _SIGNS.get(sign, _UNLIKELY)


def _letter(sign: str, before: str, after: str) -> float:
    """Nobody mixes capitals and small letters within a word, or puts three accents side by side."""
    if _mixes(sign, before, after):
        return _UNLIKELY
    if not before and not after:
        return _AT_THE_END if sign in "èÈ" else 0
    if _is_beyond(before[-1:]) and _is_beyond(after):
        return -1
    if sign.lower() in _ENDING and not after.isalpha():
        return _AT_THE_END
    return _LETTERS[sign.lower()] if (before[-1:] + after).isalpha() else 0


def _is_beyond(sign: str) -> bool:
    return sign.isalpha() and not sign.isascii()


def _mixes(sign: str, before: str, after: str) -> bool:
    if sign.isupper():
        return before[-1:].islower() or (before[-1:].isalpha() and after.islower())
    return after.isupper() or (len(before) > 1 and before.isalpha() and before.isupper())
