"""Addresses of areas and municipalities, also by the hundred: one reversal serves a whole map."""

from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode

from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries.drawings import MUNICIPALITY, Drawn
from tavolo.territory.web.asof import Asked

ANY = "0"


def area(kind: str, code: str) -> str:
    return reverse("territory:area", args=[area_kinds.get(kind).slug, code])


def municipality(istat_code: str) -> str:
    return reverse("territory:municipality", args=[istat_code])


class Addresses:
    """The addresses of one page, in the language of its reader; all keep the day that was asked for.

    Areas keep the figure too: whoever looks at a map goes on looking at the same.
    """

    def __init__(self, asked: Asked | None = None) -> None:
        self._day = asked.day_query if asked else {}
        self._figure = asked.figure_query if asked else {}

    @cached_property
    def _stem(self) -> str:
        return municipality(ANY).removesuffix(f"{ANY}/")

    @cached_property
    def _end(self) -> str:
        return _query(self._day)

    def municipality(self, istat_code: str, **more: str) -> str:
        """The page of a municipality; `more` are other parameters."""
        end = _query({**self._day, **more}) if more else self._end
        return f"{self._stem}{istat_code}/{end}"

    def area(self, kind: str, code: str) -> str:
        return area(kind, code) + _query({**self._day, **self._figure})

    def kind(self, key: str) -> str:
        """The list of the areas of a kind."""
        return reverse("territory:kind", args=[area_kinds.get(key).slug]) + self._end

    def country(self) -> str:
        return reverse("territory:country") + _query({**self._day, **self._figure})

    def whole_country(self) -> str:
        """All municipalities on one drawing."""
        return reverse("territory:municipalities") + _query({**self._day, **self._figure})

    def drawing(self, **more: str) -> str:
        """The drawing itself, as a file."""
        return reverse("territory:drawing") + _query({**self._day, **self._figure, **more})

    def comparison(self, one: str, other: str, within: tuple[str, str] | None = None) -> str:
        """Two kinds laid over each other, within an area by kind and code."""
        chosen = {"a": area_kinds.get(one).slug, "b": area_kinds.get(other).slug}
        if within:
            chosen["entro"] = f"{area_kinds.get(within[0]).slug}:{within[1]}"
        return reverse("territory:comparison") + _query({**chosen, **self._day})

    def of(self, shape: Drawn) -> str:
        if shape.kind == MUNICIPALITY:
            return self.municipality(shape.code)
        return self.area(shape.kind, shape.code)


def _query(parameters: dict[str, str]) -> str:
    return f"?{urlencode(parameters)}" if parameters else ""
