import pytest

from tavolo.territory.extract import written_names
from tavolo.territory.spelling import written_well


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("AGLIÈ", "Agliè"),
        ("REGGIO DI CALABRIA", "Reggio di Calabria"),
        ("REGGIO NELL'EMILIA", "Reggio nell'Emilia"),
        ("SANT'AGATA DE' GOTI", "Sant'Agata de' Goti"),
        ("L'AQUILA", "L'Aquila"),
        ("FRAGNETO L'ABATE", "Fragneto l'Abate"),
        ("PASSERANO-MARMORITO", "Passerano-Marmorito"),
        ("EPPAN AN DER WEINSTRAßE", "Eppan an der Weinstraße"),
        ("ALDINO/ALDEIN", "Aldino/Aldein"),
        ("TELVE DI SOPRA", "Telve di Sopra"),
        ("SOTTO IL MONTE GIOVANNI XXIII", "Sotto il Monte Giovanni XXIII"),
        ("VO'", "Vo'"),
    ],
)
def test_names_in_capitals_are_written_well(capitals, name):
    assert written_well(capitals) == name


def test_hardly_a_name_of_today_is_written_otherwise():
    """German ß has no capital: it is left as the sources leave it."""
    differing = [
        name
        for name in written_names()
        if written_well("ß".join(part.upper() for part in name.split("ß"))) != name
    ]

    assert len(differing) < 20
