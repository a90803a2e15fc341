"""Milano: the standing table of the metropolitan city, as the page of the Comune di Rozzano tells it."""

from random import Random

from tavolo.registry.choices import GrammaticalForm as Form
from tavolo.registry.choices import OfficeTitle as Title
from tavolo.registry.choices import OrganisationKind as Kind
from tavolo.registry.choices import ParticipationRole as Role
from tavolo.registry.demo.parts import AlsoCalled, Holder, Named, SourceNetwork

BEGINNING = "2015-06-30"
ASSOCIATIONS = 54  # the number is the source's; the names are not
INVENTED = "Nome inventato per la dimostrazione: la fonte dice solo che aderirono 54 associazioni."

NAMES = (
    "Acquamarina", "Albachiara", "Altrosguardo", "Ancora Noi", "Arcobaleno", "Ariaperta",
    "Aurora", "Bella Stagione", "Betulla", "Bussola", "Campo Largo", "Cascina Aperta",
    "Castagna", "Centopassi", "Chiarastella", "Cielo Mosso", "Ciliegio", "Clessidra",
    "Corallo", "Cornice", "Dafne", "Domani Insieme", "Due Fiumi", "Edera", "Fiordaliso",
    "Fontanile", "Genziana", "Germoglio", "Ginestra", "Girandola", "Girasole", "Glicine",
    "Il Cerchio", "Il Filo", "Il Melograno", "Il Ponte", "La Finestra", "La Lanterna",
    "La Marea", "La Quercia", "La Rondine", "La Soglia", "La Trama", "Le Radici", "Lucciola",
    "Magnolia", "Margherita", "Mimosa", "Mongolfiera", "Naviglio Vivo", "Nuovo Sentiero",
    "Oltre la Siepe", "Orizzonte", "Papavero", "Pettirosso", "Porta Aperta", "Primula",
    "Raggio Verde", "Risorgiva", "Roggia", "Salice", "Sette Note", "Stella Alpina", "Tramontana",
    "Tulipano", "Ventaglio", "Vento di Marzo", "Zefiro",
)  # fmt: skip


def associations(random: Random) -> list[Named]:
    """Fifty-four, each plainly of the demonstration; without a seat, since nobody says one."""
    return [
        Named(
            f"Associazione {name} (dimostrazione)",
            Kind.ASSOCIATION,
            since=BEGINNING,
            source=INVENTED,
        )
        for name in sorted(random.sample(NAMES, ASSOCIATIONS))
    ]


SOURCE = "Comune di Rozzano, pagina «Un tavolo contro la tratta degli esseri umani»."

MILANO = SourceNetwork(
    slug="milano",
    name="Città metropolitana di Milano",
    summary="Tavolo permanente sulle pari opportunità, con cinque gruppi tematici.",
    active_since=BEGINNING,
    place=("metropolitan_city", "215"),
    source=SOURCE,
    named=(
        Named(
            "Città metropolitana di Milano",
            Kind.METROPOLITAN_CITY,
            Role.PROMOTER,
            since=BEGINNING,
            seat="015146",
            names=(AlsoCalled("Città Metropolitana", source=SOURCE),),
        ),
        Named("Comune di Rozzano", Kind.MUNICIPALITY, seat="015189"),
        Named("Prefettura di Milano", Kind.PREFECTURE, Role.CONTRIBUTOR, seat="015146"),
        Named(
            "Consiglio per le pari opportunità di Regione Lombardia",
            Kind.EQUALITY_BODY,
            Role.CONTRIBUTOR,
        ),
        Named("Regione Lombardia", Kind.REGION, None),
    ),
    holders=(
        Holder(
            "Fiorella",
            "Imprenti",
            "Comune di Rozzano",
            Title.ASSESSOR,
            Form.FEMININE,
            "«Il Comune di Rozzano, tramite l'Assessora alle pari opportunità Fiorella Imprenti,"
            f" partecipa»: {SOURCE} La pagina non dice da quando, né fino a quando.",
            matter="pari opportunità",
            speaks=True,
        ),
        Holder(
            "Maria Rosaria",
            "Iardino",
            "Città metropolitana di Milano",
            Title.METROPOLITAN_COUNCILLOR,
            Form.FEMININE,
            "«su impulso della Consigliera Maria Rosaria Iardino con delega alle Pari Opportunità,"
            f" il 30 giugno 2015»: {SOURCE} La pagina non dice fino a quando.",
            matter="Pari Opportunità",
            began="../2015-06-30",
        ),
    ),
    member="Comune di Rozzano",
    persons=(("Irene", "Colonnetti"), ("Marta", "Sassofranco"), ("Paolo", "Vialunga")),
    invented=associations,
)
