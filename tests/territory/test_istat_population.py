"""ISTAT's file of residents by age, and simpler ones: read by the names of columns, entered by code."""

from datetime import date

import pytest

from tavolo.journal.models import Entry
from tavolo.kernel.actor import ANONYMOUS
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import AnnouncedFact
from tavolo.territory.actions import PopulationsImported, import_population
from tavolo.territory.actions.counts import UNKNOWN
from tavolo.territory.counts import GAPS, NOT_READ, NOT_THE_SUM, TWICE, Count, year_of
from tavolo.territory.errors import ColumnsMissing, NothingRead, YearUnknown
from tavolo.territory.models import MunicipalityVersion, Population, Succession
from tavolo.territory.plugs import Told, territory_sources
from tests.factories.people import a_network, secretary_of
from tests.factories.territory import a_municipality, a_province

pytestmark = pytest.mark.django_db

TITLE = "Popolazione residente per sesso, età e stato civile al 1° gennaio 2024"
HEADINGS = "Codice comune;Comune;Età;Totale maschi;Totale femmine;Totale"


@pytest.fixture
def towns():
    province = a_province()
    return [
        a_municipality(name, istat_code=code, province=province, people=None)
        for name, code in (("Capannori", "046007"), ("Lucca", "046017"))
    ]


def load(tmp_path, *lines, year=None, encoding="utf-8"):
    file = tmp_path / "POSAS_2024_it_Comuni.csv"
    file.write_bytes("\r\n".join(lines).encode(encoding))
    return territory_sources.get("population").load(Told(file, year))


def known():
    rows = Population.objects.order_by("municipality__istat_code", "year")
    return list(rows.values_list("municipality__istat_code", "year", "women", "men", "bands"))


def test_the_file_of_istat_is_read_with_its_title_and_its_ages(towns, tmp_path):
    report = load(
        tmp_path,
        f'"{TITLE}"',
        HEADINGS,
        "46007;Capannori;0;5;4;9",
        "46007;Capannori;1;6;7;13",
        "46007;Capannori;999;11;11;22",
        "046017;Lucca;0;1;2;3",
        encoding="cp1252",
    )

    assert known() == [
        ("046007", 2024, 11, 11, {"from": [0, 1], "women": [4, 7], "men": [5, 6]}),
        ("046017", 2024, 2, 1, {"from": [0], "women": [2], "men": [1]}),
    ]
    assert report.figures == {"rows": 4, "populations": 2, "years": 1, "derived": 0}
    assert report.remarks == ()


def test_several_years_without_ages(towns, tmp_path):
    load(tmp_path, "Anno,Codice ISTAT,Femmine,Maschi", "2011,046007,1.250,1 100", "2012,046007,3,4")

    assert known() == [
        ("046007", 2011, 1250, 1100, {}),
        ("046007", 2012, 3, 4, {}),
    ]


def test_the_year_may_be_named_and_must_be_known(towns, tmp_path):
    lines = ("Codice comune;Femmine;Maschi", "046007;3;4")

    with pytest.raises(YearUnknown):
        load(tmp_path, *lines)
    load(tmp_path, *lines, year=2019)

    assert known() == [("046007", 2019, 3, 4, {})]


def test_columns_that_are_missing_are_named(towns, tmp_path):
    with pytest.raises(ColumnsMissing) as refusal:
        load(tmp_path, TITLE, "Codice comune;Comune;Totale", "046007;Capannori;9")

    assert refusal.value.missing == ("Totale femmine", "Totale maschi")


def test_what_is_wrong_is_named_by_row_and_the_rest_is_entered(towns, tmp_path):
    report = load(
        tmp_path,
        TITLE,
        HEADINGS,
        "046007;Capannori;0;5;4;9",
        "046007;Capannori;0;5;4;9",  # row 4
        "046007;Capannori;vecchia;5;4;9",
        "046007;Capannori;1;-5;4;9",
        ";Nessuno;0;5;4;9",
        "046017;Lucca;0;1;2;3",  # row 8
        "046017;Lucca;999;10;20;30",
        "046099;Altrove;0;1;2;3",  # row 10
        "046098;Lacuna;0;1;2;3",  # row 11
        "046098;Lacuna;2;1;2;3",
    )

    assert known() == [("046007", 2024, 4, 5, {"from": [0], "women": [4], "men": [5]})]
    assert {remark.message: remark.rows for remark in report.remarks} == {
        TWICE: (4,),
        NOT_READ: (5, 6, 7),
        NOT_THE_SUM: (8,),
        GAPS: (11,),
        UNKNOWN: (10,),
    }


def test_a_code_is_that_of_who_bore_it_on_the_first_of_january(towns, tmp_path):
    capannori, lucca = towns
    day = date(2020, 5, 1)
    MunicipalityVersion.objects.update(valid_until=day)
    lucca.versions.create(istat_code="046007", name="Lucca", valid_from=day)

    load(tmp_path, "Anno;Codice comune;Femmine;Maschi", "2020;046007;1;1", "2021;046007;2;2")

    rows = Population.objects.order_by("year").values_list("municipality", "year", "women")
    assert list(rows) == [(capannori.pk, 2020, 1), (lucca.pk, 2021, 2)]


def test_a_count_replaces_what_is_there_and_what_rests_on_it(towns):
    capannori, lucca = towns
    day = date(2025, 1, 1)
    Succession.objects.create(predecessor=capannori, successor=lucca, day=day, kind="merger")

    def count(code, women):
        return import_population(counts=[Count(code, 2024, women, 0, {}, 2)], source="ISTAT")[0]

    assert count("046007", 10) == PopulationsImported(1, 1, derived=1)
    assert count("046007", 11) == PopulationsImported(1, 1, derived=1)
    assert [(row[0], row[2]) for row in known()] == [("046007", 11), ("046017", 11)]
    assert count("046017", 12) == PopulationsImported(1, 1, derived=0)
    row = Population.objects.get(municipality=lucca)
    assert (row.women, row.derived, row.source) == (12, False, "ISTAT")


def test_it_is_in_the_journal_and_announced(towns):
    import_population(counts=[Count("046007", 2024, 1, 2, {}, 2)])

    entry = Entry.objects.get()
    assert (entry.action, entry.values) == (
        "territory.population_imported",
        {"populations": 1, "years": 1, "derived": 0},
    )
    assert AnnouncedFact.objects.get().key == "territory.PopulationImported"


def test_refusals(towns):
    counts = [Count("999999", 2024, 1, 2, {}, 2)]

    for actor in (ANONYMOUS, secretary_of(a_network())):
        with pytest.raises(NotAllowed):
            import_population(counts=counts, by=actor)
    with pytest.raises(NothingRead):
        import_population(counts=counts)
    with pytest.raises(NothingRead):
        import_population(counts=[])


@pytest.mark.parametrize(
    ("title", "year"),
    [
        (TITLE, 2024),
        ("Residenti al 1 gennaio 2003", 2003),
        ("Bilancio demografico 2024", None),
        ("", None),
    ],
)
def test_the_year_of_a_title(title, year):
    assert year_of(title) == year


def test_queries_do_not_grow_with_the_municipalities(towns, django_assert_max_num_queries):
    province = towns[0].province
    counts = []
    for number in range(100, 300):
        code = f"046{number}"
        a_municipality(code, istat_code=code, province=province, people=None, drawn=False)
        counts.append(Count(code, 2024, 1, 1, {}, number))

    # SQLite writes two hundred rows in three parts.
    with django_assert_max_num_queries(20):
        import_population(counts=counts)
