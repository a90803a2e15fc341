"""Addresses of areas and municipalities, also by the hundred: one reversal serves a whole map."""

from django.urls import reverse

from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries.drawings import MUNICIPALITY, Drawn

ANY = "0"


def area(kind: str, code: str) -> str:
    return reverse("territory:area", args=[area_kinds.get(kind).slug, code])


def municipality(istat_code: str) -> str:
    return reverse("territory:municipality", args=[istat_code])


class Addresses:
    """The addresses of one page, in the language of its reader."""

    def __init__(self) -> None:
        self._stem = municipality(ANY).removesuffix(f"{ANY}/")

    def municipality(self, istat_code: str) -> str:
        return f"{self._stem}{istat_code}/"

    def of(self, shape: Drawn) -> str:
        if shape.kind == MUNICIPALITY:
            return self.municipality(shape.code)
        return area(shape.kind, shape.code)
