"""Every write of people: invitations, accounts, persons, sessions. allauth writes the rest (decision 18)."""

from tavolo.people.actions.accounts import (
    create_account,
    replace_password,
    send_reset_letter,
    take_off_second_factor,
)
from tavolo.people.actions.corrections import answer_request, receive_request
from tavolo.people.actions.erasure import erase_person
from tavolo.people.actions.imported import (
    Entering,
    enter_persons,
    take_back_accounts,
    take_back_persons,
)
from tavolo.people.actions.invitations import (
    accept_invitation,
    invite,
    invite_all,
    join,
    renew_invitation,
    revoke_invitation,
)
from tavolo.people.actions.persons import add_person, change_names
from tavolo.people.actions.sessions import end_other_sessions, end_session, forget_expired

__all__ = [
    "Entering",
    "accept_invitation",
    "add_person",
    "answer_request",
    "change_names",
    "create_account",
    "end_other_sessions",
    "end_session",
    "enter_persons",
    "erase_person",
    "forget_expired",
    "invite",
    "invite_all",
    "join",
    "receive_request",
    "renew_invitation",
    "replace_password",
    "revoke_invitation",
    "send_reset_letter",
    "take_back_accounts",
    "take_back_persons",
    "take_off_second_factor",
]
