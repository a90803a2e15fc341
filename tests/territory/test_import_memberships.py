"""Districts as a spreadsheet: what a row means, what it would do, and that it can all be taken back."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tavolo.imports.actions import apply_batch, decide_rows, read_batch, receive_file, undo_batch
from tavolo.imports.errors import ChangedSince, StillNeeded
from tavolo.imports.models import Batch, Change, Row
from tavolo.imports.plugs import Context, Given, Plan, Planned, import_kinds
from tavolo.imports.queries import changes_of, export_of, sentence_of
from tavolo.journal.models import Entry
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import AnnouncedFact, Network
from tavolo.territory.actions import end_area, place_network, set_members
from tavolo.territory.models import (
    Area,
    AreaAlias,
    AreaMembership,
    Municipality,
    MunicipalityVersion,
)
from tavolo.territory.queries.editing import stays_in
from tavolo.territory.stays import clashes
from tests.factories.districts import a_district, a_unit, members_on, periods
from tests.factories.people import a_network, secretary_of
from tests.factories.territory import a_municipality, a_province

pytestmark = pytest.mark.django_db

DAY, LATER = date(2016, 1, 1), date(2020, 1, 1)
KIND = import_kinds.get("area_memberships")
HEADINGS = ("Nome dell’area", "Codice ISTAT", "Comune", "Dal", "Al", "Fonte")
OPTIONS = {"kind": "distretto-socio-sanitario"}


@pytest.fixture
def towns() -> list[Municipality]:
    province = a_province()
    return [
        a_municipality(name, province=province, istat_code=f"04600{number}")
        for number, name in enumerate(("Altopascio", "Barga", "Camaiore"), start=1)
    ]


def checked(
    *rows: Sequence[object],
    headings: Sequence[str] = HEADINGS,
    network: Network | None = None,
    by: Actor = OPERATOR,
    **options: str,
) -> Batch:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([headings, *rows])
    batch = receive_file(
        kind=KIND.key,
        name="distretti.csv",
        chunks=[text.getvalue().encode()],
        network=network,
        options={**OPTIONS, **options},
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


def everything() -> list[Any]:
    """The tables that such an import touches, whole."""
    return [list(model.objects.order_by("id").values()) for model in (Area, AreaMembership)]


def test_areas_and_memberships_are_made(towns) -> None:
    batch = checked(
        ("Piana", "046001", "Altopascio", "2016-01-01", "", "delibera 3"),
        ("Piana", "46002", "barga", "01/01/2016", "31/12/2019", ""),
        ("Versilia", "046003", "", "", "", ""),
    )
    assert outcomes(batch) == ["create"] * 3
    assert [change.label for change in changes_of(batch)] == [
        "Piana",
        "Altopascio, Piana",
        "Barga, Piana",
        "Versilia",
        "Camaiore, Versilia",
    ]

    apply_batch(batch=batch, by=OPERATOR)

    plain = Area.objects.get(kind="health_social_district", code="piana")
    assert (plain.title, plain.version, plain.parent) == ("Piana", 1, None)
    assert periods(plain) == [
        ("Altopascio", "", "2016-01-01", ""),
        ("Barga", "", "2016-01-01", "2020-01-01"),
    ]
    assert plain.memberships.order_by("id")[0].source == "delibera 3"
    assert periods(Area.objects.get(code="versilia")) == [("Camaiore", "", "", "")]
    assert Entry.objects.filter(action="territory.area_members_imported").count() == 2
    told = AnnouncedFact.objects.filter(key="territory.AreaMembersChanged")
    assert [row.payload["day"] for row in told.order_by("id")] == ["2016-01-01", None]


def test_undoing_brings_back_every_byte(towns) -> None:
    a_district("Valle", towns[0], since=DAY)
    a_district("Piana", towns[1], since=DAY)
    before = everything()
    batch = checked(
        ("Piana", "046001", "", "2020-01-01", "", "delibera"),
        ("Piana", "046002", "", "", "2023-12-31", "delibera"),
        ("Nuova", "046003", "", "2020-01-01", "", ""),
    )
    assert outcomes(batch) == ["change", "change", "create"]

    apply_batch(batch=batch, by=OPERATOR)
    assert everything() != before
    undo_batch(batch=batch, by=OPERATOR)

    assert everything() == before
    # And once more, as the officer does who undoes and imports again.
    again = checked(("Nuova", "046003", "", "2020-01-01", "", ""))
    apply_batch(batch=again, by=OPERATOR)
    undo_batch(batch=again, by=OPERATOR)
    assert everything() == before


def test_who_lies_in_another_area_leaves_it_on_that_day(towns) -> None:
    valley = a_district("Valle", *towns, since=DAY)
    batch = checked(("Piana", "046001", "", "2020-01-01", "", ""))
    assert [(c.label, c.before is None) for c in changes_of(batch)] == [
        ("Piana", True),
        ("Altopascio, Piana", True),
        ("Altopascio, Valle", False),
    ]
    apply_batch(batch=batch, by=OPERATOR)
    assert periods(valley)[0] == ("Altopascio", "", "2016-01-01", "2020-01-01")
    assert members_on(valley, LATER) == ["Barga", "Camaiore"]


def test_in_kinds_that_do_not_partition_nobody_leaves(towns) -> None:
    first = a_district("Uno", towns[0], kind="project_area", since=DAY)
    batch = checked(("Due", "046001", "", "2020-01-01", "", ""), kind="project_area")
    apply_batch(batch=batch, by=OPERATOR)
    assert members_on(first, LATER) == ["Altopascio"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("Piana", "", "", "", "", ""), "Scrivi il codice ISTAT del comune, oppure il nome."),
        (
            ("Piana", "099999", "", "", "", ""),
            "Nessun comune ha o ha avuto il codice ISTAT 099999.",
        ),
        (("Piana", "", "Atlantide", "", "", ""), "Nessun comune si chiama Atlantide."),
        (
            ("Piana", "046001", "Barga", "", "", ""),
            "Il codice 046001 è quello di Altopascio, non di Barga.",
        ),
        (
            ("Piana", "", "Samone", "", "", ""),
            "Più comuni si chiamano Samone: scrivi il codice ISTAT.",
        ),
        (("", "046001", "", "", "", ""), "Scrivi il codice dell’area, oppure il nome."),
        (
            ("Piana", "046001", "", "2020-01-01", "2019-12-31", ""),
            "L’ultimo giorno viene prima del primo.",
        ),
        (
            ("Piana", "046001", "", "2010-01-01", "", ""),
            "Altopascio appartiene all’area dal 01/01/2016. Rettifica l’inizio nella pagina dell’area.",
        ),
        (
            ("Piana", "046002", "", "2015-01-01", "2018-12-31", ""),
            "Barga è in «Valle» in quel periodo, e può stare in una sola area di questo tipo.",
        ),
        (
            ("Piana", "046003", "", "2016-01-01", "", ""),
            "Camaiore appartiene all’area fino al 31/12/2019. Scrivi l’ultimo giorno, oppure rettifica nella pagina dell’area.",
        ),
        (
            ("Piana", "046004", "", "2012-12-31", "", ""),
            "Nuovo esiste dal 01/01/2014.",
        ),
        (("Piana", "046005", "", "2014-01-01", "", ""), "Vecchio è terminato il 01/01/2014."),
        (
            ("Doppia", "046001", "", "2020-01-01", "", ""),
            "Più aree si chiamano Doppia: scrivi il codice.",
        ),
    ],
)
def test_what_is_wrong_is_said_of_its_row(towns, row, sentence: str) -> None:
    first, second, third = towns
    home = first.province
    a_district("Piana", first, since=DAY)
    set_members(
        area=(plain := Area.objects.get(name="Piana")),
        day=DAY,
        municipalities=[first, third],
        by=OPERATOR,
    )
    set_members(area=plain, day=LATER, municipalities=[first], by=OPERATOR)
    a_district("Valle", second, since=DAY)
    for _each in range(2):
        a_district("Doppia")
    for name, life in (("Nuovo", "valid_from"), ("Vecchio", "valid_until")):
        town = a_municipality(
            name, province=home, istat_code={"Nuovo": "046004", "Vecchio": "046005"}[name]
        )
        Municipality.objects.filter(pk=town.pk).update(**{life: date(2014, 1, 1)})
    for number in (1, 2):
        a_municipality("Samone", province=home, istat_code=f"00000{number}")

    batch = checked(row)

    assert outcomes(batch) == ["fault"]
    assert said(batch) == [sentence]


def test_rows_are_held_against_each_other(towns) -> None:
    batch = checked(
        ("Piana", "046001", "", "2020-01-01", "", ""),
        ("Valle", "046001", "", "2021-01-01", "", ""),
        ("Piana", "046002", "", "2020-01-01", "", "a"),
        ("Piana", "046002", "", "2020-01-01", "", "b"),
        ("Piana", "046003", "", "2020-01-01", "", ""),
        ("Piana", "046003", "", "2020-01-01", "", ""),
    )
    assert outcomes(batch) == ["fault", "fault", "fault", "fault", "create", "fault"]
    assert said(batch) == [
        "La riga 3 mette Altopascio in «Valle» nello stesso periodo.",
        "La riga 2 mette Altopascio in «Piana» nello stesso periodo.",
        "La riga 5 dice altro dello stesso comune nella stessa area.",
        "La riga 4 dice altro dello stesso comune nella stessa area.",
        "È uguale alla riga 6, che viene prima.",
    ]
    apply_batch(batch=batch, by=OPERATOR, without_faulty=True)
    assert members_on(Area.objects.get(code="piana"), LATER) == ["Camaiore"]
    assert not Area.objects.filter(code="valle").exists()


def test_a_move_within_one_file_is_no_contradiction(towns) -> None:
    batch = checked(
        ("Piana", "046001", "", "2016-01-01", "2019-12-31", ""),
        ("Valle", "046001", "", "2020-01-01", "", ""),
    )
    apply_batch(batch=batch, by=OPERATOR)
    assert members_on(Area.objects.get(code="piana"), DAY) == ["Altopascio"]
    assert members_on(Area.objects.get(code="valle"), LATER) == ["Altopascio"]


def test_an_empty_cell_says_nothing_of_what_is_there(towns) -> None:
    area = a_district("Piana", *towns, since=DAY)
    end_area(area=area, day=LATER, by=OPERATOR)
    batch = checked(
        ("Piana", "046001", "", "", "", ""),
        ("Piana", "046002", "", "2017-01-01", "2019-12-31", ""),
        ("Piana", "046003", "", "", "", "altra fonte"),
    )
    assert outcomes(batch) == ["same", "same", "change"]
    apply_batch(batch=batch, by=OPERATOR)
    assert {period[2:] for period in periods(area)} == {("2016-01-01", "2020-01-01")}


def test_the_same_several_times_is_to_be_put_right(towns) -> None:
    area = a_district("Piana", towns[0], since=DAY)
    end_area(area=area, day=LATER, by=OPERATOR)
    set_members(area=area, day=date(2022, 1, 1), municipalities=[towns[0]], by=OPERATOR)
    assert said(checked(("Piana", "046001", "", "", "", ""))) == [
        "Altopascio appartiene più volte all’area in quel periodo. Rettifica nella pagina dell’area."
    ]


def test_a_day_and_a_kind_for_the_whole_file(towns) -> None:
    batch = checked(("Piana", "046001", "", "", "", ""), valid_from="2020-01-01")
    apply_batch(batch=batch, by=OPERATOR)
    assert periods(Area.objects.get()) if Area.objects.count() == 1 else True
    area = Area.objects.get(code="piana")
    assert periods(area) == [("Altopascio", "", "2020-01-01", "")]
    named = checked(
        ("Piana", "046001", "Ambiti scolastici"),
        ("Piana", "046002", "education_area"),
        ("Piana", "046002", "regione"),
        headings=("Area", "ISTAT", "Tipo di area"),
        kind="",
    )
    assert outcomes(named) == ["create", "create", "fault"]
    unsaid = checked(("Piana", "046001", "", "", "", ""), kind="")
    assert said(unsaid) == [
        "Indica il tipo di area: una volta per tutto il file, oppure in ogni riga."
    ]


def test_codes_of_areas(towns) -> None:
    known = a_district("Piana")
    AreaAlias.objects.create(area=known, kind=known.kind, code="vecchia")
    headings = ("Codice dell’area", "Nome dell’area", "ISTAT")
    batch = checked(
        ("piana", "", "046001"),
        ("piana", "Pianura", "046002"),
        ("r09", "Valle", "046002"),
        ("r10", "", "046003"),
        ("R 10", "Colline", "046003"),
        ("vecchia", "Colline", "046003"),
        headings=headings,
    )
    assert outcomes(batch) == ["create", "fault", "create", "fault", "fault", "fault"]
    assert said(batch) == [
        "L’area piana si chiama Piana, non Pianura.",
        "Non c’è ancora un’area con il codice r10: scrivi anche il nome.",
        "«R 10» non può essere un codice: lettere minuscole, cifre e trattini, al massimo quaranta.",
        "Il codice vecchia era di un’altra area.",
    ]


def test_a_name_nearly_like_another_is_asked_about(towns) -> None:
    known = a_district("Pianura Est", towns[0], since=DAY)
    batch = checked(
        ("Pianura  Ets", "046002", "", "2020-01-01", "", ""),
        ("Pianura Ets", "046003", "", "2020-01-01", "", ""),
    )
    assert outcomes(batch) == ["likely", "likely"]
    subject = batch.rows.get(number=2).likely[0]["subject"]

    batch = decide_rows(batch=batch, decisions={2: subject, 3: "new"}, by=OPERATOR)

    assert outcomes(batch) == ["create", "create"]
    apply_batch(batch=batch, by=OPERATOR)
    assert members_on(known, LATER) == ["Altopascio", "Barga"]
    assert members_on(Area.objects.get(name="Pianura Ets"), LATER) == ["Camaiore"]


def test_parts_of_a_municipality(towns) -> None:
    unit = a_unit(towns[0], "Municipio 1")
    headings = ("Area", "ISTAT", "Municipio", "Dal")
    batch = checked(
        ("Uno", "046001", unit.code, "2020-01-01"),
        ("Due", "046001", "nessuno", "2020-01-01"),
        ("Tre", "046001", "", "2020-01-01"),
        headings=headings,
    )
    assert outcomes(batch) == ["fault", "fault", "fault"]
    assert said(batch)[1] == "Altopascio non ha in quel periodo una parte con il codice nessuno."
    good = checked(("Uno", "046001", unit.code, "2020-01-01"), headings=headings)
    apply_batch(batch=good, by=OPERATOR)
    assert periods(Area.objects.get(code="uno")) == [
        ("Altopascio", "Municipio 1", "2020-01-01", "")
    ]
    whole = checked(("Tre", "046001", "", "2018-01-01"), headings=headings)
    assert said(whole) == [
        "Municipio 1 (Altopascio) è in «Uno» in quel periodo, e può stare in una sola area di questo tipo."
    ]


def test_old_codes_and_names_are_known(towns) -> None:
    first = towns[0]
    MunicipalityVersion.objects.filter(municipality=first).update(valid_from=LATER)
    old = MunicipalityVersion(
        municipality=first, istat_code="046900", name="Pascio", valid_until=LATER
    )
    old.save()
    batch = checked(
        ("Piana", "046900", "Altopascio", "2016-01-01", "", ""),
        ("Piana", "046001", "Pascio", "2016-01-01", "", ""),
        ("Piana", "", "Pascio", "2016-01-01", "", ""),
    )
    assert {change.label for change in changes_of(batch)} == {"Piana", "Altopascio, Piana"}
    assert outcomes(batch) == ["create", "fault", "fault"]


def test_a_life_bounds_what_has_no_bounds(towns) -> None:
    first = towns[0]
    Municipality.objects.filter(pk=first.pk).update(valid_from=DAY, valid_until=LATER)
    batch = checked(("Piana", "046001", "", "", "31/12/2030", ""))
    apply_batch(batch=batch, by=OPERATOR)
    assert periods(Area.objects.get(code="piana")) == [
        ("Altopascio", "", "2016-01-01", "2020-01-01")
    ]
    assert outcomes(checked(("Piana", "046001", "", "", "31/12/2030", ""))) == ["same"]


@pytest.fixture
def network(towns) -> Network:
    found = a_network()
    place_network(network=found, municipality=towns[0], by=OPERATOR)
    place_network(network=found, municipality=towns[1], valid_until=LATER, by=OPERATOR)
    return found


def test_a_secretariat_imports_its_own_territory(towns, network) -> None:
    by = secretary_of(network)
    batch = checked(
        ("Piana", "046001", "", "2020-01-01", "", ""),
        ("Piana", "046002", "", "2019-12-31", "", ""),
        ("Piana", "046002", "", "2020-01-01", "", ""),
        ("Piana", "046003", "", "", "", ""),
        network=network,
        by=by,
    )
    assert outcomes(batch) == ["create", "create", "fault", "fault"]
    assert said(batch) == [
        "Barga è fuori dal territorio della rete in quel periodo.",
        "Camaiore è fuori dal territorio della rete in quel periodo.",
    ]
    apply_batch(batch=batch, by=by, without_faulty=True)
    area = Area.objects.get(code="piana")
    assert area.parent == towns[0].province


def test_who_may_import(towns, network) -> None:
    elsewhere = a_network("monte", "Rete del monte")
    assert [
        KIND.may(actor, where)
        for actor, where in (
            (OPERATOR, None),
            (OPERATOR, network),
            (secretary_of(network), network),
            (secretary_of(network), None),
            (secretary_of(elsewhere), network),
            (ANONYMOUS, network),
        )
    ] == [True, True, True, False, False, False]


def exported(network: Network | None = None, by: Actor = OPERATOR, **options: str) -> Any:
    leaving = export_of(KIND, network=network, actor=by, options=options)
    return leaving.headings, [list(row) for row in leaving.rows]


def test_what_is_exported_is_there_as_it_was(towns, network) -> None:
    first, second, third = towns
    unit = a_unit(third, "Municipio 1")
    plain = a_district("Piana", first, second, since=DAY)
    set_members(area=plain, day=LATER, municipalities=[second], by=OPERATOR)
    a_district("Valle", first, since=LATER)
    a_district("Scuole", units=[unit], kind="education_area")
    a_district("Scuole 2", first, kind="education_area")

    headings, rows = exported()

    assert len(rows) == 5
    batch = checked(*rows, headings=headings, kind="")
    assert outcomes(batch) == ["same"] * 5
    _headings, own = exported(network, secretary_of(network), kind="distretto-socio-sanitario")
    assert [row[3] for row in own] == ["Altopascio", "Barga", "Altopascio"]


def test_the_number_of_queries_does_not_depend_on_that_of_rows() -> None:
    province = a_province(municipalities=60)
    codes = province.memberships.order_by("id").values_list("municipality__istat_code", flat=True)
    rows = [
        (f"Area {number % 7}", code, "", "2020-01-01", "", "") for number, code in enumerate(codes)
    ]
    network = a_network()
    place_network(network=network, area=province, by=OPERATOR)
    by = secretary_of(network)
    counted = []
    for number in (1, 10, 60):
        batch = checked(*rows[:number], network=network, by=by)
        with CaptureQueriesContext(connection) as queries:
            planned(batch, network, by)
        counted.append(len(queries))
    assert counted[0] == counted[1] == counted[2] <= 14


def planned(batch: Batch, network: Network, by: Actor) -> None:
    rows = [
        Given(
            row.number,
            {"area_name": row.cells[0], "istat_code": row.cells[1], "valid_from": row.cells[3]},
        )
        for row in Row.objects.filter(batch=batch)
    ]
    context = Context(
        on=LATER, actor=by, network=network, options={"kind": "health_social_district"}
    )
    plan = KIND.plan(rows, context)
    assert len(plan.changes) > len(rows)
    KIND.states([change.subject for change in plan.changes], context)


def test_what_changed_since_is_not_undone(towns) -> None:
    batch = checked(("Piana", "046001", "", "2016-01-01", "", ""))
    apply_batch(batch=batch, by=OPERATOR)
    area = Area.objects.get(code="piana")
    end_area(area=area, day=LATER, by=OPERATOR)
    with pytest.raises(ChangedSince):
        undo_batch(batch=batch, by=OPERATOR)
    other = checked(("Valle", "046002", "", "2016-01-01", "", ""))
    apply_batch(batch=other, by=OPERATOR)
    set_members(
        area=Area.objects.get(code="valle"),
        day=DAY,
        municipalities=towns[1:],
        by=OPERATOR,
    )
    before = everything()
    with pytest.raises(StillNeeded):
        undo_batch(batch=other, by=OPERATOR)
    assert everything() == before


def test_pages_of_what_was_imported(towns) -> None:
    batch = checked(("Piana", "046001", "", "2016-01-01", "", ""))
    apply_batch(batch=batch, by=OPERATOR)
    subjects = list(Change.objects.filter(batch=batch).values_list("subject", flat=True))
    assert KIND.pages(subjects, Context(on=LATER)) == [
        ("Piana", "/territorio/distretto-socio-sanitario/piana/")
    ]


def test_what_was_there_is_brought_back_whole(towns) -> None:
    """The engine never asks for it today: an import only makes areas, and takes no row away."""
    home = towns[0].province
    heir = a_district("Erede")
    area = a_district("Piana", *towns[:2], since=DAY, parent=home)
    Area.objects.filter(pk=area.pk).update(successor=heir, longitude=10.5)
    before = everything()
    subjects = [
        f"area:{area.kind}:piana",
        *(f"member:{area.kind}:piana:{town.uid}::2016-01-01" for town in towns[:2]),
    ]
    context = Context(on=LATER)
    kept = dict(KIND.states(subjects, context))
    assert set(kept) == set(subjects)
    Area.objects.filter(pk=area.pk).update(name="Altro", title="Altro", parent=None, version=9)
    AreaMembership.objects.filter(area=area, municipality=towns[1]).update(source="altra")
    AreaMembership.objects.filter(area=area, municipality=towns[0]).delete()

    KIND.restore(kept, context)

    now = everything()
    assert now[0] == before[0]
    assert without_ids(now[1]) == without_ids(before[1])


def without_ids(rows: list[dict[str, Any]]) -> list[str]:
    """A row that was taken away comes back with another key of its own."""
    return sorted(repr({**row, "id": 0}) for row in rows)


def test_writing_and_restoring_ask_who(towns, network) -> None:
    for context in (
        Context(on=LATER, actor=ANONYMOUS),
        Context(on=LATER, actor=secretary_of(a_network("monte", "M")), network=network),
    ):
        with pytest.raises(NotAllowed):
            KIND.write([], context)
        with pytest.raises(NotAllowed):
            KIND.restore({}, context)


def test_what_changed_is_told_by_fields(towns) -> None:
    area = a_district("Piana", towns[0], since=DAY)
    end_area(area=area, day=LATER, by=OPERATOR)
    subjects = [f"area:{area.kind}:piana", f"member:{area.kind}:piana:{towns[0].uid}::2016-01-01"]
    told = [KIND.told(state) for state in KIND.states(subjects, Context(on=LATER)).values()]
    assert told == [
        {"area_code": "piana", "area_name": "Piana", "kind": "health_social_district"},
        {
            "valid_from": "2016-01-01",
            "last_day": "2019-12-31",
            "source": "prova",
            "demonstration": False,
        },
    ]
    assert KIND.states([], Context(on=LATER)) == {}


def test_a_wrong_row_leaves_what_stands_in_the_way_of_another(towns) -> None:
    """Rows 2 and 3 exclude each other, so Piana does not end, and row 4 cannot begin in Valle."""
    area = a_district("Piana", towns[0], since=DAY)
    rows = (
        ("Piana", None, date(2017, 12, 31)),
        ("Colline", date(2017, 1, 1), date(2017, 12, 31)),
        ("Valle", date(2018, 1, 1), date(2018, 12, 31)),
    )
    plan = KIND.plan(
        [
            given_of(number, (name, towns[0].istat_code, begins, last))
            for number, (name, begins, last) in enumerate(rows, start=2)
        ],
        Context(on=LATER, options={"kind": area.kind}),
    )
    assert {number for number, _fault in plan.faults} == {2, 3, 4}


DAYS = st.integers(0, 5).map(lambda number: date(2015 + number, 1, 1))
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Piana", "Valle", "Colline"]),
        st.sampled_from(["046001", "046002", "046003"]),
        st.none() | DAYS,
        st.none() | DAYS,
    ),
    max_size=8,
)


class Proof(TestCase):
    """Whatever rows come, the good ones leave nobody in two areas, and all of it can be taken back."""

    def setUp(self) -> None:
        home = a_province()
        for number, name in enumerate(("Altopascio", "Barga", "Camaiore"), start=1):
            a_municipality(name, province=home, istat_code=f"04600{number}", drawn=False)

    @given(ROWS, ROWS)
    def test_no_rows_put_anybody_into_two_areas(self, first: list, second: list) -> None:
        context = Context(on=LATER, options={"kind": "health_social_district"})
        for rows in (first, second):
            before = everything()
            plan = KIND.plan([given_of(number, row) for number, row in enumerate(rows)], context)
            wrong = {number for number, _fault in plan.faults}
            changes = once_each(plan, wrong)

            KIND.write(changes, context)

            subjects = [change.subject for change in changes]
            written = KIND.states(subjects, context)
            assert {s: without_uid(state) for s, state in written.items()} == {
                change.subject: without_uid(change.after) for change in changes
            }
            assert doubled() == []
            again = KIND.plan(
                [given_of(n, row) for n, row in enumerate(rows) if n not in wrong], context
            )
            assert [c for c in again.changes if c.before != c.after] == []
            KIND.restore({change.subject: change.before for change in changes}, context)
            assert [without_ids(table) for table in everything()] == [
                without_ids(table) for table in before
            ]
            KIND.write(changes, context)


def given_of(number: int, row: tuple) -> Given:
    name, code, begins, last = row
    return Given(
        number,
        {
            "area_name": name,
            "istat_code": code,
            "valid_from": begins and begins.isoformat(),
            "last_day": last and last.isoformat(),
        },
    )


def once_each(plan: Plan, wrong: set[int]) -> list[Planned]:
    """As the engine gives them: of good rows, what changes something, each once."""
    found: dict[str, Planned] = {}
    for change in plan.changes:
        if change.number not in wrong and change.before != change.after:
            found.setdefault(change.subject, change)
    return list(found.values())


def without_uid(state: Any) -> dict[str, Any]:
    return {key: value for key, value in state.items() if key != "uid"}


def doubled() -> list[Any]:
    found: dict[int, list[Any]] = {}
    for stay in stays_in(AreaMembership.objects.filter(area__kind="health_social_district")):
        found.setdefault(stay.municipality, []).append(stay)
    return [pair for stays in found.values() for pair in clashes(stays)]
