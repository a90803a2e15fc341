"""Papers of the register: one organisation as of a day, and the list of those that answer to a search.

They say what everybody may read, whoever asks, so that a paper can be passed on.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.documents.errors import NotPrintable, PaperTooLarge
from tavolo.documents.printing import Letterhead, kept_pdf
from tavolo.kernel.actor import ANONYMOUS
from tavolo.kernel.models import Network
from tavolo.kernel.network import setting_of
from tavolo.registry import queries
from tavolo.registry.queries import REGISTER_ORDER
from tavolo.registry.settings import CONTACT
from tavolo.registry.web import register, rows
from tavolo.registry.web.page.details import details
from tavolo.registry.web.page.gone import gone
from tavolo.registry.web.page.parts import Page, pdf_href
from tavolo.registry.web.page.places import Detail, places
from tavolo.registry.web.page.story import joining
from tavolo.registry.web.page.title import kind_words
from tavolo.registry.web.page.voices import Voice, voices
from tavolo.territory.web.asof import Asked, asked
from tavolo.ui import words
from tavolo.ui.context import is_demonstration

MOST_ROWS = 1000
WIDTHS = (4, 3, 2, 3)
Part = dict[str, Any]


@require_safe
def organisation_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation as of any day, as a paper under the letterhead of who keeps it."""
    found, day = queries.organisation_by_code(code), asked(request)
    if found.merged_into_id is not None:
        return HttpResponseRedirect(pdf_href(queries.followed(found).code, day))
    page = Page.of(request, found, day, actor=ANONYMOUS)
    where = reverse("registry:organisation", args=[found.code])
    made = paper(
        "registry/organisation",
        {"parts": list(_parts(page)) if page.as_of.exists else [_gone(page)]},
        title=page.as_of.name,
        language=get_language() or "it",
        about=_about(page),
        foot=_foot(where),
        head=letterhead(found.steward, day),
        on=day.on,
    )
    return pdf_answer(made, f"{found.code}-{day.on.isoformat()}")


@require_safe
def organisations_pdf(request: HttpRequest) -> HttpResponse:
    """What the list shows, all pages of it, up to a thousand rows; more are refused (PaperTooLarge)."""
    networks = list(queries.networks())
    wanted = register.Wanted.read(request, networks)
    found = list(wanted.rows().order_by(*REGISTER_ORDER)[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS:
        raise PaperTooLarge
    here = next((network for network in networks if network.slug == wanted.network), None)
    made = paper(
        "registry/register",
        {"table": _table(register.lines(found, wanted))},
        title=_("Organisations"),
        language=get_language() or "it",
        about=_as_of(wanted.asked),
        foot=_foot(reverse("registry:organisations")),
        head=letterhead(here, wanted.asked) if here else None,
        on=wanted.asked.on,
    )
    return pdf_answer(made, f"{_('organisations')}-{wanted.asked.on.isoformat()}")


def pdf_answer(made: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    # A paper of which there are as many as there are days is none for search engines.
    answer["X-Robots-Tag"] = "noindex"
    return answer


def letterhead(network: Network, day: Asked) -> Letterhead:
    """The network's name, its sentence, the e-mail of its secretariat, and its logo."""
    contact = setting_of(network, CONTACT, on=day.today)
    return Letterhead(network.name, network.summary, contact, queries.printed_logo_of(network))


def paper(template: str, data: Part, *, head: Letterhead | None, **told: Any) -> bytes:
    """The paper; without its logo where that cannot be set, as a picture in the inks of a press."""
    try:
        return kept_pdf(template, data, letterhead=head, **told)
    except NotPrintable:
        if head is None or head.logo is None:
            raise
        return kept_pdf(template, data, letterhead=replace(head, logo=None), **told)


def _foot(where: str) -> str:
    """Where the same stands as a page; in a demonstration, that it is one."""
    href = f"{settings.TAVOLO_BASE_URL}{where}"
    if not is_demonstration():
        return href
    said = _("Demonstration data: what the sources do not say is invented.")
    return f"{said} {href}"


def _about(page: Page) -> str:
    said = _as_of(page.asked)
    kind = kind_words(page) if page.as_of.legal_form else ""
    return f"{kind}. {said}" if kind else said


def _as_of(day: Asked) -> str:
    return _("As known for %(date)s") % {"date": words.day_words(day.on, weekday=False)}


def _parts(page: Page) -> Iterator[Part]:
    shown = {**voices(page), **places(page), **details(page)}
    taking_part = [joining(row) for row in page.voices.taking_part if page.on in row.period]
    yield _part(
        _("In the network"),
        [Voice(line, "") for line in taking_part],
        sentence="" if taking_part else _("It takes part in no network yet."),
    )
    nobody = _("Nobody has said in public who speaks for it on this day.")
    speakers = shown["speakers"]
    yield _part(_("Who speaks for it"), speakers, sentence="" if speakers else nobody)
    if shown["in_office"]:
        yield _part(_("In office"), shown["in_office"])
    if shown["vacant"]:
        yield _part(_("Vacant"), shown["vacant"])
    reached = [*shown["seats"], *shown["contacts"]]
    none = "" if reached else _("Neither a seat nor a contact has been entered.")
    yield _part(_("Where it is and how to reach it"), details=reached, sentence=none)
    if shown["units"]:
        units = [Voice(each.name, "", each.notes) for each in shown["units"]]
        yield _part(_("Its units and services"), units)
    yield _part(_("Details"), details=[*shown["details"], *shown["names"]])


def _part(
    heading: str, lines: list[Voice] | None = None, *, details: Any = (), sentence: str = ""
) -> Part:
    return {
        "heading": heading,
        "sentence": sentence,
        "lines": [_line(each) for each in lines or ()],
        "terms": [_term(each) for each in details if each.value],
    }


def _line(said: Voice) -> dict[str, Any]:
    # Where one would be led by a link, the paper says where.
    notes = [*said.notes[:-1], f"{said.notes[-1]} {said.link}"] if said.link else said.notes
    return {"title": said.title, "what": said.what, "notes": list(notes)}


def _term(detail: Detail) -> dict[str, str]:
    return {"label": detail.label, "value": detail.value, "note": detail.note}


def _gone(page: Page) -> Part:
    told = gone(page)
    return _part(str(told.state.words), sentence=told.sentence)


def _table(lines: tuple[Any, ...]) -> dict[str, Any]:
    number = len(lines)
    found = ngettext("%(number)s organisation", "%(number)s organisations", number)
    return {
        "caption": found % {"number": words.number(number)},
        "columns": [
            {"label": str(column.label), "width": width, "numeric": False}
            for column, width in zip(rows.columns(), WIDTHS, strict=True)
        ],
        "rows": [[str(cell.value) for cell in line.cells] for line in lines],
    }
