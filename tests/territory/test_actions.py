from datetime import date

import pytest
from django.db.models import F, Q

from tavolo.journal.models import Entry
from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import AnnouncedFact
from tavolo.territory.actions import Imported, import_national_extract, place_network
from tavolo.territory.errors import (
    AlreadyItsTerritory,
    DamagedExtract,
    EndsBeforeItBegins,
    NoPlaceNamed,
)
from tavolo.territory.models import (
    Area,
    AreaAlias,
    AreaMembership,
    Municipality,
    MunicipalityVersion,
    NetworkArea,
    Population,
    Shape,
    Succession,
)
from tests.factories.people import a_network, secretary_of
from tests.factories.territory import a_municipality, a_province

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
BEGUN = date(2015, 1, 1)  # the metropolitan city of Milano
TABLES = (
    Area,
    AreaAlias,
    Municipality,
    MunicipalityVersion,
    AreaMembership,
    Succession,
    Population,
    Shape,
)


def everything() -> list[list[tuple]]:
    """Every row with its keys and uids."""
    return [list(model.objects.order_by("pk").values_list()) for model in TABLES]


def test_the_import_lays_regions_provinces_and_metropolitan_cities(small_extract):
    import_national_extract(folder=small_extract)

    areas = Area.objects.order_by("kind", "code")
    assert list(areas.values_list("kind", "code", "title", "short", "parent__name")) == [
        ("metropolitan_city", "215", "Città metropolitana di Milano", "MI", "Lombardia"),
        ("province", "015", "Provincia di Milano", "MI", "Lombardia"),
        # What Lucca's municipalities belonged to until 1923: the small extract has no more than this.
        ("province", "045", "Provincia MS", "MS", None),
        ("province", "046", "Provincia di Lucca", "LU", "Toscana"),
        ("province", "081", "Libero consorzio comunale di Trapani", "TP", "Sicilia"),
        ("region", "03", "Lombardia", "", None),
        ("region", "09", "Toscana", "", None),
        ("region", "19", "Sicilia", "", None),
    ]
    assert not AreaAlias.objects.exists()


def test_the_import_lays_municipalities_with_codes_and_places(small_extract):
    import_national_extract(folder=small_extract)

    cesano = Municipality.objects.get(istat_code="015074")
    assert (
        cesano.name,
        cesano.sort_key,
        cesano.cadastral_code,
        cesano.province.code,
        cesano.region.code,
        cesano.km2,
        (cesano.longitude, cesano.latitude),
    ) == ("Cesano Boscone", "cesano boscone", "C565", "215", "03", 3.958, (9.08492, 45.44047))
    kinds = cesano.memberships.order_by("area__kind")
    assert list(kinds.values_list("area__kind", "valid_from", "valid_until")) == [
        ("metropolitan_city", BEGUN, None),
        ("province", None, BEGUN),
        ("region", None, None),
    ]


def test_the_import_keeps_population_by_year_of_age(small_extract):
    import_national_extract(folder=small_extract)

    people = Population.objects.get(municipality__istat_code="015074", year=2023)
    assert (people.women, people.men, people.total) == (12_003, 11_332, 23_335)
    assert people.bands["from"] == list(range(101))
    assert sum(people.bands["women"]) == people.women
    assert sum(people.bands["men"]) == people.men


def test_a_municipality_without_population_gets_no_row(small_extract):
    import_national_extract(folder=small_extract)

    unknown = Municipality.objects.filter(populations=None, valid_until=None)
    assert list(unknown.values_list("istat_code", flat=True)) == ["081025"]


def test_everything_is_drawn_on_three_levels(small_extract):
    import_national_extract(folder=small_extract)

    living = Municipality.objects.filter(valid_until=None)
    assert living.exclude(shapes__level=0).count() == 0
    assert Shape.objects.filter(municipality=None).count() == 6 * 3
    assert Shape.objects.filter(area=None).count() == living.count() * 3
    assert not Shape.objects.exclude(path__regex=r"^(M\d+ \d+l[-\d ]+z)+$").exists()


def test_the_import_can_be_repeated(small_extract):
    first = import_national_extract(folder=small_extract)
    before = everything()

    again = import_national_extract(folder=small_extract)

    assert first == again == Imported(2023, 6, 191, 190, 591)
    assert everything() == before


def test_the_import_brings_names_up_to_the_extract_and_keeps_uids(small_extract):
    import_national_extract(folder=small_extract)
    uid = Municipality.objects.get(istat_code="015074").uid
    for rows in (Municipality.objects, MunicipalityVersion.objects):
        rows.filter(istat_code="015074").update(name="Cesano", sort_key="cesano")

    import_national_extract(folder=small_extract)

    found = Municipality.objects.get(istat_code="015074")
    assert (found.uid, found.name, found.sort_key) == (uid, "Cesano Boscone", "cesano boscone")
    assert found.versions.get().name == "Cesano Boscone"


def test_the_import_does_not_overwrite_a_dated_history(small_extract):
    import_national_extract(folder=small_extract)
    held = AreaMembership.objects.get(municipality__istat_code="046007", area__code="046")
    AreaMembership.objects.filter(pk=held.pk).update(valid_until=date(2020, 1, 1))

    import_national_extract(folder=small_extract)

    kept = AreaMembership.objects.filter(municipality__istat_code="046007", area__code="046")
    assert list(kept.values_list("pk", "valid_until")) == [(held.pk, date(2020, 1, 1))]


def test_the_import_says_how_far_it_is(small_extract):
    seen: list[tuple[int, int]] = []

    import_national_extract(folder=small_extract, progress=lambda *step: seen.append(step))

    assert seen == sorted(seen)
    assert len({total for _done, total in seen}) == 1
    assert seen[-1][0] == seen[-1][1]


def test_the_import_is_in_the_journal_and_announced(small_extract):
    import_national_extract(folder=small_extract)

    entry = Entry.objects.get(action="territory.extract_imported")
    assert (entry.action, entry.actor, entry.network) == (
        "territory.extract_imported",
        "operator",
        None,
    )
    assert entry.values == {
        "year": 2023,
        "areas": 6,
        "municipalities": 191,
        "populations": 190,
        "shapes": 591,
    }
    fact = AnnouncedFact.objects.first()
    assert (fact.key, fact.payload) == ("territory.TerritoryImported", {"year": 2023})


def test_nobody_imports_but_whoever_runs_the_installation(small_extract):
    for actor in (ANONYMOUS, secretary_of(a_network())):
        with pytest.raises(NotAllowed):
            import_national_extract(folder=small_extract, by=actor)

    assert not Municipality.objects.exists()


def test_a_damaged_extract_changes_nothing(small_extract, tmp_path):
    import_national_extract(folder=small_extract)
    before = everything()
    for name in ("municipalities.json.xz", "boundaries.json.xz"):
        (tmp_path / name).write_bytes((small_extract / name).read_bytes()[:-100])

    with pytest.raises(DamagedExtract) as refusal:
        import_national_extract(folder=tmp_path)

    assert "danneggiati" in str(refusal.value)
    assert everything() == before


def test_all_italy_is_laid():
    imported = import_national_extract()

    assert imported == Imported(2023, 127, 7899, 7896, 24_078)
    today = AreaMembership.objects.on(TODAY)
    assert today.count() == 7901 * 2
    assert Area.objects.filter(kind="metropolitan_city").count() == 14
    assert Area.objects.exclude(successor=None).count() == 14
    assert Area.objects.filter(memberships=None).count() == 0
    # What the municipality says of itself and its memberships agree.
    home = Q(area=F("municipality__province")) | Q(area=F("municipality__region"))
    assert not today.exclude(home).exists()
    # Three names that the extract spoils are written well.
    named = Municipality.objects.filter(istat_code__in=["031019", "031022", "032001"])
    assert list(named.order_by("istat_code").values_list("name", flat=True)) == [
        "San Floriano del Collio-Števerjan",
        "Savogna d'Isonzo-Sovodnje ob Soči",
        "Duino Aurisina-Devin Nabrežina",
    ]


def test_a_municipality_that_another_source_has_dated_keeps_its_names(small_extract):
    import_national_extract(folder=small_extract)
    town = Municipality.objects.get(istat_code="046007")
    town.versions.update(valid_until=date(2024, 5, 1))
    town.versions.create(istat_code="046099", name="Capannori Nuova", valid_from=date(2024, 5, 1))
    Municipality.objects.filter(pk=town.pk).update(istat_code="046099", name="Capannori Nuova")
    before = everything()

    import_national_extract(folder=small_extract)

    assert everything() == before


def test_a_municipality_that_is_no_more_is_not_made_again(small_extract):
    import_national_extract(folder=small_extract)
    end = date(2024, 5, 1)
    Municipality.objects.filter(istat_code="046007").update(valid_until=end)
    MunicipalityVersion.objects.filter(istat_code="046007").update(valid_until=end)
    AreaMembership.objects.filter(municipality__istat_code="046007").update(valid_until=end)
    before = everything()

    import_national_extract(folder=small_extract)

    assert everything() == before


def test_a_network_is_placed_on_an_area():
    network, province = a_network(), a_province()

    row = place_network(
        network=network, area=province, valid_from=date(2006, 1, 1), by=secretary_of(network)
    )

    assert (row.network, row.area, row.municipality) == (network, province, None)
    assert (row.valid_from, row.valid_until) == (date(2006, 1, 1), None)
    entry = Entry.objects.get(network=network)
    assert (entry.action, entry.subject_uid) == ("territory.network_placed", network.uid)
    assert entry.values == {"place": str(province.uid), "from": "2006-01-01", "until": None}
    fact = AnnouncedFact.objects.get(network=network)
    assert (fact.key, fact.payload) == (
        "territory.NetworkPlaced",
        {"network": str(network.uid), "place": str(province.uid)},
    )


def test_a_network_is_placed_on_a_municipality():
    network, town = a_network(), a_municipality()

    row = place_network(network=network, municipality=town, by=OPERATOR)

    assert (row.area, row.municipality, row.valid_from) == (None, town, None)


def test_strangers_place_no_network():
    network, other, province = a_network(), a_network("monte", "Rete del monte"), a_province()

    for actor in (ANONYMOUS, secretary_of(other)):
        with pytest.raises(NotAllowed):
            place_network(network=network, area=province, by=actor)

    assert not NetworkArea.objects.exists()


def test_exactly_one_place_is_named():
    network, town = a_network(), a_municipality()

    for places in ({}, {"area": town.province, "municipality": town}):
        with pytest.raises(NoPlaceNamed):
            place_network(network=network, by=OPERATOR, **places)


def test_a_place_is_not_given_twice_in_the_same_time():
    network, town = a_network(), a_municipality()
    place_network(network=network, municipality=town, valid_until=date(2015, 1, 1), by=OPERATOR)
    place_network(network=network, area=town.province, by=OPERATOR)

    with pytest.raises(AlreadyItsTerritory):
        place_network(
            network=network, municipality=town, valid_from=date(2014, 12, 31), by=OPERATOR
        )
    with pytest.raises(AlreadyItsTerritory):
        place_network(network=network, area=town.province, by=OPERATOR)

    again = place_network(
        network=network, municipality=town, valid_from=date(2015, 1, 1), by=OPERATOR
    )
    assert again.valid_from == date(2015, 1, 1)


def test_two_networks_may_share_a_place():
    province = a_province()

    for network in (a_network(), a_network("monte", "Rete del monte")):
        place_network(network=network, area=province, by=OPERATOR)

    assert NetworkArea.objects.filter(area=province).count() == 2


def test_the_end_comes_after_the_beginning():
    with pytest.raises(EndsBeforeItBegins):
        place_network(
            network=a_network(),
            area=a_province(),
            valid_from=date(2020, 1, 1),
            valid_until=date(2020, 1, 1),
            by=OPERATOR,
        )
