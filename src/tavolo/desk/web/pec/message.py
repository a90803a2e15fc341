"""One PEC: what it says, what of it is certified, what it answers."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.desk.forms import ConfirmForm
from tavolo.desk.forms.pec import BindForm, SetAsideForm
from tavolo.desk.queries import names_of
from tavolo.desk.web.pages import crumb_of, done_once, form_view, page
from tavolo.desk.web.pec.here import crumb_of_pecs, message_here, message_href, number_href
from tavolo.desk.web.pec.overview import (
    answered,
    bound_here,
    decisions,
    facts_of,
    said_of,
    verdict_of,
)
from tavolo.desk.web.pec.tables import integrity_badge, state_badge
from tavolo.kernel import blobs, clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.plugs import Registrable
from tavolo.messages.models import PecMessage
from tavolo.messages.pec import queries
from tavolo.messages.pec.actions import bind_pec, set_aside_pec
from tavolo.messages.pec.choices import PecState
from tavolo.messages.pec.things import REGISTERED
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.words import day_words

FOUND = 10


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """What it says; where a receipt names our letter, one button binds it to that."""
    row = message_here(request, slug, uid)
    actor = actor_of(request)
    proposed = queries.proposals(row, actor) if row.state == PecState.TO_BIND else []
    form = ConfirmForm(request.POST or None if proposed else None)
    proposal = proposed[0] if proposed else None

    def bind() -> None:
        if proposal is not None:
            bind_pec(message=row, kind=proposal.kind, subject=proposal.thing.uid, by=actor)

    answer = done_once(request, form, bind, back=message_href(row), said=_("It is bound."))
    if answer is not None:
        return answer
    decided = queries.bindings_of(row)
    plug = queries.plug_of(queries.PECS)
    return page(
        request,
        "desk/pec/message.html",
        row.network,
        crumb_of(row.network),
        crumb_of_pecs(row.network),
        here=row.subject or _("without a subject"),
        message=row,
        badges=(integrity_badge(row), state_badge(row)),
        verdict=verdict_of(row),
        facts=facts_of(row),
        said=said_of(row),
        proposal=proposal,
        form=form_view(form, _("Bind to this"), "") if proposal else None,
        answered=answered(row, decided, actor),
        bound_here=bound_here(row),
        decisions=decisions(row, decided, names_of(each.decided_by for each in decided), actor),
        number=queries.number_of(row.network, queries.PECS, row.uid),
        number_href=number_href(row.network, plug, row.uid) if plug else "",
        registered=row.kind in REGISTERED,
    )


@work_area
@require_safe
def content(request: HttpRequest, slug: str, uid: UUID) -> FileResponse:
    """The message byte for byte, to be saved and never opened in our origin."""
    row = message_here(request, slug, uid)
    answer = FileResponse(
        blobs.open_blob(row.content_id),
        as_attachment=True,
        filename=f"{row.code}.eml",
        content_type="application/octet-stream",
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def bind(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Look for what it answers, and say which."""
    row = message_here(request, slug, uid)
    actor = actor_of(request)
    words = " ".join(request.GET.get("q", "").split())[:100]
    things = choices(row, words, actor)
    changes = row.state != PecState.TO_BIND
    form = BindForm(request.POST or None, things=things, changes=changes)

    def act() -> None:
        slug_of, _colon, subject = form.cleaned_data["thing"].partition(":")
        kinds = {plug.slug: plug.key for plug in queries.plugs_for(actor, row.network)}
        bind_pec(
            message=row,
            kind=kinds[slug_of],
            subject=UUID(subject),
            reason=form.reason_given,
            by=actor,
        )

    back = message_href(row)
    return done_once(request, form, act, back=back, said=_("It is bound.")) or page(
        request,
        "desk/pec/bind.html",
        row.network,
        crumb_of(row.network),
        crumb_of_pecs(row.network),
        Crumb(row.code, back),
        here=_("What it answers"),
        message=row,
        words=words,
        form=form_view(form, _("Bind"), back) if things else None,
    )


def choices(row: PecMessage, words: str, actor: Actor) -> list[tuple[str, str]]:
    """What can be chosen, by kind, as value and words."""
    return [
        (f"{plug.slug}:{thing.uid}", said_of_thing(str(plug.label), thing))
        for plug in queries.plugs_for(actor, row.network)
        for thing in plug.found(row.network.uid, words, limit=FOUND)
        if thing.uid != row.uid
    ]


def said_of_thing(kind: str, thing: Registrable) -> str:
    """With whom and when: two letters may have the same subject."""
    told = f"{thing.title} ({thing.code})" if thing.code else thing.title
    day = day_words(clock.in_rome(thing.at).date(), weekday=False)
    return ", ".join(filter(None, (f"{kind}: {told}", thing.note, day)))


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    row = message_here(request, slug, uid)
    form = SetAsideForm(request.POST or None)

    def act() -> None:
        set_aside_pec(message=row, reason=form.cleaned_data["reason"], by=actor_of(request))

    back = message_href(row)
    return done_once(request, form, act, back=back, said=_("It is set aside.")) or page(
        request,
        "desk/pec/form.html",
        row.network,
        crumb_of(row.network),
        crumb_of_pecs(row.network),
        Crumb(row.code, back),
        here=_("Set aside"),
        lead=row.subject,
        form=form_view(form, _("Set aside"), back),
    )
