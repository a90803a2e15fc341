from tavolo.messages.models.links import SignedLink
from tavolo.messages.models.outbox import BadAddress, Gathering, Message, MessageEvent
from tavolo.messages.models.pec import ExternalNumber, PecBinding, PecMailbox, PecMessage

__all__ = [
    "BadAddress",
    "ExternalNumber",
    "Gathering",
    "Message",
    "MessageEvent",
    "PecBinding",
    "PecMailbox",
    "PecMessage",
    "SignedLink",
]
