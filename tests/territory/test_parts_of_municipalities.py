"""What is known of a municipality is not said of an area that holds a part of it alone."""

from datetime import date

import pytest
from django.test import Client

from tavolo.territory import queries
from tavolo.territory.models import Municipality
from tests.factories.districts import a_district, a_unit
from tests.factories.territory import a_municipality, a_province

pytestmark = pytest.mark.django_db

DAY = date(2024, 6, 1)
PAGE = "/territorio/ambito-scolastico/nord/"


@pytest.fixture
def milan() -> Municipality:
    town = a_municipality("Milano", province=a_province())
    unit = a_unit(town, "Municipio 1")
    a_district("Nord", kind="education_area", units=[unit])
    a_district("Intera", town)
    return town


def test_the_areas_are_not_the_same(milan) -> None:
    part, whole = (
        queries.area_at(kind, code)[0]
        for kind, code in (("education_area", "nord"), ("health_social_district", "intera"))
    )
    for area, other in ((part, "health_social_district"), (whole, "education_area")):
        shared = queries.areas_sharing(area, size=1, on=DAY)
        assert [(each.kind, each.coincides) for each in shared if each.kind == other] == [
            (other, False)
        ]
    # A province that is one municipality, and a district that holds it whole, are the same.
    same = queries.areas_sharing(whole, size=1, on=DAY)
    assert [each.coincides for each in same if each.kind == "province"] == [True]


def test_its_residents_by_age_are_not_told(client: Client, milan) -> None:
    page = client.get(PAGE).content.decode()
    assert "Residenti per età" not in page
    assert (
        "Residenti per età"
        in client.get("/territorio/distretto-socio-sanitario/intera/").content.decode()
    )


def test_municipalities_are_in_an_area_wholly_or_in_part(milan) -> None:
    area = queries.area_at("education_area", "nord")[0]
    assert list(queries.municipalities_in(area, on=DAY)) == [milan]
    assert list(queries.municipalities_in(area, on=DAY, whole=True)) == []
