"""Parts of municipalities and population as spreadsheets: planned, written, taken back, exported."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tavolo.imports.actions import apply_batch, read_batch, receive_file, undo_batch
from tavolo.imports.errors import StillNeeded
from tavolo.imports.models import Batch, Row
from tavolo.imports.plugs import Context, ImportKind, import_kinds
from tavolo.imports.queries import export_of, sentence_of
from tavolo.journal.models import Entry
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import AnnouncedFact, Network
from tavolo.territory.actions import place_network
from tavolo.territory.models import Municipality, Population, SubMunicipalUnit
from tests.factories.districts import a_district, a_unit
from tests.factories.people import a_network, secretary_of
from tests.factories.territory import BANDS, MEN, WOMEN, a_municipality, a_province

pytestmark = pytest.mark.django_db

UNITS, PEOPLE = import_kinds.get("sub_municipal_units"), import_kinds.get("population")
PARTS = ("Codice ISTAT", "Codice della parte", "Nome della parte", "Come si chiama", "Dal", "Al")
COUNTS = ("Codice ISTAT", "Anno", "Donne", "Uomini", "Totale")
BY_AGE = (*COUNTS, "Donne per età", "Uomini per età")


@pytest.fixture
def town() -> Municipality:
    return a_municipality("Milano", province=a_province(), istat_code="015146")


def checked(
    kind: ImportKind,
    headings: Sequence[str],
    *rows: Sequence[object],
    network: Network | None = None,
    by: Actor = OPERATOR,
) -> Batch:
    text = io.StringIO()
    csv.writer(text, delimiter="\t").writerows([headings, *rows])
    batch = receive_file(
        kind=kind.key,
        name="tabella.csv",
        chunks=[text.getvalue().encode()],
        network=network,
        options={},
        by=by,
    )
    read = read_batch(batch=batch, by=by)
    assert read.state == "checked", sentence_of(read.refusal or read.problem)
    return read


def outcomes(batch: Batch) -> list[str]:
    return list(
        Row.objects.filter(batch=batch).order_by("number").values_list("outcome", flat=True)
    )


def said(batch: Batch) -> list[str]:
    rows = Row.objects.filter(batch=batch).order_by("number")
    return [sentence_of(fault) for row in rows for fault in row.faults]


def everything(model: Any) -> list[Any]:
    return list(model.objects.order_by("id").values())


def again(kind: ImportKind, network: Network | None = None) -> list[str]:
    """The outcomes of what was exported, imported at once."""
    leaving = export_of(kind, network=network, actor=OPERATOR)
    return outcomes(checked(kind, leaving.headings, *leaving.rows, network=network))


def test_parts_are_entered_and_taken_back(town) -> None:
    known = a_unit(town, "Zona 1", valid_until=date(2030, 1, 1))
    before = everything(SubMunicipalUnit)
    batch = checked(
        UNITS,
        PARTS,
        ("015146", "2", "Municipio 2", "Municipio", "2016-01-01", "31/12/2025"),
        ("15146", known.code, "Municipio 1", "", "", ""),
    )
    assert outcomes(batch) == ["create", "change"]

    apply_batch(batch=batch, by=OPERATOR)

    rows = SubMunicipalUnit.objects.order_by("id")
    assert [(r.name, r.term, r.valid_from, r.valid_until) for r in rows] == [
        ("Municipio 1", "Municipio", None, date(2030, 1, 1)),
        ("Municipio 2", "Municipio", date(2016, 1, 1), date(2026, 1, 1)),
    ]
    assert rows[0].search_key == "municipio 1"
    assert Entry.objects.filter(action="territory.units_imported").count() == 1
    assert AnnouncedFact.objects.filter(key="territory.UnitsEntered").count() == 1
    assert again(UNITS) == ["same", "same"]
    undo_batch(batch=batch, by=OPERATOR)
    assert everything(SubMunicipalUnit) == before


def test_parts_in_use_are_not_taken_back(town) -> None:
    batch = checked(UNITS, PARTS, ("015146", "1", "Municipio 1", "", "", ""))
    apply_batch(batch=batch, by=OPERATOR)
    a_district("Uno", units=SubMunicipalUnit.objects.all())
    with pytest.raises(StillNeeded):
        undo_batch(batch=batch, by=OPERATOR)


def test_what_is_wrong_with_a_part(town) -> None:
    known = a_unit(town, "Zona 1", valid_from=date(2016, 1, 1))
    batch = checked(
        UNITS,
        PARTS,
        ("015146", known.code, "Municipio 1", "", "2015-01-01", ""),
        ("999999", "2", "Municipio 2", "", "", ""),
        ("015146", "3", "Municipio 3", "", "2016-01-02", "2016-01-01"),
        ("015146", "", "Municipio 4", "", "", ""),
        ("015146", "5", "Municipio 5", "", "2016-01-01", "9999-12-31"),
    )
    assert outcomes(batch) == ["fault", "fault", "fault", "fault", "create"]
    assert said(batch) == [
        f"Milano ha già in quel periodo una parte con il codice {known.code}, a partire da un altro giorno.",
        "Nessun comune ha o ha avuto il codice ISTAT 999999.",
        "L’ultimo giorno viene prima del primo.",
        "Manca, e serve in ogni riga.",
    ]


def test_a_secretariat_enters_the_parts_of_its_municipalities(town) -> None:
    network = a_network()
    place_network(network=network, municipality=town, by=OPERATOR)
    other = a_municipality("Rozzano", province=town.province, istat_code="015189")
    a_unit(other)
    by = secretary_of(network)
    batch = checked(
        UNITS,
        PARTS,
        ("015146", "1", "Municipio 1", "", "", ""),
        ("015189", "1", "Quartiere 1", "", "", ""),
        network=network,
        by=by,
    )
    assert outcomes(batch) == ["create", "fault"]
    apply_batch(batch=batch, by=by, without_faulty=True)
    assert again(UNITS, network) == ["same"]
    assert [UNITS.may(actor, network) for actor in (by, ANONYMOUS, OPERATOR)] == [True, False, True]


def test_populations_are_entered_and_taken_back(town) -> None:
    before = everything(Population)
    batch = checked(
        PEOPLE,
        BY_AGE,
        ("015146", 2024, 30, 20, 50, "0: 10; 65: 20", "0: 5; 65: 15"),
        ("015146", 2023, 600, 400, "", "", ""),
    )
    assert outcomes(batch) == ["create", "change"]

    apply_batch(batch=batch, by=OPERATOR)

    rows = Population.objects.order_by("year").values_list("year", "women", "men", "total", "bands")
    assert list(rows) == [
        (2023, 600, 400, 1000, {}),
        (2024, 30, 20, 50, {"from": [0, 65], "women": [10, 20], "men": [5, 15]}),
    ]
    assert Entry.objects.filter(action="territory.population_imported").count() == 1
    assert AnnouncedFact.objects.get(key="territory.PopulationImported").payload == {"rows": 2}
    assert again(PEOPLE) == ["same", "same"]
    undo_batch(batch=batch, by=OPERATOR)
    assert everything(Population) == before


def test_ages_that_are_known_stay_while_the_sums_do(town) -> None:
    Population.objects.update(derived=True, source="somma")
    assert outcomes(checked(PEOPLE, COUNTS, ("015146", 2023, WOMEN, MEN, ""))) == ["same"]
    assert Population.objects.get().bands == BANDS
    assert again(PEOPLE) == ["same"]
    headings = (*COUNTS, "Fonte")
    counted = checked(PEOPLE, headings, ("015146", 2023, WOMEN, MEN, "", "ISTAT"))
    apply_batch(batch=counted, by=OPERATOR)
    row = Population.objects.get()
    assert (row.bands, row.derived, row.source) == (BANDS, False, "ISTAT")


def test_what_is_wrong_with_a_population(town) -> None:
    rows = [
        (2024, 1, 1, 3, "", ""),
        (1800, 1, 1, "", "", ""),
        (2024, 1, -1, "", "", ""),
        (2025, 3, 1, "", "0: 2", "0: 1"),
        (2026, 2, 1, "", "0: 2", ""),
        (2027, 2, 1, "", "5: 2", "5: 1"),
        (2028, 2_000_000_000, 2_000_000_000, "", "", ""),
        (2029, 2, 1, "", "0: 1; 0: 1", "0: 1"),
    ]
    batch = checked(PEOPLE, BY_AGE, *(("015146", *row) for row in rows))
    assert outcomes(batch) == ["fault"] * len(rows)
    assert said(batch)[0] == "1 donne e 1 uomini non fanno 3 residenti."
    assert said(batch)[1] == "1800 non è l’anno di un conteggio."
    assert said(batch)[3] == "Per età risultano 2, e non 3."
    assert said(batch)[4] == "Le età vanno date per donne e uomini, nelle stesse fasce."


def test_population_is_for_whoever_runs_the_installation(town) -> None:
    network = a_network()
    asked = [
        (OPERATOR, None),
        (OPERATOR, network),
        (secretary_of(network), network),
        (ANONYMOUS, None),
    ]
    assert [PEOPLE.may(actor, where) for actor, where in asked] == [True, False, False, False]


def test_what_changed_is_told_by_fields(town) -> None:
    a_unit(town, "Municipio 1", valid_until=date(2020, 1, 1))
    (unit,) = UNITS.states(
        [f"unit:{town.uid}:{SubMunicipalUnit.objects.get().code}:"], Context(on=date(2026, 1, 1))
    ).values()
    assert UNITS.told(unit) == {
        "name": "Municipio 1",
        "term": "Municipio",
        "valid_from": None,
        "last_day": "2019-12-31",
        "source": "",
    }
    (people,) = PEOPLE.states(
        [f"population:{town.uid}:2023"], Context(on=date(2026, 1, 1))
    ).values()
    assert PEOPLE.told(people) == {"women": WOMEN, "men": MEN, "total": WOMEN + MEN, "source": ""}
    assert UNITS.states([], Context(on=date(2026, 1, 1))) == {}
    assert PEOPLE.states([], Context(on=date(2026, 1, 1))) == {}


def test_writing_asks_who(town) -> None:
    context = Context(on=date(2026, 1, 1), actor=ANONYMOUS)
    for kind in (UNITS, PEOPLE):
        with pytest.raises(NotAllowed):
            kind.write([], context)
        with pytest.raises(NotAllowed):
            kind.restore({}, context)
