"""A small world of organisations in every state, and visitors in every role, for the matrix of rights."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.cache import cache
from django.test import Client

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.people.models import Account
from tavolo.registry.actions import (
    add_unit,
    admit_organisation,
    affiliate,
    appoint_deputy,
    end_fact,
    enter_fact,
    merge_organisations,
    propose_change,
)
from tavolo.registry.models import (
    Contact,
    OfficeHolding,
    Organisation,
    OrganisationName,
    OrganisationUnit,
    Participation,
    Proposal,
    Representation,
    Seat,
)
from tests.factories.people import a_person, an_account, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary, an_organisation

SECRET = "Occultata"
ORGANISATIONS, PEOPLE = "organisations", "people"
STATES = ("living", "ended", "merged", "proposed for", "of another steward", "with secrets")


@dataclass
class Subject:
    """An organisation in some state, with one of everything that has an address."""

    organisation: Organisation
    unit: OrganisationUnit
    participation: Participation
    name: OrganisationName
    office: OfficeHolding
    proposal: Proposal | None = None

    @property
    def steward(self) -> str:
        return self.organisation.steward.slug


@dataclass
class World:
    """`parts` says of each role which parts of the work of which network it has."""

    valley: Network
    hill: Network
    subjects: dict[str, Subject]
    accounts: dict[str, Account]
    principal: Account
    parts: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    visitors: dict[str, Client] = field(default_factory=dict)

    def sign_in_all(self, new_client: Callable[[], Client]) -> None:
        # allauth keeps in memory which codes were used, by keys that accounts of tests have again.
        cache.clear()
        self.visitors = {role: self._visitor(role, new_client()) for role in ROLES}

    def _visitor(self, role: str, client: Client) -> Client:
        if role == "anyone":
            return client
        sign_in(client, self.accounts[role])
        if role.startswith("deputy"):
            told = {"person": str(self.principal.person.uid)}
            assert client.post("/lavoro/per-conto/", told).status_code == 302
        return client


ROLES = (
    "anyone",
    "stranger",
    "member",
    "secretary",
    "secretary of another network",
    "deputy for organisations",
    "deputy for people",
)


def a_world() -> World:
    valley, secretary = a_network_with_secretary("valle")
    hill, other = a_network_with_secretary("colle")
    accounts = {
        "secretary": secretary,
        "secretary of another network": other,
        **{role: an_account() for role in ROLES if role != "anyone" and "secretary" not in role},
    }
    for account in accounts.values():
        with_second_factor(account)
    for part in (ORGANISATIONS, PEOPLE):
        appoint_deputy(
            principal=secretary.person,
            deputy=accounts[f"deputy for {part}"].person,
            network=valley,
            parts=[part],
            act="determina 3/2026",
            last_day=clock.today() + timedelta(days=30),
            by=OPERATOR,
        )
    subjects = _subjects(valley, hill)
    affiliate(
        person=accounts["member"].person,
        organisation=subjects["living"].organisation,
        by=OPERATOR,
    )
    both = {ORGANISATIONS, PEOPLE}
    parts = {
        "secretary": {"valle": both},
        "secretary of another network": {"colle": both},
        "deputy for organisations": {"valle": {ORGANISATIONS}},
        "deputy for people": {"valle": {PEOPLE}},
        "member": {acting_for(subjects["living"]): set()},
    }
    return World(valley, hill, subjects, accounts, secretary, parts)


def acting_for(subject: Subject) -> str:
    """Stands among the networks of somebody's parts where she acts for this organisation."""
    return f"for {subject.organisation.code}"


def _subjects(valley: Network, hill: Network) -> dict[str, Subject]:
    living = a_subject(valley, "Associazione Viva")
    ended = a_subject(valley, "Associazione Finita")
    last = PartialDate.of(clock.today() - timedelta(days=10))
    ended.name = end_fact(fact=ended.name, last=last, by=OPERATOR)
    merged = a_subject(valley, "Associazione Doppia")
    merge_organisations(
        organisation=merged.organisation, into=living.organisation, reason="la stessa", by=OPERATOR
    )
    proposed = a_subject(valley, "Associazione Proposta")
    proposed.proposal = propose_change(
        organisation=proposed.organisation,
        network=hill,
        values={"phone": "02 000000"},
        reason="numero nuovo",
        by=OPERATOR,
    )
    secrets = a_subject(valley, "Associazione Riservata")
    plant(secrets.organisation)
    found = {
        "living": living,
        "ended": ended,
        "merged": merged,
        "proposed for": proposed,
        "of another steward": a_subject(hill, "Associazione Altrui"),
        "with secrets": secrets,
    }
    for subject in found.values():
        subject.organisation.refresh_from_db()
    return found


def a_subject(steward: Network, name: str) -> Subject:
    organisation = an_organisation(steward, name)
    unit = add_unit(organisation=organisation, name="Sportello", kind="service", by=OPERATOR)
    participation = admit_organisation(
        network=steward, organisation=organisation, since=date(2020, 1, 1), by=OPERATOR
    )
    holder = a_person("Lucia", "Esempio")
    office = enter_fact(
        fact=OfficeHolding(
            person=holder, organisation=organisation, title="president", form="feminine"
        ),
        by=OPERATOR,
    )
    known = OrganisationName.objects.known().get(organisation=organisation)
    return Subject(organisation, unit, participation, known, office)


def plant(organisation: Organisation) -> None:
    """What only those who run its steward may read."""
    person = a_person(SECRET, "Persona")
    about = {"organisation": organisation}
    facts = (
        Seat(kind="operating", address=f"via {SECRET} 1", public=False, **about),
        Contact(channel="email", value=f"{SECRET}@x.example", public=False, **about),
        OfficeHolding(person=person, title="director", form="feminine", public=False, **about),
        Representation(person=person, capacity="contact_person", matter=SECRET, **about),
    )
    for fact in facts:
        enter_fact(fact=fact, by=OPERATOR)
    affiliate(person=person, organisation=organisation, function=SECRET, by=OPERATOR)
