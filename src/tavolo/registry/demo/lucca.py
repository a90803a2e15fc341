"""Lucca: the portal of the Provincia and the network against trafficking "Con Anna"."""

from tavolo.registry.choices import OrganisationKind as Kind
from tavolo.registry.choices import ParticipationRole as Role
from tavolo.registry.demo.parts import Named, SourceNetwork

PROJECT = "2006"  # "a partire dall'anno 2006"
PROTOCOL = "2007"  # "nell'anno 2007"
MERGED = "2016-01"  # into Azienda USL Toscana nord ovest; the day is to be read in the regional law

LUCCA = SourceNetwork(
    slug="lucca",
    name="Provincia di Lucca",
    summary="Portale delle pari opportunità e rete antitratta «Con Anna».",
    active_since=PROJECT,
    place=("province", "046"),
    source="Portale per le Pari Opportunità della Provincia di Lucca, pagina «Con Anna».",
    named=(
        Named("Provincia di Lucca", Kind.PROVINCE, Role.PROMOTER, PROJECT, seat="046017"),
        Named(
            "Associazione CeIS-Gruppo Giovani e Comunità di Lucca",
            Kind.ASSOCIATION,
            since=PROJECT,
            seat="046017",
        ),
        Named("Questura di Lucca", Kind.POLICE, since=PROTOCOL, seat="046017"),
        Named("Comune di Altopascio", Kind.MUNICIPALITY, since=PROTOCOL, seat="046001"),
        Named("Comune di Capannori", Kind.MUNICIPALITY, since=PROTOCOL, seat="046007"),
        Named("Comune di Castelnuovo Garfagnana", Kind.MUNICIPALITY, since=PROTOCOL, seat="046009"),
        Named("Comune di Viareggio", Kind.MUNICIPALITY, since=PROTOCOL, seat="046033"),
        Named("Azienda USL n°2 di Lucca", Kind.HEALTH_AUTHORITY, since=PROTOCOL, until=MERGED),
        Named("Azienda USL n°12 Versilia", Kind.HEALTH_AUTHORITY, since=PROTOCOL, until=MERGED),
        Named("Regione Toscana", Kind.REGION, Role.CONTRIBUTOR),
        Named("Consorzio di Cooperative Sociali So&Co", Kind.CONSORTIUM, Role.CONTRIBUTOR),
        Named("Numero verde anti-tratta", Kind.HELP_LINE, Role.CONTRIBUTOR),
        Named("Ministero delle Pari Opportunità", Kind.MINISTRY, Role.CONTRIBUTOR),
    ),
    member="Associazione CeIS-Gruppo Giovani e Comunità di Lucca",
    persons=(("Nora", "Serravento"), ("Elisa", "Pontelungo"), ("Corrado", "Lagoscuro")),
)
