"""Folded text: what lists are ordered and searched by, since three collations differ (decision 9)."""

import json
import re
import unicodedata
from collections.abc import Container, Iterable
from functools import reduce
from operator import and_, or_

from django.db.models import Q

_SPECIAL = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})
_DIGITS = re.compile(r"\d+")
_NOT_WORD = re.compile(r"[\W_]+")
_NOT_ADDRESS = re.compile(r"[^0-9a-z]+")


def folded(text: str) -> str:
    """Lower case, without accents: `Forlì` is `forli`. Folding twice changes nothing."""
    if text.isascii():
        return text.lower()
    # Taking signs apart may show capitals (℡ is TEL) and lower case may join accents: until it rests.
    while (plain := _folded(text)) != text:
        text = plain
    return text


def search_key(text: str) -> str:
    """Folded words with one blank between: `Sant’Agata  Bolognese` is `sant agata bolognese`."""
    return _NOT_WORD.sub(" ", folded(text)).strip()


def sort_key(text: str) -> str:
    """The search key with its numbers padded, so that group 10 follows group 2."""
    return _DIGITS.sub(lambda found: found.group().zfill(8), search_key(text))


def minted_code(text: str, taken: Container[str], *, length: int = 60) -> str:
    """A code for an address: words and hyphens, the first that is not taken (`auser`, `auser-2`).

    Plain letters and digits, never longer than `length`; `x` where the text has none of either.
    """
    stem = _NOT_ADDRESS.sub("-", folded(text)).strip("-")[:length].strip("-") or "x"
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem[: length - len(str(number)) - 1].strip('-')}-{number}"
    return code


Trace = tuple[str, ...]


def mentions(column: str, traces: Iterable[Trace]) -> Q:
    """The rows whose text (JSON or plain) holds one of the traces, whatever its capitals.

    A trace of one text is found anywhere; one of several where each is a whole JSON text of the
    same row ("Ada" and "Rossi" in two cells). JSON writes accents in two ways: both are found.
    """
    found = Q(pk__in=[])
    for trace in traces:
        quote = '"' if len(trace) > 1 else ""
        found |= reduce(and_, [_written(column, text, quote) for text in trace])
    return found


def _written(column: str, text: str, quote: str) -> Q:
    forms = {text, json.dumps(text)[1:-1]}
    return reduce(or_, [Q(**{f"{column}__icontains": f"{quote}{each}{quote}"}) for each in forms])


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_SPECIAL)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
