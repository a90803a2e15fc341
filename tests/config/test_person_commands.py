"""The operator answers requests that concern no network, and for the data of persons."""

import json
from argparse import Namespace

import pytest

from tavolo.config.commands import persons
from tavolo.kernel.actor import ANONYMOUS
from tavolo.kernel.errors import NotFound
from tavolo.people.actions import receive_request
from tavolo.people.models import CorrectionRequest, Person
from tests.factories.people import a_person, an_account

pytestmark = pytest.mark.django_db


def asked() -> CorrectionRequest:
    return receive_request(
        page="", wish="removal", name="Ada", email="ada@x.example", text="Via.", by=ANONYMOUS
    )


def test_what_waits_is_listed_and_answered(capsys: pytest.CaptureFixture[str]) -> None:
    row = asked()
    persons.run_list(Namespace())
    assert row.code in capsys.readouterr().out
    persons.run_answer(Namespace(number=row.code, state="removed", answer="Tolto."))
    row.refresh_from_db()
    assert (row.state, row.answer) == ("removed", "Tolto.")
    capsys.readouterr()
    persons.run_list(Namespace())
    assert capsys.readouterr().out == ""


def test_an_unknown_number_is_refused() -> None:
    with pytest.raises(NotFound):
        persons.run_answer(Namespace(number="2026-X", state="removed", answer="x"))


def test_the_data_of_a_person_are_said_by_e_mail_or_uid(capsys: pytest.CaptureFixture[str]) -> None:
    account, person = an_account("ada@y.example"), a_person()
    persons.run_data(Namespace(who="ada@y.example"))
    assert json.loads(capsys.readouterr().out)["person"] == str(account.person.uid)
    persons.run_data(Namespace(who=str(person.uid)))
    assert json.loads(capsys.readouterr().out)["person"] == str(person.uid)
    for who in ("nobody@y.example", "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(NotFound):
            persons.run_data(Namespace(who=who))


def test_a_person_is_erased(capsys: pytest.CaptureFixture[str]) -> None:
    account = an_account("ada@y.example")
    persons.run_erase(Namespace(who="ada@y.example"))
    assert Person.objects.get(pk=account.person.pk).erased_at is not None
    assert capsys.readouterr().out
