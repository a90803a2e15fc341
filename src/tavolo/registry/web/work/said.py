"""How a line of the register says a fact: what it is, for what time, on whose word."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from tavolo.kernel.dates import PartialDate
from tavolo.registry.choices import (
    Capacity,
    Channel,
    IdentifierScheme,
    LegalForm,
    NameKind,
    OrganisationKind,
    SeatKind,
    SuccessionManner,
)
from tavolo.registry.models import (
    Contact,
    Delegation,
    Identifier,
    OfficeHolding,
    OrganisationName,
    OrganisationSuccession,
    Representation,
    Seat,
    ServedTerritory,
    Standing,
)
from tavolo.registry.queries.in_office import words_of
from tavolo.registry.titles import matter_words
from tavolo.ui.words import day_words, partial_words, since_words, until_words

BETWEEN = " · "


@dataclass(frozen=True)
class Said:
    words: str
    note: str = ""


def said(fact: Any) -> Said:
    """A fact in words."""
    return _SAYS[type(fact)](fact)


def period_words(row: Any) -> str:
    """For what time it holds, as far as it is known: "dal 2006", "fino a giugno 2015"."""
    told = [_began(row), _ended(row)]
    return ", ".join(part for part in told if part) or _("not known since when")


def source_words(fact: Any) -> str:
    """The act and where it is written."""
    told = [getattr(fact, "act", ""), fact.source]
    return BETWEEN.join(part for part in told if part) or _("not stated")


def has_ended(row: Any, today: date) -> bool:
    return row.valid_until is not None and row.valid_until <= today


def _began(row: Any) -> str:
    began: PartialDate | None = getattr(row, "began", None)
    if began is None:
        return since_words(row.valid_from) if row.valid_from else ""
    if began.bound:
        return partial_words(began)
    if began.year is None:
        return _("since %(date)s") % {"date": partial_words(began)}
    return since_words(began)


def _ended(row: Any) -> str:
    ended: PartialDate | None = getattr(row, "ended", None)
    if ended is None or (ended.day and not ended.bound):
        return until_words(row.valid_until) if row.valid_until else ""
    if ended.bound:
        return partial_words(ended)
    if ended.month:
        return _("until the month of %(date)s") % {"date": partial_words(ended)}
    return _("until %(date)s") % {"date": partial_words(ended)}


def recorded_words(row: Any) -> str:
    """When it came to be known, and until when it was held to be so."""
    known = _("known since %(day)s") % {"day": day_words(row.recorded_at.date(), weekday=False)}
    if row.superseded_at is None:
        return known
    until = day_words(row.superseded_at.date(), weekday=False)
    return _("%(known)s, until %(day)s") % {"known": known, "day": until}


def _name(fact: OrganisationName) -> Said:
    return Said(fact.name, str(NameKind(fact.kind).label))


def _standing(fact: Standing) -> Said:
    administration = {
        True: _("public administration"),
        False: _("not a public administration"),
        None: "",
    }[fact.is_administration]
    form = str(LegalForm(fact.legal_form).label) if fact.legal_form else ""
    note = BETWEEN.join(part for part in (form, administration) if part)
    return Said(str(OrganisationKind(fact.kind).label), note)


def _seat(fact: Seat) -> Said:
    place = " ".join(part for part in (fact.postal_code, _town(fact.municipality)) if part)
    words = ", ".join(part for part in (fact.address, place) if part)
    return Said(words, _with_public(str(SeatKind(fact.kind).label), fact))


def _identifier(fact: Identifier) -> Said:
    return Said(fact.value, str(IdentifierScheme(fact.scheme).label))


def _contact(fact: Contact) -> Said:
    unit = fact.unit.name if fact.unit else ""
    kind = [str(Channel(fact.channel).label), fact.label, unit]
    return Said(fact.value, _with_public(BETWEEN.join(part for part in kind if part), fact))


def _served(fact: ServedTerritory) -> Said:
    return Said(fact.area.title if fact.area else _town(fact.municipality))


def _succession(fact: OrganisationSuccession) -> Said:
    return Said(fact.successor.name, str(SuccessionManner(fact.manner).label))


def _office(fact: OfficeHolding) -> Said:
    unit = fact.unit.name if fact.unit else ""
    words = BETWEEN.join(part for part in (words_of(fact), unit) if part)
    return Said(called(fact.person), _with_public(words, fact))


def _delegation(fact: Delegation) -> Said:
    unit = fact.unit.name if fact.unit else ""
    words = BETWEEN.join(part for part in (matter_words(fact.theme, fact.words), unit) if part)
    return Said(called(fact.person), words)


def _representation(fact: Representation) -> Said:
    network = fact.network.name if fact.network else ""
    unit = fact.unit.name if fact.unit else ""
    words = [str(Capacity(fact.capacity).label), network, fact.matter, unit]
    return Said(called(fact.person), BETWEEN.join(part for part in words if part))


def called(person: Any) -> str:
    """Her name; until she has given one, that she has not."""
    return person.name or _("name not given yet")


def _town(municipality: Any) -> str:
    return f"{municipality.name} ({municipality.province.short})" if municipality else ""


def _with_public(words: str, fact: Any) -> str:
    return words if fact.public else f"{words}{BETWEEN}{_('not public')}"


_SAYS: Mapping[type[Model], Callable[[Any], Said]] = {
    OrganisationName: _name,
    Standing: _standing,
    Seat: _seat,
    Identifier: _identifier,
    Contact: _contact,
    ServedTerritory: _served,
    OrganisationSuccession: _succession,
    OfficeHolding: _office,
    Delegation: _delegation,
    Representation: _representation,
}
