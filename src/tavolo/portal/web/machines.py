"""What search engines read: which pages there are, in both languages, and which to leave alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override
from django.views.decorators.http import require_safe

from tavolo.kernel.errors import NotFound
from tavolo.kernel.network import installation
from tavolo.registry.models import Organisation
from tavolo.registry.queries import networks
from tavolo.territory.models import Area, Municipality
from tavolo.territory.web import addresses

SIZE = 2000  # things in one file; each stands there once in each language
XML = "application/xml; charset=utf-8"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
PAGES = (
    "portal:home",
    "registry:organisations",
    "territory:country",
    "portal:accessibility",
    "portal:privacy",
    "portal:legal",
)


@dataclass(frozen=True)
class Source:
    """A sort of pages: the rows that have one, and the address of each in the present language."""

    rows: Callable[[], QuerySet[Any]]
    address: Callable[[Any], str]


SOURCES = {
    "reti": Source(networks, lambda row: reverse("portal:network", args=[row.slug])),
    "organizzazioni": Source(
        lambda: Organisation.objects.only("code").order_by("id"),
        lambda row: reverse("registry:organisation", args=[row.code]),
    ),
    "aree": Source(
        # Where something came in its place, its address leads there.
        lambda: Area.objects.filter(successor__isnull=True).only("kind", "code").order_by("id"),
        lambda row: addresses.area(row.kind, row.code),
    ),
    "comuni": Source(
        # A code is one municipality's among those that there are today.
        lambda: (
            Municipality.objects.filter(valid_until__isnull=True).only("istat_code").order_by("id")
        ),
        lambda row: addresses.municipality(row.istat_code),
    ),
}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """A demonstration is for people: no search engine should show invented organisations."""
    context = {"base": settings.TAVOLO_BASE_URL, "invented": installation().demonstration}
    return render(request, "portal/robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(_request: HttpRequest) -> HttpResponse:
    """One line a file, and as many files as there are pages for."""
    files = [("pagine", 1)] + [
        (key, number)
        for key, source in SOURCES.items()
        for number in range(1, ceil(source.rows().count() / SIZE) + 1)
    ]
    lines = "".join(
        f"<sitemap><loc>{_whole(reverse('portal_sitemap', args=each))}</loc></sitemap>\n"
        for each in files
    )
    return HttpResponse(
        f'{HEAD}<sitemapindex xmlns="{SCHEMA}">\n{lines}</sitemapindex>\n', content_type=XML
    )


@require_safe
def sitemap(_request: HttpRequest, part: str, number: int) -> HttpResponse:
    """The addresses of one file. Refuses with NotFound a file that there is not."""
    things = list(_things(part, number))
    if not things:
        raise NotFound
    lines = "".join(_lines(address) for address in things)
    head = f'<urlset xmlns="{SCHEMA}" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    return HttpResponse(f"{HEAD}{head}\n{lines}</urlset>\n", content_type=XML)


def _things(part: str, number: int) -> Iterator[dict[str, str]]:
    """For each thing of a file its address by language."""
    if part == "pagine" and number == 1:
        yield from _in_each(PAGES, reverse)
    elif part in SOURCES and number > 0:
        source = SOURCES[part]
        yield from _in_each(
            list(source.rows()[(number - 1) * SIZE : number * SIZE]), source.address
        )


def _in_each(things: Any, address: Callable[[Any], str]) -> Iterator[dict[str, str]]:
    found: dict[str, list[str]] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[language] = [address(thing) for thing in things]
    for each in zip(*found.values(), strict=True):
        yield dict(zip(found, each, strict=True))


def _lines(by_language: dict[str, str]) -> str:
    """Once a language, each time with the others beside it."""
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{_whole(address)}"/>'
        for language, address in by_language.items()
    )
    return "".join(
        f"<url><loc>{_whole(address)}</loc>{others}</url>\n" for address in by_language.values()
    )


def _whole(address: str) -> str:
    return escape(f"{settings.TAVOLO_BASE_URL}{address}")
