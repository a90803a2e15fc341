"""Inviting into a network, and what becomes of an invitation."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.people import rules
from tavolo.people.actions.common import account_for, cleaned_email, name_person, own, require
from tavolo.people.errors import (
    AlreadyInvited,
    InvitationClosed,
    InvitationOfAnother,
    InvitationOver,
)
from tavolo.people.facts import (
    InvitationAccepted,
    InvitationRenewed,
    InvitationRevoked,
    PersonInvited,
)
from tavolo.people.letters import send_letter, senders
from tavolo.people.models import OPEN, Account, Invitation, Person
from tavolo.people.queries import digest_of_token, invitation_address, is_open

VALID_FOR = timedelta(days=14)


@transaction.atomic
def invite(
    *,
    email: str,
    given_name: str = "",
    family_name: str = "",
    network: Network,
    by: Actor,
    token: str = "",
    letter: bool = True,
) -> tuple[Invitation, str]:
    """Invite somebody into a network by a letter with a link, valid for fourteen days.

    Returns the invitation and its token, which is told this once and kept as a digest only. Whoever has
    an account or was invited before, by whichever network, is the same person, and keeps her own names.
    `token` is given by the demonstration alone; no `letter` goes to who accepts in the same act.
    An invitation gives no right: offices and affiliations do.
    Refuses with NotAllowed, UnusableAddress, and AlreadyInvited (which carries the open invitation).
    """
    require(rules.may_invite(by, network.uid))
    account = account_for(cleaned_email(email), given_name=given_name, family_name=family_name)
    _close_expired(network, account.person)
    token = token or secrets.token_urlsafe(32)
    invitation = _enter(account, network, token)
    record(
        action="people.person_invited",
        actor=by,
        subject=invitation,
        network=network,
        values={"email": account.email, "name": account.person.name},
    )
    announce(PersonInvited(account.person.uid, invitation.uid), network=network)
    if letter:
        _send(invitation, token, by)
    return invitation, token


@transaction.atomic
def renew_invitation(*, invitation: Invitation, by: Actor) -> str:
    """Send an open or expired invitation again, with a new link; the one before opens nothing any more.

    Returns the new token. Refuses with NotAllowed, and InvitationOver where it was accepted or revoked.
    """
    require(rules.may_invite(by, invitation.network.uid))
    token = secrets.token_urlsafe(32)
    invitation.digest = digest_of_token(token)
    invitation.expires_at = clock.now() + VALID_FOR
    renewed = Invitation.objects.filter(OPEN, pk=invitation.pk).update(
        digest=invitation.digest, expires_at=invitation.expires_at
    )
    if not renewed:
        raise InvitationOver
    record(
        action="people.invitation_renewed",
        actor=by,
        subject=invitation,
        network=invitation.network,
    )
    announce(InvitationRenewed(invitation.person.uid, invitation.uid), network=invitation.network)
    _send(invitation, token, by)
    return token


@transaction.atomic
def invite_all(
    *, network: Network, wanted: Mapping[UUID, datetime | None], by: Actor
) -> list[Invitation]:
    """Invite persons, by uid, who have an address and have not chosen a password; gives whom a letter goes to.

    The value is when the invitation ends that is to be sent again, None for whoever has none. Who
    has another by now than was said is passed over, and so is who can sign in: whoever asks twice
    sends one letter. Refuses with NotAllowed.
    """
    require(rules.may_invite(by, network.uid))
    accounts = Account.objects.filter(person__uid__in=wanted, activated_at__isnull=True)
    found = {account.person.uid: account for account in accounts.select_related("person")}
    rows = Invitation.objects.filter(OPEN, network=network, person__uid__in=wanted)
    waiting = {row.person.uid: row for row in rows.select_related("person", "network")}
    sent = []
    for uid, ends in wanted.items():
        invitation = waiting.get(uid)
        if uid not in found or (invitation.expires_at if invitation else None) != ends:
            continue
        if invitation is None:
            invitation, _token = invite(email=found[uid].email, network=network, by=by)
        else:
            renew_invitation(invitation=invitation, by=by)
        sent.append(invitation)
    return sent


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Actor) -> None:
    """Let an invitation open nothing any more. Refuses with NotAllowed and InvitationOver."""
    require(rules.may_invite(by, invitation.network.uid))
    invitation.revoked_at = clock.now()
    if not Invitation.objects.filter(OPEN, pk=invitation.pk).update(
        revoked_at=invitation.revoked_at
    ):
        raise InvitationOver
    record(
        action="people.invitation_revoked",
        actor=by,
        subject=invitation,
        network=invitation.network,
    )
    announce(InvitationRevoked(invitation.person.uid, invitation.uid), network=invitation.network)


@transaction.atomic
def accept_invitation(*, token: str, given_name: str, family_name: str, password: str) -> Account:
    """Take up an invitation by its link: names and a password, and the account can sign in.

    The password was validated by the form. Refuses with InvitationClosed whatever cannot be used,
    without saying why, and where the account is in use already (`join` is for that), with NameMissing.
    """
    invitation = _taken_up(token)
    account = Account.objects.select_for_update().get(person=invitation.person)
    if account.activated_at is not None:
        raise InvitationClosed
    person = invitation.person
    name_person(person, given_name, family_name)
    person.version += 1
    person.save()
    account.set_password(password)
    account.is_active, account.activated_at = True, clock.now()
    account.person = person
    account.save()
    _tell_accepted(invitation, {"given_name": person.given_name, "family_name": person.family_name})
    return account


@transaction.atomic
def join(*, token: str, account: Account) -> Invitation:
    """Take up an invitation with the account that one is signed in with.

    Refuses with InvitationClosed, and InvitationOfAnother where the link was sent to somebody else.
    """
    invitation = _taken_up(token)
    if invitation.person != account.person:
        raise InvitationOfAnother
    _tell_accepted(invitation, {})
    return invitation


def _enter(account: Account, network: Network, token: str) -> Invitation:
    now = clock.now()
    invitation = Invitation(
        network=network,
        person=account.person,
        email=account.email,
        digest=digest_of_token(token),
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as fault:
        waiting = Invitation.objects.get(OPEN, network=network, person=account.person)
        raise AlreadyInvited(waiting) from fault
    return invitation


def _close_expired(network: Network, person: Person) -> None:
    now = clock.now()
    Invitation.objects.filter(OPEN, network=network, person=person, expires_at__lte=now).update(
        revoked_at=now
    )


def _taken_up(token: str) -> Invitation:
    # Locked, so that of two who open the link at once one finds it used.
    found = Invitation.objects.select_for_update(of=("self",)).select_related("network", "person")
    invitation = found.filter(is_open(), digest=digest_of_token(token)).first()
    if invitation is None:
        raise InvitationClosed
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    return invitation


def _tell_accepted(invitation: Invitation, values: dict[str, str]) -> None:
    record(
        action="people.invitation_accepted",
        actor=own(invitation.person),
        subject=invitation,
        network=invitation.network,
        values=values,
    )
    announce(InvitationAccepted(invitation.person.uid, invitation.uid), network=invitation.network)


def _send(invitation: Invitation, token: str, by: Actor) -> None:
    send_letter(
        "invitation",
        invitation.email,
        network=invitation.network,
        invitation=invitation,
        address=invitation_address(token),
        sender=senders(by),
    )
