from tavolo.messages.models.outbox import Message

__all__ = ["Message"]
