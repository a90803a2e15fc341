"""Every name in the four sources that is an organisation, a unit, somebody in office or a party is entered."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tavolo.kernel.actor import ANONYMOUS
from tavolo.kernel.models import Network
from tavolo.kernel.network import installation
from tavolo.kernel.plugs import DemoContext, demo_parts
from tavolo.registry.models import (
    Delegation,
    OfficeHolding,
    Organisation,
    OrganisationName,
    OrganisationSuccession,
    OrganisationUnit,
    Participation,
    Representation,
)
from tavolo.registry.queries import in_office, organisation_as_of
from tests.registry.test_demo import DAY, lay_places

MILANO, CESANO, BOLOGNA, LUCCA = "milano", "cesano-boscone", "bologna", "lucca"
TEXTS = {
    MILANO: "milano-rozzano.txt",
    CESANO: "cesano-boscone.txt",
    BOLOGNA: "bologna.txt",
    LUCCA: "lucca.txt",
}

# The words of the source, the organisation, how it takes part, since when and until when.
ORGANISATIONS = {
    MILANO: [
        ("Il Comune di Rozzano", "Comune di Rozzano", "participant", "", ""),
        (
            "La Città Metropolitana di Milano, su impulso",
            "Città metropolitana di Milano",
            "promoter",
            "2015-06-30",
            "",
        ),
        ("alla firma della Prefettura di Milano", "Prefettura di Milano", "contributor", "", ""),
        (
            "dal contributo fondamentale del Consiglio per le pari opportunità di Regione Lombardia",
            "Consiglio per le pari opportunità di Regione Lombardia",
            "contributor",
            "",
            "",
        ),
        ("di Regione Lombardia", "Regione Lombardia", "", "", ""),
    ],
    CESANO: [
        ("Il Comune di Cesano Boscone", "Comune di Cesano Boscone", "promoter", "2025-11-24", ""),
        *[
            (words, name, "participant", "2025-11-24", "")
            for words, name in (
                ("AFOL città metropolitana", "AFOL città metropolitana"),
                ("ASST RHODENSE", "ASST Rhodense"),
                ("dalla Fondazione Somaschi Onlus", "Fondazione Somaschi Onlus"),
                (
                    "Gli Istituti scolastici comprensivi Alessandrini",
                    "Istituto comprensivo Alessandrini",
                ),
                ("e Leonardo da Vinci", "Istituto comprensivo Leonardo da Vinci"),
                ("ATB Azione Cattolica Cesano Boscone", "ATB Azione Cattolica Cesano Boscone"),
                ("AUSER", "AUSER"),
                (
                    "“RIPARI cooperativa sociale-Impresa sociale”",
                    "RIPARI cooperativa sociale-Impresa sociale",
                ),
                ("l’associazione Sibilla Aleramo", "Associazione Sibilla Aleramo"),
            )
        ],
    ],
    BOLOGNA: [
        (
            "in linea con le funzioni della Città metropolitana",
            "Città metropolitana di Bologna",
            "promoter",
            "XXXX-03-09",
            "",
        ),
    ],
    LUCCA: [
        (
            "A partire dall'anno 2006 la Provincia di Lucca",
            "Provincia di Lucca",
            "promoter",
            "2006",
            "",
        ),
        (
            "l'Associazione CeIS-Gruppo Giovani e Comunità di Lucca",
            "Associazione CeIS-Gruppo Giovani e Comunità di Lucca",
            "participant",
            "2006",
            "",
        ),
        ("la Questura di Lucca", "Questura di Lucca", "participant", "2007", ""),
        ("i Comuni di Altopascio", "Comune di Altopascio", "participant", "2007", ""),
        ("Capannori", "Comune di Capannori", "participant", "2007", ""),
        (
            "Castelnuovo Garfagnana",
            "Comune di Castelnuovo di Garfagnana",
            "participant",
            "2007",
            "",
        ),
        ("Viareggio", "Comune di Viareggio", "participant", "2007", ""),
        (
            "l'Azienda USL n°2 di Lucca",
            "Azienda USL n°2 di Lucca",
            "participant",
            "2007",
            "2016-01",
        ),
        (
            "l'Azienda USLl n°12 Versilia",
            "Azienda USL n°12 Versilia",
            "participant",
            "2007",
            "2016-01",
        ),
        ("la Regione Toscana", "Regione Toscana", "contributor", "", ""),
        (
            "il Consorzio di Cooperative Sociali So&Co",
            "Consorzio di Cooperative Sociali So&Co",
            "contributor",
            "",
            "",
        ),
        ("il numero verde anti-tratta", "Numero verde anti-tratta", "contributor", "", ""),
        (
            "dal Ministero delle Pari Opportunità",
            "Ministero delle Pari Opportunità",
            "contributor",
            "",
            "",
        ),
    ],
}

# The words of the source, the organisation, its unit, what it is.
UNITS = {
    CESANO: [
        (
            "dall’assessorato alle pari opportunità",
            "Comune di Cesano Boscone",
            "Assessorato alle pari opportunità",
            "office",
        ),
        ("La Polizia Locale", "Comune di Cesano Boscone", "Polizia Locale", "organ"),
        (
            "il Comitato unito di garanzia del Comune",
            "Comune di Cesano Boscone",
            "Comitato unico di garanzia",
            "organ",
        ),
        (
            "Centro Antiviolenza (CAV) “La stanza dello Scirocco”",
            "Fondazione Somaschi Onlus",
            "Centro Antiviolenza (CAV) “La stanza dello Scirocco”",
            "service",
        ),
    ],
    LUCCA: [
        ("Centro Pari Opportunità", "Provincia di Lucca", "Centro Pari Opportunità", "service"),
        (
            "Commissione Pari Opportunità",
            "Provincia di Lucca",
            "Commissione Pari Opportunità",
            "organ",
        ),
        ("Assessorato & Centro", "Provincia di Lucca", "Assessorato", "office"),
        ("Incubatore Donna Impresa", "Provincia di Lucca", "Incubatore Donna Impresa", "service"),
    ],
}

# The words of the source, the person, the organisation, the office, its form, the delegated matter, since when.
HOLDERS = {
    MILANO: [
        (
            "l'Assessora alle pari opportunità Fiorella Imprenti",
            "Fiorella Imprenti",
            "Comune di Rozzano",
            "assessor",
            "feminine",
            "pari opportunità",
            "",
        ),
        (
            "Consigliera Maria Rosaria Iardino con delega alle Pari Opportunità, il 30 giugno 2015",
            "Maria Rosaria Iardino",
            "Città metropolitana di Milano",
            "metropolitan_councillor",
            "feminine",
            "Pari Opportunità",
            "../2015-06-30",
        ),
    ],
    CESANO: [
        (
            "al sindaco Marco Pozza",
            "Marco Pozza",
            "Comune di Cesano Boscone",
            "mayor",
            "masculine",
            "",
            "../2025-11-24",
        ),
        (
            "all’assessora Ilaria Ravasi",
            "Ilaria Ravasi",
            "Comune di Cesano Boscone",
            "assessor",
            "feminine",
            "pari opportunità",
            "../2025-11-24",
        ),
        (
            "Il consigliere regionale Simone Negri",
            "Simone Negri",
            "Regione Lombardia",
            "regional_councillor",
            "masculine",
            "",
            "../2025-11-24",
        ),
        (
            "La consigliera Barbara Peres di città metropolitana",
            "Barbara Peres",
            "Città metropolitana di Milano",
            "metropolitan_councillor",
            "feminine",
            "",
            "../2025-11-24",
        ),
    ],
    BOLOGNA: [
        (
            "la Consigliera delegata alle Pari Opportunità Elisabetta Scalambra",
            "Elisabetta Scalambra",
            "Città metropolitana di Bologna",
            "delegated_councillor",
            "feminine",
            "Pari Opportunità",
            "",
        ),
    ],
}

# As it is written in the source, and whose name it is.
ALSO_CALLED = {
    MILANO: [("Città Metropolitana", "Città metropolitana di Milano")],
    CESANO: [("ASST RHODENSE", "ASST Rhodense")],
    LUCCA: [
        ("Ce.I.S. di Lucca", "Associazione CeIS-Gruppo Giovani e Comunità di Lucca"),
        ("Castelnuovo Garfagnana", "Comune di Castelnuovo di Garfagnana"),
        ("Azienda USLl n°12 Versilia", "Azienda USL n°12 Versilia"),
    ],
}

# What stands in capitals and is none of these: bodies, papers and places, which other rooms hold; and
# what a source names without saying which.
OTHERWISE = {
    MILANO: """UN TAVOLO CONTRO LA TRATTA DEGLI ESSERI UMANI PERMANENTE SULLE PARI OPPORTUNITA CITTA METROPOLITANA
        Assessore Consigliere Comuni Cabina Regia Tavolo TAVOLO Avviso Pubblico Incontri Intesa
        Pieve Emanuele Nell Per Contrasto Cultura Lavoro Migranti Un Città""",
    CESANO: """Tavolo Protocollo Sala Carrozze Dante Giornata Nello Promuovere Contrastare Favorire Creare
        Rafforzare Una Firmatari La Gli Il L Comune""",
    BOLOGNA: """CITTA Renonews Città Al Condividere Comuni Regione Forze Tribunale Polizia Associazioni
        Gruppo Piano Siamo Tra Malvezzi L E METROPOLITANA Metropolitana""",
    LUCCA: """Portale Imprese Associazioni Ecco Con Anna La Rete Muro Enti Locali Forze Ordine Terzo Settore
        Interventi Obiettivo Campagna Fiocco Bianco Politiche Il Progetto Nell Là I A E DLgs""",
}


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def entered(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration, once for all tests of the file, which only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        lay_places()
        here = installation()
        here.demonstration = True
        here.save()
        demo_parts.get("registry").load(DemoContext(1, DAY))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def text(request: pytest.FixtureRequest, shared: Path) -> str:
    source = shared / "sources" / TEXTS[request.param]
    return one_line(source.read_text(encoding="utf-8"))


def rows(table: dict[str, list[Any]]) -> Any:
    """One test a row, with the text of its source."""
    every = [(source, row) for source, found in table.items() for row in found]
    return pytest.mark.parametrize(
        ("text", "row"),
        [pytest.param(source, row, id=f"{source}: {row[0][:40]}") for source, row in every],
        indirect=["text"],
    )


pytestmark = pytest.mark.usefixtures("entered", "db")


@rows(ORGANISATIONS)
def test_each_organisation_stands_as_its_source_says(text: str, row: tuple[str, ...]) -> None:
    words, name, role, began, ended = row
    assert words in text
    organisation = Organisation.objects.get(name=name)
    found = [
        (part.role, str(part.began or ""), str(part.ended or ""))
        for part in Participation.objects.filter(organisation=organisation)
    ]
    assert found == ([(role, began, ended)] if role else [])


@rows(UNITS)
def test_each_unit_is_a_part_of_whom_its_source_says(text: str, row: tuple[str, ...]) -> None:
    words, organisation, name, kind = row
    assert words in text
    unit = OrganisationUnit.objects.get(organisation__name=organisation, name=name)
    assert unit.kind == kind
    assert unit.source


@rows(HOLDERS)
def test_each_office_is_held_by_whom_its_source_says(text: str, row: tuple[str, ...]) -> None:
    words, person, organisation, title, form, matter, began = row
    assert words in text
    office = OfficeHolding.objects.get(person__name=person)
    assert (office.organisation.name, office.title, office.form, str(office.began or "")) == (
        organisation,
        title,
        form,
        began,
    )
    found = Delegation.objects.filter(person__name=person, holding=office.uid)
    assert [delegation.words for delegation in found] == ([matter] if matter else [])


@rows(ALSO_CALLED)
def test_what_is_written_otherwise_is_kept_as_it_stands(text: str, row: tuple[str, ...]) -> None:
    written, name = row
    assert written in text
    found = OrganisationName.objects.known().get(name=written)
    assert found.organisation.name == name
    assert found.source


def test_a_wrong_word_stands_in_quotation_marks_alone() -> None:
    """The source's "Comitato unito" is right in the name, and verbatim where the source is quoted."""
    unit = OrganisationUnit.objects.get(name="Comitato unico di garanzia")
    assert "«Comitato unito di garanzia»" in unit.source
    assert not OrganisationUnit.objects.filter(name__icontains="unito").exists()
    assert not Organisation.objects.filter(name__icontains="USLl").exists()
    assert not Organisation.objects.filter(name__endswith="Castelnuovo Garfagnana").exists()


def test_a_mayor_and_an_assessor_are_two_persons_of_one_municipality() -> None:
    comune = Organisation.objects.get(name="Comune di Cesano Boscone")
    held = in_office(comune, on=DAY)
    assert [(each.person.name, each.words) for each in held] == [
        ("Marco Pozza", "sindaco"),
        ("Ilaria Ravasi", "assessora"),
    ]
    assert [each.words for each in held[1].delegations] == ["pari opportunità"]
    units = {unit.name for unit in organisation_as_of(comune, on=DAY, actor=ANONYMOUS).units}
    assert {"Polizia Locale", "Comitato unico di garanzia"} <= units


def test_rozzano_takes_part_through_its_assessor() -> None:
    row = Representation.objects.select_related("person", "organisation", "network").get(
        network__slug="milano", organisation__name="Comune di Rozzano"
    )
    assert (row.person.name, row.capacity) == ("Fiorella Imprenti", "delegate")


def test_the_health_authorities_of_lucca_live_on_in_another() -> None:
    found = OrganisationSuccession.objects.select_related("organisation", "successor")
    assert {
        (row.organisation.name, row.successor.name, str(row.began), row.manner) for row in found
    } == {
        ("Azienda USL n°2 di Lucca", "Azienda USL Toscana nord ovest", "2016-01", "merger"),
        ("Azienda USL n°12 Versilia", "Azienda USL Toscana nord ovest", "2016-01", "merger"),
    }
    second = Organisation.objects.get(name="Azienda USL n°2 di Lucca")
    before = organisation_as_of(second, on=date(2007, 5, 1), actor=ANONYMOUS)
    after = organisation_as_of(second, on=DAY, actor=ANONYMOUS)
    assert (before.exists, after.exists, after.name) == (True, False, second.name)


def test_dates_known_in_part_stay_as_they_are_known() -> None:
    assert {network.slug: str(network.active_since) for network in Network.objects.all()} == {
        MILANO: "2015-06-30",
        CESANO: "2025-11-24",
        BOLOGNA: "XXXX-03-09",
        LUCCA: "2006",
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LUCCA, "A partire dall'anno 2006"),
        (LUCCA, "Nell'anno 2007 è stato steso"),
        (BOLOGNA, "partire il 9 marzo"),
        (MILANO, "il 30 giugno 2015 ha ufficialmente dato avvio"),
        (CESANO, "il 24 novembre 2025 alle ore 15"),
    ],
    indirect=["text"],
)
def test_the_sources_say_those_dates(text: str, words: str) -> None:
    assert words in text


WORD = re.compile(r"\w[\w&]*(?:\.\w+)*")


@pytest.mark.parametrize(("text", "source"), [(key, key) for key in TEXTS], indirect=["text"])
def test_no_name_of_a_source_is_left_out(text: str, source: str) -> None:
    """Each word with a capital belongs to a row of the tables above, or is told to be something else."""
    tables = (ORGANISATIONS, UNITS, HOLDERS, ALSO_CALLED)
    every = [row for table in tables for row in table.get(source, [])]
    told = " ".join([*(" ".join(row) for row in every), OTHERWISE[source]])
    known = {word.lower() for word in WORD.findall(told)}
    capital = {word for word in WORD.findall(text) if word[0].isupper()}
    assert {word for word in capital if word.lower() not in known} == set()
