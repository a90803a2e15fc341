"""The four networks as their sources state them, each with three sign-ins; all through actions.

What a source says is entered as it says it; what it leaves open is invented with names that show it
(docs/explanation/demonstration.md).
"""

from dataclasses import dataclass
from random import Random

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import DemoContext, Example, demo_parts
from tavolo.people.actions import create_account, join
from tavolo.people.models import Account
from tavolo.registry.actions import (
    add_organisation,
    admit_organisation,
    affiliate,
    change_setting,
    end_participation,
    found_network,
)
from tavolo.registry.choices import OrganisationKind, ParticipationRole
from tavolo.registry.demo.at_work import enter_proposal, enter_unit, work_examples
from tavolo.registry.demo.bologna import BOLOGNA
from tavolo.registry.demo.cesano_boscone import CESANO_BOSCONE
from tavolo.registry.demo.entering import enter_end, enter_holder, enter_more
from tavolo.registry.demo.lucca import LUCCA
from tavolo.registry.demo.milano import MILANO
from tavolo.registry.demo.papers import enter_papers
from tavolo.registry.demo.parts import Named, SourceNetwork, known
from tavolo.registry.demo.reading import read_examples
from tavolo.registry.models import Organisation
from tavolo.registry.settings import CONTACT, SOURCES
from tavolo.territory.actions import place_network
from tavolo.territory.models import Area, Municipality

NETWORKS = (MILANO, CESANO_BOSCONE, BOLOGNA, LUCCA)
PASSWORD = "rete-di-prova"  # noqa: S105  # told to everybody, in a demonstration only
MAILBOXES = ("segreteria", "partecipante", "ospite")


@dataclass(frozen=True)
class SignIn:
    """An account of the demonstration, for whoever tries it.

    `role_key` is "secretary", "member" or "stranger"; `role` says it in the reader's words.
    """

    network: str
    role_key: str
    role: str
    email: str
    password: str


def sign_ins() -> list[SignIn]:
    """For each network a secretary, a member and somebody without any role."""
    roles = (
        ("secretary", _("secretariat")),
        ("member", _("member")),
        ("stranger", _("no role")),
    )
    return [
        SignIn(network.name, *role, _email(network, mailbox), PASSWORD)
        for network in NETWORKS
        for role, mailbox in zip(roles, MAILBOXES, strict=True)
    ]


class Demonstration:
    """The room's share of the demonstration."""

    key = "registry"

    def load(self, context: DemoContext) -> None:
        # Hashed once: it is made to take long, and all these accounts have the same.
        password = make_password(PASSWORD)
        for source in NETWORKS:
            context.say(source.name)
            random = Random(f"{context.seed}:{source.slug}")  # noqa: S311  # no secret
            _Loading(source, random, password).load()
        enter_unit()
        enter_papers()
        enter_proposal()

    def examples(self) -> list[Example]:
        code = {"code": "comune-di-rozzano"}
        return [
            Example("registry:organisations"),
            Example("registry:organisations", query="?tipo=school"),
            Example("registry:organisations_csv"),
            Example("registry:organisation", code),
            Example("registry:organisation", code, query="?al=2016-02-23"),
            Example("registry:organisation_frame", code),
            Example("registry:organisation_pdf", code, query="?al=2016-02-23"),
            Example("registry:organisations_pdf", query="?rete=lucca"),
            Example("registry:network_graph", {"slug": "milano"}),
            Example("registry:network_graph", {"slug": "lucca"}, query="?al=2016-02-23"),
            Example("registry:work_organisations", who="secretary"),
            Example("registry:add_organisation", who="secretary"),
            *read_examples(),
            *work_examples(),
        ]


class _Loading:
    """One network, from its foundation to its sign-ins."""

    def __init__(self, source: SourceNetwork, random: Random, password: str) -> None:
        self.source = source
        self.random = random
        self.password = password
        self.seats: dict[str, Municipality] = {}

    def load(self) -> None:
        secretary, member, _stranger = [
            self._account(mailbox, names)
            for mailbox, names in zip(MAILBOXES, self.source.persons, strict=True)
        ]
        self.network = self._found(secretary)
        self._place()
        for named in self._all():
            self._enter(named)
        for named in self.source.named:
            enter_end(named, steward=self.network, source=named.source or self.source.source)
        for holder in self.source.holders:
            enter_holder(holder, network=self.network)
        for key, value in ((SOURCES.key, self.source.source), (CONTACT.key, secretary.email)):
            change_setting(network=self.network, key=key, value=value, by=OPERATOR)
        organisation = Organisation.objects.get(name=self.source.member, steward=self.network)
        affiliate(
            person=member.person,
            organisation=organisation,
            function="delegata",
            by=OPERATOR,
        )

    def _account(self, mailbox: str, names: tuple[str, str]) -> Account:
        return create_account(
            email=_email(self.source, mailbox),
            given_name=names[0],
            family_name=names[1],
            password=self.password,
            hashed=True,
            demonstration=True,
            by=OPERATOR,
        )

    def _found(self, secretary: Account) -> Network:
        network, _invitation, token = found_network(
            slug=self.source.slug,
            name=self.source.name,
            summary=self.source.summary,
            active_since=PartialDate.parse(self.source.active_since),
            secretary_email=secretary.email,
            by=OPERATOR,
        )
        join(token=token, account=secretary)
        return network

    def _place(self) -> None:
        kind, code = self.source.place
        if kind == "municipality":
            here = Municipality.objects.get(istat_code=code, valid_until__isnull=True)
            place_network(network=self.network, municipality=here, by=OPERATOR)
            return
        area = Area.objects.get(kind=kind, code=code)
        place_network(network=self.network, area=area, by=OPERATOR)

    def _all(self) -> list[Named]:
        """Those that the source names, then what it leaves open; always in the same order."""
        found = [*self.source.named, *self.source.invented(self.random), *self._municipalities()]
        seats = Municipality.objects.filter(istat_code__in={named.seat for named in found})
        self.seats = {row.istat_code: row for row in seats.filter(valid_until__isnull=True)}
        return found

    def _municipalities(self) -> list[Named]:
        since = self.source.of_its_municipalities
        if since is None:
            return []
        kind, code = self.source.place
        rows = Municipality.objects.filter(
            memberships__area__kind=kind,
            memberships__area__code=code,
            memberships__valid_until__isnull=True,
        ).order_by("sort_key", "id")
        return [
            Named(
                f"Comune di {row.name}",
                OrganisationKind.MUNICIPALITY,
                since=since,
                seat=row.istat_code,
            )
            for row in rows
        ]

    def _enter(self, named: Named) -> None:
        told = named.source or self.source.source
        organisation = add_organisation(
            steward=self.network,
            name=named.name,
            kind=named.kind,
            legal_form=named.legal_form,
            municipality=self.seats.get(named.seat),
            source=told,
            by=OPERATOR,
        )
        enter_more(organisation, named, source=told)
        if named.role is not None:
            self._admit(organisation, named, named.role, told)

    def _admit(
        self, organisation: Organisation, named: Named, role: ParticipationRole, told: str
    ) -> None:
        participation = admit_organisation(
            network=self.network,
            organisation=organisation,
            role=role,
            since=known(named.since),
            source=told,
            by=OPERATOR,
        )
        if named.until:
            end_participation(
                participation=participation,
                last_day=PartialDate.parse(named.until),
                by=OPERATOR,
            )


def _email(network: SourceNetwork, mailbox: str) -> str:
    return f"{mailbox}@{network.slug}.example"


demo_parts.add(Demonstration())
