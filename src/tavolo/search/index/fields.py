"""What a document holds, and how its words are made."""

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from tavolo.search.plugs import Entry
from tavolo.search.words import also, telling, whole

if TYPE_CHECKING:
    from tantivy import Document, Index, Schema, TextAnalyzer

UID, KIND, PROVINCE, MUNICIPALITY = "uid", "kind", "province", "municipality"
# Names as one; their words; words of former names, of the place, of the rest; all of them; their stems.
WHOLE, WHOLE_BEFORE = "whole", "whole_before"
NAMES, BEFORE, PLACE, TEXT, ALL, STEMS = "names", "before", "place", "text", "all", "stems"
WEIGHT, SHOWN = "weight", "shown"

_SHOWN = ("uid", "title", "url", "before", "place", "detail", "ended")
_SPLIT, _STEM = "split", "stem"
# tantivy adds to each score by the logarithm of this; at 0.15 the heaviest gains a tenth.
_HEAVIEST = 0.15


@cache
def schema() -> "Schema":
    from tantivy import SchemaBuilder  # heavy: at first use

    made = SchemaBuilder()
    made.add_text_field(UID, tokenizer_name="raw", index_option="basic")
    for name in (KIND, PROVINCE, MUNICIPALITY):
        made.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in (WHOLE, WHOLE_BEFORE):
        made.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (NAMES, BEFORE, PLACE, TEXT, ALL):
        made.add_text_field(name, tokenizer_name=_SPLIT, index_option="freq")
    made.add_text_field(STEMS, tokenizer_name=_STEM, index_option="freq")
    made.add_float_field(WEIGHT, fast=True)
    made.add_bytes_field(SHOWN, stored=True)
    return made.build()


@cache
def stemmer() -> "TextAnalyzer":
    """Italian stems of words that are folded already: accents that were left out change none."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    split = TextAnalyzerBuilder(Tokenizer.whitespace())
    return split.filter(Filter.stemmer("italian")).build()


def stem(word: str) -> str:
    return next(iter(stemmer().analyze(word)), word)


def index_at(path: str) -> "Index":
    """The index in a folder, made where the folder is empty."""
    from tantivy import Index, TextAnalyzerBuilder, Tokenizer

    index = Index(schema(), path)
    index.register_tokenizer(_SPLIT, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    index.register_tokenizer(_STEM, stemmer())
    return index


def document(kind: str, entry: Entry) -> "Document":
    from tantivy import Document

    names = entry.names or (entry.title,)
    words = {
        NAMES: [word for name in names for word in telling(name)],
        BEFORE: [word for name in entry.before for word in telling(name)],
        PLACE: telling(entry.place),
        TEXT: telling(entry.text)
        + [word for name in (*names, *entry.before) for word in also(name)],
    }
    every = " ".join(dict.fromkeys(word for found in words.values() for word in found))
    made = Document()
    made.add_text(UID, str(entry.uid))
    for name, value in (
        (KIND, kind),
        (PROVINCE, entry.province),
        (MUNICIPALITY, entry.municipality),
    ):
        if value:
            made.add_text(name, value)
    for name, group in ((WHOLE, names), (WHOLE_BEFORE, entry.before)):
        for each in dict.fromkeys(map(whole, group)):
            made.add_text(name, each)
    for name, found in words.items():
        made.add_text(name, " ".join(dict.fromkeys(found)))
    made.add_text(ALL, every)
    made.add_text(STEMS, every)
    made.add_float(WEIGHT, entry.weight * _HEAVIEST)
    made.add_bytes(SHOWN, _shown(kind, entry))
    return made


def _shown(kind: str, entry: Entry) -> bytes:
    values = {name: getattr(entry, name) for name in _SHOWN}
    told: dict[str, Any] = {name: value for name, value in values.items() if value}
    return json.dumps({"kind": kind, **told}, default=str, ensure_ascii=False).encode()
