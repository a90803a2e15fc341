"""Who acts for an organisation, as a fact with two times; what was entered before knows since when."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from tavolo.journal.models import Entry
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.registry.actions import (
    affiliate,
    correct_affiliation,
    end_affiliation,
    withdraw_affiliation,
)
from tavolo.registry.errors import (
    AlreadyAffiliated,
    AlreadySuperseded,
    EndsBeforeItBegan,
    ReasonMissing,
)
from tavolo.registry.models import Affiliation
from tests.factories.people import a_person
from tests.factories.registry import an_organisation
from tests.registry.conftest import Valley

MAY, JUNE, LAST = date(2020, 5, 1), date(2020, 6, 1), date(2021, 12, 31)


@pytest.fixture
def row(valley: Valley) -> Affiliation:
    return affiliate(
        person=a_person(),
        organisation=an_organisation(valley.network),
        function="presidente",
        since=JUNE,
        by=OPERATOR,
    )


def held() -> list[tuple[str, date | None, date | None]]:
    rows = Affiliation.objects.known().order_by("valid_from")
    return list(rows.values_list("function", "valid_from", "valid_until"))


def test_what_was_wrong_is_corrected_and_stays_in_what_was_known(
    valley: Valley, row: Affiliation
) -> None:
    before = row.recorded_at
    again = correct_affiliation(
        affiliation=row, function="vice  presidente", since=MAY, last_day=LAST, by=valley.secretary
    )
    assert held() == [("vice presidente", MAY, date(2022, 1, 1))]
    assert (again.uid, again.pk) != (row.uid, row.pk)
    assert again.uid == row.uid
    then = Affiliation.objects.known(before).get()
    assert (then.function, then.valid_from, then.valid_until) == ("presidente", JUNE, None)
    entry = Entry.objects.order_by("-id").select_related("kept")[0]
    assert (entry.action, entry.values) == (
        "registry.affiliation_corrected",
        {"function": "vice presidente", "since": "2020-05-01", "last_day": "2021-12-31"},
    )


def test_a_correction_may_leave_the_days_open(row: Affiliation) -> None:
    correct_affiliation(affiliation=row, function="", since=None, last_day=None, by=OPERATOR)
    assert held() == [("", None, None)]


def test_a_correction_never_makes_two_of_one_time(row: Affiliation) -> None:
    end_affiliation(affiliation=row, last_day=LAST, by=OPERATOR)
    later = affiliate(
        person=row.person, organisation=row.organisation, since=date(2022, 1, 1), by=OPERATOR
    )
    with pytest.raises(AlreadyAffiliated):
        correct_affiliation(affiliation=later, function="", since=LAST, last_day=None, by=OPERATOR)
    with pytest.raises(EndsBeforeItBegan):
        correct_affiliation(affiliation=later, function="", since=LAST, last_day=MAY, by=OPERATOR)
    assert len(held()) == 2


def test_what_never_was_is_withdrawn_once_with_a_reason(valley: Valley, row: Affiliation) -> None:
    with pytest.raises(ReasonMissing):
        withdraw_affiliation(affiliation=row, reason=" ", by=valley.secretary)
    withdraw_affiliation(affiliation=row, reason=" era un’omonima ", by=valley.secretary)
    assert held() == []
    entry = Entry.objects.order_by("-id").select_related("kept")[0]
    assert (entry.action, entry.values) == (
        "registry.affiliation_withdrawn",
        {"reason": "era un’omonima"},
    )
    for again in (
        lambda: withdraw_affiliation(affiliation=row, reason="x", by=OPERATOR),
        lambda: correct_affiliation(
            affiliation=row, function="", since=None, last_day=None, by=OPERATOR
        ),
    ):
        with pytest.raises(AlreadySuperseded):
            again()


def test_the_stranger_corrects_and_withdraws_nothing(row: Affiliation, stranger: Actor) -> None:
    with pytest.raises(NotAllowed):
        correct_affiliation(affiliation=row, function="", since=None, last_day=None, by=stranger)
    with pytest.raises(NotAllowed):
        withdraw_affiliation(affiliation=row, reason="x", by=stranger)
    assert held() == [("presidente", JUNE, None)]


def test_affiliations_of_before_learn_from_the_journal_when_they_were_recorded(
    valley: Valley,
) -> None:
    organisation = an_organisation(valley.network)
    at, migrated = datetime(2024, 3, 1, 9, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)
    with time_machine.travel(at, tick=False):
        told = affiliate(person=a_person(), organisation=organisation, by=OPERATOR)
    untold = Affiliation.objects.create(
        person=a_person(), organisation=organisation, recorded_at=migrated
    )
    Affiliation.objects.update(recorded_at=migrated)
    import_module("tavolo.registry.migrations.0004_affiliations_know_since_when").up(apps, None)
    assert dict(Affiliation.objects.values_list("uid", "recorded_at")) == {
        told.uid: at,
        untold.uid: organisation.created_at,
    }
