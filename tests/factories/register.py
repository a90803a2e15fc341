"""A register as a region has it: thousands of organisations with units and offices, the same each time."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from random import Random

from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.kernel.text import minted_code
from tavolo.people.models import Person
from tavolo.registry.choices import (
    GrammaticalForm,
    NameKind,
    OfficeTitle,
    OrganisationKind,
    UnitKind,
)
from tavolo.registry.models import (
    OfficeHolding,
    Organisation,
    OrganisationName,
    OrganisationUnit,
)
from tavolo.territory.models import Municipality

KINDS: Sequence[tuple[str, OrganisationKind, Sequence[str]]] = (
    ("Comune di {town}", OrganisationKind.MUNICIPALITY, ()),
    ("Auser {town}", OrganisationKind.ASSOCIATION, ("Auser volontariato {town}",)),
    ("Pro Loco {town}", OrganisationKind.ASSOCIATION, ()),
    ("Associazione Donne insieme {town}", OrganisationKind.ASSOCIATION, ()),
    ("Centro antiviolenza {name} di {town}", OrganisationKind.ASSOCIATION, ("CAV {name}",)),
    ("Croce Rossa Italiana - Comitato di {town}", OrganisationKind.ASSOCIATION, ()),
    ("Cooperativa sociale {name}", OrganisationKind.SOCIAL_COOPERATIVE, ("Coop. {name} onlus",)),
    ("Istituto comprensivo n° {number} di {town}", OrganisationKind.SCHOOL, ()),
    ("Caritas di {town}", OrganisationKind.ASSOCIATION, ()),
    ("CGIL {town}", OrganisationKind.TRADE_UNION, ()),
    ("Fondazione {name}", OrganisationKind.FOUNDATION, ()),
    ("Azienda speciale servizi alla persona di {town}", OrganisationKind.OTHER, ()),
)
NAMES = (
    "Aurora", "Ginestra", "Mimosa", "Arcobaleno", "Girasole", "La Rondine", "Il Melograno",
    "Demetra", "Artemisia", "Nuova Vita", "Il Ponte", "La Quercia", "Penelope", "Futura",
)  # fmt: skip
GIVEN = ("Anna", "Chiara", "Elena", "Giulia", "Marta", "Paola", "Luca", "Marco", "Sara", "Teresa")
FAMILY = ("Bianchi", "Conti", "Ferri", "Galli", "Landi", "Moretti", "Neri", "Riva", "Sala", "Villa")
UNITS = (
    ("Polizia Locale", UnitKind.CORPS),
    ("Comitato unico di garanzia", UnitKind.ORGAN),
    ("Servizi sociali", UnitKind.OFFICE),
)
BATCH = 500
# Prime, so that organisations lie all over the country.
STRIDE = 3001


def a_register(network: Network, number: int, *, seed: int = 1) -> None:
    """As many organisations; municipalities have units and a mayor. Written in bulk: what is asked is how
    they are found."""
    random, towns = (
        Random(seed),
        list(Municipality.objects.filter(valid_until=None).order_by("istat_code")),
    )
    taken = {*_codes(Organisation), *_codes(OrganisationUnit)}
    made = _organisations(network, number, random, towns, taken)
    while batch := list(islice(made, BATCH)):
        Organisation.objects.bulk_create([row for row, _before in batch])
        names = [name for row, before in batch for name in _names(row, before)]
        OrganisationName.objects.bulk_create(names)
        _people([row for row, _b in batch if row.kind == "municipality"], random, taken)


def _codes(model: type[Organisation] | type[OrganisationUnit]) -> set[str]:
    return set(model.objects.values_list("code", flat=True))


def _organisations(
    network: Network, number: int, random: Random, towns: Sequence[Municipality], taken: set[str]
) -> Iterator[tuple[Organisation, Sequence[str]]]:
    for place in range(number):
        town = towns[place * STRIDE % len(towns)]
        pattern, kind, before = KINDS[place % len(KINDS)]
        told = {"town": town.name, "name": f"{random.choice(NAMES)} {place}", "number": place % 9}
        row = Organisation(
            steward=network,
            name=pattern.format(**told),
            kind=kind,
            municipality=town,
            created_at=clock.now(),
        )
        row.fold()
        row.code = minted_code(f"{row.name} {place}", taken)
        taken.add(row.code)
        yield row, [name.format(**told) for name in before]


def _names(row: Organisation, before: Sequence[str]) -> Iterator[OrganisationName]:
    ended = date(2015, 1, 1)
    for name, period in [(row.name, (None, None)), *((name, (None, ended)) for name in before)]:
        fact = OrganisationName(
            organisation=row,
            name=name,
            kind=NameKind.PUBLIC,
            valid_from=period[0],
            valid_until=period[1],
            recorded_at=clock.now(),
        )
        fact.fold()
        yield fact


def _people(rows: Sequence[Organisation], random: Random, taken: set[str]) -> None:
    units, persons, offices = [], [], []
    for row in rows:
        for name, kind in UNITS:
            unit = OrganisationUnit(organisation=row, name=name, kind=kind, created_at=clock.now())
            unit.fold()
            unit.code = minted_code(f"{name} {row.code}", taken)
            taken.add(unit.code)
            units.append(unit)
        person = Person(given_name=random.choice(GIVEN), family_name=random.choice(FAMILY))
        person.fold()
        persons.append(person)
        offices.append(
            OfficeHolding(
                organisation=row,
                person=person,
                title=OfficeTitle.MAYOR,
                form=GrammaticalForm.FEMININE,
                valid_from=clock.today() - timedelta(days=400),
                recorded_at=clock.now(),
            )
        )
    OrganisationUnit.objects.bulk_create(units)
    Person.objects.bulk_create(persons)
    OfficeHolding.objects.bulk_create(offices)
