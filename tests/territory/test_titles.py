import pytest

from tavolo.territory.extract import Extract
from tavolo.territory.titles import title_of


@pytest.mark.parametrize(
    ("code", "name", "metropolitan", "title"),
    [
        ("046", "Lucca", False, "Provincia di Lucca"),
        ("011", "La Spezia", False, "Provincia della Spezia"),
        ("066", "L'Aquila", False, "Provincia dell'Aquila"),
        ("022", "Trento", False, "Provincia autonoma di Trento"),
        ("084", "Agrigento", False, "Libero consorzio comunale di Agrigento"),
        ("015", "Milano", True, "Città metropolitana di Milano"),
        ("058", "Roma", True, "Città metropolitana di Roma Capitale"),
        ("058", "Roma", False, "Provincia di Roma"),
        ("111", "Sud Sardegna", False, "Provincia del Sud Sardegna"),
        ("007", "Valle d'Aosta/Vallée d'Aoste", False, "Valle d'Aosta/Vallée d'Aoste"),
    ],
)
def test_a_province_is_called_in_full(code, name, metropolitan, title):
    assert title_of(code, name, metropolitan=metropolitan) == title


def test_no_two_provinces_are_called_alike():
    titles = [
        title_of(province.code, province.name, metropolitan=bool(province.uts_code))
        for province in Extract().provinces
    ]

    assert len(set(titles)) == len(titles) == 107
