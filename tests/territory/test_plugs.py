from pathlib import Path

import pytest
from django.utils.translation import override

from tavolo.territory import districts as folder
from tavolo.territory.plugs import AreaKind, area_kinds, districts, kind_by_slug

# The stable surface: keys stand in the API and slugs in addresses, for ever.
SURFACE = {
    "region": "regione",
    "province": "provincia",
    "metropolitan_city": "citta-metropolitana",
    "health_social_district": "distretto-socio-sanitario",
    "cultural_district": "distretto-culturale",
    "education_area": "ambito-scolastico",
    "social_planning_area": "ambito-sociale",
    "local_health_authority": "azienda-sanitaria",
    "court_district": "circondario",
    "municipal_union": "unione",
    "project_area": "area-di-progetto",
}

# Whether a municipality lies in at most one area of the kind, and whether it must lie in one.
DIVIDES = {
    "region": (True, True),
    "province": (True, False),
    "metropolitan_city": (True, False),
    "health_social_district": (True, True),
    "cultural_district": (True, False),
    "education_area": (True, True),
    "social_planning_area": (True, True),
    "local_health_authority": (True, True),
    "court_district": (True, True),
    "municipal_union": (True, False),
    "project_area": (False, False),
}
OFFICIAL = {"region", "province", "metropolitan_city"}


def test_each_file_is_a_kind_of_area():
    files = {path.stem for path in Path(folder.__file__).parent.glob("*.py")} - {"__init__"}

    assert {kind.key for kind in area_kinds} == files


def test_keys_and_slugs_are_those_of_the_stable_surface():
    assert {kind.key: kind.slug for kind in area_kinds} == SURFACE


def test_each_kind_says_how_it_divides_and_who_edits_it():
    assert {kind.key: (kind.partitions, kind.covers) for kind in area_kinds} == DIVIDES
    assert {kind.key for kind in area_kinds} - {kind.key for kind in districts()} == OFFICIAL


@pytest.mark.parametrize("kind", area_kinds.all(), ids=lambda kind: kind.key)
def test_a_kind_keeps_its_contract(kind: AreaKind):
    assert kind_by_slug(kind.slug) is kind
    assert area_kinds.get(kind.key) is kind
    assert kind.slug != "comune"
    assert set(kind.children) <= {other.key for other in area_kinds}
    assert kind.partitions or not kind.covers
    for language in ("it", "en"):
        with override(language):
            assert str(kind.label)
            assert str(kind.plural)


def test_an_unknown_slug_has_no_kind():
    assert kind_by_slug("contea") is None
