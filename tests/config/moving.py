"""A small network with something of each kind in it, a second one beside, and what must not leave."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from tavolo.documents.models import Document, Version
from tavolo.journal.actions import erase_values, record
from tavolo.journal.models import Entry
from tavolo.kernel import blobs, clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.messages.models import Message
from tavolo.people.models import Account, Person
from tavolo.registry.actions import (
    add_commitment,
    admit_organisation,
    affiliate,
    enter_fact,
    merge_organisations,
)
from tavolo.registry.models import Contact, Organisation
from tavolo.territory.actions import place_network, set_patron
from tavolo.territory.models import Municipality
from tests.factories.districts import a_district
from tests.factories.people import a_person, with_second_factor
from tests.factories.registry import a_network_with_secretary, a_participant, an_organisation
from tests.factories.territory import a_municipality, a_province, a_region

CODES = ("046001", "046002")
TAX_CODE = "80012000123"
# What belongs to the other network alone, in words that can be looked for.
SECRET = "Riservatissimo"


def a_country() -> list[Municipality]:
    """The same each time, with other uids: as two installations have it."""
    province = a_province(region=a_region())
    return [
        a_municipality(name, province=province, istat_code=code)
        for name, code in zip(("Capannori", "Porcari"), CODES, strict=True)
    ]


def a_patron_saint(town: Municipality, name: str) -> None:
    set_patron(municipality=town, month=3, day=19, name=name, source="Statuto", by=OPERATOR)


def a_living_network() -> Network:
    """`milano`, which shares an organisation with `lucca`."""
    towns = a_country()
    network, account = a_network_with_secretary("milano")
    with_second_factor(account)
    place_network(network=network, municipality=towns[0], by=OPERATOR)
    a_patron_saint(towns[0], "San Giuseppe")
    a_district("Piana", *towns, since=date(2020, 1, 1))
    _fill(network, towns[0])
    _beside(network)
    return network


def _fill(network: Network, town: Municipality) -> None:
    house = a_participant(network, "Casa delle donne", municipality=town)
    person = a_person("Bianca", "Verdi")
    affiliate(person=person, organisation=house, function="delegata", by=OPERATOR)
    twin = an_organisation(network, "Casa delle donne di Lucca")
    merge_organisations(organisation=twin, into=house, reason="la stessa", by=OPERATOR)
    enter_fact(
        fact=Contact(
            organisation=house, channel="email", value="interna@casa.example", public=False
        ),
        by=OPERATOR,
    )
    commitment = add_commitment(
        network=network, name="Aprire lo sportello", owner=house, no_due=True, by=OPERATOR
    )
    _documented(network, commitment.uid)
    _lettered(network)
    _erased(network, person)


def _documented(network: Network, holder: UUID) -> None:
    blob = blobs.store([b"%PDF- something kept"])
    document = Document.objects.create(
        network=network,
        holder_kind="registry.commitment",
        holder_uid=holder,
        title="Verbale",
        visibility="network",
        created_at=clock.now(),
    )
    Version.objects.create(
        document=document,
        number=1,
        blob=blob,
        digest=blob.digest,
        file_name="verbale.pdf",
        media_type="application/pdf",
        size=blob.size,
        entered_at=clock.now(),
    )


def _lettered(network: Network) -> None:
    for state, subject in (("sent", "Arrivata"), ("queued", "In attesa")):
        Message.objects.create(
            network=network,
            recipient="a@b.example",
            sender="rete@b.example",
            subject=subject,
            text="…",
            state=state,
            queued_at=clock.now(),
            next_attempt_at=clock.now() + timedelta(days=1),
        )


@transaction.atomic
def _erased(network: Network, person: Person) -> None:
    """Values that were erased: the chain holds without them."""
    record(
        action="tests.said",
        actor=OPERATOR,
        subject=person,
        network=network,
        values={"name": "da cancellare"},
    )
    erase_values(entries=list(Entry.objects.filter(action="tests.said")), by=OPERATOR)


def _beside(network: Network) -> None:
    """The other network: it shares one organisation, and has what is nobody else's business."""
    other, _account = a_network_with_secretary("lucca")
    shared = a_participant(other, "Croce Rossa", tax_code=TAX_CODE)
    admit_organisation(network=network, organisation=shared, since=clock.today(), by=OPERATOR)
    alone = a_participant(other, f"{SECRET} soltanto qui")
    person = a_person(SECRET, SECRET)
    affiliate(person=person, organisation=alone, function=SECRET, by=OPERATOR)
    add_commitment(network=other, name=f"{SECRET} promessa", owner=shared, no_due=True, by=OPERATOR)
    with transaction.atomic():
        record(
            action="tests.said",
            actor=OPERATOR,
            subject=shared,
            network=other,
            values={"words": SECRET},
        )


def secretary() -> Account:
    return Account.objects.get(email="segreteria@milano.example")


def house() -> Organisation:
    return Organisation.objects.get(code="casa-delle-donne")
