"""Units without legal personality: entered, edited, ended."""

from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError

from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import NotAllowed, Refusal, StaleVersion
from tavolo.registry import errors
from tavolo.registry.actions import add_unit, edit_unit, end_unit, merge_organisations, units
from tavolo.registry.models import Organisation, OrganisationUnit
from tavolo.registry.queries import organisation_as_of, units_of
from tests.factories.registry import an_organisation
from tests.factories.territory import a_municipality
from tests.registry.conftest import Valley
from tests.registry.test_actions import facts, told


@pytest.fixture
def comune(valley: Valley) -> Organisation:
    return an_organisation(valley.network, "Comune di Valle", kind="municipality")


def a_unit(comune: Organisation, name: str = "Polizia Locale", **values: Any) -> OrganisationUnit:
    return add_unit(
        organisation=comune, name=name, kind=values.pop("kind", "corps"), by=OPERATOR, **values
    )


def edited(unit: OrganisationUnit, version: int = 1, **values: Any) -> OrganisationUnit:
    now = {"name": unit.name, "kind": unit.kind, "parent": unit.parent, "began": unit.began}
    return edit_unit(unit=unit, version=version, by=OPERATOR, **(now | values))


def test_a_unit_has_its_address_and_its_days(valley: Valley, comune: Organisation) -> None:
    lucca = a_municipality("Lucca")
    unit = add_unit(
        organisation=comune,
        name=" Polizia   Locale ",
        kind="corps",
        municipality=lucca,
        began=PartialDate(2007, bound="since"),
        source="sito del Comune",
        by=valley.secretary,
    )
    unit.refresh_from_db()
    assert (unit.name, unit.code, unit.valid_from, unit.municipality) == (
        "Polizia Locale",
        "polizia-locale",
        date(2007, 1, 1),
        lucca,
    )
    assert a_unit(comune).code == "polizia-locale-2"
    assert told(valley.network)[-1] == "registry.unit_added"
    assert facts(valley.network)[-1] == "registry.OrganisationEdited"


def test_units_stand_within_each_other(comune: Organisation) -> None:
    sector = a_unit(comune, "Settore sociale", kind="office")
    desk = a_unit(comune, "Sportello donna", kind="service", parent=sector)
    with pytest.raises(errors.UnitGoesRound):
        edited(sector, parent=desk)
    with pytest.raises(errors.UnitGoesRound):
        edited(sector, parent=sector)
    assert [(unit.name, unit.parent) for unit in units_of(comune, on=date(2026, 1, 1))] == [
        ("Settore sociale", None),
        ("Sportello donna", sector),
    ]


def test_what_is_wrong_with_a_unit_is_named(valley: Valley, comune: Organisation) -> None:
    foreign = a_unit(an_organisation(valley.network, "Altro comune"))
    gone = a_municipality("Lasta")
    gone.valid_until = date(2010, 1, 1)
    gone.save()
    faults: list[tuple[dict[str, Any], type[Refusal]]] = [
        ({"name": " "}, errors.NameMissing),
        ({"kind": "circus"}, errors.UnknownKind),
        ({"parent": foreign}, errors.UnitOfAnother),
        ({"municipality": gone}, errors.MunicipalityNotThen),
    ]
    for values, refusal in faults:
        with pytest.raises(refusal):
            a_unit(comune, **values)


def test_editing_a_unit_keeps_its_code(comune: Organisation) -> None:
    unit = edited(a_unit(comune), name="Corpo di Polizia locale", began=PartialDate(2010))
    unit.refresh_from_db()
    assert (unit.name, unit.code, unit.version, unit.valid_from) == (
        "Corpo di Polizia locale",
        "polizia-locale",
        2,
        date(2010, 1, 1),
    )
    with pytest.raises(StaleVersion):
        edited(unit, version=1)


def test_a_unit_ends_and_stays_in_the_past(valley: Valley, comune: Organisation) -> None:
    unit = a_unit(comune, began=PartialDate(2000))
    with pytest.raises(errors.EndNotKnown):
        end_unit(unit=unit, last=PartialDate(2010, bound="since"), by=OPERATOR)
    end_unit(unit=unit, last=PartialDate(2010, 6), by=valley.secretary)
    days = (date(1999, 12, 31), date(2000, 1, 1), date(2010, 6, 30), date(2010, 7, 1))
    seen = [organisation_as_of(comune, on=day, actor=ANONYMOUS).units for day in days]
    assert seen == [[], [unit], [unit], []]
    with pytest.raises(errors.AlreadyEnded):
        end_unit(unit=unit, last=PartialDate(2011), by=OPERATOR)
    assert OrganisationUnit.objects.get().version == unit.version == 2


def test_only_the_stewards_secretariat_writes_units(
    comune: Organisation, stranger: Actor, valley: Valley
) -> None:
    unit = a_unit(comune)
    for by in (ANONYMOUS, stranger):
        with pytest.raises(NotAllowed):
            add_unit(organisation=comune, name="CUG", kind="organ", by=by)
        with pytest.raises(NotAllowed):
            edit_unit(unit=unit, version=1, name="X", kind="organ", by=by)
        with pytest.raises(NotAllowed):
            end_unit(unit=unit, last=PartialDate(2020), by=by)


def test_whoever_was_merged_gets_no_units(valley: Valley, comune: Organisation) -> None:
    other = an_organisation(valley.network, "Il comune")
    merge_organisations(organisation=other, into=comune, reason="lo stesso", by=OPERATOR)
    with pytest.raises(errors.OrganisationMerged):
        a_unit(other)


def test_a_code_minted_by_two_at_once_is_minted_again(comune: Organisation) -> None:
    a_unit(comune)
    with patch.object(units, "_free_code", side_effect=["polizia-locale", "polizia-locale-2"]):
        assert a_unit(comune).code == "polizia-locale-2"
    with (
        patch.object(units, "_free_code", return_value="polizia-locale"),
        pytest.raises(IntegrityError),
    ):
        a_unit(comune)
