"""The report on two kinds of area: sentences, the matrix, who is in none and who in two."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tavolo.territory.plugs import AreaKind
from tavolo.territory.queries import AreaThere, Comparison, Pair, Partition, Place
from tavolo.territory.web.addresses import Addresses
from tavolo.ui import words
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.matrix import Crossing, Head, Matrix, MatrixRow
from tavolo.ui.components.table import Cell, Column, Row, Table

MANY = 60  # names that are listed; beyond, they are counted


def places(found: Comparison) -> set[Place]:
    """Everything that the comparison speaks of."""
    inside = {
        place for side in (found.one, found.other) for area in side.areas for place in area.places
    }
    return inside | set(found.one.gaps) | set(found.other.gaps)


def crossing(found: Comparison) -> list[Pair]:
    """Pairs of which neither lies in the other: there the boundaries run across each other."""
    return [pair for pair in found.pairs if not (pair.one_inside or pair.other_inside)]


def sentences(found: Comparison, one: AreaKind, other: AreaKind) -> list[str]:
    """What the matrix says, in words, the most important first."""
    if not found.one.areas or not found.other.areas:
        return list(_lacking(found, one, other))
    if found.agree:
        return [_alike(found)]
    return [
        *_coinciding(found, one, other),
        *_split(one, found.split_one, found.one),
        *_split(other, found.split_other, found.other),
        *_crossed(found),
    ]


def _lacking(found: Comparison, one: AreaKind, other: AreaKind) -> Iterator[str]:
    for side, kind in ((found.one, one), (found.other, other)):
        if not side.areas:
            yield _("%(kind)s: none is known here on this day.") % {"kind": kind.plural}


def _alike(found: Comparison) -> str:
    return ngettext(
        "The two kinds divide this territory alike: %(number)s area of each.",
        "The two kinds divide this territory alike: %(number)s areas of each.",
        len(found.one.areas),
    ) % {"number": words.number(len(found.one.areas))}


def _coinciding(found: Comparison, one: AreaKind, other: AreaKind) -> Iterator[str]:
    yield _("%(one)s: %(same)s of %(all)s coincide with one of the other kind (%(other)s).") % {
        "one": one.plural,
        "same": words.number(len(found.coinciding)),
        "all": words.number(len(found.one.areas)),
        "other": str(other.plural),
    }


def _split(kind: AreaKind, split: Sequence[AreaThere], side: Partition) -> Iterator[str]:
    if split:
        yield _("%(kind)s: %(split)s of %(all)s do not lie in a single one of the other kind.") % {
            "kind": kind.plural,
            "split": words.number(len(split)),
            "all": words.number(len(side.areas)),
        }


def _crossed(found: Comparison) -> Iterator[str]:
    across = {place.key for pair in crossing(found) for place in pair.shared}
    if across:
        yield ngettext(
            "%(number)s of %(all)s municipalities lies where the boundaries cross.",
            "%(number)s of %(all)s municipalities lie where the boundaries cross.",
            len(across),
        ) % {"number": words.number(len(across)), "all": words.number(found.one.municipalities)}


def matrix(found: Comparison, one: AreaKind, other: AreaKind, to: Addresses) -> Matrix | None:
    """Municipalities that each two areas share; None where one kind has no area here."""
    if not found.one.areas or not found.other.areas:
        return None
    shared = {(pair.one.key, pair.other.key): pair for pair in found.pairs}
    left_one, left_other = _left(found.one, found.other), _left(found.other, found.one)
    columns = [_head(area, to) for area in found.other.areas]
    rows = [
        MatrixRow(
            _head(area, to),
            (
                *(_crossing(shared.get((area.key, there.key))) for there in found.other.areas),
                *_beyond(left_one, len(left_one.get(area.key, ()))),
            ),
        )
        for area in found.one.areas
    ]
    if any(left_one.values()):
        columns.append(Head(_("in none")))
    if any(left_other.values()):
        alone = [Crossing(len(left_other[there.key])) for there in found.other.areas]
        rows.append(MatrixRow(Head(_("in none")), (*alone, *_beyond(left_one, 0))))
    return Matrix(
        caption=_("Municipalities in common"),
        corner=f"{one.plural} / {other.plural}",
        columns=tuple(columns),
        rows=tuple(rows),
        key="matrice",
    )


def _left(side: Partition, against: Partition) -> dict[int, list[Place]]:
    """By area, its places that lie in no area of the other kind."""
    gaps = set(against.gaps)
    return {area.key: [place for place in area.places if place in gaps] for area in side.areas}


def _beyond(left: dict[int, list[Place]], number: int) -> tuple[Crossing, ...]:
    return (Crossing(number),) if any(left.values()) else ()


def _head(area: AreaThere, to: Addresses) -> Head:
    count = len(area.places)
    note = ngettext("%(number)s municipality", "%(number)s municipalities", count)
    said = note % {"number": words.number(count)}
    if area.beyond:
        said += _(", %(number)s more outside") % {"number": words.number(area.beyond)}
    return Head(area.title, to.area(area.kind, area.code), said)


def _crossing(pair: Pair | None) -> Crossing:
    if pair is None:
        return Crossing(0)
    return Crossing(len(pair.shared), _("the same") if pair.coincides else "")


def gaps(
    found: Comparison, one: AreaKind, other: AreaKind, to: Addresses
) -> list[tuple[str, tuple[CardLink, ...], int]]:
    """Who is in no area of a kind: what is said, the links, and how many are not listed."""
    return [
        (_gap_words(kind, side), _links(side.gaps[:MANY], to), max(0, len(side.gaps) - MANY))
        for kind, side in ((one, found.one), (other, found.other))
        if side.gaps and side.areas
    ]


def _gap_words(kind: AreaKind, side: Partition) -> str:
    told = ngettext(
        "%(kind)s: %(number)s municipality lies in none.",
        "%(kind)s: %(number)s municipalities lie in none.",
        len(side.gaps),
    ) % {"kind": kind.plural, "number": words.number(len(side.gaps))}
    return told if side.must_cover else told + " " + _("This kind need not cover everything.")


def _links(gaps: Sequence[Place], to: Addresses) -> tuple[CardLink, ...]:
    return tuple(CardLink(_named(place), to.municipality(place.istat_code)) for place in gaps)


def _named(place: Place) -> str:
    return f"{place.name} ({place.unit})" if place.unit else place.name


def overlaps(found: Comparison, one: AreaKind, other: AreaKind, to: Addresses) -> Table | None:
    """Who lies in two areas of a kind in which there should be one; None where nobody does."""
    rows = tuple(
        Row.of(
            Cell(_named(each.place), to.municipality(each.place.istat_code)),
            kind.label,
            ", ".join(area.title for area in each.areas),
        )
        for kind, side in ((one, found.one), (other, found.other))
        for each in side.overlaps
    )
    if not rows:
        return None
    return Table(
        caption=_("In two areas of the same kind"),
        columns=(Column(_("Municipality")), Column(_("Kind")), Column(_("Areas"))),
        rows=rows,
        empty=EmptyState(_("None"), _("Nobody lies in two areas of one kind.")),
        key="doppi",
        dense=True,
    )
