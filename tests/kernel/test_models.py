import pytest
from django.apps import apps
from django.db import connection

from tavolo.kernel import clock
from tavolo.kernel.models import Keyed, Network

# In the order of Italian dictionaries, of a plain comparison, and of what keys are for.
NAMES = ["a b", "a2", "aa", "ab", "de luca", "de zan", "deluca", "zonta", "àuser", "è", "надія"]


@pytest.mark.django_db
def test_a_named_row_is_folded_whenever_it_is_saved():
    row = Network.objects.create(slug="rete", name="Àlba  10", created_at=clock.now())
    assert (row.sort_key, row.search_key) == ("alba 00000010", "alba 10")
    row.name = "Élite 2"
    row.save()
    row.refresh_from_db()
    assert (row.sort_key, row.search_key) == ("elite 00000002", "elite 2")


@pytest.mark.django_db
def test_the_longest_name_has_keys_that_fit():
    row = Network.objects.create(slug="rete", name="1 " * 150, created_at=clock.now())
    assert len(row.sort_key) == 400


@pytest.mark.django_db
def test_both_databases_order_keys_alike():
    for number, name in enumerate(reversed(NAMES)):
        Network.objects.create(slug=f"rete-{number}", name=name, created_at=clock.now())
    found = list(Network.objects.order_by("sort_key").values_list("sort_key", flat=True))
    assert found == sorted(found)
    assert len(found) == len(NAMES)


@pytest.mark.django_db
def test_every_key_is_ordered_by_code_point_whatever_the_servers_language():
    keyed = [model for model in apps.get_models() if issubclass(model, Keyed)]
    keys = {(model._meta.db_table, name) for model in keyed for name in ("sort_key", "search_key")}
    assert ("kernel_network", "sort_key") in keys
    assert {key: collation(*key) for key in keys} == dict.fromkeys(keys, "by code point")


def collation(table: str, column: str) -> str | None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT collation_name FROM information_schema.columns "
                "WHERE table_name = %s AND column_name = %s",
                [table, column],
            )
            (name,) = cursor.fetchone()
            return "by code point" if name == "C" else name
        # SQLite compares bytes unless a column says otherwise.
        columns = connection.introspection.get_table_description(cursor, table)
        (name,) = [found.collation for found in columns if found.name == column]
        return name or "by code point"
