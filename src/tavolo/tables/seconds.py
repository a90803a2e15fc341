"""An instant as a term is read: with its second, on an Italian clock."""

from datetime import datetime

from tavolo.kernel import clock
from tavolo.ui.words import day_words


def to_the_second(at: datetime) -> str:
    """In words, "lunedì 24 novembre 2025, 12:00:01"."""
    there = clock.in_rome(at)
    return f"{day_words(there.date())}, {there:%H:%M:%S}"
