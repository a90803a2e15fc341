"""Registers of organisations as they are called in Italy, with doubles planted by typing errors: seeded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from tavolo.registry.likeness import Likeness, Traits

# Large towns first: every second organisation sits in one of the first ten.
TOWNS = tuple(
    """Milano|Bologna|Lucca|Reggio nell’Emilia|Forlì|Viareggio|Capannori|Imola|Rozzano|Pavia
    Cesano Boscone|Barga|Casalecchio di Reno|San Lazzaro di Savena|Budrio|Molinella|Corsico|Opera
    Sant’Agata Bolognese|Castel Maggiore|Altopascio|Camaiore|Massarosa|Pietrasanta|Seravezza|Stazzema
    Anzola dell’Emilia|Argelato|Baricella|Bentivoglio|Calderara di Reno|Castello d’Argile|Castenaso
    Crevalcore|Galliera|Granarolo dell’Emilia|Malalbergo|Minerbio|Pieve di Cento|Sala Bolognese
    San Giorgio di Piano|San Giovanni in Persiceto|San Pietro in Casale|Valsamoggia|Zola Predosa
    Assago|Basiglio|Binasco|Buccinasco|Cusago|Lacchiarella|Locate di Triulzi|Noviglio|Pieve Emanuele
    Trezzano sul Naviglio|Vernate|Zibido San Giacomo|Casarile|Gaggiano|Porcari|Montecarlo|Villa Basilica
    """.replace("\n    ", "|")
    .strip("| ")
    .split("|")
)
FORMS = (
    "Associazione",
    "APS",
    "ODV",
    "Onlus",
    "Cooperativa sociale",
    "Fondazione",
    "ETS",
    "Comitato",
    "",
)
HEADS = (
    *(
        "Casa",
        "Centro",
        "Circolo",
        "Gruppo",
        "Rete",
        "Sportello",
        "Spazio",
        "Officina",
        "Laboratorio",
    ),
    *(
        "Coordinamento",
        "Forum",
        "Collettivo",
        "Amiche",
        "Compagnia",
        "Bottega",
        "Cantiere",
        "Volontari",
    ),
)
BODIES = (
    *(
        "donne",
        "famiglie",
        "giovani",
        "anziani",
        "migranti",
        "diritti",
        "pari opportunità",
        "lavoro",
    ),
    *("ascolto", "cura", "memoria", "pace", "cittadinanza", "solidarietà", "accoglienza", "mamme"),
    *("uomini in cambiamento", "teatro", "musica", "lettura", "ambiente", "quartiere", "infanzia"),
    *("antiviolenza", "salute", "sport", "disabilità", "scuola aperta", "economia", "legalità"),
)
GIVEN = (
    *(
        "Margherita",
        "Tina",
        "Lina",
        "Nilde",
        "Rosa",
        "Teresa",
        "Renata",
        "Camilla",
        "Irma",
        "Franca",
    ),
    *(
        "Giuseppe",
        "Carlo",
        "Luigi",
        "Pietro",
        "Aldo",
        "Sandro",
        "Enrico",
        "Giorgio",
        "Paolo",
        "Franco",
    ),
)
FAMILY = (
    *(
        "Hack",
        "Anselmi",
        "Merlin",
        "Iotti",
        "Luxemburg",
        "Noce",
        "Viganò",
        "Ravera",
        "Bandiera",
        "Rame",
    ),
    *(
        "Mazzini",
        "Manzoni",
        "Pertini",
        "Moro",
        "Berlinguer",
        "La Pira",
        "Freire",
        "Basaglia",
        "Dossetti",
    ),
    *(
        "Bianchi",
        "Montessori",
        "Deledda",
        "Morante",
        "Negri",
        "Ginzburg",
        "Mattei",
        "Fantini",
        "Cervi",
    ),
)
PROPER = (
    *(
        "Artemisia",
        "Minerva",
        "Aurora",
        "Girasole",
        "Arcobaleno",
        "Penelope",
        "Atena",
        "Ipazia",
        "Frida",
    ),
    *("Alba Nuova", "Mondo Donna", "Ponte", "Sirena", "Mimosa", "Melograno", "Tulipano", "Zefiro"),
    *("Orizzonti", "Ginestra", "Pandora", "Cassandra", "Antigone", "Marea", "Futura", "Levante"),
    *("Controvento", "Filo d’Arianna", "Terra Madre", "Lanterna", "Mosaico", "Bussola", "Radici"),
    *(
        "Nuovi Passi",
        "Kairos",
        "Demetra",
        "Zoe",
        "Liberamente",
        "Senza Confini",
        "Altrimenti",
        "Ulivo",
    ),
    *(
        "Primavera",
        "Meridiana",
        "Il Faro",
        "La Quercia",
        "Aquilone",
        "Sestante",
        "Crisalide",
        "Dafne",
    ),
)
# What every town has, and unions that differ by a letter or two.
BODY_KINDS = (
    *(
        "Comune di {}",
        "Polizia Locale di {}",
        "Istituto comprensivo {n} {}",
        "Istituto comprensivo {m} {}",
    ),
    *(
        "Pro Loco {}",
        "CGIL {}",
        "CISL {}",
        "UIL {}",
        "AVIS {}",
        "Auser {}",
        "ANPI {}",
        "Parrocchia {}",
    ),
)
LETTERS = "abcdefghilmnopqrstuvz"
SIGNS = ("tax", "web")


@dataclass(frozen=True)
class Planted:
    """A register, what a list brings, and which row of the list is which of the register."""

    register: list[Traits]
    rows: list[Traits]
    truth: dict[str, str]


def planted(seed: int, *, size: int, rows: int, doubles: int) -> Planted:
    """`rows` rows, of which `doubles` are of the register under another spelling, the rest new."""
    random = Random(seed)
    names = _names(random)
    all_of_them = [
        _made(random, f"r{number}", next(names)) for number in range(size + rows - doubles)
    ]
    register, new = all_of_them[:size], all_of_them[size:]
    truth = {}
    brought = [replace(one, key=f"n{number}") for number, one in enumerate(new)]
    for number, one in enumerate(random.sample(register, doubles)):
        key = f"d{number}"
        truth[key] = one.key
        brought.append(replace(_spoilt(random, one), key=key))
    random.shuffle(brought)
    return Planted(register, brought, truth)


def measured(planted: Planted) -> tuple[float, float, list[tuple[Traits, str]]]:
    """Recall, precision (of the asked rows those that are doubles and shown the right one), what was wrong."""
    likeness = Likeness([*planted.register, *planted.rows])
    there = {one.key for one in planted.register}
    right, asked, wrong = 0, 0, []
    for row in planted.rows:
        found = [alike.key for alike in likeness.like(row.key, among=there)]
        meant = planted.truth.get(row.key)
        hit = meant is not None and meant in found
        asked += bool(found)
        right += hit
        if not hit and (found or meant):
            wrong.append((row, found[0] if found else ""))
    return right / len(planted.truth), right / max(asked, 1), wrong


def _names(random: Random) -> Iterator[tuple[str, str]]:
    """Name and town, each pair once: bodies that every town has, and associations of all sorts."""
    seen = set()
    bodies = [(kind, town) for kind in BODY_KINDS for town in TOWNS]
    random.shuffle(bodies)
    for kind, town in bodies:
        yield kind.format(town, n=random.randint(1, 9), m=random.randint(10, 20)), town
    while True:
        town = random.choice(TOWNS[:10] if random.random() < 0.5 else TOWNS)
        head, body = random.choice(HEADS), random.choice(BODIES)
        person = f"{random.choice(GIVEN)} {random.choice(FAMILY)}"
        called = random.choice(
            (person, random.choice(PROPER), f"{person} e {random.choice(PROPER)}")
        )
        # Two of one town may share their name and differ in what they do, or the other way round.
        about = random.choice((f"{head} {body}", body, f"{head} di {body}"))
        if (called, town, body) in seen or (called, town, head) in seen:
            continue
        seen |= {(called, town, body), (called, town, head)}
        tail = random.choice(("", "", town))
        yield " ".join(filter(None, (random.choice(FORMS), about, called, tail))), town


def _made(random: Random, key: str, called: tuple[str, str]) -> Traits:
    name, town = called
    numbers = (
        frozenset({f"tax_code:{random.randrange(10**10, 10**11)}"})
        if random.random() < 0.4
        else frozenset()
    )
    host = f"{key}-{name[:3].lower().strip()}.example"
    domains = frozenset({host}) if random.random() < 0.3 else frozenset()
    return Traits(key, (name,), TOWNS.index(town), town, numbers, domains)


def _spoilt(random: Random, one: Traits) -> Traits:
    """The same as somebody else typed it: errors, other words of law, sometimes without its number."""
    name = one.names[0]
    for _each in range(random.choice((1, 1, 1, 2))):
        name = random.choice((_typed, _typed, _typed, _form, _turned, _shouted, _glued))(
            random, name
        )
    numbers = one.numbers if random.random() < 0.3 else frozenset()
    domains = one.domains if random.random() < 0.5 else frozenset()
    place = one.place if random.random() < 0.95 else None
    return Traits("", (name,), place, one.place_name if place is not None else "", numbers, domains)


def _typed(random: Random, name: str) -> str:
    """One letter wrong, missing, too many or exchanged, in a word of five letters or more."""
    words = name.split()
    long = [place for place, word in enumerate(words) if len(word) >= 5] or [0]
    place = random.choice(long)
    word = words[place]
    at = random.randrange(1, len(word) - 1) if len(word) > 2 else 0
    words[place] = random.choice(
        (
            word[:at] + random.choice(LETTERS) + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + random.choice(LETTERS) + word[at:],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        )
    )
    return " ".join(words)


def _form(random: Random, name: str) -> str:
    """Another word of law, another way to write it, or none."""
    words = [word for word in name.split() if word not in FORMS and word != "sociale"]
    return " ".join(filter(None, (*words, random.choice(("A.P.S.", "odv", "ONLUS", "ETS", "")))))


def _turned(random: Random, name: str) -> str:
    words = name.split()
    at = random.randrange(len(words))
    return " ".join((*words[at:], *words[:at]))


def _shouted(_random: Random, name: str) -> str:
    return name.upper().replace("À", "A'").replace("Ì", "I'")


def _glued(random: Random, name: str) -> str:
    """Two words without the blank between them."""
    words = name.split()
    at = random.randrange(len(words) - 1) if len(words) > 1 else 0
    return " ".join((*words[:at], "".join(words[at : at + 2]), *words[at + 2 :]))
