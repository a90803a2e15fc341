"""Notifications: who is told what, once, and who reads them."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tavolo.desk.models import Notification
from tavolo.desk.notices import forget_old, mark_read
from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, actor_of
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import deliver, delivered
from tavolo.kernel.models import AnnouncedFact, Delivery
from tavolo.people.actions import accept_invitation, erase_person, invite, receive_request
from tavolo.people.models import Account, Person
from tavolo.people.queries import held_about
from tavolo.registry.actions import (
    accept_proposal,
    add_commitment,
    appoint_deputy,
    appoint_secretary,
    decline_proposal,
    propose_change,
    revoke_deputy,
    take_step,
)
from tavolo.registry.models import Commitment
from tests.desk.conftest import Valley, an_organisation
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import PASSWORD, a_person, an_account, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary


def tell() -> list[tuple[str, str, str]]:
    """Deliver what was announced; whom it told what about what, in order."""
    for row in AnnouncedFact.objects.filter(delivered_at=None).order_by("id"):
        deliver(row.pk)
    return list(
        Notification.objects.order_by("id").values_list("person__given_name", "kind", "about")
    )


def by(account: Account):
    return actor_of(account.person.uid, on=clock.today())


@pytest.fixture
def told(valley: Valley) -> None:
    """What the foundation announced is told and forgotten."""
    tell()
    Notification.objects.all().delete()


def a_commitment(valley: Valley, **changes: object) -> Commitment:
    values = {
        "name": "Aprire lo sportello",
        "owner": valley.organisation,
        "due": clock.today(),
        "on": clock.today(),
        "by": by(valley.secretary),
    }
    return add_commitment(network=valley.network, **{**values, **changes})


def test_whoever_promised_is_told_and_whoever_entered_it_is_not(valley: Valley, told: None) -> None:
    row = a_commitment(valley)
    assert tell() == [("Marta", "commitment_added", "Aprire lo sportello")]
    take_step(
        commitment=row, version=row.version, state="in_progress", on=clock.today(), by=OPERATOR
    )
    assert tell()[1:] == [
        ("Chiara", "commitment_moved", "Aprire lo sportello"),
        ("Marta", "commitment_moved", "Aprire lo sportello"),
    ]


def test_the_steward_is_told_of_a_proposal_and_who_proposed_of_the_answer(
    valley: Valley, told: None
) -> None:
    other, her = a_network_with_secretary("colle")
    tell()
    Notification.objects.all().delete()
    rows = [
        propose_change(
            organisation=valley.organisation, network=other, values={"phone": phone}, by=by(her)
        )
        for phone in ("02 1", "02 2")
    ]
    assert {kind for _who, kind, _about in tell()} == {"proposal_made"}
    accept_proposal(proposal=rows[0], version=1, by=by(valley.secretary))
    decline_proposal(proposal=rows[1], version=1, answer="Non è così.", by=by(valley.secretary))
    name = her.person.given_name
    assert tell()[2:] == [
        (name, "proposal_accepted", "Casa dei Sentieri"),
        (name, "proposal_declined", "Casa dei Sentieri"),
    ]


def test_the_secretariat_is_told_of_requests_and_of_who_accepted(
    valley: Valley, told: None
) -> None:
    row = receive_request(
        page="/reti/valle/",
        wish="removal",
        name="Ada",
        email="a@x.example",
        text="Via.",
        by=ANONYMOUS,
    )
    _invitation, token = invite(
        email="b@x.example", given_name="Bea", family_name="B", network=valley.network, by=OPERATOR
    )
    accept_invitation(token=token, given_name="Bea", family_name="B", password=PASSWORD)
    assert tell() == [
        ("Chiara", "request_came", row.code),
        ("Chiara", "invitation_accepted", ""),
    ]


def test_a_deputy_is_told_what_she_may_and_may_no_more(valley: Valley, told: None) -> None:
    row = appoint_deputy(
        principal=valley.secretary.person,
        deputy=valley.stranger.person,
        network=valley.network,
        act="Determina 1",
        since=clock.today(),
        last_day=clock.today() + timedelta(days=9),
        by=by(valley.secretary),
    )
    revoke_deputy(deputy=row, by=by(valley.secretary))
    assert tell() == [("Nora", "deputy_named", ""), ("Nora", "deputy_revoked", "")]


def stands_in(valley: Valley, principal: Account, **changes: object) -> Account:
    deputy = an_account(f"vice.{Notification.objects.count()}.{principal.pk}@valle.example", "Vera")
    told = {
        "act": "Determina 1",
        "since": clock.today(),
        "last_day": clock.today() + timedelta(days=9),
        "organisation": None,
        "parts": (),
    }
    appoint_deputy(
        principal=principal.person,
        deputy=deputy.person,
        network=valley.network,
        by=OPERATOR,
        **{**told, **changes},  # type: ignore[arg-type]
    )
    tell()
    Notification.objects.all().delete()
    return deputy


def in_places() -> list[tuple[str, str | None]]:
    """Who was told, and on whose behalf."""
    tell()
    rows = Notification.objects.order_by("id")
    return list(rows.values_list("person__given_name", "principal__given_name"))


def test_who_stands_in_is_told_what_concerns_her_principal(valley: Valley, told: None) -> None:
    deputy = stands_in(valley, valley.secretary)
    a_commitment(valley, by=OPERATOR)
    assert in_places() == [("Chiara", None), ("Marta", None), ("Vera", "Chiara")]
    # What she herself did in that place she knows; her principal is told.
    Notification.objects.all().delete()
    acting = actor_of(deputy.person.uid, on=clock.today(), acting_for=valley.secretary.person.uid)
    a_commitment(valley, by=acting)
    assert in_places() == [("Chiara", None), ("Marta", None)]


def test_she_is_told_of_the_parts_alone_that_were_given_and_for_the_term(
    valley: Valley, told: None
) -> None:
    stands_in(valley, valley.secretary, parts=("people",))
    a_commitment(valley, by=OPERATOR)
    assert in_places() == [("Chiara", None), ("Marta", None)]
    Notification.objects.all().delete()
    with time_machine.travel(clock.now() + timedelta(days=10)):
        request_from_ada()
        assert in_places() == [("Chiara", None)]
    Notification.objects.all().delete()
    request_from_ada()
    assert in_places() == [("Chiara", None), ("Vera", "Chiara")]


def test_who_stands_in_for_a_member_is_told_what_concerns_that_organisation(
    valley: Valley, told: None
) -> None:
    stands_in(valley, valley.member, organisation=valley.organisation)
    a_commitment(valley, by=OPERATOR)
    assert in_places() == [("Chiara", None), ("Marta", None), ("Vera", "Marta")]
    Notification.objects.all().delete()
    a_commitment(valley, owner=an_organisation(valley.network, "Altra"), by=OPERATOR)
    assert in_places() == [("Chiara", None)]


def test_erasing_the_principal_takes_what_was_told_in_her_place(valley: Valley, told: None) -> None:
    stands_in(valley, valley.member, organisation=valley.organisation)
    a_commitment(valley, by=OPERATOR)
    tell()
    erase_person(person=valley.member.person, by=OPERATOR)
    assert in_places() == [("Chiara", None)]


def request_from_ada() -> None:
    told = {"wish": "removal", "name": "Ada", "email": "a@x.example", "text": "Via."}
    receive_request(page="/reti/valle/", by=ANONYMOUS, **told)


def test_a_fact_that_is_delivered_again_tells_nobody_twice(valley: Valley, told: None) -> None:
    a_commitment(valley)
    once = tell()
    Delivery.objects.all().delete()
    AnnouncedFact.objects.update(delivered_at=None)
    again = tell()
    assert [row for row in again if row[1] == "commitment_added"] == once


def test_outside_of_a_reaction_there_is_no_fact() -> None:
    with pytest.raises(LookupError):
        delivered()


class TestPage:
    def test_she_reads_her_own_and_marks_them(self, valley: Valley, as_member: Client) -> None:
        a_commitment(valley)
        tell()
        page = as_member.get("/lavoro/notifiche/").content.decode()
        assert "Aprire lo sportello" in page
        assert 'class="tv-badge">1</span>' in as_member.get("/lavoro/").content.decode()
        fields = dict(re.findall(r'name="(form_key|until)" value="([^"]+)"', page))
        answer = as_member.post("/lavoro/notifiche/", fields)
        assert (answer.status_code, answer["Location"]) == (302, "/lavoro/notifiche/")
        again = as_member.get("/lavoro/notifiche/").content.decode()
        assert "tv-badge" not in again
        assert "Aprire lo sportello" in again
        assert 'name="until"' not in again

    def test_what_was_told_in_a_place_says_in_whose(
        self, valley: Valley, new_client: type[Client], told: None
    ) -> None:
        deputy = stands_in(valley, valley.secretary)
        a_commitment(valley, by=OPERATOR)
        tell()
        client = sign_in(new_client(), with_second_factor(deputy))
        page = client.get("/lavoro/notifiche/").text
        assert f"per conto di {valley.secretary.person.name}" in page
        assert 'class="tv-act" href="/lavoro/per-conto/"' in page
        client.post("/lavoro/per-conto/", {"person": str(valley.secretary.person.uid)})
        acting = client.get("/lavoro/notifiche/").text
        (link,) = re.findall(r'class="tv-act" href="([^"]+)"', acting)
        assert client.get(link).status_code == 200

    def test_what_came_meanwhile_stays_new(self, valley: Valley, as_member: Client) -> None:
        a_commitment(valley)
        tell()
        page = as_member.get("/lavoro/notifiche/").content.decode()
        fields = dict(re.findall(r'name="(form_key|until)" value="([^"]+)"', page))
        with time_machine.travel(clock.now() + timedelta(minutes=1)):
            a_commitment(valley, name="Secondo")
            tell()
            as_member.post("/lavoro/notifiche/", fields)
        left = Notification.objects.filter(person=valley.member.person, read_at=None)
        assert [row.about for row in left] == ["Secondo"]

    def test_each_leads_to_a_page_that_is_there(self, valley: Valley, as_secretary: Client) -> None:
        receive_request(
            page="/reti/valle/",
            wish="removal",
            name="A",
            email="a@x.example",
            text="x",
            by=ANONYMOUS,
        )
        a_commitment(valley, by=OPERATOR)
        tell()
        page = as_secretary.get("/lavoro/notifiche/").content.decode()
        links = re.findall(r'class="tv-act" href="([^"]+)"', page)
        assert [as_secretary.get(link).status_code for link in links] == [200] * len(links)
        assert len(links) >= 2

    def test_a_stranger_finds_nothing_of_others(self, valley: Valley, as_stranger: Client) -> None:
        a_commitment(valley)
        tell()
        page = as_stranger.get("/lavoro/notifiche/").content.decode()
        assert "Aprire lo sportello" not in page
        assert "Non è ancora successo nulla" in page

    @pytest.mark.parametrize("posted", [{}, {"until": "ieri"}, {"until": "2026-99-99"}])
    def test_a_form_that_is_not_ours_marks_nothing(
        self, valley: Valley, as_member: Client, posted: dict[str, str]
    ) -> None:
        a_commitment(valley)
        tell()
        assert as_member.post("/lavoro/notifiche/", posted).status_code == 200
        assert not Notification.objects.exclude(read_at=None).exists()

    def test_it_asks_the_same_for_one_as_for_two_hundred(
        self, valley: Valley, as_member: Client
    ) -> None:
        counted = []
        for number in ENOUGH:
            for _each in range(number - Notification.objects.count()):
                plant(valley.member.person)
            counted.append(queries_of(as_member, "/lavoro/notifiche/"))
        assert len(set(counted)) == 1
        assert counted[0] <= 20


def plant(person: Person) -> Notification:
    commitment, fact = a_person().uid, a_person().uid
    return Notification.objects.create(
        person=person, kind="commitment_added", subject=commitment, fact=fact, at=clock.now()
    )


def test_nobody_reads_for_others(valley: Valley) -> None:
    plant(valley.member.person)
    assert mark_read(until=clock.now(), by=by(valley.stranger)) == 0
    with pytest.raises(NotAllowed):
        mark_read(until=clock.now(), by=ANONYMOUS)


def test_they_go_after_half_a_year(valley: Valley) -> None:
    plant(valley.member.person)
    assert forget_old() == 0
    with time_machine.travel(clock.now() + timedelta(days=181)):
        assert forget_old() == 1


def test_they_are_among_what_is_held_about_her_and_go_with_it(valley: Valley) -> None:
    person = a_person("Bianca", "Segreta")
    plant(person)
    assert "desk.notifications" in {plug.key for plug, _held in held_about(person)}
    erase_person(person=person, by=OPERATOR)
    assert not Notification.objects.filter(person=person).exists()


def test_a_secretary_who_comes_later_is_not_told_of_what_was(valley: Valley, told: None) -> None:
    a_commitment(valley)
    tell()
    later = an_account(given_name="Dora").person
    appoint_secretary(network=valley.network, person=later, act="Decreto 2", by=OPERATOR)
    assert ("Dora", "commitment_added", "Aprire lo sportello") not in tell()
