"""The letters of a network: how each has come, sending one again, reports of those that came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.desk.forms.base import ConfirmForm
from tavolo.desk.forms.messages import ReportForm
from tavolo.desk.web.pages import crumb_of, done_once, form_view, page
from tavolo.kernel.models import Network
from tavolo.kernel.paging import page_of
from tavolo.messages import queries
from tavolo.messages.actions import resend, take_report, trust_address
from tavolo.messages.choices import MessageState
from tavolo.messages.letters import ACCOUNT
from tavolo.messages.models import Message
from tavolo.messages.plugs import letter_kinds
from tavolo.messages.queries import Told
from tavolo.messages.rules import may_be_resent
from tavolo.messages.tokens import MARK
from tavolo.messages.web import deliveries
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.registry.web.sheets import csv_answer
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Filter, Option, Paging, Row, Table
from tavolo.ui.components.timeline import Moment, Timeline
from tavolo.ui.words import instant_words


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; words that no list has are no filter."""

    state: str
    kind: str

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Wanted":
        state, kind = asked.get("stato", ""), asked.get("tipo", "")
        return cls(
            state if state in MessageState.values else "",
            kind if kind in {each.key for each in letter_kinds} else "",
        )

    @property
    def query(self) -> str:
        told = {"stato": self.state, "tipo": self.kind}
        pairs = {name: value for name, value in told.items() if value}
        return f"?{urlencode(pairs)}" if pairs else ""

    def found(self, network: Network) -> QuerySet[Message]:
        return queries.letters_of(network, state=self.state, kind=self.kind)


@work_area
@require_safe
def messages(request: HttpRequest, slug: str) -> HttpResponse:
    """The letters, the latest first."""
    here = queries.network_of_letters(slug, actor=actor_of(request))
    wanted = Wanted.read(request.GET)
    rows = page_of(
        wanted.found(here),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        order=("place",),
    )
    table = _table(here, wanted, queries.stories_of(rows.items), Paging.of(rows, request.GET))
    return page(
        request,
        "desk/messages.html",
        here,
        crumb_of(here),
        here=_("Letters"),
        table=table,
        report_href=reverse("desk:message_report", kwargs={"slug": here.slug}),
    )


@work_area
@require_safe
def messages_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same letters as the list, all of them; never what they say."""
    here = queries.network_of_letters(slug, actor=actor_of(request))
    rows = Wanted.read(request.GET).found(here)
    header = (_("Written"), _("To"), _("Kind"), _("State"), _("Sent"), _("What went wrong"))
    lines = (
        (
            row.queued_at.isoformat(timespec="seconds"), row.recipient, queries.kind_of(row.kind).label,
            MessageState(row.state).label, row.sent_at.isoformat(timespec="seconds") if row.sent_at else "",
            row.fault,
        )
        for row in rows.order_by("-id").iterator(chunk_size=500)
    )  # fmt: skip
    return csv_answer(_("letters"), header, lines)


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """One letter and its story; sending it again asks once more."""
    actor = actor_of(request)
    here = queries.network_of_letters(slug, actor=actor)
    found = queries.letter_at(uid, network=here)
    told = queries.stories_of([found])[0]
    form = ConfirmForm(request.POST or None)

    def act() -> None:
        if "trust" in request.POST:
            trust_address(message=found, by=actor)
        else:
            resend(message=found, by=actor)

    back = _list(here)
    answer = done_once(request, form, act, back=back, said=_("It is done."))
    bad = queries.bad_addresses([found.recipient]).get(found.recipient)
    return answer or page(
        request,
        "desk/message.html",
        here,
        crumb_of(here),
        Crumb(_("Letters"), back),
        here=found.subject or _("A letter"),
        letter=found,
        kind=queries.kind_of(found.kind).label,
        badge=deliveries.badge(told),
        text=_text(found),
        story=_story(told),
        bad=bad,
        form=form_view(form, _("Send it again"), back) if may_be_resent(found) else None,
        trust=form_view(form, _("Trust the address again"), "") if bad else None,
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """A report of a mail server, saved as a file, is dropped in."""
    actor = actor_of(request)
    here = queries.network_of_letters(slug, actor=actor)
    form = ReportForm(request.POST or None, request.FILES or None)

    def act() -> None:
        take_report(content=form.cleaned_data["file"].read(), by=actor, network=here)

    back = _list(here)
    answer = done_once(request, form, act, back=back, said=_("The report is noted at its letter."))
    return answer or page(
        request,
        "desk/message_report.html",
        here,
        crumb_of(here),
        Crumb(_("Letters"), back),
        here=_("Report a letter that came back"),
        form=form_view(form, _("Read the report"), back),
    )


def _list(network: Network) -> str:
    return reverse("desk:messages", kwargs={"slug": network.slug})


def _text(found: Message) -> str:
    """What it says, without its links: nobody answers, or chooses a password, in somebody’s place."""
    if found.kind == ACCOUNT:
        return ""
    return MARK.sub(lambda _found: _("[personal link]"), found.text)


def _story(told: Told) -> Timeline:
    last = told.last
    return Timeline(
        tuple(
            Moment(
                when=event.at,
                title=str(event.get_kind_display()),
                text=event.detail,
                now=event is last,
            )
            for event in told.events
        )
    )


def _table(network: Network, wanted: Wanted, rows: list[Told], paging: Paging) -> Table:
    narrowed = bool(wanted.query)
    return Table(
        caption=_("Letters, the latest first"),
        columns=(
            Column(_("Letter")),
            Column(_("To")),
            Column(_("Kind")),
            Column(_("Written")),
            Column(_("State")),
        ),
        rows=tuple(_row(network, told) for told in rows),
        empty=EmptyState(
            _("Nothing fits") if narrowed else _("No letter yet"),
            _("No letter fits what you asked for.")
            if narrowed
            else _("Here will stand what left for whom, and what became of it."),
            (CardLink(_("Show all"), _list(network)),) if narrowed else (),
        ),
        key="letters",
        paging=paging,
        filters=(
            Filter(
                "stato",
                _("State"),
                wanted.state,
                tuple(Option(state.value, state.label) for state in MessageState),
            ),
            Filter(
                "tipo",
                _("Kind"),
                wanted.kind,
                tuple(Option(kind.key, kind.label) for kind in letter_kinds),
            ),
        ),
        exports=(
            CardLink(
                _("CSV"),
                reverse("desk:messages_csv", kwargs={"slug": network.slug}) + wanted.query,
            ),
        ),
        dense=True,
    )


def _row(network: Network, told: Told) -> Row:
    here = reverse("desk:message", kwargs={"slug": network.slug, "uid": told.message.uid})
    return Row.of(
        Cell(told.message.subject or _("A letter"), here),
        deliveries.recipient_words(told.message),
        str(queries.kind_of(told.message.kind).label),
        instant_words(told.message.queued_at),
        deliveries.badge(told),
    )
