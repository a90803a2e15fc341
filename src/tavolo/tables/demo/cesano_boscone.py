"""Cesano Boscone: the table and the observatory founded by the protocol that fifteen signed."""

from datetime import date
from typing import Any

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.choices import DelegationTheme, OfficeTitle
from tavolo.registry.demo.cesano_boscone import HERE, SIGNED, SOURCE
from tavolo.registry.models import Organisation, OrganisationUnit
from tavolo.tables.actions import add_purpose, add_seat, add_sphere, found_body, name_body
from tavolo.tables.choices import ActKind, Basis, Level
from tavolo.tables.models import Body
from tavolo.territory.models import Municipality

DAY = date.fromisoformat(SIGNED)
ACT = "Protocollo per istituire il primo osservatorio permanente sulle politiche di genere e pari opportunità"
NAME = "Tavolo permanente per le politiche di genere"
OTHER_NAMES = (
    "Tavolo permanente per la parità di genere",
    "Tavolo permanente comunale sulle politiche di genere",
)
SPHERES = ("Vita scolastica", "Vita lavorativa", "Vita sociale", "Vita sanitaria")
PURPOSES = (
    (
        "Promuovere la cultura delle pari opportunità, dell’inclusione e della partecipazione"
        " paritaria alla vita scolastica, lavorativa, sociale e sanitaria"
    ),
    (
        "Contrastare le discriminazioni basate su genere, etnia, disabilità e condizione"
        " socioeconomica e la violenza di genere"
    ),
    ("Favorire percorsi di orientamento scolastico e professionale liberi da stereotipi di genere"),
    "Creare opportunità concrete di inserimento lavorativo per categorie svantaggiate",
    (
        "Promuovere l’empowerment femminile e l’eliminazione delle barriere culturali che"
        " ostacolano la parità di genere"
    ),
    (
        "Rafforzare la rete territoriale per la programmazione condivisa delle attività,"
        " attraverso la co-programmazione attiva con gli enti del terzo settore, le"
        " istituzioni e i servizi del territorio"
    ),
)
COMUNE = "Comune di Cesano Boscone"
SIGNATORIES = (
    "AFOL città metropolitana",
    "ASST Rhodense",
    "Istituto comprensivo Alessandrini",
    "Istituto comprensivo Leonardo da Vinci",
    "ATB Azione Cattolica Cesano Boscone",
    "AUSER",
    "RIPARI cooperativa sociale-Impresa sociale",
    "Associazione Sibilla Aleramo",
)
UNITS = ("Centro Antiviolenza", "Polizia Locale", "Comitato unico di garanzia")
COUNCILLORS = (("Simone", "Negri"), ("Barbara", "Peres"))


def load() -> None:
    """The table with its three names, six purposes and fifteen seats; the observatory beside it."""
    network = Network.objects.get(slug="cesano-boscone")
    comune = Organisation.objects.get(name=COMUNE, steward=network)
    here = Municipality.objects.get(istat_code=HERE, valid_until=None)
    told: dict[str, Any] = {
        "network": network,
        "level": Level.MUNICIPAL,
        "theme": "politiche di genere",
        "promoter": comune,
        "on_impulse_of": "Assessora Ilaria Ravasi, assessorato alle pari opportunità",
        "founding_kind": ActKind.PROTOCOL,
        "founding_act": ACT,
        "established": DAY,
        "municipalities": [here],
        "source": SOURCE,
        "by": OPERATOR,
    }
    table = found_body(kind="standing_table", name=NAME, started=DAY, **told)
    for name in OTHER_NAMES:
        name_body(body=table, name=name, kind="short", source=SOURCE, by=OPERATOR)
    keys = [add_sphere(network=network, name=name, by=OPERATOR).key for name in SPHERES]
    for number, words in enumerate(PURPOSES, 1):
        spheres = keys if number == 1 else ()
        add_purpose(body=table, words=words, spheres=spheres, source=SOURCE, by=OPERATOR)
    observatory = "Osservatorio permanente sulle politiche di genere e pari opportunità"
    found_body(kind="observatory", name=observatory, **told)
    _seats(table, comune)


def _seats(table: Body, comune: Organisation) -> None:
    """Fifteen: organisations, units that sign for themselves, persons in office."""
    _sits(table, organisation=comune, title=OfficeTitle.MAYOR)
    _sits(
        table,
        organisation=comune,
        title=OfficeTitle.ASSESSOR,
        theme=DelegationTheme.EQUAL_OPPORTUNITIES,
    )
    for name in SIGNATORIES:
        _sits(table, organisation=Organisation.objects.get(name=name, steward=table.network))
    for name in UNITS:
        unit = OrganisationUnit.objects.select_related("organisation").get(
            name__startswith=name, organisation__steward=table.network
        )
        _sits(table, organisation=unit.organisation, unit=unit)
    for given_name, family_name in COUNCILLORS:
        person = Person.objects.get(given_name=given_name, family_name=family_name)
        _sits(table, person=person)


def _sits(table: Body, **holder: Any) -> None:
    add_seat(
        body=table,
        basis=Basis.FOUNDING,
        act=ACT,
        began=DAY,
        source=f"Tra i firmatari del protocollo: {SOURCE}",
        by=OPERATOR,
        **holder,
    )
