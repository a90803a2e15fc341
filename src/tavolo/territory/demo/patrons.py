"""The patron saints of three cities; of the others it is not known here, and nobody is invented."""

from tavolo.kernel.actor import OPERATOR
from tavolo.territory.actions import set_patron
from tavolo.territory.models import Municipality

# ISTAT code, month, day, saint.
PATRONS = (
    ("015146", 12, 7, "Sant’Ambrogio"),
    ("037006", 10, 4, "San Petronio"),
    ("046017", 7, 12, "San Paolino"),
)
SOURCE = (
    "Patrono della città; dato della dimostrazione, da confrontare con il regolamento del Comune"
)


def load() -> None:
    for code, month, day, name in PATRONS:
        found = Municipality.objects.filter(istat_code=code, valid_until=None).first()
        if found is not None:
            set_patron(
                municipality=found, month=month, day=day, name=name, source=SOURCE, by=OPERATOR
            )
