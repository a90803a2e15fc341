import pytest

from tavolo.people.queries import (
    account_by_email,
    active_accounts,
    demonstration_token,
    has_second_factor,
)
from tests.factories.people import a_person, an_account, with_second_factor

pytestmark = pytest.mark.django_db


def test_an_account_is_found_by_its_address_however_it_is_written() -> None:
    account = an_account("ada@rete.example")
    assert account_by_email(" Ada@RETE.example ") == account
    assert account_by_email("nessuno@rete.example") is None


def test_who_can_sign_in_is_told_for_many_at_once(django_assert_num_queries) -> None:
    account, nobody = an_account(), a_person()
    with django_assert_num_queries(1):
        assert active_accounts([account.person, nobody]) == {account.person_id: account}


def test_recovery_codes_alone_are_no_second_factor() -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    account = an_account()
    RecoveryCodes.activate(account)
    assert not has_second_factor(account)
    assert has_second_factor(with_second_factor(an_account()))


def test_the_token_of_the_demonstration_is_the_installation_s_own(settings) -> None:
    here = demonstration_token()
    assert here == demonstration_token()
    settings.SECRET_KEY = "another"
    assert demonstration_token() != here
