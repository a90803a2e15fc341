"""The deputies of a network: who acts for whom, for what and until when; appointing and revoking."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.desk import actions, queries
from tavolo.desk.forms import ConfirmForm
from tavolo.desk.forms.deputies import AppointDeputyForm
from tavolo.desk.web.pages import crumbs_to, done_once, form_view, page
from tavolo.desk.web.tables import called
from tavolo.kernel import clock
from tavolo.kernel.actor import parts_of_work
from tavolo.kernel.models import Network
from tavolo.kernel.paging import page_of
from tavolo.people.web.access import work_area
from tavolo.people.web.proving import recently_proved
from tavolo.people.web.sending import actor_of
from tavolo.registry.actions import revoke_deputy
from tavolo.registry.choices import DeputyKind
from tavolo.registry.models import Deputy
from tavolo.registry.queries import deputies_ended, deputies_in, deputy_at
from tavolo.registry.rules import runs_network
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.confirmation import Confirmation
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.form import Fieldset
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table
from tavolo.ui.words import since_words, until_words

SHOWN = 50
OFFERED_PERSON = ("deputy", "email", "all_the_same", "given_name", "family_name")


@work_area
@require_safe
def deputies(request: HttpRequest, slug: str) -> HttpResponse:
    actor, day = actor_of(request), clock.today()
    here = queries.deputising_at(actor, slug)
    held = page_of(
        deputies_in(here, actor=actor, on=day).annotate(sort_key=F("principal__sort_key")),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    ended = list(deputies_ended(here, actor=actor, on=day)[:SHOWN])
    return page(
        request,
        "desk/deputies.html",
        here,
        *crumbs_to(here, actor),
        here=_("Deputies"),
        held=table(here, held.items, Paging.of(held, request.GET)),
        ended=_past(ended) if ended else None,
    )


@work_area
@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, slug: str) -> HttpResponse:
    actor, day = actor_of(request), clock.today()
    here = queries.deputising_at(actor, slug)
    form = AppointDeputyForm(
        request.POST or None,
        holdings=queries.what_can_be_given(here, actor=actor, on=day),
        persons=queries.possible_deputies(here, actor=actor, on=day),
        inviting=runs_network(actor, here.uid),
    )

    def act() -> None:
        told = form.cleaned_data
        principal, organisation, _words = form.holdings[told["given"]]
        actions.name_deputy(
            network=here,
            principal=principal,
            organisation=organisation,
            deputy=form.persons.get(told["deputy"]),
            email=told.get("email", ""),
            given_name=told.get("given_name", ""),
            family_name=told.get("family_name", ""),
            kind=told["kind"],
            parts=form.given_parts,
            act=told["act"],
            since=told["since"],
            last_day=told["last_day"],
            by=actor,
        )

    back = deputies_of(here)
    return done_once(request, form, act, back=back, said=_("The deputy is named.")) or page(
        request,
        "desk/deputy_new.html",
        here,
        *crumbs_to(here, actor),
        Crumb(_("Deputies"), back),
        here=_("Name a deputy"),
        form=form_view(form, _("Name the deputy"), back, fieldsets=_fieldsets(form)),
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """What was given, and its end, asked for once more before it is done."""
    actor, day = actor_of(request), clock.today()
    here = queries.deputising_at(actor, slug)
    found = deputy_at(here, uid, actor=actor, on=day)
    back, form = deputies_of(here), ConfirmForm(request.POST or None)
    answer = done_once(
        request,
        form,
        lambda: revoke_deputy(deputy=found, by=actor),
        back=back,
        said=_("From now on she does not act for her any more."),
    )
    names = {"deputy": called(found.deputy), "principal": called(found.principal)}
    question = Confirmation(
        question=_("Shall %(deputy)s stop acting for %(principal)s now?") % names,
        consequences=(
            _("What was given to her: %(words)s.") % {"words": grants_words(found)},
            _("It ends at once; what she has done until now remains as it is, under both names."),
        ),
        form=form_view(form, _("Revoke"), back),
    )
    return answer or page(
        request,
        "desk/confirm.html",
        here,
        *crumbs_to(here, actor),
        Crumb(_("Deputies"), back),
        here=_("Revoking a deputy"),
        question=question,
    )


def deputies_of(network: Network) -> str:
    return reverse("desk:deputies", kwargs={"slug": network.slug})


def grants_words(row: Deputy) -> str:
    """In words, "Rete Milano, come segreteria: Import, Territorio; fino al 31 dicembre 2026"."""
    told = {
        "network": row.network.name,
        "what": row.organisation.name if row.organisation else _("secretariat"),
        "parts": parts_words(row),
        "until": until_words(row.valid_until) if row.valid_until else "",
    }
    return _("%(network)s, %(what)s: %(parts)s; %(until)s") % told


def parts_words(row: Deputy) -> str:
    """The parts of the work by name; a part that is no more by its key."""
    labels = {part.key: str(part.label) for part in parts_of_work}
    return ", ".join(labels.get(key, key) for key in row.parts) or _("everything")


def table(network: Network, rows: Sequence[Deputy], paging: Paging) -> Table:
    here = {"slug": network.slug}
    return Table(
        caption=_("Who acts for whom"),
        columns=(*_columns(), Column(_("To do"))),
        rows=tuple(
            Row(
                (
                    *_cells(row),
                    Cell(
                        _("Revoke"),
                        reverse("desk:deputy", kwargs={**here, "uid": row.uid}),
                    ),
                )
            )
            for row in rows
        ),
        empty=EmptyState(
            _("No deputies yet"),
            _(
                "Whoever holds an office, or acts for an organisation, can let somebody do a part of"
                " her work in her place, for a time."
            ),
            (CardLink(_("Name a deputy"), reverse("desk:deputy_new", kwargs=here)),),
        ),
        key="deputies",
        paging=paging,
        dense=True,
    )


def _past(rows: Sequence[Deputy]) -> Table:
    return Table(
        caption=_("Who acted for whom"),
        columns=_columns(),
        rows=tuple(Row(_cells(row)) for row in rows),
        empty=EmptyState(_("Nobody"), _("Nobody has acted for anybody here.")),
        key="past",
        dense=True,
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Who stands in")),
        Column(_("In whose place")),
        Column(_("Parts of the work")),
        Column(_("Since when and until when")),
        Column(_("Act")),
    )


def _cells(row: Deputy) -> tuple[Cell, ...]:
    what = row.organisation.name if row.organisation else _("secretariat")
    return (
        Cell(called(row.deputy), note=DeputyKind(row.kind).label),
        Cell(called(row.principal), note=what),
        Cell(parts_words(row)),
        Cell(
            since_words(row.valid_from) if row.valid_from else "",
            note=until_words(row.valid_until) if row.valid_until else "",
        ),
        Cell(row.act or _("not stated")),
    )


def _fieldsets(form: AppointDeputyForm) -> tuple[Fieldset, ...]:
    who = tuple(name for name in OFFERED_PERSON if name in form.fields)
    return (
        Fieldset(_("In whose place"), ("given",)),
        Fieldset(_("Who"), (*who, "kind")),
        Fieldset(_("For what, and until when"), ("parts", "since", "last_day", "act")),
    )
