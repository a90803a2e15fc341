from django.utils.translation import gettext_lazy as _

from tavolo.kernel.plugs import DemoContext, Example, demo_parts
from tavolo.territory.actions import import_national_extract
from tavolo.territory.demo import parts, patrons
from tavolo.territory.demo.bologna import BOLOGNA
from tavolo.territory.demo.lucca import LUCCA
from tavolo.territory.demo.milano import MILANO
from tavolo.territory.models import Municipality

EMPTY_POPULATION = "081025"


class Territory:
    """All Italy, as the extract has it, and how three territories are divided.

    Whose territory it is, the room that founds networks says.
    """

    key = "territory"

    def load(self, context: DemoContext) -> None:
        context.say(str(_("Municipalities of Italy")))
        if not Municipality.objects.exists():
            import_national_extract()
        context.say(str(_("Districts")))
        for land in (BOLOGNA, MILANO, LUCCA):
            parts.load(land)
        patrons.load()

    def examples(self) -> list[Example]:
        return [
            Example("territory:country"),
            Example("territory:area", {"kind": "regione", "code": "09"}),
            Example("territory:area", {"kind": "provincia", "code": "046"}),
            Example("territory:area", {"kind": "citta-metropolitana", "code": "215"}),
            Example("territory:area", {"kind": "distretto-socio-sanitario", "code": "versilia"}),
            Example("territory:area", {"kind": "ambito-scolastico", "code": "milano-21"}),
            Example("territory:municipality", {"istat": "015074"}),
            Example("territory:municipality", {"istat": EMPTY_POPULATION}),
            *on_maps(),
            *for_programs(),
        ]


def on_maps() -> list[Example]:
    """Shades, other days, two kinds compared, the whole country on one drawing."""
    within = "a=distretto-socio-sanitario&b=distretto-culturale&entro=provincia:046"
    return [
        Example("territory:country", query="?mostra=densita"),
        Example("territory:area", {"kind": "provincia", "code": "046"}, query="?mostra=65-e-oltre"),
        Example("territory:municipality", {"istat": "015189"}, query="?al=2016-02-23"),
        Example("territory:kind", {"kind": "regione"}),
        Example("territory:kind", {"kind": "distretto-socio-sanitario"}),
        Example("territory:comparison"),
        Example("territory:comparison", query=f"?{within}"),
        Example("territory:municipalities"),
        Example("territory:municipalities", query="?mostra=donne"),
        Example("territory:drawing", query="?mostra=densita"),
    ]


def for_programs() -> list[Example]:
    """The addresses of `web/api`."""
    lucca = {"kind": "province", "code": "046"}
    return [
        Example("api:kinds"),
        Example("api:municipalities", query="?q=rozzano"),
        Example("api:municipality", {"istat": "015074"}),
        Example("api:municipality", {"istat": "015074"}, query="?as_of=2016-02-23"),
        Example("api:municipality_geojson", {"istat": "015074"}),
        Example("api:municipality_population", {"istat": "015074"}),
        Example("api:areas", query="?kind=province"),
        Example("api:area", lucca),
        Example("api:area_csv", lucca),
        Example("api:area_geojson", lucca),
        Example("api:areas_compare", query="?a=province&b=region&within=region/09"),
    ]


demo_parts.add(Territory())
