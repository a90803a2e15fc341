"""The bodies of the four networks as their sources state them; all through actions.

What a source leaves open stays open here too, or bears a name that shows that it is invented.
"""

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.plugs import DemoContext, Example, demo_parts
from tavolo.tables.demo import bologna, cesano_boscone, lucca, milano

TABLE, GROUP = "tavolo-permanente-sulle-pari-opportunita", "contrasto-al-fenomeno-della-tratta"


class Demonstration:
    """The room's share of the demonstration."""

    key = "tables"

    def load(self, context: DemoContext) -> None:
        context.say(str(_("Tables and groups")))
        for territory in (milano, cesano_boscone, bologna, lucca):
            territory.load()

    def examples(self) -> list[Example]:
        code = {"code": TABLE}
        return [
            Example("tables:bodies"),
            Example("tables:bodies", query="?tipo=gruppi-tematici&rete=milano"),
            Example("tables:body", code),
            Example("tables:body", code, query="?al=2015-06-30&categoria=association"),
            Example("tables:body", {"code": GROUP}),
            Example("tables:roster_csv", code, query="?al=2015-06-30"),
            Example("api:bodies", query="?network=milano"),
            Example("api:roster", code, query="?as_of=2015-06-30&category=association"),
        ]


demo_parts.add(Demonstration())
