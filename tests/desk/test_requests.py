"""Requests of whoever is named, and the data of persons who do not sign in: the secretariat answers for both."""

import json
import re

import pytest
from django.core import mail
from django.test import Client

from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.people.actions import receive_request
from tavolo.people.models import CorrectionRequest, Person
from tavolo.people.queries import held_about
from tavolo.registry.actions import enter_fact
from tavolo.registry.models import OfficeHolding
from tests.conftest import SameSiteClient
from tests.desk.conftest import Valley, an_organisation
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import a_person
from tests.factories.registry import a_founded_network

HERE = "/lavoro/reti/valle/"


def asked(page: str = "/reti/valle/", **changes: str) -> CorrectionRequest:
    told = {"wish": "removal", "name": "Ada", "email": "ada@x.example", "text": "Via il mio nome."}
    return receive_request(page=page, by=ANONYMOUS, **{**told, **changes})


def in_office(valley: Valley, person: Person | None = None, **values: object) -> Person:
    person = person or a_person("Bianca", "Segreta")
    told = {"title": "president", "form": "feminine", "organisation": valley.organisation}
    enter_fact(fact=OfficeHolding(person=person, **{**told, **values}), by=OPERATOR)
    return person


def keys(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(form_key|version)" value="([^"]+)"', page))


class TestRequests:
    def test_what_waits_stands_before_what_is_answered(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        first, second = asked(), asked(wish="correction")
        page = as_secretary.get(f"{HERE}richieste/{first.uid}/").content.decode()
        assert "Via il mio nome." in page
        told = {**keys(page), "state": "removed", "answer": "Il nome è tolto."}
        answer = as_secretary.post(f"{HERE}richieste/{first.uid}/", told)
        assert answer["Location"] == f"{HERE}richieste/"
        listed = as_secretary.get(f"{HERE}richieste/").content.decode()
        assert listed.index(second.code) < listed.index(first.code)
        assert mail.outbox[-1].to == ["ada@x.example"]
        assert "Il nome è tolto." in mail.outbox[-1].body
        again = as_secretary.get(f"{HERE}richieste/{first.uid}/").content.decode()
        assert "Il nome è tolto." in again
        assert 'name="answer"' not in again

    def test_an_answer_without_words_is_not_sent(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        row = asked()
        page = as_secretary.get(f"{HERE}richieste/{row.uid}/").content.decode()
        answer = as_secretary.post(
            f"{HERE}richieste/{row.uid}/", {**keys(page), "state": "declined"}
        )
        assert answer.status_code == 200
        row.refresh_from_db()
        assert row.state == "waiting"

    def test_another_network_s_request_is_not_there(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        a_founded_network("colle")
        row = asked("/reti/colle/")
        answer = as_secretary.get(f"{HERE}richieste/{row.uid}/")
        absent = as_secretary.get(f"{HERE}richieste/{valley.network.uid}/")
        assert (answer.status_code, absent.status_code) == (404, 404)

    @pytest.mark.parametrize("number", ENOUGH)
    def test_the_list_costs_the_same(
        self, valley: Valley, as_secretary: Client, number: int
    ) -> None:
        row = asked()
        CorrectionRequest.objects.bulk_create(
            CorrectionRequest(
                code=f"2026-{each:08}",
                network=row.network,
                wish="removal",
                received_at=row.received_at,
            )
            for each in range(number - 1)
        )
        assert queries_of(as_secretary, f"{HERE}richieste/") <= 20


class TestPersonsWithoutAccount:
    def test_the_secretariat_sees_takes_away_and_erases(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        person = in_office(valley)
        listed = as_secretary.get(f"{HERE}persone/dati/").content.decode()
        assert f"{HERE}persone/dati/{person.uid}/" in listed
        page = as_secretary.get(f"{HERE}persone/dati/{person.uid}/").content.decode()
        assert "Bianca Segreta" in page
        assert "Casa dei Sentieri" in page
        told = json.loads(as_secretary.get(f"{HERE}persone/dati/{person.uid}.json").content)
        assert [each["room"] for each in told["held"]] == [
            plug.key for plug, _ in held_about(person)
        ]
        table = as_secretary.get(f"{HERE}persone/dati/{person.uid}.csv").content.decode("utf-8-sig")
        assert "Segreta" in table
        address = f"{HERE}persone/dati/{person.uid}/cancella/"
        form = keys(as_secretary.get(address).content.decode())
        after = as_secretary.post(address, form, follow=True).content.decode()
        assert "Segreta" not in after
        assert "GDPR" in after
        assert OfficeHolding.objects.get().person == person
        assert as_secretary.get(address).status_code == 404

    def test_who_signs_in_answers_for_herself(self, valley: Valley, as_secretary: Client) -> None:
        in_office(valley, valley.member.person)
        here = f"{HERE}persone/dati/{valley.member.person.uid}"
        assert (
            str(valley.member.person.uid)
            not in as_secretary.get(f"{HERE}persone/dati/").content.decode()
        )
        for address in (f"{here}/", f"{here}.json", f"{here}/cancella/"):
            assert as_secretary.get(address).status_code == 404

    def test_whom_another_network_knows_too_is_the_operator_s(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        person = in_office(valley)
        elsewhere = an_organisation(a_founded_network("colle"), "Altrove")
        in_office(valley, person, organisation=elsewhere)
        assert as_secretary.get(f"{HERE}persone/dati/{person.uid}/").status_code == 404

    def test_who_is_known_nowhere_is_not_there(self, valley: Valley, as_secretary: Client) -> None:
        assert as_secretary.get(f"{HERE}persone/dati/{a_person().uid}/").status_code == 404

    def test_an_unknown_format_is_not_there(self, valley: Valley, as_secretary: Client) -> None:
        person = in_office(valley)
        assert as_secretary.get(f"{HERE}persone/dati/{person.uid}.exe").status_code == 404


def test_nobody_else_finds_any_of_it(
    valley: Valley, as_member: Client, as_stranger: Client
) -> None:
    person, row = in_office(valley), asked()
    for name in (
        "richieste/",
        f"richieste/{row.uid}/",
        "persone/dati/",
        f"persone/dati/{person.uid}/",
        f"persone/dati/{person.uid}.json",
        f"persone/dati/{person.uid}/cancella/",
    ):
        assert as_member.get(HERE + name).status_code == 404
        assert as_stranger.post(HERE + name, {}).status_code in {404, 405}
        assert SameSiteClient().get(HERE + name).status_code == 302
