"""Parts of a municipality, entered one by one."""

from datetime import date
from typing import Any

import pytest

from tavolo.journal.models import Entry
from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import AnnouncedFact
from tavolo.territory.actions import enter_unit, place_network
from tavolo.territory.errors import EndsBeforeItBegins, NotInTerritory, UnitCodeTaken
from tavolo.territory.models import Municipality
from tests.factories.people import a_network, secretary_of
from tests.factories.territory import a_municipality, a_province

pytestmark = pytest.mark.django_db

DAY, LATER = date(2016, 1, 1), date(2020, 1, 1)


@pytest.fixture
def town() -> Municipality:
    return a_municipality("Milano", province=a_province())


def entering(town: Municipality, **changes: Any) -> Any:
    told = {"code": "1", "name": "Municipio 1", "term": "Municipio", "by": OPERATOR}
    return enter_unit(municipality=town, **{**told, **changes})


def test_a_part_is_entered_for_a_time(town) -> None:
    unit = entering(town, valid_from=DAY, valid_until=LATER, source="delibera")
    assert (unit.name, unit.term, unit.period.valid_from, unit.last_day, unit.source) == (
        "Municipio 1",
        "Municipio",
        DAY,
        date(2019, 12, 31),
        "delibera",
    )
    assert Entry.objects.filter(action="territory.unit_entered", subject_uid=unit.uid).exists()
    assert AnnouncedFact.objects.get(key="territory.UnitsEntered").payload == {
        "municipality": str(town.uid)
    }


def test_a_code_is_one_parts_at_a_time(town) -> None:
    entering(town, valid_from=DAY, valid_until=LATER)
    entering(town, valid_from=LATER)
    entering(town, code="2", valid_from=DAY)
    entering(a_municipality("Rozzano", province=town.province))
    with pytest.raises(UnitCodeTaken):
        entering(town, valid_from=date(2019, 12, 31))


def test_a_part_ends_after_it_begins(town) -> None:
    with pytest.raises(EndsBeforeItBegins):
        entering(town, valid_from=DAY, valid_until=DAY)


def test_who_enters_parts(town) -> None:
    network = a_network()
    secretary = secretary_of(network)
    with pytest.raises(NotInTerritory):
        entering(town, network=network, by=secretary)
    place_network(network=network, municipality=town, valid_until=LATER, by=OPERATOR)
    entering(town, valid_from=DAY, valid_until=LATER, network=network, by=secretary)
    with pytest.raises(NotInTerritory):
        entering(town, valid_from=LATER, network=network, by=secretary)
    for by, named in ((secretary, None), (ANONYMOUS, network)):
        with pytest.raises(NotAllowed):
            entering(town, network=named, by=by)
