"""Somebody who was invited and has not answered yet; examples of the desk's addresses."""

from typing import Any

from tavolo.desk import demo_imports
from tavolo.desk.queries import invitations_of
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import DemoContext, Example, demo_parts
from tavolo.people.actions import invite
from tavolo.people.queries import demonstration_token
from tavolo.registry.actions import affiliate
from tavolo.registry.models import Affiliation, NetworkOffice, Organisation
from tavolo.registry.queries import networks

PAGES = (
    "network",
    "settings",
    "territory",
    "areas",
    "area_new",
    "people",
    "invite_secretary",
    "invite_member",
)
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
        demo_imports.load(network, on=context.reference_day)

    def examples(self) -> list[Example]:
        network = networks().first()
        if network is None:
            return []
        here = {"slug": network.slug}
        return [
            Example("desk:today", who="stranger"),
            *(Example(f"desk:{name}", here, who="secretary") for name in PAGES),
            *(Example(f"desk:{name}", here | AREA, who="secretary") for name in AREA_PAGES),
            Example(
                "desk:area", here | AREA, query="?cambia=015116&dal=2026-01-01", who="secretary"
            ),
            *_rows(network),
            *demo_imports.examples(network),
        ]


def _rows(network: Network) -> list[Example]:
    rows: dict[str, Any] = {
        "invitation": invitations_of(network).first(),
        "office": NetworkOffice.objects.filter(network=network).first(),
        "affiliation": Affiliation.objects.known().filter(organisation__steward=network).first(),
    }
    return [
        Example(f"desk:{name}", {"slug": network.slug, "uid": row.uid}, who="secretary")
        for name, row in rows.items()
        if row is not None
    ]


demo_parts.add(Demonstration())
