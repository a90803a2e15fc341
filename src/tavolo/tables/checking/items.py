"""What a checklist begins from: the words of the notice, line by line."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

BULLETS = "-–—•*·"


def proposed(requirements: str, asks: Iterable[str]) -> list[str]:
    """That it came in time and is signed, each requirement of the notice, each thing it asks; none twice."""
    with override(settings.LANGUAGE_CODE):
        first = [
            _("It came within the term, by a way that the notice admits"),
            _("It is signed by the legal representative"),
        ]
    lines = [line.strip().lstrip(BULLETS).strip() for line in requirements.splitlines()]
    return [line for line in dict.fromkeys([*first, *lines, *asks]) if line]
