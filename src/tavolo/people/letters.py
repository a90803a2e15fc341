"""The letters of this room, written into the outbox with the act (decision 18)."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string


def send_letter(name: str, to: str, **context: Any) -> None:
    """Write `people/letters/<name>.txt` to an address: its first line is the subject."""
    text = render_to_string(
        f"people/letters/{name}.txt", {"base_url": settings.TAVOLO_BASE_URL, **context}
    )
    subject, _line, body = text.strip().partition("\n")
    EmailMessage(subject.strip(), body.strip() + "\n", to=[to]).send()
