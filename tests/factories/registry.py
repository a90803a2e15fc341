"""Networks with who runs them, organisations and who acts for them, made by the room's own actions."""

from itertools import count

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, Actor, actor_of
from tavolo.kernel.models import Network
from tavolo.people.actions import accept_invitation
from tavolo.people.models import Account, Person
from tavolo.registry.actions import (
    add_organisation,
    admit_organisation,
    affiliate,
    found_network,
)
from tavolo.registry.models import Organisation, OrganisationName, Participation, Standing
from tests.factories.people import PASSWORD

_numbers = count(1)


def a_founded_network(slug: str = "valle", name: str = "Rete della valle") -> Network:
    network, _invitation, _token = found_network(
        slug=slug, name=name, secretary_email=f"segreteria@{slug}.example", by=OPERATOR
    )
    return network


def a_network_with_secretary(slug: str = "valle") -> tuple[Network, Account]:
    network, _invitation, token = found_network(
        slug=slug,
        name=f"Rete {slug}",
        secretary_email=f"segreteria@{slug}.example",
        by=OPERATOR,
    )
    account = accept_invitation(
        token=token, given_name="Chiara", family_name="Neri", password=PASSWORD
    )
    return network, account


def an_organisation(
    steward: Network, name: str = "", kind: str = "association", **values: object
) -> Organisation:
    return add_organisation(
        steward=steward,
        name=name or f"Organizzazione {next(_numbers):04}",
        kind=kind,
        by=OPERATOR,
        **values,  # type: ignore[arg-type]
    )


def a_participant(network: Network, name: str = "", **values: object) -> Organisation:
    """An organisation that the network stewards and that takes part in it from today."""
    organisation = an_organisation(network, name, **values)  # type: ignore[arg-type]
    admit_organisation(network=network, organisation=organisation, since=clock.today(), by=OPERATOR)
    return organisation


def acting_for(organisation: Organisation, person: Person) -> None:
    affiliate(person=person, organisation=organisation, function="delegata", by=OPERATOR)


def acting(person: Person) -> Actor:
    """The actor that a request of this person has today."""
    return actor_of(person.uid, on=clock.today())


def many_participants(network: Network, number: int, *, kind: str = "association") -> None:
    """As many rows as a list should bear, written at once: what is asked is how they are read."""
    start = next(_numbers) * 1000
    rows = [
        Organisation(
            steward=network,
            code=f"molte-{start + i}",
            name=f"Molte {start + i}",
            kind=kind,
            created_at=clock.now(),
        )
        for i in range(number)
    ]
    for row in rows:
        row.fold()
    Organisation.objects.bulk_create(rows)
    names = [
        OrganisationName(organisation=row, kind="public", name=row.name, recorded_at=clock.now())
        for row in rows
    ]
    for name in names:
        name.fold()
    OrganisationName.objects.bulk_create(names)
    Standing.objects.bulk_create(
        Standing(organisation=row, kind=kind, recorded_at=clock.now()) for row in rows
    )
    Participation.objects.bulk_create(
        Participation(
            network=network, organisation=row, role="participant", valid_from=clock.today()
        )
        for row in rows
    )
