"""Which column holds which field: by name, as a person would tell it, and never by a guess in silence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import get_language, override

from tavolo.imports.plugs import Field
from tavolo.kernel.text import search_key

# From here on two headings are taken for the same word with a typing error.
NEAR = 0.82
LONGEST_HEADING = 200


@dataclass(frozen=True)
class Match:
    """`columns` are sure, `proposals` are near names that somebody has to confirm: place by field.

    `rivals` are fields that several columns claim, with their places; `repeated` places whose
    heading stands there more than once; `unknown` places that are left, `missing` the needed
    fields without a sure column.
    """

    columns: Mapping[str, int]
    proposals: Mapping[str, int]
    rivals: Mapping[str, tuple[int, ...]]
    repeated: tuple[int, ...]
    unknown: tuple[int, ...]
    missing: tuple[str, ...]


def match(headings: Sequence[str], fields: Sequence[Field], remembered: Mapping[str, str]) -> Match:
    """Match headings with fields: what was said before comes first, then names, then near names.

    `remembered` leads from a folded heading to the key of a field, or to "" for one to be left.
    """
    folded = [fold(heading) for heading in headings]
    names = names_of(fields)
    keys = {field.key for field in fields}
    said = {heading: key for heading, key in remembered.items() if key in keys or not key}
    claims: dict[str, list[int]] = {}
    for place, heading in enumerate(folded):
        key = said.get(heading, names.get(heading, ""))
        if heading and key:
            claims.setdefault(key, []).append(place)
    claims = _memory_first(claims, folded, said)
    columns = {key: places[0] for key, places in claims.items() if len(places) == 1}
    rivals = {key: tuple(places) for key, places in claims.items() if len(places) > 1}
    taken = {place for places in claims.values() for place in places}
    free = [
        place
        for place, heading in enumerate(folded)
        if heading and place not in taken and heading not in said
    ]
    open_fields = [field for field in fields if field.key not in claims]
    proposals = _near({place: folded[place] for place in free}, open_fields)
    return Match(
        columns=columns,
        proposals=proposals,
        rivals=rivals,
        repeated=tuple(
            place for place, heading in enumerate(folded) if heading and folded.count(heading) > 1
        ),
        unknown=tuple(
            place
            for place in range(len(headings))
            if place not in taken and place not in proposals.values()
        ),
        missing=tuple(f.key for f in fields if f.required and f.key not in columns),
    )


def fold(heading: str) -> str:
    """A heading as it is compared and remembered: words without case, accents and signs."""
    return search_key(heading)[:LONGEST_HEADING]


def names_of(fields: Iterable[Field]) -> dict[str, str]:
    """Every name under which a field goes, folded: its label in each language, key and aliases."""
    found: dict[str, str] = {}
    for field in fields:
        for name in _names(field):
            found.setdefault(name, field.key)
    return found


def _names(field: Field) -> list[str]:
    labels = []
    # A template that was downloaded in English may come back to somebody who reads Italian.
    for language in (get_language() or "it", "it", "en"):
        with override(language):
            labels.append(str(field.label))
    return list(dict.fromkeys(filter(None, map(fold, [*labels, field.key, *field.aliases]))))


def _memory_first(
    claims: dict[str, list[int]], folded: Sequence[str], said: Mapping[str, str]
) -> dict[str, list[int]]:
    return {
        key: [place for place in places if said.get(folded[place]) == key] or places
        for key, places in claims.items()
    }


def _near(headings: Mapping[int, str], fields: Sequence[Field]) -> dict[str, int]:
    """The nearest heading for each field, the best pairs first; each column is proposed once."""
    names = [_names(field) for field in fields]
    pairs = sorted(
        (-likeness, position, place)
        for position, ours in enumerate(names)
        for place, heading in headings.items()
        if (likeness := max(alike(heading, name) for name in ours)) >= NEAR
    )
    found: dict[str, int] = {}
    for _likeness, position, place in pairs:
        key = fields[position].key
        if key not in found and place not in found.values():
            found[key] = place
    return found


def alike(heading: str, name: str) -> float:
    """How much two folded names are the same, from 0 to 1, whatever the order of their words.

    A name of several words that all stand in a longer heading is near it ("codice istat del comune").
    """
    theirs, ours = heading.split(), name.split()
    by_words = _ratio(" ".join(sorted(theirs)), " ".join(sorted(ours)))
    within = NEAR if len(ours) > 1 and set(ours) <= set(theirs) else 0.0
    return max(_ratio(heading, name), by_words, within)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
