"""Offices and units as spreadsheets."""

import pytest

from tavolo.imports.actions import apply_batch, undo_batch
from tavolo.kernel.actor import OPERATOR
from tavolo.people.models import Person
from tavolo.registry.models import Delegation, OfficeHolding, OrganisationUnit
from tests.factories.people import a_network
from tests.factories.registry import a_participant
from tests.registry.importing import checked, faults, outcomes, whole

pytestmark = pytest.mark.django_db

HEADINGS = ("Ente", "Nome", "Cognome", "Carica", "Forma", "Delega", "Delega in parole", "Dal", "Al")
TABLES = (Person, OfficeHolding, Delegation)


@pytest.fixture
def network():
    return a_network()


@pytest.fixture
def city(network):
    return a_participant(network, "Comune di Valle", kind="municipality")


def offices(network, *rows):
    return checked(network, HEADINGS, *rows, kind="offices")


def test_offices_and_what_is_delegated_are_entered(network, city) -> None:
    batch = offices(
        network,
        ("Comune di Valle", "Ada", "Rossi", "sindaca", "", "", "", "2024-06-10", ""),
        ("Comune di Valle", "Ivo", "Neri", "assessore", "", "Pari opportunità", "", 2024, ""),
        ("Comune di Valle", "Ivo", "Neri", "", "", "Altra", "Gemellaggi", 2024, ""),
        ("Comune di Valle", "Eva", "Blu", "garante dei diritti", "f", "", "", "", "2025"),
    )
    assert (outcomes(batch), faults(batch)) == (["create"] * 4, [])
    before = whole(*TABLES)
    apply_batch(batch=batch, by=OPERATOR)
    held = OfficeHolding.objects.select_related("person").order_by("person__sort_key")
    assert [(o.person.name, o.title, o.form, o.title_feminine, o.public) for o in held] == [
        ("Ada Rossi", "mayor", "feminine", "", True),
        ("Eva Blu", "other", "feminine", "garante dei diritti", True),
        ("Ivo Neri", "assessor", "masculine", "", True),
    ]
    assert [str(o.valid_until or "") for o in held] == ["", "2026-01-01", ""]
    ivo = held[2]
    matters = Delegation.objects.order_by("id")
    assert [(d.theme, d.words, d.holding) for d in matters] == [
        ("equal_opportunities", "", ivo.uid),
        ("other", "Gemellaggi", ivo.uid),
    ]
    undo_batch(batch=batch, by=OPERATOR)
    assert whole(*TABLES) == before


def test_the_same_twice_changes_nothing_and_one_mayor_is_enough(network, city) -> None:
    row = ("Comune di Valle", "Ada", "Rossi", "sindaca", "", "", "", "2024", "")
    apply_batch(batch=offices(network, row), by=OPERATOR)
    other = ("Comune di Valle", "Ugo", "Verdi", "sindaco", "", "", "", "2025", "")
    vague = ("Comune di Valle", "Ugo", "Verdi", "presidente", "", "", "", "", "")
    ends = ("Comune di Valle", "Ugo", "Verdi", "assessore", "", "", "", "2025", "2024")
    nothing = ("Comune di Valle", "Ugo", "Verdi", "", "", "", "", "", "")
    batch = offices(network, row, other, vague, ends, nothing)
    assert outcomes(batch) == ["same", "fault", "fault", "fault", "fault"]


def test_units_are_entered_changed_and_taken_back(network, city) -> None:
    headings = ("Ente", "Nome", "Tipo", "Dal")
    first = checked(
        network, headings, ("Comune di Valle", "Polizia Locale", "corpo", ""), kind="units"
    )
    assert (outcomes(first), faults(first)) == (["create"], [])
    apply_batch(batch=first, by=OPERATOR)
    unit = OrganisationUnit.objects.get()
    assert (unit.code, unit.kind, unit.organisation) == ("polizia-locale", "corps", city)
    before = whole(OrganisationUnit)
    second = checked(
        network,
        headings,
        ("Comune di Valle", "polizia locale", "ufficio", "2001"),
        ("Comune di Valle", "CUG", "organo", ""),
        ("Comune di Valle", "Sportello", "", ""),
        kind="units",
    )
    assert outcomes(second) == ["change", "create", "fault"]
    apply_batch(batch=second, by=OPERATOR, without_faulty=True)
    unit.refresh_from_db()
    assert (unit.kind, str(unit.began), unit.version) == ("office", "2001", 2)
    undo_batch(batch=second, by=OPERATOR)
    assert whole(OrganisationUnit) == before
