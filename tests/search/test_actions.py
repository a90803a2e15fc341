import pytest
from django.db import transaction

from tavolo.search.actions import note_change, note_changes
from tavolo.search.models import SearchChange
from tests.factories.people import a_person


@pytest.mark.django_db
def test_a_change_is_noted_with_kind_and_uid() -> None:
    person = a_person()
    note_change(person)
    note_change(person)
    kept = list(SearchChange.objects.order_by("id").values_list("kind", "uid"))
    assert kept == [("people.person", person.uid), ("people.person", person.uid)]


@pytest.mark.django_db(transaction=True)
def test_a_change_outside_a_transaction_is_refused() -> None:
    person = a_person()
    with pytest.raises(RuntimeError):
        note_change(person)
    assert SearchChange.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_change_goes_with_the_act_that_is_undone() -> None:
    person = a_person()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note_change(person)
        raise ZeroDivisionError
    assert SearchChange.objects.count() == 0


@pytest.mark.django_db
def test_many_changes_are_noted_at_once(django_assert_num_queries) -> None:
    persons = [a_person() for _each in range(3)]
    with django_assert_num_queries(1):
        note_changes(persons)
    kept = list(SearchChange.objects.order_by("id").values_list("kind", "uid"))
    assert kept == [("people.person", person.uid) for person in persons]


@pytest.mark.django_db(transaction=True)
def test_many_changes_outside_a_transaction_are_refused() -> None:
    with pytest.raises(RuntimeError):
        note_changes([a_person()])
    assert SearchChange.objects.count() == 0
