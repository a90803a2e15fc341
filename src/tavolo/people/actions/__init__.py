"""Every write of people: invitations, accounts, persons, sessions. allauth writes the rest (decision 18)."""

from tavolo.people.actions.accounts import (
    create_account,
    forget_app,
    replace_password,
    send_reset_letter,
    take_off_second_factor,
)
from tavolo.people.actions.corrections import answer_request, extend_request, receive_request
from tavolo.people.actions.emails import ask_new_email, take_up_email
from tavolo.people.actions.erasure import erase_person
from tavolo.people.actions.identities import (
    link_identity,
    note_identity_use,
    unlink_identity,
)
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
from tavolo.people.actions.tokens import (
    make_token,
    note_token_use,
    record_by_token,
    revoke_token,
)

__all__ = [
    "Entering",
    "accept_invitation",
    "add_person",
    "answer_request",
    "ask_new_email",
    "change_names",
    "create_account",
    "end_other_sessions",
    "end_session",
    "enter_persons",
    "erase_person",
    "extend_request",
    "forget_app",
    "forget_expired",
    "invite",
    "invite_all",
    "join",
    "link_identity",
    "make_token",
    "note_identity_use",
    "note_token_use",
    "receive_request",
    "record_by_token",
    "renew_invitation",
    "replace_password",
    "revoke_invitation",
    "revoke_token",
    "send_reset_letter",
    "take_back_accounts",
    "take_back_persons",
    "take_off_second_factor",
    "take_up_email",
    "unlink_identity",
]
