"""Lucca: the portal of the Provincia and the network against trafficking "Con Anna"."""

from tavolo.registry.choices import LegalForm, UnitKind
from tavolo.registry.choices import OrganisationKind as Kind
from tavolo.registry.choices import ParticipationRole as Role
from tavolo.registry.demo.parts import AlsoCalled, Named, Part, SourceNetwork

PROJECT = "2006"  # "a partire dall'anno 2006"
PROTOCOL = "2007"  # "nell'anno 2007"
MERGED = "2016-01"  # into Azienda USL Toscana nord ovest; the day is to be read in the regional law

SOURCE = "Portale per le Pari Opportunità della Provincia di Lucca, pagina «Con Anna»."
IN_2007 = f"Così tra chi stese il protocollo d’intesa «nell'anno 2007»: {SOURCE}"
NORTH_WEST = "Azienda USL Toscana nord ovest"
MENU = f"Voce del menu: {SOURCE}"

LUCCA = SourceNetwork(
    slug="lucca",
    name="Provincia di Lucca",
    summary="Portale delle pari opportunità e rete antitratta «Con Anna».",
    active_since=PROJECT,
    place=("province", "046"),
    source=SOURCE,
    named=(
        Named(
            "Provincia di Lucca",
            Kind.PROVINCE,
            Role.PROMOTER,
            PROJECT,
            seat="046017",
            parts=(
                Part("Centro Pari Opportunità", UnitKind.SERVICE, MENU),
                Part("Commissione Pari Opportunità", UnitKind.ORGAN, MENU),
                Part("Assessorato", UnitKind.OFFICE, f"«Assessorato & Centro», {MENU}"),
                Part("Incubatore Donna Impresa", UnitKind.SERVICE, SOURCE),
            ),
        ),
        Named(
            "Associazione CeIS-Gruppo Giovani e Comunità di Lucca",
            Kind.ASSOCIATION,
            since=PROJECT,
            seat="046017",
            names=(AlsoCalled("Ce.I.S. di Lucca", source=IN_2007),),
        ),
        Named("Questura di Lucca", Kind.POLICE, since=PROTOCOL, seat="046017"),
        Named("Comune di Altopascio", Kind.MUNICIPALITY, since=PROTOCOL, seat="046001"),
        Named("Comune di Capannori", Kind.MUNICIPALITY, since=PROTOCOL, seat="046007"),
        Named(
            "Comune di Castelnuovo di Garfagnana",
            Kind.MUNICIPALITY,
            since=PROTOCOL,
            seat="046009",
            names=(AlsoCalled("Castelnuovo Garfagnana", source=IN_2007),),
        ),
        Named("Comune di Viareggio", Kind.MUNICIPALITY, since=PROTOCOL, seat="046033"),
        Named(
            "Azienda USL n°2 di Lucca",
            Kind.HEALTH_AUTHORITY,
            since=PROTOCOL,
            until=MERGED,
            ended=MERGED,
            into=NORTH_WEST,
        ),
        Named(
            "Azienda USL n°12 Versilia",
            Kind.HEALTH_AUTHORITY,
            since=PROTOCOL,
            until=MERGED,
            names=(AlsoCalled("Azienda USLl n°12 Versilia", source=IN_2007),),
            ended=MERGED,
            into=NORTH_WEST,
        ),
        Named(
            NORTH_WEST,
            Kind.HEALTH_AUTHORITY,
            None,
            source="Dal gennaio 2016 al posto delle aziende 1, 2, 5, 6 e 12 della Toscana nord"
            " ovest; il giorno si legge nella legge regionale. La fonte del 2007 non la conosce.",
        ),
        Named("Regione Toscana", Kind.REGION, Role.CONTRIBUTOR),
        Named(
            "Consorzio di Cooperative Sociali So&Co",
            Kind.CONSORTIUM,
            Role.CONTRIBUTOR,
            legal_form=LegalForm.CONSORTIUM,
        ),
        Named(
            "Numero verde anti-tratta",
            Kind.HELP_LINE,
            Role.CONTRIBUTOR,
            source=f"«messo a disposizione dal Ministero delle Pari Opportunità»: {SOURCE}",
        ),
        Named("Ministero delle Pari Opportunità", Kind.MINISTRY, Role.CONTRIBUTOR),
    ),
    member="Associazione CeIS-Gruppo Giovani e Comunità di Lucca",
    persons=(("Nora", "Serravento"), ("Elisa", "Pontelungo"), ("Corrado", "Lagoscuro")),
)
