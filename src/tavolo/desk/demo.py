"""Somebody who was invited and has not answered yet; examples of the desk's addresses."""

from datetime import timedelta
from typing import Any

from tavolo.desk import demo_imports, demo_pec
from tavolo.desk.queries import invitations_of
from tavolo.imports.rules import IMPORTS
from tavolo.journal.models import Entry
from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import DemoContext, Example, demo_parts
from tavolo.messages.models import Message
from tavolo.people.actions import invite, receive_request
from tavolo.people.choices import RequestWish
from tavolo.people.models import Person
from tavolo.people.queries import demonstration_code, demonstration_token, requests_to
from tavolo.registry.actions import Handing, affiliate, appoint_deputy, hand_over
from tavolo.registry.models import Affiliation, Deputy, NetworkOffice, Organisation
from tavolo.registry.queries import networks, persons_without_account
from tavolo.registry.queries.handing_over import HANDED_OVER
from tavolo.territory.rules import TERRITORY

PAGES = (
    "network",
    "settings",
    "seat",
    "statements",
    "trial",
    "territory",
    "patrons",
    "areas",
    "area_new",
    "requests",
    "people",
    "held_persons",
    "invite_secretary",
    "invite_member",
    "invitations",
    "messages",
    "messages_csv",
    "message_report",
    "quiet_hours",
    "templates",
    "keeping",
)
INSIDE = ("deputies", "deputy_new")
LETTER = {"key": "lettera-a-un-organizzazione"}
AREA = {"kind": "distretto-socio-sanitario", "code": "nord-milano"}
AREA_PAGES = ("area", "area_name", "area_copy", "area_correct", "area_end")


class Demonstration:
    key = "desk"

    def load(self, context: DemoContext) -> None:
        network = networks().first()
        if network is None:
            return
        invitation, _token = invite(
            email=f"invitata@{network.slug}.example",
            given_name="Livia",
            family_name="Esempio",
            network=network,
            by=OPERATOR,
            token=demonstration_token(),
        )
        organisation = Organisation.objects.filter(steward=network).order_by("-id")[0]
        affiliate(
            person=invitation.person, organisation=organisation, function="volontaria", by=OPERATOR
        )
        _name_deputy(network, context)
        _hand_over(network, invitation.person, context)
        receive_request(
            page="/organizzazioni/comune-di-rozzano/",
            wish=RequestWish.CORRECTION,
            name="Persona di esempio (dimostrazione)",
            email="persona.di.esempio@milano.example",
            text="Richiesta di prova, inventata per la dimostrazione.",
            by=ANONYMOUS,
            code=demonstration_code(),
        )
        demo_imports.load(network, on=context.reference_day)
        demo_pec.load(network, on=context.reference_day)

    def examples(self) -> list[Example]:
        network = networks().first()
        if network is None:
            return []
        here = {"slug": network.slug}
        return [
            Example("desk:begin"),
            Example("desk:begin_network"),
            Example("desk:begin_seat"),
            Example("desk:begin_person"),
            Example("desk:today", who="stranger"),
            Example("desk:today_csv", who="stranger"),
            Example("desk:notices", who="stranger"),
            Example("desk:owed", {"code": _a_member(network).code}, who="secretary"),
            Example("desk:search", query="?q=persone", who="stranger"),
            Example("desk:suggestions", query="?q=rete", who="stranger"),
            Example("desk:acting", who="stranger"),
            *(Example(f"desk:{name}", here, who="secretary") for name in PAGES),
            Example("desk:handing_over", here, who="secretary"),
            *(Example(f"desk:{name}", here, who="insider") for name in INSIDE),
            *(Example(f"desk:{name}", here | AREA, who="secretary") for name in AREA_PAGES),
            Example(
                "desk:area", here | AREA, query="?cambia=015116&dal=2026-01-01", who="secretary"
            ),
            Example("desk:template", here | LETTER, who="secretary"),
            Example("desk:template_filled", here | LETTER, who="secretary"),
            *_rows(network),
            *_held(network),
            *demo_imports.examples(network),
            *demo_pec.examples(network),
        ]


def _name_deputy(network: Network, context: DemoContext) -> None:
    """Who acts for an organisation of the network stands in for its secretary, for two parts of the work."""
    office = NetworkOffice.objects.filter(network=network).order_by("id")[0]
    members = Affiliation.objects.known().filter(organisation__steward=network)
    appoint_deputy(
        principal=office.person,
        deputy=members.order_by("id")[0].person,
        network=network,
        parts=[IMPORTS, TERRITORY],
        act="Determinazione di esempio",
        since=context.reference_day,
        last_day=context.reference_day + timedelta(days=365),
        by=OPERATOR,
    )


def _hand_over(network: Network, person: Person, context: DemoContext) -> None:
    """Whoever was invited acted for one more organisation until yesterday, and has handed that over."""
    organisation = Organisation.objects.filter(steward=network).order_by("-id")[1]
    row = affiliate(
        person=person,
        organisation=organisation,
        function="volontaria",
        since=context.reference_day - timedelta(days=30),
        by=OPERATOR,
    )
    members = Affiliation.objects.known().filter(organisation__steward=network)
    to = members.order_by("id")[0].person
    hand_over(
        network=network,
        person=person,
        things=[Handing("registry.affiliations", row.uid, to)],
        last_day=context.reference_day - timedelta(days=1),
        by=OPERATOR,
    )


def _a_member(network: Network) -> Organisation:
    return Organisation.objects.filter(steward=network).order_by("-id")[0]


def _rows(network: Network) -> list[Example]:
    rows: dict[str, Any] = {
        "invitation": invitations_of(network).first(),
        "request": requests_to(network).first(),
        "request_extend": requests_to(network).first(),
        "deputy": Deputy.objects.known().filter(network=network).first(),
        "office": NetworkOffice.objects.filter(network=network).first(),
        "affiliation": Affiliation.objects.known()
        .filter(organisation__steward=network, valid_until=None)
        .first(),
        "message": Message.objects.filter(network=network).first(),
        "handed_over": Entry.objects.filter(network=network, action=HANDED_OVER).first(),
    }
    return [
        Example(
            f"desk:{name}",
            {"slug": network.slug, "uid": row.uid},
            who="insider" if name == "deputy" else "secretary",
        )
        for name, row in rows.items()
        if row is not None
    ]


def _held(network: Network) -> list[Example]:
    person = persons_without_account(network).order_by("id").first()
    if person is None:
        return []
    hers = {"slug": network.slug, "uid": person.uid}
    return [
        Example("desk:held", hers, who="secretary"),
        Example("desk:held_file", hers | {"format": "csv"}, who="secretary"),
        Example("desk:erase_person", hers, who="secretary"),
    ]


demo_parts.add(Demonstration())
