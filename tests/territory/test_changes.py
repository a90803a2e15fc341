"""The changes that travel with the product: there without any file, once, also after v0.2."""

from datetime import date, timedelta

import pytest
from django.test import TestCase

from tavolo.journal.models import Entry
from tavolo.kernel.actor import ANONYMOUS
from tavolo.kernel.errors import NotAllowed, NotFound
from tavolo.territory import queries
from tavolo.territory.actions import enter_known_changes, import_national_extract
from tavolo.territory.errors import DamagedExtract
from tavolo.territory.known import known_changes
from tavolo.territory.lives import lives_of
from tavolo.territory.models import (
    Area,
    AreaAlias,
    AreaMembership,
    Municipality,
    MunicipalityVersion,
    Succession,
)
from tavolo.territory.queries import State
from tests.factories.people import a_network, secretary_of
from tests.territory.histories import everything

pytestmark = pytest.mark.django_db

TODAY, EVE = date(2026, 11, 22), timedelta(days=1)
BEGUN = date(2015, 1, 1)
MERGERS = {
    ("Valsamoggia", "037061", date(2014, 1, 1)): {
        "Bazzano",
        "Castello di Serravalle",
        "Crespellano",
        "Monteveglio",
        "Savigno",
    },
    ("Alto Reno Terme", "037062", date(2016, 1, 1)): {"Granaglione", "Porretta Terme"},
    ("Fabbriche di Vergemoli", "046036", date(2014, 1, 1)): {"Fabbriche di Vallico", "Vergemoli"},
    ("Sillano Giuncugnano", "046037", date(2015, 1, 1)): {"Sillano", "Giuncugnano"},
    ("Vermezzo con Zelo", "015251", date(2019, 2, 8)): {"Vermezzo", "Zelo Surrigone"},
    ("Moransengo-Tonengo", "005122", date(2023, 1, 1)): {"Moransengo", "Tonengo"},
    ("Bardello con Malgesso e Bregano", "012144", date(2023, 1, 1)): {
        "Bardello",
        "Malgesso",
        "Bregano",
    },
}


class TestItaly(TestCase):
    """All Italy, laid once for these tests."""

    @classmethod
    def setUpTestData(cls):
        import_national_extract()

    def test_the_mergers_of_the_four_territories_are_there_without_any_file(self):
        assert Municipality.objects.on(TODAY).count() == 7901
        for (name, code, day), predecessors in MERGERS.items():
            found = queries.municipality_on(code, TODAY)
            assert (found.state, found.version.name, found.version.valid_from) == (
                State.VALID,
                name,
                day,
            )
            assert {kin.name for kin in found.predecessors} == predecessors
            assert {(kin.day, kin.kind) for kin in found.predecessors} == {(day, "merger")}
            assert queries.municipality_on(code, day - EVE).state == State.NOT_YET
            for kin in found.predecessors:
                old = queries.municipality_on(kin.istat_code, TODAY)
                assert (old.state, old.version.name) == (State.NO_MORE, kin.name)
                assert [one.istat_code for one in old.successors] == [code]
                assert queries.municipality_on(kin.istat_code, day - EVE).state == State.VALID
        assert Succession.objects.count() == 18

    def test_what_the_extract_lacks_is_there_without_population_and_boundary(self):
        for code in ("005122", "012144"):
            town = queries.municipality_on(code, TODAY).municipality
            assert (town.km2, town.longitude, queries.population_on(town, TODAY)) == (None,) * 3
            assert queries.neighbourhood_drawn(town, year=2023) is None

    def test_predecessors_have_their_own_past(self):
        def told(code, day):
            version = queries.municipality_on(code, day).version
            return version.istat_code, version.name

        assert told("046012", date(1900, 1, 1)) == ("045809", "Trassilico")
        assert told("046012", date(1949, 1, 1)) == ("046012", "Trassilico")
        assert told("046012", date(1951, 1, 1)) == ("046012", "Fabbriche di Vallico")
        assert told("037049", date(1900, 1, 1))[1] == "Bagni della Porretta"

    def test_members_of_a_day_are_those_of_that_day(self):
        """Bologna had 60 municipalities, then 56 and 55; Milano 134 and 133; Lucca 35, 34 and 33."""

        def members(kind, code, day):
            return queries.municipalities_in(queries.area_on(kind, code, day).area, on=day).count()

        assert members("province", "037", date(2013, 12, 31)) == 60
        assert members("province", "037", date(2014, 12, 31)) == 56
        assert members("metropolitan_city", "237", BEGUN) == 56
        assert members("metropolitan_city", "237", TODAY) == 55
        assert members("metropolitan_city", "215", date(2019, 2, 7)) == 134
        assert members("metropolitan_city", "215", TODAY) == 133
        assert [
            members("province", "046", day) for day in (date(2013, 12, 31), date(2014, 1, 1), TODAY)
        ] == [35, 34, 33]

    def test_each_metropolitan_city_came_in_the_place_of_its_province(self):
        cities = known_changes().cities
        assert len(cities) == 14
        for city in cities:
            before = queries.area_on("province", city.province, city.begins - EVE)
            after = queries.area_on("province", city.province, city.begins)
            assert (before.has_members, before.leads_to) == (True, None)
            assert (after.has_members, after.leads_to and after.leads_to.code) == (False, city.code)
            held = AreaMembership.objects.filter(
                area__code=city.code, area__kind="metropolitan_city"
            )
            assert set(held.values_list("source", flat=True)) == {city.source}
        nine = [city.begins for city in cities if "L. 7 aprile 2014, n. 56" in city.source]
        assert nine == [BEGUN] * 9
        others = {city.begins for city in cities if "non è documentato" in city.source}
        assert others == {date(2017, 1, 1)}
        assert Area.objects.get(kind="province", code="058").title == "Provincia di Roma"

    def test_entering_them_again_changes_nothing(self):
        before, entries = everything(), Entry.objects.count()

        entered = enter_known_changes()

        assert not any(vars(entered).values())
        assert everything() == before
        assert Entry.objects.count() == entries

    def test_an_installation_that_v02_made_gets_them_too(self):
        wanted = told()
        uids = dict(Municipality.objects.filter(valid_until=None).values_list("istat_code", "uid"))
        as_v02_left_it()
        assert (Municipality.objects.count(), Area.objects.count()) == (7899, 127)

        enter_known_changes()

        assert told() == wanted
        now = dict(Municipality.objects.filter(valid_until=None).values_list("istat_code", "uid"))
        made = {"005122", "012144"}
        assert {code: uid for code, uid in now.items() if code not in made} == {
            code: uid for code, uid in uids.items() if code not in made
        }
        assert Municipality.objects.get(istat_code="031019").name.endswith("-Števerjan")


def test_what_they_say_is_what_the_rule_of_identity_says():
    """The lives in the file are those that its rows come to by the rule."""
    known = known_changes()
    spells = [spell for life in known.lives for spell in life.spells]

    assert {life.spells for life in lives_of(spells)} == {life.spells for life in known.lives}


def as_v02_left_it() -> None:
    """What v0.2 knew: no successions, no predecessors, one version each, cities since always."""
    Succession.objects.all().delete()
    AreaMembership.objects.filter(area__successor__isnull=False).delete()
    AreaMembership.objects.filter(municipality__valid_until__isnull=False).delete()
    Municipality.objects.filter(valid_until__isnull=False).delete()
    never = ["005122", "012144"]
    AreaMembership.objects.filter(municipality__istat_code__in=never).delete()
    Municipality.objects.filter(istat_code__in=never).delete()
    for province in Area.objects.exclude(successor=None):
        AreaAlias.objects.create(area=province.successor, kind="province", code=province.code)
        province.delete()
    Area.objects.filter(kind="province", memberships=None).delete()
    AreaMembership.objects.update(valid_from=None, source="")
    Municipality.objects.update(valid_from=None)
    MunicipalityVersion.objects.update(valid_from=None, verbatim="", source="")
    spoil("031019", "San Floriano del Collio-\x8ateverjan")


def spoil(code: str, name: str) -> None:
    Municipality.objects.filter(istat_code=code).update(name=name)
    MunicipalityVersion.objects.filter(istat_code=code).update(name=name)


def told() -> list[list[tuple]]:
    """The whole territory without keys and uids, and without which source said it."""
    days = ("valid_from", "valid_until")
    return [
        sorted(map(str, rows))
        for rows in (
            Area.objects.values_list("kind", "code", "title", "parent__code", "successor__code"),
            AreaAlias.objects.values_list("kind", "code"),
            Municipality.objects.values_list("istat_code", "name", "province__code", *days),
            MunicipalityVersion.objects.values_list(
                "municipality__istat_code", "istat_code", "name", "cadastral_code", *days
            ),
            AreaMembership.objects.values_list(
                "area__kind", "area__code", "municipality__istat_code", *days
            ),
            Succession.objects.values_list(
                "predecessor__istat_code", "successor__istat_code", "day", "kind"
            ),
        )
    ]


def test_only_where_the_territory_is_known(small_extract):
    assert not any(vars(enter_known_changes()).values())

    import_national_extract(folder=small_extract)

    assert Succession.objects.count() == 6  # Lucca and Milano; of Bologna nothing is here
    with pytest.raises(NotFound):
        queries.municipality_on("037004", TODAY)


def test_nobody_enters_them_but_whoever_runs_the_installation():
    for actor in (ANONYMOUS, secretary_of(a_network())):
        with pytest.raises(NotAllowed):
            enter_known_changes(by=actor)


@pytest.mark.parametrize("text", ["", "{}", '{"format": 2}', "[]"])
def test_a_damaged_file_is_refused(text, tmp_path):
    (tmp_path / "changes.json").write_text(text)

    with pytest.raises(DamagedExtract):
        known_changes(tmp_path / "changes.json")
    with pytest.raises(DamagedExtract):
        known_changes(tmp_path / "nowhere.json")
