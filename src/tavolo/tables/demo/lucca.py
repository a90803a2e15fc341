"""Lucca: the commission of the province; its centre is a service, and stands in the register."""

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.registry.demo.lucca import MENU
from tavolo.registry.models import Organisation
from tavolo.tables.actions import found_body
from tavolo.tables.choices import Level
from tavolo.territory.models import Area


def load() -> None:
    """The commission as the source names it: neither its act nor its members are told there."""
    network = Network.objects.get(slug="lucca")
    found_body(
        network=network,
        kind="commission",
        name="Commissione Pari Opportunità",
        level=Level.PROVINCIAL,
        theme="pari opportunità",
        promoter=Organisation.objects.get(name="Provincia di Lucca", steward=network),
        areas=[Area.objects.get(kind="province", code="046")],
        source=MENU,
        by=OPERATOR,
    )
