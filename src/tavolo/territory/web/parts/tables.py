"""The tables of the pages: neighbours, memberships, parts of a municipality, overlapping areas."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from tavolo.kernel.dated import Period
from tavolo.territory.models import SubMunicipalUnit
from tavolo.territory.plugs import AreaKind, area_kinds
from tavolo.territory.queries import Belonging, Drawn
from tavolo.territory.queries.sharing import Sharing
from tavolo.territory.web.addresses import Addresses
from tavolo.ui import words
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table
from tavolo.ui.words import Missing

LIST = "elenco"


def neighbours_table(neighbours: Sequence[Drawn], to: Addresses) -> Table:
    """The municipalities around, as the map shows them."""
    return Table(
        caption=_("The municipalities around it"),
        columns=(Column(_("Municipality")), Column(_("Residents"), numeric=True)),
        rows=tuple(Row.of(Cell(item.name, to.of(item)), item.residents) for item in neighbours),
        empty=EmptyState(
            _("No municipality around it"), _("It lies by itself, or its boundary is not known.")
        ),
        key=LIST,
        dense=True,
        narrow="keep",
    )


def belongings_table(belongings: Sequence[Belonging], to: Addresses) -> Table:
    """The areas of a day by kind; a kind that must cover and has none is not determinable."""
    rows = [_belonging(each, to) for each in belongings]
    known = {each.kind for each in belongings}
    rows += [_uncovered(kind) for kind in area_kinds if kind.covers and kind.key not in known]
    return Table(
        caption=_("What it belongs to"),
        columns=(Column(_("Area")), Column(_("Kind")), Column(_("Period"))),
        rows=tuple(rows),
        empty=EmptyState(
            _("No area"), _("On this day the municipality belongs to none of the known areas.")
        ),
        key="appartenenze",
        dense=True,
        caption_hidden=True,
    )


def _belonging(each: Belonging, to: Addresses) -> Row:
    part = [_("with its part %(unit)s") % {"unit": each.unit}] if each.unit else []
    mark = [_("invented for the demonstration")] if each.demonstration else []
    return Row.of(
        Cell(each.title, to.area(each.kind, each.code), note="; ".join(part + mark)),
        area_kinds.get(each.kind).label,
        period_words(each.period),
    )


def _uncovered(kind: AreaKind) -> Row:
    return Row.of(Missing.UNKNOWN, kind.label, _("the data do not say"))


def period_words(period: Period) -> str:
    start = (
        words.since_words(period.valid_from)
        if period.valid_from
        else _("since before the data begin")
    )
    return f"{start}, {words.until_words(period.valid_until)}" if period.valid_until else start


def units_table(units: Iterable[SubMunicipalUnit]) -> Table | None:
    """The parts of a municipality; None where it has none that are known."""
    units = list(units)
    if not units:
        return None
    return Table(
        caption=_("Its parts"),
        columns=(
            Column(_("Name")),
            Column(_("What it is")),
            Column(_("Code")),
            Column(_("Period")),
        ),
        rows=tuple(
            Row.of(unit.name, unit.term, unit.code, period_words(unit.period)) for unit in units
        ),
        empty=EmptyState(_("No parts"), _("It is not divided.")),
        key="parti-del-comune",
        dense=True,
        caption_hidden=True,
    )


def sharing_table(found: tuple[str, str], shared: Sequence[Sharing], to: Addresses) -> Table:
    """Areas of other kinds that have municipalities in common with the area `found`."""
    return Table(
        caption=_("Areas that overlap with it"),
        columns=(
            Column(_("Area")),
            Column(_("Kind")),
            Column(_("Municipalities in common"), numeric=True),
            Column(_("Boundaries")),
        ),
        rows=tuple(_sharing(found, each, to) for each in shared),
        empty=EmptyState(
            _("No other area"), _("On this day no area of another kind has municipalities in it.")
        ),
        key="sovrapposte",
        dense=True,
        caption_hidden=True,
        narrow="brief",
    )


def _sharing(found: tuple[str, str], each: Sharing, to: Addresses) -> Row:
    both = {"shared": words.number(each.shared), "all": words.number(each.municipalities)}
    compared = _("the same") if each.coincides else _("compare")
    return Row.of(
        Cell(each.title, to.area(each.kind, each.code)),
        area_kinds.get(each.kind).label,
        _("%(shared)s of its %(all)s") % both,
        Cell(compared, to.comparison(found[0], each.kind, found)),
    )
