"""Cesano Boscone: the table and the observatory founded by a signed protocol.

The source counts further signatories that are no organisations: the mayor, the assessor, a regional
councillor and a councillor of the metropolitan city, who signed as persons in office; the Polizia
Locale and the Comitato unico di garanzia, which are units of the Comune; and the anti-violence
centre "La stanza dello Scirocco", which is a service of the Fondazione Somaschi.
"""

from tavolo.registry.choices import OrganisationKind as Kind
from tavolo.registry.choices import ParticipationRole as Role
from tavolo.registry.demo.parts import Named, SourceNetwork

SIGNED = "2025-11-24"
HERE = "015074"

CESANO_BOSCONE = SourceNetwork(
    slug="cesano-boscone",
    name="Comune di Cesano Boscone",
    summary="Tavolo permanente per le politiche di genere e osservatorio, nati da un protocollo.",
    active_since=SIGNED,
    place=("municipality", HERE),
    source="Azione Cattolica di Milano, «A Cesano Boscone un tavolo permanente per la parità di genere».",
    named=(
        Named("Comune di Cesano Boscone", Kind.MUNICIPALITY, Role.PROMOTER, SIGNED, seat=HERE),
        Named("AFOL città metropolitana", Kind.EMPLOYMENT_AGENCY, since=SIGNED),
        Named("ASST Rhodense", Kind.HEALTH_AUTHORITY, since=SIGNED),
        Named("Fondazione Somaschi Onlus", Kind.FOUNDATION, since=SIGNED),
        Named("Istituto comprensivo Alessandrini", Kind.SCHOOL, since=SIGNED),
        Named("Istituto comprensivo Leonardo da Vinci", Kind.SCHOOL, since=SIGNED),
        Named("ATB Azione Cattolica Cesano Boscone", Kind.ASSOCIATION, since=SIGNED, seat=HERE),
        Named("AUSER", Kind.ASSOCIATION, since=SIGNED),
        Named("RIPARI cooperativa sociale-Impresa sociale", Kind.SOCIAL_COOPERATIVE, since=SIGNED),
        Named("Associazione Sibilla Aleramo", Kind.ASSOCIATION, since=SIGNED),
    ),
    member="Associazione Sibilla Aleramo",
    persons=(("Lia", "Roccabruna"), ("Teresa", "Montecroce"), ("Sandro", "Prato Lungo")),
)
