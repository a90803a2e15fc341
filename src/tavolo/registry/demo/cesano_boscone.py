"""Cesano Boscone: the table and the observatory founded by a signed protocol.

Of its signatories some are no organisations: the mayor, the assessor, a regional councillor and a
councillor of the metropolitan city signed as persons in office; the Polizia Locale and the single
guarantee committee are units of the Comune; the anti-violence centre is a service of a foundation.
"""

from tavolo.registry.choices import GrammaticalForm as Form
from tavolo.registry.choices import LegalForm, UnitKind
from tavolo.registry.choices import OfficeTitle as Title
from tavolo.registry.choices import OrganisationKind as Kind
from tavolo.registry.choices import ParticipationRole as Role
from tavolo.registry.demo.parts import AlsoCalled, Holder, Named, Part, SourceNetwork

SIGNED = "2025-11-24"
BY_THEN = f"../{SIGNED}"  # in office on that day; since when, the source does not say
HERE = "015074"
SOURCE = (
    "Azione Cattolica di Milano, «A Cesano Boscone un tavolo permanente per la parità di genere»."
)

CESANO_BOSCONE = SourceNetwork(
    slug="cesano-boscone",
    name="Comune di Cesano Boscone",
    summary="Tavolo permanente per le politiche di genere e osservatorio, nati da un protocollo.",
    active_since=SIGNED,
    place=("municipality", HERE),
    source=SOURCE,
    named=(
        Named(
            "Comune di Cesano Boscone",
            Kind.MUNICIPALITY,
            Role.PROMOTER,
            SIGNED,
            seat=HERE,
            parts=(
                Part("Assessorato alle pari opportunità", UnitKind.OFFICE, SOURCE),
                Part("Polizia Locale", UnitKind.ORGAN, f"Firmataria del protocollo: {SOURCE}"),
                Part(
                    "Comitato unico di garanzia",
                    UnitKind.ORGAN,
                    f"Firmatario del protocollo, dove si legge «Comitato unito di garanzia»: {SOURCE}",
                ),
            ),
        ),
        Named("AFOL città metropolitana", Kind.EMPLOYMENT_AGENCY, since=SIGNED),
        Named(
            "ASST Rhodense",
            Kind.HEALTH_AUTHORITY,
            since=SIGNED,
            names=(
                AlsoCalled("ASST RHODENSE", source=f"Così nell’elenco dei firmatari: {SOURCE}"),
            ),
        ),
        Named(
            "Fondazione Somaschi Onlus",
            Kind.FOUNDATION,
            since=SIGNED,
            legal_form=LegalForm.ONLUS,
            parts=(
                Part(
                    "Centro Antiviolenza (CAV) “La stanza dello Scirocco”",
                    UnitKind.SERVICE,
                    f"Tra i firmatari del protocollo: {SOURCE}",
                ),
            ),
        ),
        Named("Istituto comprensivo Alessandrini", Kind.SCHOOL, since=SIGNED),
        Named("Istituto comprensivo Leonardo da Vinci", Kind.SCHOOL, since=SIGNED),
        Named("ATB Azione Cattolica Cesano Boscone", Kind.ASSOCIATION, since=SIGNED, seat=HERE),
        Named("AUSER", Kind.ASSOCIATION, since=SIGNED),
        Named(
            "RIPARI cooperativa sociale-Impresa sociale",
            Kind.SOCIAL_COOPERATIVE,
            since=SIGNED,
            legal_form=LegalForm.SOCIAL_COOPERATIVE,
        ),
        Named("Associazione Sibilla Aleramo", Kind.ASSOCIATION, since=SIGNED),
    ),
    holders=(
        Holder(
            "Marco",
            "Pozza",
            "Comune di Cesano Boscone",
            Title.MAYOR,
            Form.MASCULINE,
            f"Tra i firmatari del protocollo, «sindaco Marco Pozza»: {SOURCE}",
            began=BY_THEN,
        ),
        Holder(
            "Ilaria",
            "Ravasi",
            "Comune di Cesano Boscone",
            Title.ASSESSOR,
            Form.FEMININE,
            "«assessorato alle pari opportunità guidato dall’Assessora llaria Ravasi», tra i"
            f" firmatari del protocollo: {SOURCE}",
            matter="pari opportunità",
            began=BY_THEN,
        ),
        Holder(
            "Simone",
            "Negri",
            "Regione Lombardia",
            Title.REGIONAL_COUNCILLOR,
            Form.MASCULINE,
            f"Tra i firmatari del protocollo, «Il consigliere regionale Simone Negri»: {SOURCE}",
            began=BY_THEN,
        ),
        Holder(
            "Barbara",
            "Peres",
            "Città metropolitana di Milano",
            Title.METROPOLITAN_COUNCILLOR,
            Form.FEMININE,
            "Tra i firmatari del protocollo, «La consigliera Barbara Peres di città metropolitana»:"
            f" {SOURCE}",
            began=BY_THEN,
        ),
    ),
    member="Associazione Sibilla Aleramo",
    persons=(("Lia", "Roccabruna"), ("Teresa", "Montecroce"), ("Sandro", "Prato Lungo")),
)
