"""Districts in words: what is missing, what overlaps, what a change was."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tavolo.desk.web.areas.places import Here
from tavolo.kernel.models import Network
from tavolo.territory.models import Area
from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries import AreaThere, Partition, Place
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table
from tavolo.ui.words import Missing, number

NAMED = 12  # of more municipalities the first are named


def territory(municipalities: int) -> str:
    return ngettext(
        "%(number)s municipality in the territory",
        "%(number)s municipalities in the territory",
        municipalities,
    ) % {"number": number(municipalities)}


def names(places: Sequence[Place]) -> str:
    """Names in a row; of many the first, and how many more."""
    said = [called(place) for place in places[:NAMED]]
    if len(places) > NAMED:
        more = len(places) - NAMED
        said.append(ngettext("%(number)s more", "%(number)s more", more) % {"number": number(more)})
    return ", ".join(said)


def called(place: Place) -> str:
    return f"{place.unit} ({place.name})" if place.unit else place.name


def faults(partition: Partition) -> Iterator[str]:
    """What is wrong with the areas of a kind, or that nothing is."""
    kind = area_kinds.get(partition.kind)
    for overlap in partition.overlaps:
        yield _("%(place)s lies in %(areas)s at once.") % {
            "place": called(overlap.place),
            "areas": ", ".join(f"«{area.title}»" for area in overlap.areas),
        }
    if not partition.areas:
        yield _("On this day nobody in the territory belongs to an area of this kind.")
    elif partition.gaps and (partition.must_cover or kind.partitions):
        yield _gaps(partition)
    elif kind.partitions and not partition.overlaps:
        yield _("Every municipality of the territory lies in exactly one.")


def _gaps(partition: Partition) -> str:
    said = {"number": number(len(partition.gaps)), "names": names(partition.gaps)}
    if partition.must_cover:
        return (
            ngettext(
                "%(number)s municipality lies in none, and should: %(names)s.",
                "%(number)s municipalities lie in none, and should: %(names)s.",
                len(partition.gaps),
            )
            % said
        )
    return (
        ngettext(
            "%(number)s municipality lies in none: %(names)s.",
            "%(number)s municipalities lie in none: %(names)s.",
            len(partition.gaps),
        )
        % said
    )


def areas_table(network: Network, partition: Partition, resting: Sequence[Area]) -> Table:
    """The areas of a kind with a link to the page of each; those without members come last."""
    kind = area_kinds.get(partition.kind)
    return Table(
        caption=str(kind.plural),
        columns=(
            Column(_("Area")),
            Column(_("Municipalities"), numeric=True),
            Column(_("Residents"), numeric=True),
            Column(_("Source")),
        ),
        rows=(
            *(_row(network, area) for area in partition.areas),
            *(_resting(network, area) for area in resting),
        ),
        empty=EmptyState(_("No area yet"), _("Enter the first, or import a list.")),
        key=kind.slug,
        dense=True,
        caption_hidden=True,
    )


def _row(network: Network, area: AreaThere) -> Row:
    beyond = _("and %(number)s beyond the territory") % {"number": number(area.beyond)}
    return Row(
        (
            Cell(area.title, _href(network, area)),
            Cell(area.residents.municipalities, note=beyond if area.beyond else ""),
            Cell(
                Missing.UNKNOWN if area.residents.total is None else area.residents.total,
                note="" if area.residents.is_whole else _("not all are known"),
            ),
            Cell(Badge("draft", _("demonstration")) if area.demonstration else _("as entered")),
        )
    )


def _resting(network: Network, area: Area) -> Row:
    return Row(
        (
            Cell(area.title, Here(network, area).href()),
            Cell(0),
            Cell(Missing.NOT_FORESEEN),
            Cell(Badge("off", _("without municipalities"))),
        )
    )


def _href(network: Network, area: AreaThere) -> str:
    return Here(network, Area(kind=area.kind, code=area.code)).href()
