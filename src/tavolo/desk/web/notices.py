"""What happened that concerns whoever is signed in, since she last looked."""

from django.db.models import BigIntegerField, ExpressionWrapper, F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.desk.choices import Happened
from tavolo.desk.forms.notices import ReadForm
from tavolo.desk.models import Notification
from tavolo.desk.notices import mark_read
from tavolo.desk.web.when import moment_words
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.paging import Page, page_of
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Paging

NETWORK_PAGES = {
    Happened.REQUEST_CAME: "desk:request",
    Happened.IMPORT_READY: "desk:import_batch",
}
PAGES = {
    Happened.COMMITMENT_ADDED: "registry:commitment",
    Happened.COMMITMENT_MOVED: "registry:commitment",
    Happened.PROPOSAL_MADE: "registry:proposal",
    Happened.PROPOSAL_ACCEPTED: "registry:proposal",
    Happened.PROPOSAL_DECLINED: "registry:proposal",
}


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """The newest first. Looking changes nothing: they are read once she says so."""
    actor, here = actor_of(request), reverse("desk:notices")
    form = ReadForm(request.POST or None)

    def read() -> str:
        mark_read(until=form.cleaned_data["until"], by=actor)
        return here

    answer = sent_once(request, form, read, said=_("They are marked as read."))
    if answer is not None:
        return answer
    rows = _page(request)
    unread = _unread(request)
    context = {
        "heading": _("Notifications"),
        "rows": [
            (row, *_act(row, actor), moment_words(row.at, on=clock.today())) for row in rows.items
        ],
        "several": len({row.network_id for row in rows.items if row.network_id}) > 1,
        "unread": unread,
        "form": ReadForm(initial={"until": rows.items[0].at.isoformat()}) if rows.items else None,
        "paging": Paging.of(rows, request.GET),
        "nothing": EmptyState(
            _("Nothing has happened yet"),
            _(
                "Here stands what others did that concerns you: answers, proposals, commitments,"
                " files that are checked."
            ),
        ),
        "breadcrumbs": Breadcrumbs((Crumb(_("Today"), reverse("desk:today")),), _("Notifications")),
    }
    return render(request, "desk/notices.html", context)


def unread_count(request: HttpRequest) -> int | None:
    """How many she has not read; one query."""
    return _unread(request) if actor_of(request).person else None


def _unread(request: HttpRequest) -> int:
    return _mine(request).filter(read_at=None).count()


def _mine(request: HttpRequest) -> QuerySet[Notification]:
    person = actor_of(request).person
    rows = Notification.objects.all()
    return rows.filter(person__uid=person) if person else rows.none()


def _page(request: HttpRequest) -> Page[Notification]:
    newest = ExpressionWrapper(-1 * F("id"), output_field=BigIntegerField())
    return page_of(
        _mine(request).select_related("network", "principal").annotate(newest=newest),
        order=("newest",),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )


def _act(row: Notification, actor: Actor) -> tuple[str, str]:
    """What she does about it and where; what concerns another she looks at once she acts for her."""
    if row.principal is not None and row.principal.uid != actor.acting_for:
        return _("Act in her place"), reverse("desk:acting")
    return _("Look"), _href(row)


def _href(row: Notification) -> str:
    kind = Happened(row.kind)
    if kind in PAGES:
        return reverse(PAGES[kind], kwargs={"uid": row.subject})
    if kind in NETWORK_PAGES and row.network:
        return reverse(NETWORK_PAGES[kind], kwargs={"slug": row.network.slug, "uid": row.subject})
    if kind == Happened.INVITATION_ACCEPTED and row.network:
        return reverse("desk:people", kwargs={"slug": row.network.slug})
    return reverse("desk:acting")
