import pytest
from django.test import RequestFactory

from tavolo.people.adapter import AccountAdapter
from tests.factories.people import an_account


def test_nobody_signs_up() -> None:
    assert not AccountAdapter().is_open_for_signup(RequestFactory().get("/"))


@pytest.mark.django_db
def test_who_is_closed_in_the_very_moment_is_sent_back_without_a_word() -> None:
    answer = AccountAdapter().respond_user_inactive(RequestFactory().get("/"), an_account())
    assert (answer.status_code, answer["Location"]) == (302, "/accesso/")
