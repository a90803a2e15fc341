from tavolo.messages.models.links import SignedLink
from tavolo.messages.models.outbox import BadAddress, Gathering, Message, MessageEvent

__all__ = ["BadAddress", "Gathering", "Message", "MessageEvent", "SignedLink"]
