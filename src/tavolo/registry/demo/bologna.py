"""Bologna: the metropolitan coordination, which began on a 9 March whose year the source leaves out."""

from tavolo.registry.choices import OrganisationKind as Kind
from tavolo.registry.choices import ParticipationRole as Role
from tavolo.registry.demo.parts import Named, SourceNetwork

BEGINNING = "XXXX-03-09"

BOLOGNA = SourceNetwork(
    slug="bologna",
    name="Città metropolitana di Bologna",
    summary="Coordinamento metropolitano su distretti che si sovrappongono.",
    active_since=BEGINNING,
    place=("metropolitan_city", "237"),
    source="Renonews, «Città metropolitana: Pari opportunità e contrasto alle discriminazioni».",
    named=(
        Named(
            "Città metropolitana di Bologna",
            Kind.METROPOLITAN_CITY,
            Role.PROMOTER,
            since=BEGINNING,
            seat="037006",
        ),
    ),
    member="Comune di Argelato",
    persons=(("Bruna", "Fossalta"), ("Giulia", "Campolieto"), ("Ezio", "Ripamonte")),
    of_its_municipalities=BEGINNING,
)
