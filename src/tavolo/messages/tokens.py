"""The secret of a link: it is worked out from our key, so that neither it nor a link lies in the database."""

import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

SALT = "tavolo.messages.link"
# What stands in a letter in the place of a link until the letter leaves.
MARK = re.compile(r"\[\[link:([0-9a-f-]{36})\]\]")


def token_of(link: UUID) -> str:
    """43 signs that nobody works out without our key."""
    told = salted_hmac(SALT, link.bytes.hex(), algorithm="sha256").digest()
    return urlsafe_b64encode(told).decode().rstrip("=")


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def mark_of(link: UUID) -> str:
    """Write this where the link is to stand in the text of a letter."""
    return f"[[link:{link}]]"


def address_of(token: str) -> str:
    return f"{settings.TAVOLO_BASE_URL}{reverse('messages:answer', kwargs={'token': token})}"
