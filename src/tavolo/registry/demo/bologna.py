"""Bologna: the metropolitan coordination, which began on a 9 March whose year the source leaves out."""

from tavolo.registry.choices import GrammaticalForm as Form
from tavolo.registry.choices import OfficeTitle as Title
from tavolo.registry.choices import OrganisationKind as Kind
from tavolo.registry.choices import ParticipationRole as Role
from tavolo.registry.demo.parts import Holder, Named, SourceNetwork

BEGINNING = "XXXX-03-09"
SOURCE = "Renonews, «Città metropolitana: Pari opportunità e contrasto alle discriminazioni»."

BOLOGNA = SourceNetwork(
    slug="bologna",
    name="Città metropolitana di Bologna",
    summary="Coordinamento metropolitano su distretti che si sovrappongono.",
    active_since=BEGINNING,
    place=("metropolitan_city", "237"),
    source=SOURCE,
    named=(
        Named(
            "Città metropolitana di Bologna",
            Kind.METROPOLITAN_CITY,
            Role.PROMOTER,
            since=BEGINNING,
            seat="037006",
        ),
    ),
    holders=(
        Holder(
            "Elisabetta",
            "Scalambra",
            "Città metropolitana di Bologna",
            Title.DELEGATED_COUNCILLOR,
            Form.FEMININE,
            "«la Consigliera delegata alle Pari Opportunità Elisabetta Scalambra», in carica un"
            f" 9 marzo di cui la fonte non dice l’anno: {SOURCE}",
            matter="Pari Opportunità",
        ),
    ),
    member="Comune di Argelato",
    persons=(("Bruna", "Fossalta"), ("Giulia", "Campolieto"), ("Ezio", "Ripamonte")),
    of_its_municipalities=BEGINNING,
)
