"""All that is written of PEC: what came, what it answers, its number outside, where it is fetched."""

from tavolo.messages.pec.actions.binding import bind_pec, set_aside_pec
from tavolo.messages.pec.actions.mailbox import (
    MailboxTold,
    fetch_all,
    fetch_mailbox,
    set_mailbox,
    try_mailbox,
)
from tavolo.messages.pec.actions.numbering import (
    Numbering,
    correct_number,
    enter_number,
    enter_numbers,
)
from tavolo.messages.pec.actions.receiving import Prepared, Received, prepared, receive_pec

__all__ = [
    "MailboxTold",
    "Numbering",
    "Prepared",
    "Received",
    "bind_pec",
    "correct_number",
    "enter_number",
    "enter_numbers",
    "fetch_all",
    "fetch_mailbox",
    "prepared",
    "receive_pec",
    "set_aside_pec",
    "set_mailbox",
    "try_mailbox",
]
