"""Bologna: the metropolitan coordination of 55 delegates, nine macro-actions, coordinations by district."""

from typing import Any

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.registry.choices import DelegationTheme, OrganisationKind
from tavolo.registry.demo.bologna import BEGINNING, SOURCE
from tavolo.registry.models import Organisation
from tavolo.tables.actions import add_purpose, coordinate_areas, found_body, seat_offices
from tavolo.tables.choices import Level
from tavolo.territory.models import Area

AS_TOLD = "Incontro a palazzo Malvezzi, un 9 marzo di cui la fonte non dice l’anno"
PLANNED = (
    "Prima macroazione da attivare; qui costituiti per la dimostrazione, senza atto nella fonte"
)
MACRO_ACTIONS = (
    (
        "la creazione di coordinamenti territoriali politici e tecnici coincidenti con l’area"
        " dei distretti socio sanitari, dei distretti culturali e degli ambiti territoriali"
        " per l’offerta formativa e di istruzione"
    ),
    "la collaborazione con la Regione per la definizione degli obiettivi strategici",
    "la definizione di linee strategiche di indirizzo a livello metropolitano",
    (
        "la presentazione di progettazioni comuni a livello metropolitano su bandi europei,"
        " nazionali e regionali"
    ),
    "l’implementazione della mappatura delle azioni sul territorio",
    "la creazione di un punto politico di riferimento per le Associazioni del territorio",
    (
        "l’integrazione con le altre politiche settoriali: sociali e sanitarie, educative,"
        " dell’istruzione, della formazione e del lavoro, culturali, per lo sviluppo economico"
    ),
    "il coinvolgimento delle Forze dell’ordine, del Tribunale, della Polizia municipale…",
    (
        "la conferma del Gruppo metropolitano di lavoro sulle pari opportunità e il contrasto"
        " alla violenza e alle discriminazioni"
    ),
)
GROUP = (
    "Gruppo metropolitano di lavoro sulle pari opportunità e il contrasto alla violenza e alle"
    " discriminazioni"
)


def load() -> None:
    """The coordination, the group that it means to confirm, and coordinations for each district."""
    network = Network.objects.get(slug="bologna")
    area = Area.objects.get(kind="metropolitan_city", code="237")
    told: dict[str, Any] = {
        "network": network,
        "level": Level.METROPOLITAN,
        "theme": "pari opportunità e contrasto alle discriminazioni",
        "promoter": Organisation.objects.get(
            kind=OrganisationKind.METROPOLITAN_CITY, steward=network
        ),
        "areas": [area],
        "source": SOURCE,
        "by": OPERATOR,
    }
    table = found_body(
        kind="coordination_political",
        name="Tavolo di coordinamento metropolitano",
        on_impulse_of="Consigliera delegata alle Pari Opportunità Elisabetta Scalambra",
        started=PartialDate.parse(BEGINNING),
        **told,
    )
    for words in MACRO_ACTIONS:
        add_purpose(body=table, words=words, source=f"Da attivare: {SOURCE}", by=OPERATOR)
    theme = DelegationTheme.EQUAL_OPPORTUNITIES
    seat_offices(body=table, area=area, theme=theme, act=AS_TOLD, by=OPERATOR)
    found_body(kind="working_group", name=GROUP, **told)
    _by_district(network, area, table)


def _by_district(network: Network, area: Area, table: Any) -> None:
    """Political ones with whoever has the delegation; technical ones, whose members nobody names."""
    kinds = ("health_social_district", "cultural_district", "education_area")
    for kind in kinds:
        told = {
            "network": network,
            "area_kind": kind,
            "within": area,
            "parent": table,
            "act": PLANNED,
            "source": SOURCE,
            "by": OPERATOR,
        }
        coordinate_areas(
            kind="coordination_political",
            name="Coordinamento politico, {area}",
            established=None,
            **told,
        )
        coordinate_areas(
            kind="coordination_technical",
            name="Coordinamento tecnico, {area}",
            seats=False,
            established=None,
            **told,
        )
