"""The history file entered: who keeps which uid, what is named and folded, what later changes keep."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tavolo.journal.models import Entry
from tavolo.kernel.actor import ANONYMOUS
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import AnnouncedFact
from tavolo.territory import queries
from tavolo.territory.actions import enter_known_changes, import_history
from tavolo.territory.errors import NothingRead, NotLaid
from tavolo.territory.history import (
    BACKWARDS,
    NOT_READ,
    OVERLAPPING,
    REPEATED,
    WITHOUT_LENGTH,
)
from tavolo.territory.models import Area, AreaMembership, Municipality
from tavolo.territory.queries import State
from tests.factories.people import a_network, secretary_of
from tests.factories.territory import a_metropolitan_city, a_municipality, a_province, a_region
from tests.territory.histories import everything, history, row

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
NOW = "01-01-2014"


@pytest.fixture
def lucca() -> Area:
    return a_province()


def versions(code_today):
    town = Municipality.objects.filter(istat_code=code_today).latest("id")
    rows = queries.versions_of(town)
    return [(v.istat_code, v.name, v.verbatim, str(v.valid_from), str(v.valid_until)) for v in rows]


def homes(town, day):
    rows = AreaMembership.objects.on(day).filter(municipality=town).order_by("area__kind")
    return [f"{kind} {code}" for kind, code in rows.values_list("area__kind", "area__code")]


def test_a_municipality_that_is_there_keeps_its_uid_and_gets_its_past(lucca, tmp_path):
    town = a_municipality("Capannori", istat_code="046007", province=lucca)

    imported = import_history(
        history=history(
            tmp_path / "cities.csv",
            row("045804", "CAPANNORI", "17-03-1861", "14-12-1923", region="00"),
            row("046007", "CAPANNORI", "14-12-1923", "01-01-1948", region="00"),
            row("046007", "CAPANNORI", "01-01-1948"),
        )
    )

    assert (imported.municipalities, imported.living, imported.made) == (1, 1, 0)
    after = Municipality.objects.get()
    assert (after.uid, after.valid_from, after.valid_until) == (
        town.uid,
        date(1861, 3, 17),
        None,
    )
    assert versions("046007") == [
        ("045804", "Capannori", "CAPANNORI", "1861-03-17", "1923-12-14"),
        ("046007", "Capannori", "CAPANNORI", "1923-12-14", "None"),
    ]
    assert [v.cadastral_code for v in queries.versions_of(after)] == ["", town.cadastral_code]


def test_provinces_and_regions_follow_the_rows(lucca, tmp_path):
    town = a_municipality("Capannori", istat_code="046007", province=lucca)

    import_history(
        history=history(
            tmp_path / "cities.csv",
            row("045804", "CAPANNORI", "17-03-1861", "14-12-1923", region="00"),
            row("046007", "CAPANNORI", "14-12-1923", "01-01-1948", region="00"),
            row("046007", "CAPANNORI", "01-01-1948"),
        )
    )

    assert homes(town, date(1900, 1, 1)) == ["province 045"]
    assert homes(town, date(1930, 1, 1)) == ["province 046"]
    assert homes(town, TODAY) == ["province 046", "region 09"]
    massa = Area.objects.get(kind="province", code="045")
    assert (massa.title, massa.short, massa.parent) == ("Provincia MS", "MS", None)


def test_former_provinces_have_the_names_that_are_known(lucca, tmp_path):
    a_region("20", "Sardegna")
    a_municipality(province=lucca)

    import_history(
        history=history(
            tmp_path / "cities.csv",
            row("104001", "AGGIUS", "01-01-2006", "28-04-2016", region="20"),
        )
    )

    olbia = Area.objects.get(kind="province", code="104")
    assert (olbia.title, olbia.parent.name) == ("Provincia di Olbia-Tempio", "Sardegna")


def test_from_the_day_of_the_metropolitan_city_it_is_in_that(tmp_path):
    city = a_metropolitan_city()
    town = a_municipality("Rho", istat_code="015182", province=city)
    enter_known_changes()

    import_history(
        history=history(tmp_path / "cities.csv", row("015182", "RHO", "17-03-1861", region="03"))
    )

    assert homes(town, date(2014, 12, 31)) == ["province 015", "region 03"]
    assert homes(town, date(2015, 1, 1)) == ["metropolitan_city 215", "region 03"]


def test_who_is_not_there_is_made_and_who_is_no_more_ends(lucca, tmp_path):
    ronago = a_municipality("Ronago", istat_code="046199", province=lucca)

    import_history(
        history=history(
            tmp_path / "cities.csv",
            row("046199", "RONAGO", "01-01-1948", "01-01-2024"),
            row("046256", "UGGIATE CON RONAGO", "01-01-2024"),
        )
    )

    ronago.refresh_from_db()
    made = Municipality.objects.get(istat_code="046256")
    assert ronago.valid_until == made.valid_from == date(2024, 1, 1)
    assert (made.name, made.cadastral_code, made.km2, made.province) == (
        "Uggiate con Ronago",
        "",
        None,
        lucca,
    )
    # Nobody says that the one went into the other.
    assert queries.kinship_of(made).predecessors == ()


def test_who_ends_is_in_no_district_any_more(lucca, tmp_path):
    town = a_municipality("Ronago", istat_code="046199", province=lucca)
    district = Area.objects.create(kind="cultural_district", code="1", name="Uno", title="Uno")
    AreaMembership.objects.create(area=district, municipality=town)
    town.units.create(code="1", name="Centro", term="quartiere")

    import_history(
        history=history(
            tmp_path / "cities.csv", row("046199", "RONAGO", "01-01-1948", "01-01-2024")
        )
    )

    assert str(AreaMembership.objects.get(area=district).valid_until) == "2024-01-01"
    assert str(town.units.get().valid_until) == "2024-01-01"


def test_a_second_import_changes_nothing(lucca, tmp_path):
    a_municipality("Capannori", istat_code="046007", province=lucca)
    told = history(
        tmp_path / "cities.csv",
        row("045804", "CAPANNORI", "17-03-1861", "14-12-1923", region="00"),
        row("046007", "CAPANNORI", "14-12-1923"),
        row("046008", "VILLA", "17-03-1861", "12-01-1928"),
        row("046008", "VILLA", "01-01-1947"),
    )
    import_history(history=told)
    before = everything()

    again = import_history(history=told)

    assert (again.made, again.changed, again.versions, again.memberships) == (0, 0, 0, 0)
    assert everything() == before


def test_what_is_wrong_in_the_file_is_named_by_row(lucca, tmp_path):
    a_municipality("Capannori", istat_code="046007", province=lucca)
    told = history(
        tmp_path / "cities.csv",
        row("046007", "CAPANNORI", "17-03-1861"),  # row 2: the headings are row 1
        row("046007", "CAPANNORI", "17-03-1861"),
        row("046008", "VILLA", "17-03-1861", "12-01-1928"),
        row("046008", "VILLA", "12-01-1928", "12-01-1928"),
        row("046008", "VILLA", "12-01-1928", "12-01-1928"),
        row("46009", "SENZA ZERO", "17-03-1861"),
        row("046009", "SENZA GIORNO", "31-02-1900"),
        row("046009", "", "17-03-1861"),
        row("046010", "ALL'INDIETRO", "01-01-1950", "01-01-1940"),
        row("046011", "PRIMA", "17-03-1861", "01-01-1950"),
        row("046011", "SECONDA", "01-01-1940", "01-01-1945"),
        row("046011", "TERZA", "01-01-1947", "01-01-1960"),
    )

    assert told.rows == 12
    assert {remark.message: remark.rows for remark in told.remarks} == {
        REPEATED: (3, 6),
        WITHOUT_LENGTH: (5, 6),
        NOT_READ: (7, 8, 9),
        BACKWARDS: (10,),
        OVERLAPPING: (12, 13),
    }
    assert sorted(spell.name for spell in told.spells) == ["CAPANNORI", "PRIMA", "VILLA"]
    assert told.suppressed == {("046008", date(1928, 1, 12))}
    assert told.horizon == date(1950, 1, 1)


def test_what_was_entered_for_later_days_stays(lucca, tmp_path):
    """The file stops in 2014; a renaming, a new code and an end of later years are kept."""
    renamed = a_municipality("Uno", istat_code="046001", province=lucca)
    renamed.versions.update(valid_until=date(2020, 5, 1))
    renamed.versions.create(istat_code="046001", name="Uno Terme", valid_from=date(2020, 5, 1))
    Municipality.objects.filter(pk=renamed.pk).update(name="Uno Terme")
    ended = a_municipality("Due", istat_code="046002", province=lucca)
    ended.versions.update(valid_until=date(2021, 1, 1))
    ended.memberships.update(valid_until=date(2021, 1, 1))
    Municipality.objects.filter(pk=ended.pk).update(valid_until=date(2021, 1, 1))

    import_history(
        history=history(
            tmp_path / "cities.csv",
            row("046001", "UNO", "17-03-1861"),
            row("046002", "DUE", "17-03-1861"),
            row("046003", "TRE", "17-03-1861", NOW),
        )
    )

    assert versions("046001") == [
        ("046001", "Uno", "UNO", "1861-03-17", "2020-05-01"),
        ("046001", "Uno Terme", "", "2020-05-01", "None"),
    ]
    assert Municipality.objects.get(pk=renamed.pk).name == "Uno Terme"
    assert versions("046002") == [("046002", "Due", "DUE", "1861-03-17", "2021-01-01")]
    assert homes(ended, date(2020, 12, 31)) == ["province 046", "region 09"]
    assert homes(ended, date(2021, 1, 1)) == []


def test_codes_may_change_places_in_one_import(lucca, tmp_path):
    """As in Sardinia in 1974: nobody may stumble over who bears the code until then."""
    one = a_municipality("Uno", istat_code="046001", province=lucca)
    two = a_municipality("Due", istat_code="046002", province=lucca)
    first = history(
        tmp_path / "a.csv",
        row("046001", "UNO", "17-03-1861"),
        row("046002", "DUE", "17-03-1861"),
    )
    import_history(history=first)
    for town in (one, two):
        town.versions.update(valid_until=date(2014, 1, 1))

    import_history(
        history=history(
            tmp_path / "b.csv",
            row("046001", "UNO", "17-03-1861", NOW),
            row("046002", "DUE", "17-03-1861", NOW),
            row("046002", "UNO", NOW),
            row("046001", "DUE", NOW),
        )
    )

    found = queries.municipality_on("046001", TODAY)
    assert (found.municipality, found.version.name) == (two, "Due")
    assert queries.municipality_on("046001", date(2013, 1, 1)).municipality == one
    assert found.state == State.VALID


def test_a_region_that_is_not_here_is_left_out(lucca, tmp_path):
    town = a_municipality("Uno", istat_code="046001", province=lucca)

    import_history(
        history=history(tmp_path / "a.csv", row("046001", "UNO", "17-03-1861", region="77"))
    )

    town.refresh_from_db()
    assert homes(town, TODAY) == ["province 046"]
    assert town.region is None


def test_the_import_is_in_the_journal_and_announced(lucca, tmp_path):
    a_municipality("Uno", istat_code="046001", province=lucca)

    import_history(history=history(tmp_path / "a.csv", row("046001", "UNO", "17-03-1861")))

    entry = Entry.objects.get()
    assert (entry.action, entry.actor) == ("territory.history_imported", "operator")
    assert (entry.values["rows"], entry.values["changed"]) == (1, 1)
    fact = AnnouncedFact.objects.get()
    assert (fact.key, fact.payload) == ("territory.TerritoryChanged", {"municipalities": 1})


def test_nobody_imports_but_whoever_runs_the_installation(lucca, tmp_path):
    a_municipality("Uno", istat_code="046001", province=lucca)
    told = history(tmp_path / "a.csv", row("046001", "UNO", "17-03-1861"))
    before = everything()

    for actor in (ANONYMOUS, secretary_of(a_network())):
        with pytest.raises(NotAllowed):
            import_history(history=told, by=actor)

    assert everything() == before


def test_an_empty_file_and_an_empty_database_are_refused(lucca, tmp_path):
    told = history(tmp_path / "a.csv", row("046001", "UNO", "17-03-1861"))

    with pytest.raises(NotLaid):
        import_history(history=told)
    a_municipality(province=lucca)
    with pytest.raises(NothingRead):
        import_history(history=history(tmp_path / "b.csv"))


def test_queries_do_not_grow_with_the_municipalities(lucca, tmp_path):
    """Of one chunk: ten or two hundred take as many queries, but for what SQLite writes in parts."""

    def count(codes):
        told = []
        for code in codes:
            a_municipality(f"Comune {code}", istat_code=code, province=lucca, drawn=False)
            told.append(row(code, f"COMUNE {code}", "17-03-1861", "01-01-1928"))
            told.append(row(code, f"COMUNE {code} NUOVO", "01-01-1928"))
        file = history(tmp_path / f"{codes[0]}.csv", *told)
        with CaptureQueriesContext(connection) as counted:
            import_history(history=file)
        return len(counted)

    few = count([f"046{number:03}" for number in range(10)])
    many = count([f"046{number:03}" for number in range(100, 300)])

    parts = 20 if connection.vendor == "sqlite" else 0
    assert many <= few + parts
