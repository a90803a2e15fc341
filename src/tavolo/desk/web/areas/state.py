"""What somebody is choosing: kept in the address, so that a link on the map can change it.

`cambia` names what is otherwise than the area is now, `dal` the day, `cerca` what the list is
narrowed to, `parti` the municipality that is seen in its parts.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from urllib.parse import urlencode

from django.http import HttpRequest

from tavolo.desk.web.areas.places import Here, day_in
from tavolo.kernel.dated import Period
from tavolo.kernel.text import search_key
from tavolo.territory.models import Municipality
from tavolo.territory.queries.choosing import Candidate, Choice, Elsewhere, choice_for, elsewhere

MAP = "mappa"


@dataclass(frozen=True)
class Choosing:
    """A choice as it stands: `tokens` are those that would belong to the area."""

    here: Here
    choice: Choice
    tokens: frozenset[str]
    find: str = ""
    parts: str = ""

    @property
    def toggled(self) -> frozenset[str]:
        return self.tokens ^ self.choice.chosen

    @cached_property
    def coming(self) -> tuple[Candidate, ...]:
        return self.choice.with_tokens(self.tokens - self.choice.chosen)

    @cached_property
    def leaving(self) -> tuple[Candidate, ...]:
        return self.choice.with_tokens(self.choice.chosen - self.tokens)

    @cached_property
    def taken(self) -> list[Elsewhere]:
        """From which areas those that come are taken."""
        window = Period(self.choice.day, self.choice.until)
        return elsewhere(self.here.area, [one.who for one in self.coming], window)

    @property
    def differs(self) -> bool:
        return bool(self.toggled)

    @property
    def seen(self) -> str:
        """A mark of what the page says that saving would do."""
        told = [
            self.choice.day.isoformat(),
            *sorted(self.toggled),
            *sorted(f"{one.title} {one.stay}" for one in self.taken),
        ]
        return sha256("\n".join(told).encode()).hexdigest()[:16]

    def shown(self, candidate: Candidate) -> bool:
        """Whether the list shows it, narrowed as it is."""
        return not self.find or search_key(self.find) in search_key(
            f"{candidate.place.name} {candidate.place.unit}"
        )

    def href(self, tokens: Collection[str] | None = None, *, at: str = "", **changes: str) -> str:
        """The page with another choice; `at` is the id to which it leads."""
        toggled = self.toggled if tokens is None else frozenset(tokens) ^ self.choice.chosen
        told = {
            "dal": self.choice.day.isoformat(),
            "cambia": "-".join(sorted(toggled)),
            "cerca": self.find,
            "parti": self.parts,
            **changes,
        }
        query = urlencode({key: value for key, value in told.items() if value})
        return f"{self.here.href()}?{query}" + (f"#{at}" if at else "")

    def toggling(self) -> "Toggling":
        return Toggling(self)


class Toggling:
    """Addresses that turn one place over, by the hundred: what they share is written once."""

    def __init__(self, choosing: Choosing) -> None:
        self.toggled = sorted(choosing.toggled)
        blank = replace(choosing, tokens=choosing.choice.chosen)
        self.stem = blank.href()

    def href(self, token: str) -> str:
        rest = [one for one in self.toggled if one != token]
        changed = rest if token in self.toggled else [*rest, token]
        cambia = f"&cambia={'-'.join(changed)}" if changed else ""
        return f"{self.stem}{cambia}#{MAP}-{token}"


def choosing_in(request: HttpRequest, here: Here) -> Choosing:
    """What the address says. Refuses with BadRequest what is no day."""
    asked = request.GET.get("parti", "")
    parts = asked if asked.isdecimal() and asked.isascii() else ""
    choice = choice_of(here, day_in(request, "dal"), parts)
    toggled = frozenset(filter(None, request.GET.get("cambia", "").split("-")))
    known = {one.token for one in choice.candidates}
    return Choosing(
        here,
        choice,
        choice.chosen ^ (toggled & known),
        find=request.GET.get("cerca", "")[:100],
        parts=parts,
    )


def choice_of(here: Here, day: date, parts: str) -> Choice:
    split: Sequence[int] = ()
    if parts:
        split = list(Municipality.objects.filter(istat_code=parts).values_list("pk", flat=True))
    return choice_for(here.area, here.network, day=day, parts=split)
