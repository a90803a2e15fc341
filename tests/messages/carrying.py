"""Something that takes letters, as a test wants it."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any, Self

from tavolo.messages.errors import NotTakenError
from tavolo.messages.transports import Transport


class Carrier(Transport):
    """Takes everything, unless it is told how to fail."""

    def __init__(self, *faults: NotTakenError, before: Callable[[], Any] = lambda: None) -> None:
        self.faults, self.before = list(faults), before
        self.taken: list[str] = []
        self.letters: list[EmailMessage] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        pass

    def send(self, letter: EmailMessage) -> None:
        self.before()
        if self.faults:
            raise self.faults.pop(0)
        self.taken.append(letter["Message-ID"])
        self.letters.append(letter)
