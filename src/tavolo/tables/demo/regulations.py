"""Regulations of the bodies that the sources name: the sources cite none, so the act is invented, and says so."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.plugs import DemoContext, Example, demo_parts
from tavolo.tables.actions import adopt_regulation
from tavolo.tables.models import Body, BodyRegulation
from tavolo.tables.regulation.presets import presets

INVENTED = "Atto inventato per la dimostrazione: la fonte non cita un regolamento"
# The network, the kind of its body, and the preset that says what its source says.
ADOPTED = (
    ("milano", "standing_table", "milano"),
    ("cesano-boscone", "standing_table", "cesano_boscone"),
    ("bologna", "coordination_political", "bologna"),
    ("lucca", "commission", "lucca"),
)


class Regulations:
    """A regulation for the body of each network, in force since the body is or since this year began."""

    key = "tables.regulations"

    def load(self, context: DemoContext) -> None:
        context.say(str(_("Regulations")))
        year = context.reference_day.replace(month=1, day=1)
        for slug, kind, preset in ADOPTED:
            _adopt(_body(slug, kind), preset, year)

    def examples(self) -> list[Example]:
        body = _body("milano", "standing_table")
        row = BodyRegulation.objects.filter(body=body).known().get()
        here = {"code": body.code}
        return [
            Example("tables:regulation", here, who="secretary"),
            Example("tables:regulation", here, query="?da=commission", who="secretary"),
            Example("tables:correct_regulation", {**here, "uid": row.uid}, who="secretary"),
        ]


def _body(slug: str, kind: str) -> Body:
    return Body.objects.filter(network__slug=slug, kind=kind, parent=None).order_by("id")[0]


def _adopt(body: Body, key: str, year: date) -> None:
    preset = presets()[key]
    adopt_regulation(
        body=body,
        regulation=preset.regulation,
        since=body.valid_from or year,
        act=INVENTED,
        sources=preset.sources,
        preset=key,
        by=OPERATOR,
    )


demo_parts.add(Regulations())
