"""Inviting, and what becomes of an invitation, by the actions and by the page of its link."""

import re
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from tavolo.journal.models import Entry, EntryValue
from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import AnnouncedFact, Network
from tavolo.people import actions
from tavolo.people.actions.invitations import VALID_FOR
from tavolo.people.errors import (
    AlreadyInvited,
    InvitationClosed,
    InvitationOfAnother,
    InvitationOver,
    NameMissing,
    UnusableAddress,
)
from tavolo.people.models import Account, Invitation, Person
from tavolo.people.queries import (
    account_of,
    digest_of_token,
    invitation_address,
    invitations_waiting,
    open_invitation,
)
from tests.factories.people import (
    PASSWORD,
    a_network,
    a_person,
    an_account,
    secretary_of,
    sign_in,
)

pytestmark = pytest.mark.django_db

EMAIL = "nuova@rete.example"
NAMES = {"given_name": "Elsa", "family_name": "Morani"}


def invited(network: Network, email: str = EMAIL, **changes: Any) -> tuple[Invitation, str]:
    return actions.invite(
        **{"email": email, "network": network, "by": OPERATOR, **NAMES, **changes}
    )


def accepted(token: str) -> Account:
    return actions.accept_invitation(token=token, password=PASSWORD, **NAMES)


def test_an_invitation_makes_a_person_who_cannot_sign_in_yet(network: Network) -> None:
    invitation, token = invited(network, email=f" {EMAIL.upper()} ", given_name=" Elsa  Maria ")
    account = account_of(invitation.person)
    assert account is not None
    assert (account.email, account.is_active, account.activated_at) == (EMAIL, False, None)
    assert not account.has_usable_password()
    assert invitation.person.name == "Elsa Maria Morani"
    assert invitation.expires_at - invitation.created_at == VALID_FOR
    assert open_invitation(token) == invitation


def test_of_the_token_only_a_digest_is_kept(network: Network) -> None:
    _invitation, token = invited(network)
    assert len(token) >= 43
    kept = [
        *Invitation.objects.values_list("digest", flat=True),
        *map(str, AnnouncedFact.objects.values_list("payload", flat=True)),
        *EntryValue.objects.values_list("text", flat=True),
    ]
    assert digest_of_token(token) in kept
    assert not [text for text in kept if token in text]


def test_the_letter_carries_the_link_and_who_invites(network: Network) -> None:
    _invitation, token = invited(network)
    (letter,) = mail.outbox
    assert letter.to == [EMAIL]
    assert letter.subject == "Invito alla rete «Rete della valle»"
    assert invitation_address(token) in letter.body
    assert "{%" not in letter.body + letter.subject


def test_a_name_of_a_network_is_no_markup_in_a_letter(db: None) -> None:
    invited(a_network(name="Donne & città <rete>"))
    assert "Donne & città <rete>" in mail.outbox[0].body


def test_the_act_is_in_the_journal_and_is_announced(network: Network) -> None:
    invitation, token = invited(network)
    accepted(token)
    assert list(Entry.objects.order_by("id").values_list("action", "actor", "subject_uid")) == [
        ("people.person_invited", "operator", invitation.uid),
        ("people.invitation_accepted", str(invitation.person.uid), invitation.uid),
    ]
    assert list(AnnouncedFact.objects.order_by("id").values_list("key", flat=True)) == [
        "people.PersonInvited",
        "people.InvitationAccepted",
    ]


@pytest.mark.parametrize(
    "email",
    [
        "",
        "nobody",
        "a@b",
        "a@b.example\nBcc: c@d.example",
        '"a,b"@d.example',
        # Programs that write letters would decode it, line break and all.
        "=?utf-8?b?DQpCY2M6IGFAYi5leGFtcGxl?=@d.example",
    ],
)
def test_what_is_no_address_is_refused(network: Network, email: str) -> None:
    with pytest.raises(UnusableAddress):
        invited(network, email=email)
    assert (Person.objects.count(), len(mail.outbox)) == (0, 0)


def test_who_does_not_run_the_network_may_not_invite(network: Network) -> None:
    elsewhere = Actor(roles=frozenset({Role("network_secretary", a_network("altra").uid)}))
    member = Actor(roles=frozenset({Role("organisation_member", network.uid)}))
    invitation, _token = invited(network)
    for actor in (ANONYMOUS, elsewhere, member):
        with pytest.raises(NotAllowed):
            invited(network, email="b@rete.example", by=actor)
        with pytest.raises(NotAllowed):
            actions.revoke_invitation(invitation=invitation, by=actor)
        with pytest.raises(NotAllowed):
            actions.renew_invitation(invitation=invitation, by=actor)
    invited(network, email="b@rete.example", by=secretary_of(network))


def test_a_second_invitation_is_refused_and_names_the_first(network: Network) -> None:
    first, _token = invited(network)
    with pytest.raises(AlreadyInvited) as refused:
        invited(network)
    assert refused.value.invitation == first
    assert (Invitation.objects.count(), len(mail.outbox)) == (1, 1)


def test_two_networks_that_invite_the_same_address_mean_the_same_person(network: Network) -> None:
    first, _one = invited(network)
    second, _two = invited(a_network("altra"), given_name="Altro", family_name="Nome")
    assert first.person == second.person
    assert second.person.name == "Elsa Morani"


@pytest.mark.django_db(transaction=True)
def test_two_who_invite_at_once_make_one_person_and_one_invitation() -> None:
    network, start = a_network(), Barrier(2)
    outcomes: list[str] = []

    def invite_at_once() -> None:
        try:
            start.wait(5)
            invited(network)
            outcomes.append("invited")
        except AlreadyInvited:
            outcomes.append("already invited")
        finally:
            connection.close()

    threads = [Thread(target=invite_at_once) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["already invited", "invited"]
    assert (Person.objects.count(), Account.objects.count(), Invitation.objects.count()) == (
        1,
        1,
        1,
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_finds_it_used() -> None:
    _invitation, token = invited(a_network())
    start, outcomes = Barrier(2), []

    def accept_at_once() -> None:
        try:
            start.wait(5)
            accepted(token)
            outcomes.append("accepted")
        except InvitationClosed:
            outcomes.append("closed")
        finally:
            connection.close()

    threads = [Thread(target=accept_at_once) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["accepted", "closed"]


def test_who_accepts_can_sign_in(network: Network, client: Client) -> None:
    _invitation, token = invited(network)
    account = accepted(token)
    assert account.is_active
    assert account.check_password(PASSWORD)
    sign_in(client, account)


def test_accepting_wants_both_names(network: Network) -> None:
    _invitation, token = invited(network)
    with pytest.raises(NameMissing):
        actions.accept_invitation(
            token=token, given_name="Elsa", family_name="  ", password=PASSWORD
        )
    assert open_invitation(token) is not None


def closed_by_use(network: Network, email: str = EMAIL) -> str:
    _invitation, token = invited(network, email)
    accepted(token)
    return token


def closed_by_time(network: Network, email: str = EMAIL) -> str:
    invitation, token = invited(network, email)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=clock.now())
    return token


def closed_by_hand(network: Network, email: str = EMAIL) -> str:
    invitation, token = invited(network, email)
    actions.revoke_invitation(invitation=invitation, by=OPERATOR)
    return token


def closed_by_renewal(network: Network, email: str = EMAIL) -> str:
    invitation, token = invited(network, email)
    actions.renew_invitation(invitation=invitation, by=OPERATOR)
    return token


def never_there(_network: Network, _email: str = EMAIL) -> str:
    return "nothing"


Close = Callable[..., str]
CLOSED = (closed_by_use, closed_by_time, closed_by_hand, closed_by_renewal, never_there)


@pytest.mark.parametrize("close", CLOSED)
def test_a_closed_invitation_opens_nothing(close: Close, network: Network) -> None:
    token = close(network)
    with pytest.raises(InvitationClosed):
        accepted(token)
    with pytest.raises(InvitationClosed):
        actions.join(token=token, account=an_account())


def test_every_closed_invitation_gives_the_same_answer(client: Client) -> None:
    answers = set()
    for number, close in enumerate(CLOSED):
        token = close(a_network(f"rete-{number}"), f"persona-{number}@rete.example")
        for answer in (
            client.get(f"/accesso/invito/{token}/"),
            client.post(f"/accesso/invito/{token}/", {}),
        ):
            answers.add((answer.status_code, answer.content.decode().replace(token, "…")))
    assert len(answers) == 1
    status, body = answers.pop()
    assert status == 404
    assert "Questo invito non si può usare" in body


def test_who_was_let_go_cannot_come_back_by_an_old_link(network: Network) -> None:
    _invitation, token = invited(network)
    account = accepted(token)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    _second, other = invited(a_network("altra"))
    with pytest.raises(InvitationClosed):
        accepted(other)


def test_an_expired_invitation_makes_room_for_another(network: Network) -> None:
    token = closed_by_time(network)
    second, other = invited(network)
    assert open_invitation(token) is None
    assert open_invitation(other) == second
    assert list(invitations_waiting(network)) == [second]


def test_a_renewed_invitation_has_a_new_link_and_a_new_term(network: Network) -> None:
    invitation, old = invited(network)
    Invitation.objects.update(expires_at=clock.now() - timedelta(days=1))
    new = actions.renew_invitation(invitation=invitation, by=OPERATOR)
    assert open_invitation(old) is None
    assert open_invitation(new) == invitation
    assert invitation_address(new) in mail.outbox[-1].body


@pytest.mark.parametrize("act", [actions.renew_invitation, actions.revoke_invitation])
@pytest.mark.parametrize("close", [closed_by_use, closed_by_hand])
def test_what_is_over_is_neither_renewed_nor_revoked(
    act: Callable[..., Any], close: Close, network: Network
) -> None:
    close(network)
    with pytest.raises(InvitationOver):
        act(invitation=Invitation.objects.get(), by=OPERATOR)


def test_somebody_with_an_account_joins_with_it(network: Network) -> None:
    account = an_account(EMAIL)
    invitation, token = invited(network, given_name="Altro", family_name="Nome")
    assert invitation.person == account.person
    assert invitation.person.name == "Ada Rossi"
    with pytest.raises(InvitationClosed):
        accepted(token)
    with pytest.raises(InvitationOfAnother):
        actions.join(token=token, account=an_account())
    assert actions.join(token=token, account=account).accepted_at is not None
    assert list(invitations_waiting(network)) == []


def test_by_the_page_one_accepts_and_is_led_to_the_second_factor(
    client: Client, network: Network
) -> None:
    _invitation, token = invited(network)
    path = f"/accesso/invito/{token}/"
    page = client.get(path)
    assert "Rete della valle" in page.content.decode()
    assert client.cookies == {}
    told = {**NAMES, "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(path, told)
    assert (answer.status_code, answer["Location"]) == (302, "/accesso/secondo-fattore/attiva/")
    assert client.get(answer["Location"]).status_code == 200
    assert client.get("/lavoro/").status_code == 302


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"password2": "un’altra ancora"}, "Non è uguale alla prima."),
        ({"password1": "corta", "password2": "corta"}, "troppo corta"),
        ({"password1": "1234567890", "password2": "1234567890"}, "troppo comune"),
        ({"password1": "ElsaMorani", "password2": "ElsaMorani"}, "troppo simile"),
        ({"password1": EMAIL, "password2": EMAIL}, "troppo simile"),
        ({"family_name": ""}, "obbligatorio"),
    ],
)
def test_a_fault_is_said_and_what_was_typed_stays(
    client: Client, network: Network, changes: dict[str, str], fault: str
) -> None:
    _invitation, token = invited(network)
    told = {**NAMES, "password1": PASSWORD, "password2": PASSWORD, **changes}
    page = client.post(f"/accesso/invito/{token}/", told).content.decode()
    assert fault in page
    assert 'value="Elsa"' in page
    assert PASSWORD not in page
    assert open_invitation(token) is not None


def test_the_page_asks_who_has_an_account_to_sign_in(client: Client, network: Network) -> None:
    account = an_account(EMAIL)
    _invitation, token = invited(network)
    path = f"/accesso/invito/{token}/"
    page = client.get(path).content.decode()
    assert f"/accesso/?next={path}" in page
    assert 'type="password"' not in page
    assert client.post(path).status_code == 200
    assert open_invitation(token) is not None
    sign_in(client, account)
    assert "Accetta l’invito" in client.get(path).content.decode()
    assert client.post(path)["Location"] == "/lavoro/"
    assert open_invitation(token) is None


def test_somebody_else_who_is_signed_in_cannot_take_it_up(client: Client, network: Network) -> None:
    an_account(EMAIL)
    _invitation, token = invited(network)
    sign_in(client, an_account())
    path = f"/accesso/invito/{token}/"
    assert "Questo invito è per un’altra persona" in client.get(path).content.decode()
    assert client.post(path).status_code == 409
    assert open_invitation(token) is not None


def test_an_invitation_opened_by_a_scanner_is_not_used_up(client: Client, network: Network) -> None:
    _invitation, token = invited(network)
    for _each in range(3):
        assert client.get(f"/accesso/invito/{token}/").status_code == 200
    assert re.search("password1", client.get(f"/accesso/invito/{token}/").content.decode())


def test_the_letter_names_who_sends_it_and_in_whose_place() -> None:
    network, secretary, deputy = a_network(), a_person("Chiara", "Neri"), a_person("Dora", "Conti")
    role = frozenset({Role("network_secretary", network.uid)})
    invited(network, "prima@rete.example", by=Actor(secretary.uid, roles=role))
    assert "L’invito viene da Chiara Neri." in mail.outbox[-1].body
    invited(network, "altra@rete.example", by=Actor(deputy.uid, secretary.uid, roles=role))
    assert "L’invito viene da Dora Conti, per conto di Chiara Neri." in mail.outbox[-1].body
    invited(network, "terza@rete.example")
    assert "L’invito viene" not in mail.outbox[-1].body
