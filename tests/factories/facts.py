"""What is known of organisations, made by the room's own action; and by the hundred, written at once."""

from typing import Any, TypeVar

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.registry.actions import enter_fact
from tavolo.registry.models import (
    Contact,
    Delegation,
    Identifier,
    OfficeHolding,
    Organisation,
    OrganisationFact,
    OrganisationName,
    OrganisationSuccession,
    OrganisationUnit,
    Participation,
    Representation,
    Seat,
    ServedTerritory,
)
from tavolo.territory.models import Municipality
from tests.factories.people import a_person
from tests.factories.registry import a_founded_network

F = TypeVar("F", bound=OrganisationFact)

# Words that stand in nothing that is public.
HIDDEN_STREET, HIDDEN_MAIL, HIDDEN_NAME = "via Nascosta 7", "segreta@casa.example", "Celata"
HIDDEN = (HIDDEN_STREET, HIDDEN_MAIL, HIDDEN_NAME)


def a_fact(
    model: type[F], organisation: Organisation, *, since: str = "", until: str = "", **values: Any
) -> F:
    """A fact with its days as a source states them."""
    began = PartialDate.parse(since) if since else None
    ended = PartialDate.parse(until) if until else None
    row = model(organisation=organisation, began=began, ended=ended, **values)
    return enter_fact(fact=row, by=OPERATOR)


def hidden_things(organisation: Organisation) -> None:
    """Everything of an association that is not for the public: a seat, a contact, who acts for it."""
    person = a_person(HIDDEN_NAME, "Persona")
    a_fact(Seat, organisation, kind="operating", address=HIDDEN_STREET, public=False)
    a_fact(Contact, organisation, channel="email", value=HIDDEN_MAIL, public=False)
    for row in (
        OfficeHolding(title="president", form="feminine", public=False),
        Delegation(theme="culture"),
        Representation(capacity="delegate"),
        Representation(capacity="contact_person"),
        Representation(capacity="substitute", matter="la cultura"),
    ):
        row.organisation, row.person = organisation, person
        enter_fact(fact=row, by=OPERATOR)


def many_facts(organisation: Organisation, number: int, town: Municipality) -> None:
    """So many rows in every table that the page of an organisation reads, written at once."""
    mine = {"organisation": organisation, "recorded_at": clock.now()}
    names = [OrganisationName(kind="short", name=f"Sigla {n}", **mine) for n in range(number)]
    person = a_person("Ada", "Neri")
    units = [
        OrganisationUnit(
            organisation=organisation,
            kind="office",
            name=f"Ufficio {n}",
            code=f"ufficio-{organisation.pk}-{n}",
            created_at=clock.now(),
        )
        for n in range(number)
    ]
    for row in (*names, *units):
        row.fold()
    OrganisationName.objects.bulk_create(names)
    OrganisationUnit.objects.bulk_create(units)
    network = a_founded_network(f"rete-{number}", f"Rete {number}")
    for n in range(number):
        Participation.objects.create(
            network=network, organisation=organisation, role="participant",
            valid_from=clock.today().replace(year=1000 + n),
            valid_until=clock.today().replace(year=1001 + n),
        )  # fmt: skip
    for model, values in (
        (Seat, {"kind": "operating", "municipality": town, "address": "via di prova"}),
        (Identifier, {"scheme": "runts", "value": "1"}),
        (Contact, {"channel": "phone", "value": "055 1"}),
        (ServedTerritory, {"municipality": town}),
        (OfficeHolding, {"person": person, "title": "assessor", "form": "feminine"}),
        (Delegation, {"person": person, "theme": "culture"}),
        (Representation, {"person": person, "capacity": "legal_representative"}),
    ):
        model._default_manager.bulk_create(model(**mine, **values) for _n in range(number))
    kin = [
        Organisation(
            steward=organisation.steward, name=f"Prima {n}", kind="association",
            code=f"prima-{organisation.pk}-{n}", created_at=clock.now(),
        )
        for n in range(number)
    ]  # fmt: skip
    for row in kin:
        row.fold()
    Organisation.objects.bulk_create(kin)
    OrganisationSuccession.objects.bulk_create(
        OrganisationSuccession(
            organisation=row, successor=organisation, manner="merger", recorded_at=clock.now()
        )
        for row in kin
    )
