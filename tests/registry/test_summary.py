"""The columns of organisations and the facts behind them: entering, editing, days that go by."""

from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.registry import errors
from tavolo.registry.actions import add_organisation, edit_organisation, enter_fact
from tavolo.registry.actions.summary import bring_all_up_to_date, bring_up_to_date
from tavolo.registry.jobs import bring_summaries_up_to_date
from tavolo.registry.models import (
    Contact,
    Identifier,
    Organisation,
    OrganisationFact,
    OrganisationName,
    Seat,
    Standing,
)
from tavolo.registry.queries import AsOf, current_names, organisation_as_of
from tavolo.search.models import SearchChange
from tests.factories.counting import ENOUGH
from tests.factories.registry import an_organisation, many_participants
from tests.factories.territory import a_municipality
from tests.registry.conftest import Valley

TODAY = clock.today()
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)
TAX_CODE = "80012000826"
WHOLE: dict[str, Any] = {
    "name": "La Tenda",
    "kind": "association",
    "website": "https://tenda.example",
    "public_email": "info@tenda.example",
    "phone": "0583 1",
    "tax_code": TAX_CODE,
    "source": "sito",
}
FACTS = (OrganisationName, Standing, Seat, Identifier, Contact)


def rows(organisation: Organisation) -> list[OrganisationFact]:
    return [
        row
        for model in FACTS
        for row in model.objects.known().filter(organisation=organisation).order_by("pk")
    ]


def said(row: AsOf) -> tuple[Any, ...]:
    """What a stranger reads of the simple form's fields."""
    return (
        row.name,
        row.kind,
        [seat.municipality and seat.municipality.name for seat in row.seats],
        [number.value for number in row.identifiers],
        [contact.value for contact in row.contacts],
    )


def on(organisation: Organisation, day: date) -> tuple[Any, ...]:
    return said(organisation_as_of(organisation, on=day, actor=ANONYMOUS))


def edited(organisation: Organisation, **values: Any) -> Organisation:
    return edit_organisation(
        organisation=organisation, version=organisation.version, by=OPERATOR, **(WHOLE | values)
    )


@pytest.fixture
def tenda(valley: Valley) -> Organisation:
    return add_organisation(
        steward=valley.network,
        municipality=a_municipality("Lucca"),
        legal_form="unrecognised_association",
        is_administration=False,
        began=PartialDate(2006, bound="since"),
        by=valley.secretary,
        **WHOLE,
    )


def test_whoever_is_entered_has_facts_from_its_beginning(tenda: Organisation) -> None:
    found = rows(tenda)
    assert [type(row) for row in found] == [
        OrganisationName,
        Standing,
        Seat,
        Identifier,
        Contact,
        Contact,
        Contact,
    ]
    assert {(str(row.began), row.valid_from, row.valid_until, row.source) for row in found} == {
        ("2006/..", date(2006, 1, 1), None, "sito")
    }
    contacts = ["https://tenda.example", "info@tenda.example", "0583 1"]
    assert on(tenda, TODAY) == ("La Tenda", "association", ["Lucca"], [TAX_CODE], contacts)
    before = organisation_as_of(tenda, on=date(2005, 12, 31), actor=ANONYMOUS)
    assert (before.exists, said(before)) == (False, ("La Tenda", "association", [], [], []))
    assert tenda.version == 1


def test_whoever_begins_tomorrow_has_nothing_in_its_columns_today(valley: Valley) -> None:
    row = add_organisation(
        steward=valley.network, began=PartialDate.of(TOMORROW), by=OPERATOR, **WHOLE
    )
    assert (row.name, row.kind, row.phone, row.tax_code) == ("La Tenda", "association", "", "")
    assert bring_up_to_date(row, on=TOMORROW)
    assert (row.phone, row.tax_code) == ("0583 1", TAX_CODE)


def test_an_edit_is_a_change_from_today(tenda: Organisation) -> None:
    pisa = a_municipality("Pisa", province=tenda.municipality.province)  # type: ignore[union-attr]
    before = on(tenda, TODAY)
    version = tenda.version
    edited(tenda, name="La Tenda ODV", kind="foundation", municipality=pisa, phone="050 1")
    assert on(tenda, YESTERDAY) == before
    assert on(tenda, TODAY) == (
        "La Tenda ODV",
        "foundation",
        ["Pisa"],
        [TAX_CODE],
        ["https://tenda.example", "info@tenda.example", "050 1"],
    )
    standing = Standing.objects.on(TODAY).get()
    assert (standing.legal_form, standing.is_administration) == ("unrecognised_association", False)
    tenda.refresh_from_db()
    assert (tenda.name, tenda.municipality, tenda.version) == ("La Tenda ODV", pisa, version + 1)


def test_what_began_today_is_put_right(tenda: Organisation) -> None:
    edited(tenda, name="La Tenda OVD", municipality=tenda.municipality)
    edited(tenda, name="La Tenda ODV", municipality=tenda.municipality)
    assert [row.name for row in OrganisationName.objects.known().order_by("pk")] == [
        "La Tenda",
        "La Tenda ODV",
    ]
    assert OrganisationName.objects.known().count() == 2


def test_what_is_emptied_ends_yesterday_and_what_comes_again_begins_today(
    tenda: Organisation,
) -> None:
    before = on(tenda, TODAY)
    edited(tenda, phone="", municipality=None, tax_code="")
    contacts = ["https://tenda.example", "info@tenda.example"]
    assert on(tenda, TODAY) == ("La Tenda", "association", [], [], contacts)
    edited(tenda, phone="050 2")
    edited(tenda, phone="")
    edited(tenda, phone="050 3")
    assert on(tenda, TODAY) == ("La Tenda", "association", [], [TAX_CODE], [*contacts, "050 3"])
    assert on(tenda, YESTERDAY) == before


def test_what_was_not_known_at_all_holds_for_ever_back(valley: Valley) -> None:
    row = an_organisation(valley.network, "Aurora")
    edit_organisation(
        organisation=row,
        version=1,
        name="Aurora",
        kind="association",
        phone="0583 7",
        by=OPERATOR,
    )
    assert Contact.objects.get().valid_from is None


def test_an_edit_that_changes_nothing_writes_no_fact(tenda: Organisation) -> None:
    before = [row.pk for row in rows(tenda)]
    edited(tenda, municipality=tenda.municipality)
    assert [row.pk for row in rows(tenda)] == before


def test_a_street_does_not_move_to_another_municipality(tenda: Organisation) -> None:
    Seat.objects.update(address="via Roma 1", postal_code="55100")
    edited(tenda, municipality=a_municipality("Pisa", province=tenda.municipality.province))  # type: ignore[union-attr]
    seat = Seat.objects.on(TODAY).get()
    assert (seat.address, seat.postal_code) == ("", "")
    assert Seat.objects.on(YESTERDAY).get().address == "via Roma 1"


def test_an_organisation_without_facts_keeps_its_columns(valley: Valley) -> None:
    row = Organisation.objects.create(
        steward=valley.network, code="nuda", name="Nuda", kind="school", created_at=clock.now()
    )
    assert not bring_up_to_date(row)
    found = organisation_as_of(row, on=TODAY, actor=ANONYMOUS)
    assert (found.exists, said(found)) == (True, ("Nuda", "school", [], [], []))
    edit_organisation(
        organisation=row, version=1, name="Vestita", kind="school", phone="0583", by=OPERATOR
    )
    assert (row.name, row.phone) == ("Vestita", "0583")


def test_a_tax_code_taken_in_this_very_moment_is_named(valley: Valley, tenda: Organisation) -> None:
    other = an_organisation(valley.network, "Altra")
    Identifier.objects.create(
        organisation=other, scheme="tax_code", value=TAX_CODE, recorded_at=clock.now()
    )
    with pytest.raises(errors.TaxCodeTaken):
        bring_up_to_date(other)
    other.refresh_from_db()
    assert other.tax_code == ""


# Days that go by


def later(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.ROME)


def test_what_begins_and_ends_is_seen_on_its_day(tenda: Organisation) -> None:
    for value, began, ended in (
        ("domani@tenda.example", TOMORROW, None),
        ("oggi@tenda.example", None, TODAY),
    ):
        enter_fact(
            fact=Contact(
                organisation=tenda,
                channel="email",
                value=value,
                began=PartialDate.of(began) if began else None,
                ended=PartialDate.of(ended) if ended else None,
            ),
            by=OPERATOR,
        )
    assert tenda.public_email == "oggi@tenda.example"
    SearchChange.objects.all().delete()
    Contact.objects.filter(value="info@tenda.example").delete()
    with patch.object(clock, "now", return_value=later(TOMORROW)):
        bring_summaries_up_to_date()
    tenda.refresh_from_db()
    assert tenda.public_email == "domani@tenda.example"
    assert SearchChange.objects.get().uid == tenda.uid
    with patch.object(clock, "now", return_value=later(TOMORROW)):
        assert bring_all_up_to_date() == 0


@pytest.mark.parametrize("number", ENOUGH)
def test_a_day_on_which_nothing_happens_asks_as_much_for_many_as_for_one(
    valley: Valley, number: int
) -> None:
    many_participants(valley.network, number)
    with CaptureQueriesContext(connection) as counted:
        bring_all_up_to_date()
    assert len(counted) == 7


@pytest.mark.parametrize("number", ENOUGH)
def test_an_organisation_as_of_a_day_takes_one_query(valley: Valley, number: int) -> None:
    row = an_organisation(valley.network, "Aurora")
    Contact.objects.bulk_create(
        Contact(organisation=row, channel="phone", value=f"0583 {i}", recorded_at=clock.now())
        for i in range(number)
    )
    row = Organisation.objects.select_related("steward").get(pk=row.pk)
    with CaptureQueriesContext(connection) as counted:
        found = organisation_as_of(row, on=TODAY, actor=ANONYMOUS)
    assert (len(found.contacts), len(counted)) == (number, 1)


def test_the_names_of_many_are_read_at_once(valley: Valley, tenda: Organisation) -> None:
    young = add_organisation(
        steward=valley.network, name="Nuova", kind="school", began=PartialDate(2020), by=OPERATOR
    )
    enter_fact(
        fact=OrganisationName(organisation=tenda, kind="official", name="Tenda ETS"), by=OPERATOR
    )
    with CaptureQueriesContext(connection) as counted:
        names = current_names([tenda, young], on=date(2010, 1, 1))
    assert names == {tenda.pk: "La Tenda", young.pk: "Nuova"}
    assert len(counted) == 1
    assert current_names([tenda], on=date(2000, 1, 1)) == {tenda.pk: "Tenda ETS"}
