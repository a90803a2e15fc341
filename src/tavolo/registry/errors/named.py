"""What a refusal may name: whatever has a name."""

from typing import Protocol


class Named(Protocol):
    name: str
