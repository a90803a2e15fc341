"""Who runs a network and who acts for its organisations: invited, appointed, ended."""

import re
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from tavolo.desk import actions
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, Actor, actor_of
from tavolo.kernel.errors import NotAllowed
from tavolo.people.actions import accept_invitation, renew_invitation
from tavolo.people.models import Invitation, Person
from tavolo.registry.actions import affiliate, found_network
from tavolo.registry.errors import AlreadyInOffice, LastSecretary, NobodyElseCanSignIn
from tavolo.registry.models import Affiliation, NetworkOffice
from tests.desk.conftest import Valley, an_organisation
from tests.factories.counting import ENOUGH
from tests.factories.people import PASSWORD, a_person, an_account, sign_in

PEOPLE = "/lavoro/reti/valle/persone/"
NEW = {"email": "nuova@valle.example", "given_name": "Elsa", "family_name": "Morani"}


def by_secretary(valley: Valley) -> Actor:
    return actor_of(valley.secretary.person.uid, on=clock.today())


def second(valley: Valley, **changes: str) -> NetworkOffice:
    told = {**NEW, "act": "determina 12/2026", **changes}
    return actions.invite_secretary(network=valley.network, by=by_secretary(valley), **told)


def form_key(page: str) -> str:
    return re.findall(r'name="form_key" value="([^"]+)"', page)[0]


def test_a_second_secretary_is_invited_and_appointed_together(valley: Valley) -> None:
    office = second(valley)
    assert (office.person.name, office.act) == ("Elsa Morani", "determina 12/2026")
    invitation = Invitation.objects.get(person=office.person)
    assert invitation.accepted_at is None
    assert [letter.to for letter in mail.outbox][-1] == ["nuova@valle.example"]


def test_one_who_may_not_leaves_nothing_behind(valley: Valley) -> None:
    persons, letters = Person.objects.count(), len(mail.outbox)
    stranger = Actor(person=valley.stranger.person.uid)
    with pytest.raises(NotAllowed):
        actions.invite_secretary(network=valley.network, act="x", by=stranger, **NEW)
    with pytest.raises(NotAllowed):
        actions.invite_member(
            network=valley.network,
            organisation=valley.organisation,
            function="",
            by=stranger,
            **NEW,
        )
    assert (Person.objects.count(), len(mail.outbox)) == (persons, letters)


def test_an_appointment_that_is_refused_takes_the_invitation_with_it(valley: Valley) -> None:
    with pytest.raises(AlreadyInOffice):
        second(valley, email=valley.secretary.email)
    assert Invitation.objects.count() == 1


def test_who_has_an_open_invitation_gets_a_second_task_without_a_second_letter(
    valley: Valley,
) -> None:
    office = second(valley)
    letters = len(mail.outbox)
    affiliation = actions.invite_member(
        network=valley.network,
        organisation=valley.organisation,
        function="",
        by=by_secretary(valley),
        **NEW,
    )
    assert affiliation.person == office.person
    assert len(mail.outbox) == letters


def test_the_last_secretary_cannot_leave(valley: Valley) -> None:
    office = NetworkOffice.objects.get(network=valley.network)
    with pytest.raises(LastSecretary):
        actions.leave_secretariat(office=office, by=by_secretary(valley))


def test_nobody_leaves_a_network_to_somebody_who_cannot_sign_in_yet(valley: Valley) -> None:
    first = NetworkOffice.objects.get(network=valley.network)
    office = second(valley)
    with pytest.raises(NobodyElseCanSignIn):
        actions.leave_secretariat(office=first, by=by_secretary(valley))
    token = renew_invitation(invitation=Invitation.objects.get(person=office.person), by=OPERATOR)
    accept_invitation(token=token, given_name="Elsa", family_name="Morani", password=PASSWORD)
    actions.leave_secretariat(office=first, by=by_secretary(valley))
    first.refresh_from_db()
    assert first.last_day == clock.today()


def test_who_never_accepted_can_be_taken_out_of_the_secretariat(valley: Valley) -> None:
    office = second(valley)
    actions.leave_secretariat(office=office, by=by_secretary(valley))
    office.refresh_from_db()
    assert office.valid_until is not None


def test_by_the_page_a_secretary_is_invited_once(as_secretary: Client, valley: Valley) -> None:
    path = f"{PEOPLE}segreteria/"
    told = {
        **NEW,
        "act": "determina 12/2026",
        "form_key": form_key(as_secretary.get(path).content.decode()),
    }
    for _twice in range(2):
        answer = as_secretary.post(path, told)
        assert (answer.status_code, answer["Location"]) == (302, PEOPLE)
    assert NetworkOffice.objects.filter(network=valley.network).count() == 2
    page = as_secretary.get(PEOPLE).content.decode()
    assert "L’invito è stato inviato." in page
    assert "Elsa Morani" in page
    assert "non ha ancora accettato" in page


def test_by_the_page_a_member_is_invited_for_an_organisation(
    as_secretary: Client, valley: Valley
) -> None:
    path = f"{PEOPLE}organizzazioni/"
    page = as_secretary.get(f"{path}?organizzazione={valley.organisation.code}").content.decode()
    assert f'value="{valley.organisation.code}" selected' in page
    told = {
        **NEW,
        "organisation": valley.organisation.code,
        "function": "presidente",
        "form_key": form_key(page),
    }
    assert as_secretary.post(path, told)["Location"] == PEOPLE
    row = Affiliation.objects.get(person__name="Elsa Morani")
    assert (row.organisation, row.function) == (valley.organisation, "presidente")


def test_a_refusal_is_said_beside_the_field_and_what_was_typed_stays(
    as_secretary: Client, valley: Valley
) -> None:
    path = f"{PEOPLE}organizzazioni/"
    told = {
        **NEW,
        "email": valley.member.email,
        "organisation": valley.organisation.code,
        "function": "presidente",
        "form_key": str(uuid4()),
    }
    page = as_secretary.post(path, told).content.decode()
    assert 'id="id_email-error"' in page
    assert 'value="presidente"' in page


def test_an_organisation_of_another_network_cannot_be_chosen(
    as_secretary: Client, valley: Valley
) -> None:
    network, _invitation, _token = found_network(
        slug="altra", name="Altra", secretary_email="x@altra.example", by=OPERATOR
    )
    other = an_organisation(network, "Associazione altrui")
    told = {**NEW, "organisation": other.code, "form_key": str(uuid4())}
    page = as_secretary.post(f"{PEOPLE}organizzazioni/", told)
    assert page.status_code == 200
    assert "Associazione altrui" not in page.content.decode()
    assert not Affiliation.objects.filter(organisation=other).exists()


def test_an_invitation_is_sent_again_and_revoked(as_secretary: Client, valley: Valley) -> None:
    office = second(valley)
    invitation = Invitation.objects.get(person=office.person)
    path = f"{PEOPLE}inviti/{invitation.uid}/"
    key = form_key(as_secretary.get(path).content.decode())
    assert as_secretary.post(path, {"form_key": key, "renew": "1"})["Location"] == PEOPLE
    before, invitation.digest = invitation.digest, ""
    invitation.refresh_from_db()
    assert invitation.digest != before
    answer = as_secretary.post(path, {"form_key": str(uuid4()), "revoke": "1"})
    assert answer["Location"] == PEOPLE
    assert as_secretary.get(path).status_code == 404
    assert "nuova@valle.example" not in as_secretary.get(PEOPLE).content.decode()


def test_an_office_and_an_affiliation_are_ended_after_a_question(
    as_secretary: Client, valley: Valley
) -> None:
    office = second(valley)
    affiliation = Affiliation.objects.known().get(person=valley.member.person)
    for path, row in (
        (f"{PEOPLE}incarichi/{office.uid}/", office),
        (f"{PEOPLE}rapporti/{affiliation.uid}/", affiliation),
    ):
        page = as_secretary.get(path).content.decode()
        row.refresh_from_db()
        assert row.valid_until is None
        assert as_secretary.post(path, {"form_key": form_key(page)})["Location"] == PEOPLE
        assert type(row).objects.filter(uid=row.uid).latest("id").last_day == clock.today()
        assert as_secretary.get(path).status_code == 404


def test_the_end_of_the_last_office_is_refused_in_words(
    as_secretary: Client, valley: Valley
) -> None:
    office = NetworkOffice.objects.get(network=valley.network)
    path = f"{PEOPLE}incarichi/{office.uid}/"
    page = as_secretary.post(path, {"form_key": str(uuid4())})
    assert page.status_code == 200
    assert "Una rete non può restare senza segreteria." in page.content.decode()


def test_rows_of_another_network_are_not_there(as_secretary: Client, valley: Valley) -> None:
    network, invitation, _token = found_network(
        slug="altra", name="Altra", secretary_email="x@altra.example", by=OPERATOR
    )
    organisation = an_organisation(network, "Associazione altrui")
    affiliation = affiliate(person=a_person(), organisation=organisation, by=OPERATOR)
    office = NetworkOffice.objects.get(network=network)
    paths = [
        f"{PEOPLE}inviti/{invitation.uid}/",
        f"{PEOPLE}incarichi/{office.uid}/",
        f"{PEOPLE}rapporti/{affiliation.uid}/",
        f"{PEOPLE}inviti/{uuid4()}/",
    ]
    for path in paths:
        assert as_secretary.get(path).status_code == 404
        assert as_secretary.post(path, {"form_key": str(uuid4())}).status_code == 404


def test_nothing_secret_comes_out_on_the_page_of_people(
    as_secretary: Client, valley: Valley
) -> None:
    second(valley)
    invitation = Invitation.objects.latest("id")
    page = as_secretary.get(PEOPLE).content.decode()
    for secret in (invitation.digest, valley.secretary.password, valley.member.email):
        assert secret not in page


def test_the_lists_say_what_has_expired_and_what_ends(as_secretary: Client, valley: Valley) -> None:
    office = second(valley)
    actions.leave_secretariat(office=office, by=by_secretary(valley))
    Invitation.objects.filter(accepted_at=None).update(expires_at=clock.now())
    page = as_secretary.get(PEOPLE).content.decode()
    assert "scaduto" in page
    assert "fino al" in page
    invitation = Invitation.objects.get(accepted_at=None)
    assert "scaduto" in as_secretary.get(f"{PEOPLE}inviti/{invitation.uid}/").content.decode()


def test_who_accepted_signs_in_as_secretary_at_once(valley: Valley, new_client) -> None:
    office = second(valley)
    token = renew_invitation(invitation=Invitation.objects.get(person=office.person), by=OPERATOR)
    account = accept_invitation(
        token=token, given_name="Elsa", family_name="Morani", password=PASSWORD
    )
    client = sign_in(new_client(), account)
    assert client.get("/lavoro/reti/valle/")["Location"].startswith("/accesso/secondo-fattore/")


def test_a_long_list_of_members_has_pages(as_secretary: Client, valley: Valley) -> None:
    for number in range(60):
        person = a_person(given_name=f"Persona {number:02}", family_name="Verdi")
        affiliate(person=person, organisation=valley.organisation, by=OPERATOR)
    page = as_secretary.get(PEOPLE).content.decode()
    assert "50 di 61" in page
    following = re.findall(r'rel="next" href="([^"]+)"', page)[0].replace("&amp;", "&")
    assert "Persona 59" in as_secretary.get(PEOPLE + following).content.decode()
    assert as_secretary.get(f"{PEOPLE}?after=nonsense").status_code == 400


@pytest.mark.parametrize("number", ENOUGH)
def test_people_asks_the_same_number_of_queries(
    as_secretary: Client, valley: Valley, number: int, django_assert_num_queries
) -> None:
    for each in range(number):
        affiliate(person=an_account().person, organisation=valley.organisation, by=OPERATOR)
        second(valley, email=f"persona-{each}@valle.example")
    as_secretary.get(PEOPLE)
    with django_assert_num_queries(15):
        as_secretary.get(PEOPLE)
