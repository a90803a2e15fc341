"""Organisations as a spreadsheet: what a row means, what it would do, and that it can all be taken back."""

import pytest

from tavolo.imports.actions import apply_batch, undo_batch
from tavolo.kernel.actor import OPERATOR
from tavolo.registry.actions.summary import bring_all_up_to_date
from tavolo.registry.models import (
    Contact,
    Identifier,
    Organisation,
    OrganisationName,
    Participation,
    Seat,
    Standing,
)
from tests.factories.people import a_network
from tests.factories.registry import an_organisation
from tests.factories.territory import a_municipality, a_province
from tests.registry.importing import checked, faults, outcomes, questions, whole

pytestmark = pytest.mark.django_db

HEADINGS = ("Denominazione", "Tipo", "Codice fiscale", "Comune", "E-mail", "Sito web", "Dal")
TABLES = (
    Organisation,
    OrganisationName,
    Standing,
    Seat,
    Identifier,
    Contact,
    Participation,
)
TAX = "01232710374"


@pytest.fixture
def network():
    return a_network()


@pytest.fixture
def town():
    return a_municipality("Bologna", province=a_province(), istat_code="037006")


def test_organisations_are_made_and_take_part(network, town) -> None:
    batch = checked(
        network,
        HEADINGS,
        (
            "Casa delle donne",
            "Associazione",
            "",
            "Bologna",
            "Info@Casa.example",
            "casa.example",
            2006,
        ),
        ("Comune di Bologna", "comune", TAX, "bologna", "", "", ""),
    )
    assert (outcomes(batch), faults(batch)) == (["create", "create"], [])
    apply_batch(batch=batch, by=OPERATOR)
    house, city = Organisation.objects.order_by("sort_key")
    assert (house.code, house.kind, house.municipality, house.public_email, house.website) == (
        "casa-delle-donne",
        "association",
        town,
        "info@casa.example",
        "https://casa.example",
    )
    assert (city.tax_code, city.municipality, city.steward) == (TAX, town, network)
    spells = Participation.objects.order_by("organisation__sort_key")
    assert [(str(s.began or ""), str(s.valid_from or ""), s.role) for s in spells] == [
        ("2006", "2006-01-01", "participant"),
        ("", "", "participant"),
    ]
    assert bring_all_up_to_date() == 0


def test_undoing_brings_back_every_byte(network, town) -> None:
    there = an_organisation(network, "Auser Bologna", municipality=town, phone="051 1")
    before = whole(*TABLES)
    batch = checked(
        network,
        (*HEADINGS, "Telefono"),
        ("Auser Bologna", "Associazione", "", "Bologna", "a@auser.example", "", "2020", "051 222"),
        ("Casa delle donne", "Associazione", "", "Bologna", "", "", 2006, ""),
    )
    assert (outcomes(batch), faults(batch), questions(batch)) == (["change", "create"], [], [])
    apply_batch(batch=batch, by=OPERATOR)
    there.refresh_from_db()
    assert (there.phone, there.public_email) == ("051 222", "a@auser.example")
    assert bring_all_up_to_date() == 0
    undo_batch(batch=batch, by=OPERATOR)
    assert whole(*TABLES) == before
