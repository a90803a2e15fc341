from pathlib import Path

import pytest
from django.utils.translation import override

from tavolo.territory import districts
from tavolo.territory.plugs import AreaKind, area_kinds, kind_by_slug

# The stable surface: keys stand in the API and slugs in addresses, for ever.
SURFACE = {
    "region": "regione",
    "province": "provincia",
    "metropolitan_city": "citta-metropolitana",
}


def test_each_file_is_a_kind_of_area():
    files = {path.stem for path in Path(districts.__file__).parent.glob("*.py")} - {"__init__"}

    assert {kind.key for kind in area_kinds} == files


def test_keys_and_slugs_are_those_of_the_stable_surface():
    assert {kind.key: kind.slug for kind in area_kinds} == SURFACE


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
