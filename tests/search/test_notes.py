"""Acts tell the index what they changed; an import that touches everything has it built anew."""

import pytest
from django.db import transaction

from tavolo.kernel.actor import OPERATOR
from tavolo.people.actions import change_names
from tavolo.registry.actions import edit_network
from tavolo.search import indexing
from tavolo.search.actions import EVERYTHING, note_everything
from tavolo.search.index import shelf
from tavolo.search.models import SearchChange
from tavolo.territory.actions import create_area, edit_area
from tests.factories.people import a_person
from tests.factories.registry import a_founded_network

pytestmark = pytest.mark.django_db


def noted() -> list[str]:
    """What was noted since it was last asked."""
    rows = SearchChange.objects.order_by("id")
    kinds = list(rows.values_list("kind", flat=True))
    rows.delete()
    return kinds


def test_networks_are_noted() -> None:
    network = a_founded_network()
    assert "kernel.network" in noted()
    edit_network(network=network, version=network.version, name="Altra rete", by=OPERATOR)
    assert noted() == ["kernel.network"]


def test_areas_are_noted() -> None:
    area = create_area(kind="project_area", name="Area di prova", by=OPERATOR)
    assert noted() == ["territory.area"]
    edit_area(area=area, version=area.version, name="Altra area", by=OPERATOR)
    assert noted() == ["territory.area"]


def test_names_of_persons_are_noted() -> None:
    person = a_person()
    change_names(
        person=person, version=person.version, given_name="Ada", family_name="Neri", by=OPERATOR
    )
    assert noted() == ["people.person"]


def test_after_an_import_of_everything_the_index_is_built_anew(home) -> None:
    a_founded_network()
    indexing.rebuild()
    before = shelf.current()
    with transaction.atomic():
        note_everything()
    assert SearchChange.objects.latest("id").kind == EVERYTHING
    indexing.refresh()
    assert shelf.current() != before


@pytest.mark.django_db(transaction=True)
def test_everything_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        note_everything()
