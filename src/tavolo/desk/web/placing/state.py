"""What somebody is choosing: kept in the address, so that a link on the map can change it.

`dove` is where she looks, `piu` and `meno` are the codes of the municipalities that are to come and
to leave. They say what is meant, not what to turn over: what another has saved meanwhile stays.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from tavolo.desk.placing import Standing, Where, where_called, where_to_begin
from tavolo.territory.models import Municipality

MOST = 3000  # municipalities that one form may name
MAP, LIST = "mappa", "elenco"


@dataclass(frozen=True)
class Placing:
    """A choice as it stands; `coming` are not chosen yet, `leaving` are."""

    standing: Standing
    where: Where
    coming: frozenset[str] = frozenset()
    leaving: frozenset[str] = frozenset()

    @cached_property
    def here(self) -> list[Municipality]:
        """Those that can be ticked: the municipalities of the province that is shown."""
        return list(self.where.towns(self.standing.day)) if self.where.is_province else []

    @cached_property
    def codes_here(self) -> frozenset[str]:
        return frozenset(town.istat_code for town in self.here)

    @property
    def tokens(self) -> frozenset[str]:
        """Those that would be chosen one by one."""
        return (self.standing.codes | self.coming) - self.leaving

    @property
    def differs(self) -> bool:
        return bool(self.coming or self.leaving)

    def held(self, town: Municipality) -> bool:
        """Whether it belongs to the territory with an area, and is not to be ticked by itself."""
        return town.pk in self.standing.towns and town.pk not in self.standing.singles

    def turned(self, code: str) -> "Placing":
        """The same with one municipality turned over."""
        if code in self.standing.codes:
            return replace(self, leaving=self.leaving ^ {code})
        return replace(self, coming=self.coming ^ {code})

    def ticked(self, ticked: Collection[str], was: Collection[str]) -> "Placing":
        """As the list was sent: what was ticked in it, and what was so when it was shown."""
        now, then = self.codes_here.intersection(ticked), self.codes_here.intersection(was)
        return replace(
            self,
            coming=((self.coming - self.codes_here) | (now - then)) - self.standing.codes,
            leaving=((self.leaving - self.codes_here) | (then - now)) & self.standing.codes,
        )

    def href(self, where: Where | None = None, *, at: str = "") -> str:
        told = {
            "dove": (where or self.where).word,
            "piu": "-".join(sorted(self.coming)),
            "meno": "-".join(sorted(self.leaving)),
        }
        query = urlencode({key: value for key, value in told.items() if value})
        address = reverse("desk:territory", kwargs={"slug": self.standing.network.slug})
        return f"{address}?{query}" + (f"#{at}" if at else "")


def placing_in(request: HttpRequest, standing: Standing) -> Placing:
    """What the address says; what it says of places that are not there is passed over."""
    asked = request.GET.get("dove", "")
    where = where_called(asked) if asked else None
    return Placing(
        standing,
        where or where_to_begin(standing),
        coming=_codes(request.GET, "piu") - standing.codes,
        leaving=_codes(request.GET, "meno") & standing.codes,
    )


def _codes(query: QueryDict, name: str) -> frozenset[str]:
    codes = query.get(name, "").split("-")[:MOST]
    return frozenset(code for code in codes if code.isascii() and code.isdecimal())
