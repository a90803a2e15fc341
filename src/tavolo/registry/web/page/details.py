"""What the register holds besides: what it is by law, its numbers and names, who keeps it, and from where."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tavolo.registry.choices import IdentifierScheme, LegalForm, NameKind
from tavolo.registry.models import OrganisationName
from tavolo.registry.web.page.parts import Context, Page, capital, period_words
from tavolo.registry.web.page.places import Detail
from tavolo.ui.address import address
from tavolo.ui.components.card import CardLink

SCHEMES = list(IdentifierScheme)


def details(page: Page) -> Context:
    """What the section shows, with the downloads and where whoever is named asks for a correction."""
    api = f"/api/v1/organisations/{page.organisation.uid}"
    day = "" if page.asked.is_today else f"?as_of={page.on.isoformat()}"
    return {
        "details": list(_details(page)),
        "names": [_name(row) for row in page.as_of.other_names],
        "exports": (
            CardLink(_("All of this on paper (PDF)"), page.pdf_href),
            CardLink(_("All of this as data (JSON)"), f"{api}{day}"),
        ),
        "correction_href": _correction(page),
    }


def _details(page: Page) -> Iterator[Detail]:
    as_of = page.as_of
    if as_of.official_name and as_of.official_name != as_of.name:
        yield Detail(_("Official name"), as_of.official_name)
    if as_of.short_name and as_of.short_name != as_of.name:
        yield Detail(_("Short name"), as_of.short_name)
    yield Detail(_("Legal form"), legal_form_words(as_of.legal_form))
    yield Detail(_("Public administration"), *_administration(page))
    for row in sorted(
        as_of.identifiers, key=lambda row: SCHEMES.index(IdentifierScheme(row.scheme))
    ):
        yield Detail(
            str(IdentifierScheme(row.scheme).label),
            row.value,
            note=period_words(row.began, row.ended),
        )
    yield Detail(_("Source"), page.organisation.source)


def legal_form_words(legal_form: str) -> str:
    return str(LegalForm(legal_form).label) if legal_form else ""


def _administration(page: Page) -> tuple[str, str, str]:
    """Whether it is one, in words, and who says so."""
    said = {
        True: pgettext("public administration", "yes"),
        False: pgettext("public administration", "no"),
        None: "",
    }[page.as_of.is_administration]
    return said, "", page.as_of.standing_source if said else ""


def _name(row: OrganisationName) -> Detail:
    return Detail(
        capital(str(NameKind(row.kind).label)), row.name, note=period_words(row.began, row.ended)
    )


def _correction(page: Page) -> str:
    """The form for whoever is named here, with this page filled in; "" where there is none."""
    form = address("/dati-personali/")
    return f"{form}?{urlencode({'pagina': page.http.path})}" if form else ""
