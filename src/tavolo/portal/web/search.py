"""`/cerca/`: one box for what everybody may find."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.kernel.actor import ANONYMOUS
from tavolo.portal.web.parts import Line
from tavolo.search import queries
from tavolo.search.plugs import Searchable, public_kinds, searchables
from tavolo.search.queries import Count, Found, Group, Result
from tavolo.search.words import explains, telling
from tavolo.ui.address import query_with
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.words import day_words

LONGEST = 100
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
KIND, PROVINCE, MUNICIPALITY, PAGE = "tipo", "provincia", "comune", "pagina"


@dataclass(frozen=True)
class Choice:
    """A value of a facet, and the address of the page that has it alone, or all again where it is chosen."""

    label: str
    number: int
    href: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Asked:
    """What the address asks for; a kind that nobody knows is no filter."""

    typed: str
    kind: Searchable | None
    province: str
    municipality: str
    page: int

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        page = query.get(PAGE, "")
        return cls(
            typed=query.get("q", "").replace("\x00", "").strip()[:LONGEST],
            kind=next((kind for kind in public_kinds() if kind.slug == query.get(KIND)), None),
            province=query.get(PROVINCE, "")[:LONGEST],
            municipality=query.get(MUNICIPALITY, "")[:LONGEST],
            page=min(int(page), queries.LAST_PAGE) if PAGE_NUMBER.fullmatch(page) else 1,
        )

    @property
    def narrows(self) -> bool:
        return bool(self.kind or self.province or self.municipality)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What fits the typed words, the closest first, narrowed by kind and by place.

    While there is no index, the first of each kind that begins so, from the database.
    """
    asked = Asked.read(request.GET)
    if not telling(asked.typed):
        return render(request, "portal/search.html", {"typed": asked.typed})
    found = queries.search(
        asked.typed,
        kind=asked.kind.key if asked.kind else "",
        province=asked.province,
        municipality=asked.municipality,
        page=asked.page,
    )
    context = _without_index(asked) if found is None else _page(request.GET, asked, found)
    asks = {"typed": asked.typed, "asked": True, "nothing": nothing()}
    return render(request, "portal/search.html", {**asks, **context})


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The closest few as JSON, for the box in which somebody types. Nobody keeps the answer."""
    typed = Asked.read(request.GET).typed
    found = [line_of(result, typed) for result in queries.suggestions(typed)]
    answer = JsonResponse(
        {
            "options": [
                {"title": line.title, "about": line.about, "href": line.href} for line in found
            ]
        }
    )
    answer["Cache-Control"] = "no-store"
    return answer


def nothing() -> EmptyState:
    return EmptyState(
        _("Nothing fits these words"),
        _("Try with fewer words, or with the name of a municipality."),
    )


def _page(query: QueryDict, asked: Asked, found: Found) -> dict[str, Any]:
    last = -(-found.count // queries.PAGE)
    turn = {"previous": asked.page - 1, "next": asked.page + 1}
    hrefs = {
        name: query_with(query, **{PAGE: str(page)} if page > 1 else {PAGE: None})
        for name, page in turn.items()
        if 1 <= page <= min(last, queries.LAST_PAGE)
    }
    first = (asked.page - 1) * queries.PAGE
    return {
        "lines": [line_of(result, asked.typed) for result in found.results],
        "count": found.count,
        "first": first + 1,
        "last": first + len(found.results),
        "exact": found.exact,
        "meant": found.meant,
        "meant_href": query_with(QueryDict(), q=found.meant),
        "facets": [facet for facet in _facets(query, asked, found) if len(facet.choices) > 1],
        "all_href": query_with(QueryDict(), q=asked.typed) if asked.narrows else "",
        **hrefs,
    }


def _facets(query: QueryDict, asked: Asked, found: Found) -> list[Facet]:
    numbers = {count.value: count.number for count in found.kinds}
    kinds = [
        (kind.slug, str(kind.label), numbers[kind.key])
        for kind in public_kinds()
        if kind.key in numbers
    ]
    slug = asked.kind.slug if asked.kind else ""
    return [
        Facet(_("Kind"), _choices(query, KIND, kinds, slug)),
        Facet(_("Province"), _choices(query, PROVINCE, _named(found.provinces), asked.province)),
        Facet(
            _("Municipality of the seat"),
            _choices(query, MUNICIPALITY, _named(found.municipalities), asked.municipality),
        ),
    ]


def _named(counts: Iterable[Count]) -> list[tuple[str, str, int]]:
    return [(count.value, count.value, count.number) for count in counts]


def _choices(
    query: QueryDict, name: str, values: Iterable[tuple[str, str, int]], chosen: str
) -> tuple[Choice, ...]:
    found = []
    for value, label, number in values:
        changes: dict[str, str | None] = {name: None if value == chosen else value, PAGE: None}
        found.append(Choice(label, number, query_with(query, **changes), value == chosen))
    return tuple(found)


def line_of(result: Result, typed: str) -> Line:
    """A result as it is shown: what it is, where, until when, and the former name that was typed."""
    kind = searchables.get(result.kind)
    parts = [kind.detail_words(result.detail), result.place]
    parts += [
        _("formerly %(name)s") % {"name": name}
        for name in result.before
        if explains(name, result.title, typed)
    ]
    if result.ended:
        parts.append(_("until %(day)s") % {"day": day_words(result.ended, weekday=False)})
    return Line(result.title, localised(result.url), ", ".join(part for part in parts if part))


def localised(url: str) -> str:
    """An address of the index, which speaks the installation's language, in the reader's."""
    language = get_language() or settings.LANGUAGE_CODE
    return url if language == settings.LANGUAGE_CODE else f"/{language}{url}"


def _without_index(asked: Asked) -> dict[str, Any]:
    groups = queries.found_by(ANONYMOUS, asked.typed)
    if asked.kind:
        groups = [group for group in groups if group.searchable is asked.kind]
    lines = [line for group in groups for line in _lines(group)]
    return {"lines": lines, "count": len(lines), "unbuilt": True, "exact": True}


def _lines(group: Group) -> list[Line]:
    return [Line(hit.title, hit.url, hit.note) for hit in group.hits]
