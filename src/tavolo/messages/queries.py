"""Named reads of the outbox."""

from collections.abc import Sequence

from django.db.models import QuerySet

from tavolo.messages.models import Message


def letters_to(addresses: Sequence[str]) -> QuerySet[Message]:
    """The letters to these addresses that are still kept, the oldest first."""
    return Message.objects.filter(recipient__in=addresses).order_by("id")
