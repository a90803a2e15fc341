"""What a fact must be before it is written: its words, and what may not hold at the same time."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db.models import CharField

from tavolo.kernel import clock
from tavolo.kernel.dated import Dated, Recorded
from tavolo.kernel.errors import Refusal
from tavolo.kernel.text import search_key
from tavolo.registry.choices import Channel, IdentifierScheme, NameKind
from tavolo.registry.errors import (
    AlreadyThere,
    AnotherNameHolds,
    AnotherNumberHolds,
    AnotherStandingHolds,
    ContactWrong,
    IdentifierTaken,
    IdentifierWrong,
    MunicipalityNotThen,
    NameMissing,
    PlaceMissing,
    PostalCodeWrong,
    SuccessionGoesRound,
    SuccessorIsItself,
    TaxCodeTaken,
    TaxCodeWrong,
    UnitOfAnother,
    UnknownKind,
    UnknownWord,
)
from tavolo.registry.identifiers import cleaned_number, is_number
from tavolo.registry.models import (
    Contact,
    Identifier,
    OrganisationName,
    OrganisationSuccession,
    OrganisationUnit,
    Seat,
    ServedTerritory,
    Standing,
)
from tavolo.territory.models import Municipality

R = TypeVar("R", bound=Recorded)

# An organisation has one of each at a time; it may be in several registers of the others.
ONE_AT_A_TIME = frozenset({IdentifierScheme.TAX_CODE, IdentifierScheme.IPA, IdentifierScheme.RUNTS})
DIGITS = frozenset("0123456789")
POSTAL_DIGITS = 5


def checked(fact: Recorded) -> None:
    """Clean the words of a fact that is to be written, and refuse what cannot stand.

    Words of closed lists are looked up for every model, then `CHECKS` has what each refuses.
    """
    _clean_words(fact)
    _refuse_unknown_words(fact)
    _refuse_unit_of_another(fact)
    check = CHECKS.get(type(fact))
    if check is not None:
        check(fact)


def beside(fact: R) -> list[R]:
    """The facts of the same kind that are held of the organisation, without this one."""
    rows = type(fact)._base_manager.filter(superseded_at__isnull=True)
    rows = rows.filter(organisation=fact.organisation)  # type: ignore[attr-defined]
    return list(rows.exclude(uid=fact.uid))


def refuse_at_once(fact: Recorded, others: Iterable[Recorded], refusal: type[Refusal]) -> None:
    """Refuse where one of the others surely holds on some day on which this one holds.

    Dates known in part may be what makes them meet: one that ended in 2016 and one that began in
    2016 follow each other.
    """
    if any(surely_meet(fact, other) for other in others):
        raise refusal


def surely_meet(one: Recorded, other: Recorded) -> bool:
    """Whether both hold on some day, whatever their dates known in part mean."""
    return (
        one.period.overlaps(other.period)
        and not _may_precede(one, other)
        and not _may_precede(other, one)
    )


def _may_precede(one: Recorded, other: Recorded) -> bool:
    """Whether one may have ended before the other began."""
    if one.valid_until is None:
        return False
    ended = getattr(one, "ended", None)
    earliest_end = (ended.first_day() if ended else one.last_day) or one.valid_from or date.min
    return earliest_end < _latest_begin(other)


def _latest_begin(row: Recorded) -> date:
    began = getattr(row, "began", None)
    if began is None:
        return row.valid_from or row.last_day or date.max
    return replace(began, bound="").last_day() or row.last_day or date.max


def check_name(name: OrganisationName) -> None:
    """Refuses with NameMissing and AnotherNameHolds; short names and acronyms may be several."""
    if not search_key(name.name):
        raise NameMissing
    others = [other for other in beside(name) if other.kind == name.kind]
    if name.kind != NameKind.SHORT:
        refuse_at_once(name, others, AnotherNameHolds)
    _refuse_twice(name, others, "name")


def check_standing(standing: Standing) -> None:
    """Refuses with AnotherStandingHolds: it is one thing at a time."""
    refuse_at_once(standing, beside(standing), AnotherStandingHolds)


def check_seat(seat: Seat) -> None:
    """Refuses with PlaceMissing, PostalCodeWrong, MunicipalityNotThen, AlreadyThere."""
    if seat.municipality is None and not seat.address:
        raise PlaceMissing
    code = seat.postal_code
    if code and not (code.isascii() and code.isdigit() and len(code) == POSTAL_DIGITS):
        raise PostalCodeWrong
    refuse_municipality_not_then(seat.municipality, seat)
    _refuse_twice(seat, beside(seat), "kind", "municipality_id", "address")


def check_identifier(identifier: Identifier) -> None:
    """Refuses with TaxCodeWrong or IdentifierWrong, AnotherNumberHolds, AlreadyThere.

    Where another organisation bears the number in that time: TaxCodeTaken or IdentifierTaken.
    """
    scheme = IdentifierScheme(identifier.scheme)
    identifier.value = cleaned_number(scheme, identifier.value)
    if not is_number(scheme, identifier.value):
        raise TaxCodeWrong if scheme == IdentifierScheme.TAX_CODE else IdentifierWrong
    others = [other for other in beside(identifier) if other.scheme == scheme]
    _refuse_twice(identifier, others, "value")
    if scheme in ONE_AT_A_TIME:
        refuse_at_once(identifier, others, AnotherNumberHolds)
    refuse_taken(identifier)


def refuse_taken(identifier: Identifier) -> None:
    """Refuse a number that another organisation bears in that time; whoever was merged bears none."""
    rows = Identifier.objects.known().select_related("organisation")
    rows = rows.filter(scheme=identifier.scheme, value=identifier.value)
    rows = rows.filter(organisation__merged_into__isnull=True)
    for other in rows.exclude(organisation=identifier.organisation):
        if surely_meet(identifier, other):
            tax = identifier.scheme == IdentifierScheme.TAX_CODE
            raise (TaxCodeTaken if tax else IdentifierTaken)(other.organisation)


def check_contact(contact: Contact) -> None:
    """Refuses with ContactWrong and AlreadyThere."""
    try:
        _REACHED_BY[Channel(contact.channel)](contact.value)
    except ValidationError as fault:
        raise ContactWrong from fault
    _refuse_twice(contact, beside(contact), "unit_id", "channel", "value")


def check_served(served: ServedTerritory) -> None:
    """Refuses with PlaceMissing, where it is no place or two, MunicipalityNotThen, AlreadyThere."""
    if (served.municipality is None) == (served.area is None):
        raise PlaceMissing
    refuse_municipality_not_then(served.municipality, served)
    _refuse_twice(served, beside(served), "municipality_id", "area_id")


def check_succession(succession: OrganisationSuccession) -> None:
    """Refuses with SuccessorIsItself, AlreadyThere, and SuccessionGoesRound: nobody succeeds to a successor."""
    if succession.successor == succession.organisation:
        raise SuccessorIsItself
    _refuse_twice(succession, beside(succession), "successor_id")
    later, reached = {succession.successor_id}, set[int]()
    while later:
        if succession.organisation_id in later:
            raise SuccessionGoesRound
        reached |= later
        held = OrganisationSuccession.objects.known().exclude(uid=succession.uid)
        next_ones = held.filter(organisation__in=later).values_list("successor", flat=True)
        later = set(next_ones) - reached


def refuse_municipality_not_then(municipality: Municipality | None, fact: Dated) -> None:
    """Refuse a municipality that there was not on the first day, or the last, of which is known."""
    day = fact.valid_from or fact.last_day or clock.today()
    if municipality is not None and day not in municipality.period:
        raise MunicipalityNotThen


# What each model refuses; rooms' files beside this one add theirs.
CHECKS: dict[type[Recorded], Callable[[Any], None]] = {
    OrganisationName: check_name,
    Standing: check_standing,
    Seat: check_seat,
    Identifier: check_identifier,
    Contact: check_contact,
    ServedTerritory: check_served,
    OrganisationSuccession: check_succession,
}


def _clean_words(fact: Recorded) -> None:
    for field in fact._meta.concrete_fields:
        value = getattr(fact, field.attname)
        if isinstance(field, CharField) and isinstance(value, str):
            setattr(fact, field.attname, " ".join(value.split()))


def _refuse_unknown_words(fact: Recorded) -> None:
    for field in fact._meta.concrete_fields:
        value = getattr(fact, field.attname)
        if not field.choices or (field.blank and value in ("", None)):
            continue
        if value not in {key for key, _label in field.flatchoices}:
            raise (
                UnknownKind if isinstance(fact, Standing) and field.name == "kind" else UnknownWord
            )


def _refuse_unit_of_another(fact: Recorded) -> None:
    unit: OrganisationUnit | None = getattr(fact, "unit", None)
    if unit is not None and unit.organisation_id != fact.organisation_id:  # type: ignore[attr-defined]
        raise UnitOfAnother


def _refuse_twice(fact: R, others: Iterable[R], *names: str) -> None:
    same = [other for other in others if all(_same(fact, other, name) for name in names)]
    refuse_at_once(fact, same, AlreadyThere)


def _same(one: Recorded, other: Recorded, name: str) -> bool:
    mine, theirs = getattr(one, name), getattr(other, name)
    if isinstance(mine, str) and isinstance(theirs, str):
        return search_key(mine) == search_key(theirs)
    return bool(mine == theirs)


def _check_phone(value: str) -> None:
    if not set(value) & DIGITS or set(value) - DIGITS - set(" +-/()."):
        raise ValidationError("phone")


_REACHED_BY: dict[Channel, Callable[[str], None]] = {
    Channel.EMAIL: validate_email,
    Channel.CERTIFIED_EMAIL: validate_email,
    Channel.WEBSITE: URLValidator(schemes=("http", "https")),
    Channel.PHONE: _check_phone,
}
