"""Numbers of the register outside: what waits, one by one, a pasted list, a segnatura."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.desk.forms.pec import NumberForm, SegnaturaForm
from tavolo.desk.queries import names_of
from tavolo.desk.web.pages import crumbs_to, form_view, page
from tavolo.desk.web.pec.documents import DOCUMENTS
from tavolo.desk.web.pec.here import (
    crumb_of_numbers,
    number_href,
    numbers_href,
    plugs_here,
    thing_here,
    thing_href,
)
from tavolo.desk.web.pec.tables import waiting_table
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Numbered, Registrable
from tavolo.messages.models import ExternalNumber
from tavolo.messages.pec import queries, segnatura
from tavolo.messages.pec.actions import Numbering, correct_number, enter_number
from tavolo.messages.pec.choices import NumberSource
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.words import day_words, instant_words

SHOWN = 50


@work_area
@require_safe
def numbers(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for its number, kind by kind, the oldest first."""
    here, plugs = plugs_here(request, slug)
    found = [(plug, plug.waiting(here.uid, limit=SHOWN + 1)) for plug in plugs]
    return page(
        request,
        "desk/pec/numbers.html",
        here,
        *crumbs_to(here, actor_of(request)),
        here=_("Register numbers"),
        tables=[
            waiting_table(here, plug, things[:SHOWN])
            for plug, things in found
            if things or (plug.key == queries.PECS and not any(each for _plug, each in found))
        ],
        more=any(len(things) > SHOWN for _plug, things in found),
        paste_href=f"{numbers_href(here)}incolla/",
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def number(request: HttpRequest, slug: str, kind: str, uid: UUID) -> HttpResponse:
    """The number of one thing: entered, or corrected with a reason; and all that were entered before."""
    here, plug, thing = thing_here(request, slug, kind, uid)
    rows = queries.numbers_of(here, plug.key, uid)
    stands = rows[0] if rows else None
    form = NumberForm(
        request.POST or None, changes=stands is not None, initial=prefilled(here, stands)
    )

    def act() -> str:
        return write(
            request,
            (here, plug, thing),
            form.told,
            source=NumberSource.TYPED,
            reason=form.reason_given,
        )

    answer = sent_once(request, form, act, said=_("The number is entered."))
    return answer or thing_page(
        request,
        "desk/pec/number.html",
        (here, plug, thing),
        heading=_("Number of %(thing)s") % {"thing": thing.code or thing.title},
        rows=rows,
        form=form_view(form, _("Correct") if stands else _("Enter"), thing_href(here, plug, thing)),
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def read_segnatura(request: HttpRequest, slug: str, kind: str, uid: UUID) -> HttpResponse:
    """The number out of a segnatura that the protocol system made."""
    here, plug, thing = thing_here(request, slug, kind, uid)
    rows = queries.numbers_of(here, plug.key, uid)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SegnaturaForm(*sent, changes=bool(rows))

    def act() -> str:
        told = segnatura.read(form.cleaned_data["file"].read(segnatura.LARGEST + 1))
        return write(
            request,
            (here, plug, thing),
            told,
            source=NumberSource.SEGNATURA,
            reason=form.reason_given,
        )

    answer = sent_once(request, form, act, said=_("The number is entered."))
    back = number_href(here, plug, uid)
    return answer or thing_page(
        request,
        "desk/pec/segnatura.html",
        (here, plug, thing),
        Crumb(thing.code or thing.title, back),
        heading=_("Read a segnatura"),
        rows=rows,
        form=form_view(form, _("Read and enter"), back),
    )


def thing_page(
    request: HttpRequest,
    template: str,
    of: tuple[Network, Numbered, Registrable],
    *crumbs: Crumb,
    heading: str,
    rows: list[ExternalNumber],
    **context: Any,
) -> HttpResponse:
    here, plug, thing = of
    stands = rows[0] if rows else None
    return page(
        request,
        template,
        here,
        *crumbs_to(here, actor_of(request)),
        crumb_of_numbers(here),
        *crumbs,
        here=heading,
        thing=thing,
        thing_href=thing_href(here, plug, thing),
        label=plug.label,
        stands=stands,
        history=history(rows),
        same=same_as(here, plug, stands),
        segnatura_href=number_href(here, plug, thing.uid, "read_segnatura"),
        download_href=download_href(here, plug, stands),
        **context,
    )


def download_href(network: Network, plug: Numbered, stands: ExternalNumber | None) -> str:
    """Where its segnatura is written; "" where no document of ours stands behind it."""
    if stands is None or plug.key not in DOCUMENTS:
        return ""
    return number_href(network, plug, stands.subject, "segnatura")


def write(
    request: HttpRequest,
    of: tuple[Network, Numbered, Registrable],
    told: Numbering,
    *,
    source: str,
    reason: str,
) -> str:
    """Enter the number, or with a reason correct it; gives where to go on."""
    network, plug, thing = of
    if reason:
        correct_number(
            network=network,
            kind=plug.key,
            subject=thing.uid,
            told=told,
            source=source,
            reason=reason,
            by=actor_of(request),
        )
    else:
        enter_number(
            network=network,
            kind=plug.key,
            subject=thing.uid,
            told=told,
            source=source,
            by=actor_of(request),
        )
    return number_href(network, plug, thing.uid)


def prefilled(network: Network, stands: ExternalNumber | None) -> dict[str, str | date]:
    """What stands, or the register that was named last."""
    if stands is not None:
        names = ("number", "day", "register", "administration", "office")
        return {name: getattr(stands, name) for name in names}
    last = queries.last_register(network)
    if last is None:
        return {}
    return {name: getattr(last, name) for name in ("register", "administration", "office")}


def same_as(network: Network, plug: Numbered, stands: ExternalNumber | None) -> int:
    """How many other things have the same number of the same register and year."""
    if stands is None:
        return 0
    return len(
        queries.same_number(
            network,
            number=stands.number,
            year=stands.day.year,
            register=stands.register,
            kind=plug.key,
            subject=stands.subject,
        )
    )


def history(rows: list[ExternalNumber]) -> list[dict[str, str]]:
    names = names_of(row.recorded_by for row in rows)
    return [
        {
            "number": row.number,
            "day": day_words(row.day, weekday=False),
            "register": row.register,
            "source": row.get_source_display(),
            "at": instant_words(row.recorded_at),
            "by": names.get(row.recorded_by, "") if row.recorded_by else "",
            "reason": row.reason,
        }
        for row in rows
    ]
