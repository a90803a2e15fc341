"""What stood in the columns before there were facts, brought over and back."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.apps import apps

from tavolo.kernel.actor import ANONYMOUS
from tavolo.registry.actions.summary import bring_all_up_to_date
from tavolo.registry.models import Organisation, OrganisationName, Standing
from tavolo.registry.queries import organisation_as_of
from tests.factories.territory import a_municipality
from tests.registry.conftest import Valley
from tests.registry.test_summary import FACTS, rows, said

migration = import_module("tavolo.registry.migrations.0003_what_is_known_stands_in_facts")
ENTERED = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = date(2011, 5, 5)


@pytest.fixture
def old(valley: Valley) -> list[Organisation]:
    """Two organisations as version 0.3 left them: one with everything, one with a name alone."""
    whole = Organisation.objects.create(
        steward=valley.network,
        code="tenda",
        name="La Tenda",
        kind="foundation",
        legal_form="foundation",
        is_administration=False,
        municipality=a_municipality("Lucca"),
        website="https://tenda.example",
        public_email="info@tenda.example",
        phone="0583 1",
        tax_code="80012000826",
        source="protocollo",
        created_at=ENTERED,
    )
    bare = Organisation.objects.create(
        steward=valley.network, code="nuda", name="Nuda", kind="school", created_at=ENTERED
    )
    return [whole, bare]


def test_columns_become_facts_that_hold_for_ever_back(old: list[Organisation]) -> None:
    migration.up(apps, None)
    whole, bare = old
    assert [said(organisation_as_of(row, on=DAY, actor=ANONYMOUS)) for row in old] == [
        (
            "La Tenda",
            "foundation",
            ["Lucca"],
            ["80012000826"],
            ["https://tenda.example", "info@tenda.example", "0583 1"],
        ),
        ("Nuda", "school", [], [], []),
    ]
    assert {
        (row.valid_from, row.valid_until, row.began, row.recorded_at, row.source)
        for row in rows(whole)
    } == {(None, None, None, ENTERED, "protocollo")}
    name = OrganisationName.objects.get(organisation=whole)
    assert (name.kind, name.search_key, name.sort_key) == ("public", "la tenda", "la tenda")
    standing = Standing.objects.get(organisation=whole)
    assert (standing.legal_form, standing.is_administration) == ("foundation", False)
    assert len(rows(bare)) == 2
    # The columns were a true summary: there is nothing to bring up to date.
    assert bring_all_up_to_date() == 0


def test_whoever_has_facts_gets_none_a_second_time(old: list[Organisation]) -> None:
    migration.up(apps, None)
    before = [row.uid for organisation in old for row in rows(organisation)]
    migration.up(apps, None)
    assert [row.uid for organisation in old for row in rows(organisation)] == before
    assert len(set(before)) == len(before)


def test_the_way_back_takes_the_facts_and_leaves_the_columns(old: list[Organisation]) -> None:
    before = list(Organisation.objects.order_by("pk").values())
    migration.up(apps, None)
    migration.down(apps, None)
    assert [model.objects.count() for model in FACTS] == [0] * len(FACTS)
    assert list(Organisation.objects.order_by("pk").values()) == before
