"""Where it sits and how it is reached, its units and services, the territory that it serves."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tavolo.registry.choices import Channel, SeatKind, UnitKind
from tavolo.registry.models import Contact, OrganisationUnit, Seat, ServedTerritory
from tavolo.registry.web.page.parts import Context, Page, capital, period_words
from tavolo.registry.web.page.voices import Voice, in_office_of_unit

SEATS = list(SeatKind)
CHANNELS = list(Channel)


@dataclass(frozen=True)
class Detail:
    """A term with its value, perhaps a link, and a note in small."""

    label: str
    value: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Unit:
    """A part of the organisation under an anchor of its own."""

    code: str
    name: str
    notes: tuple[str, ...]
    details: tuple[Detail, ...]
    in_office: tuple[Voice, ...]


def places(page: Page) -> Context:
    """What the sections show."""
    whole = [row for row in page.as_of.contacts if row.unit_id is None]
    return {
        "seats": [_seat(row, page) for row in _in_order(page.as_of.seats)],
        "contacts": [contact_detail(row) for row in by_channel(whole)],
        "units": [_unit(row, page) for row in page.as_of.units],
        "served": [_served(row, page) for row in page.as_of.served],
    }


def by_channel(rows: Iterable[Contact]) -> list[Contact]:
    return sorted(rows, key=lambda row: (CHANNELS.index(Channel(row.channel)), row.label, row.pk))


def contact_detail(row: Contact) -> Detail:
    """A contact as a link; where it is not public, its keeper is told so."""
    notes = [row.label, "" if row.public else _("not public")]
    label = str(Channel(row.channel).label)
    return Detail(label, row.value, _href(row), ", ".join(note for note in notes if note))


def _href(row: Contact) -> str:
    if row.channel == Channel.WEBSITE:
        return row.value if row.value.startswith(("http://", "https://")) else ""
    if row.channel == Channel.PHONE:
        return f"tel:{''.join(row.value.split())}"
    return f"mailto:{row.value}"


def _in_order(rows: Iterable[Seat]) -> list[Seat]:
    return sorted(rows, key=lambda row: (SEATS.index(SeatKind(row.kind)), row.pk))


def _seat(row: Seat, page: Page) -> Detail:
    town = row.municipality
    place = " ".join(part for part in (row.postal_code, _town(row) if town else "") if part)
    value = ", ".join(part for part in (row.address, place) if part)
    said = period_words(row.began, row.ended)
    notes = [said, "" if row.public else _("not public")]
    return Detail(
        capital(str(SeatKind(row.kind).label)),
        value or pgettext("seat", "not entered"),
        page.to.municipality(town.istat_code) if town else "",
        ", ".join(note for note in notes if note),
    )


def _town(row: Seat) -> str:
    town = row.municipality
    if town is None:
        return ""
    short = town.province.short
    return f"{town.name} ({short})" if short else town.name


def _unit(row: OrganisationUnit, page: Page) -> Unit:
    mine = [each for each in page.as_of.contacts if each.unit_id == row.pk]
    notes = [str(UnitKind(row.kind).label)]
    if row.parent is not None:
        notes.append(_("part of %(name)s") % {"name": row.parent.name})
    if said := period_words(row.began, row.ended):
        notes.append(said)
    return Unit(
        row.code,
        row.name,
        tuple(notes),
        tuple(contact_detail(each) for each in by_channel(mine)),
        tuple(in_office_of_unit(page, row.pk)),
    )


def _served(row: ServedTerritory, page: Page) -> Detail:
    said = period_words(row.began, row.ended)
    if row.area is not None:
        return Detail("", row.area.title, page.to.area(row.area.kind, row.area.code), said)
    town = row.municipality
    return Detail(
        "", town.name if town else "", page.to.municipality(town.istat_code) if town else "", said
    )
