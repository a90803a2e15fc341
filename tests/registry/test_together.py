"""Rows of several tables by one query: the same rows that each table would give."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tavolo.kernel import clock
from tavolo.kernel.dates import PartialDate
from tavolo.registry.models import Organisation, OrganisationName, Seat, ServedTerritory, Standing
from tavolo.registry.queries.together import Asked, together
from tests.factories.registry import an_organisation
from tests.factories.territory import a_municipality, a_province
from tests.registry.conftest import Valley


def a_seat(organisation: Organisation, **values: object) -> Seat:
    return Seat.objects.create(
        organisation=organisation, recorded_at=clock.now(), kind="operating", **values
    )


def same(one: object, other: object) -> bool:
    names = [field.attname for field in type(one)._meta.concrete_fields]
    return [getattr(one, name) for name in names] == [getattr(other, name) for name in names]


def test_the_rows_are_those_of_the_tables(valley: Valley) -> None:
    town = a_municipality()
    here = an_organisation(valley.network, "Casa", municipality=town)
    a_seat(here, municipality=town, public=False, valid_from=date(2016, 2, 29))
    a_seat(here, began=PartialDate.parse("2006/.."), superseded_at=clock.now())
    Standing.objects.create(
        organisation=here, kind="association", recorded_at=clock.now(), is_administration=None
    )
    models = (OrganisationName, Standing, Seat, ServedTerritory)
    asked = [Asked(model.objects.filter(organisation=here)) for model in models]
    # Django asks a database once whether it knows JSON.
    assert connection.features.supports_json_field
    with CaptureQueriesContext(connection) as counted:
        found = together(*asked)
    assert len(counted) == 1
    for model, rows in zip(models, found, strict=True):
        expected = list(model.objects.filter(organisation=here).order_by("pk"))
        assert rows == expected
        assert all(same(*pair) for pair in zip(rows, expected, strict=True))


def test_what_comes_beside_takes_no_query_and_what_is_missing_is_none(valley: Valley) -> None:
    town = a_municipality(province=a_province("Lucca"))
    here = an_organisation(valley.network, "Casa")
    with_town, without = a_seat(here, municipality=town), a_seat(here)
    beside = {
        "municipality": ("id", "name", "province_id"),
        "municipality__province": ("id", "name"),
        "organisation": ("id", "name"),
    }
    asked = Asked(Seat.objects.filter(pk__in=[with_town.pk, without.pk]), beside)
    with CaptureQueriesContext(connection) as counted:
        [[first, second]] = together(asked)
        assert first.municipality.name == "Capannori"
        assert first.municipality.province.name == "Lucca"
        assert first.organisation.name == "Casa"
        assert second.municipality is None
    assert len(counted) == 1
    # What was not asked for is there too, for one query more.
    assert first.municipality.istat_code == town.istat_code
    assert first.organisation == here
