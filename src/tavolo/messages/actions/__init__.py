from tavolo.messages.actions.bounces import mark_bad, take_report, trust_address
from tavolo.messages.actions.gathering import gather_waiting
from tavolo.messages.actions.letters import resend, send_letter, wish_gathering
from tavolo.messages.actions.links import (
    answer_link,
    forget_links,
    make_link,
    note_reading,
    revoke_links,
)
from tavolo.messages.actions.outbox import (
    HELD_FOR,
    PAUSES,
    enqueue_email,
    enqueue_message,
    forget_letters,
    send_waiting,
)

__all__ = [
    "HELD_FOR",
    "PAUSES",
    "answer_link",
    "enqueue_email",
    "enqueue_message",
    "forget_letters",
    "forget_links",
    "gather_waiting",
    "make_link",
    "mark_bad",
    "note_reading",
    "resend",
    "revoke_links",
    "send_letter",
    "send_waiting",
    "take_report",
    "trust_address",
    "wish_gathering",
]
