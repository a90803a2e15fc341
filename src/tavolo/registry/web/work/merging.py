"""Two records that are one organisation: side by side, merged with a reason, and set apart again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.people.web.access import work_area
from tavolo.people.web.proving import recently_proved
from tavolo.people.web.sending import sent_once
from tavolo.registry import rules
from tavolo.registry.actions import merge_organisations, unmerge_organisation
from tavolo.registry.forms.base import ConfirmForm
from tavolo.registry.forms.parts import ReasonForm, WhichForm
from tavolo.registry.models import Organisation
from tavolo.registry.queries.known import facts_of_each, units_of
from tavolo.registry.web.work.here import Here, editing
from tavolo.registry.web.work.said import period_words, said
from tavolo.registry.web.work.sections import SECTIONS, Section
from tavolo.ui.components.confirmation import Confirmation
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.form import FormView
from tavolo.ui.components.table import Cell, Column, Row, Table

SHOWN = 5


@work_area
@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, code: str) -> HttpResponse:
    """Which other record is the same (`?con=`), both beside each other, and one confirmation."""
    here = editing(request, code)
    if here.organisation.merged_into is not None:
        return _unmerge(request, here, here.organisation.merged_into)
    which = WhichForm(request.GET if "con" in request.GET else None)
    other = which.cleaned_data["con"] if which.is_valid() else None
    if other is not None and other.pk == here.organisation.pk:
        which.add_error("con", _("This is the record itself. Write the name of the other one."))
        other = None
    if other is None:
        return here.page(
            request, "registry/work_merge.html", here=_("It is there twice"), which=which
        )
    return _merge(request, here, other)


def _merge(request: HttpRequest, here: Here, other: Organisation) -> HttpResponse:
    form = ReasonForm(request.POST or None)

    def write() -> str:
        merge_organisations(
            organisation=here.organisation,
            into=other,
            reason=form.cleaned_data["reason"],
            by=here.actor,
        )
        return here.overview

    answer = sent_once(request, form, write, said=_("The two records are one organisation."))
    names = {"this": here.organisation.name, "other": other.name}
    question = Confirmation(
        question=_("Is “%(this)s” the same organisation as “%(other)s”?") % names,
        consequences=(
            _("The record “%(other)s” stays; whoever opens this one is led there.") % names,
            _("What is known of both stays where it is written, with its days."),
            _("It can be undone."),
        ),
        form=FormView(
            form=form, submit=_("They are the same: merge"), cancel_href=here.href("merge")
        ),
    )
    return answer or here.page(
        request,
        "registry/work_merge.html",
        here=_("It is there twice"),
        compared=_beside(here, other),
        question=question,
    )


def _unmerge(request: HttpRequest, here: Here, survivor: Organisation) -> HttpResponse:
    form = ConfirmForm(request.POST or None)

    def write() -> str:
        unmerge_organisation(organisation=here.organisation, by=here.actor)
        return here.overview

    answer = sent_once(request, form, write, said=_("They are two organisations again."))
    names = {"this": here.organisation.name, "other": survivor.name}
    question = Confirmation(
        question=_("Are “%(this)s” and “%(other)s” two organisations after all?") % names,
        consequences=(
            _("“%(this)s” stands in lists and in the search again, with all that was known of it.")
            % names,
            _("“%(other)s” stays as it is.") % names,
        ),
        form=FormView(form=form, submit=_("Undo the merger"), cancel_href=here.overview),
    )
    return answer or here.page(
        request,
        "registry/work_merge.html",
        here=_("Undo the merger"),
        compared=_beside(here, survivor),
        question=question,
    )


def _beside(here: Here, other: Organisation) -> Table:
    """What is known of both, kind by kind, as far as she is shown it."""
    one = here.organisation
    rows = [
        Row((Cell(section.title), *(Cell(words) for words in _known(here, section, other))))
        for section in SECTIONS
    ]
    both = units_of(one, other)
    units = [
        [unit.name for unit in both if unit.organisation_id == each.pk] for each in (one, other)
    ]
    rows.append(Row((Cell(_("Units")), *(Cell(_few(names)) for names in units))))
    return Table(
        caption=_("What is known of both"),
        columns=(Column(_("What")), Column(one.name), Column(other.name)),
        rows=tuple(rows),
        empty=EmptyState(_("Nothing yet"), _("Nothing is entered here.")),
        key="confronto",
        dense=True,
    )


def _known(here: Here, section: Section, other: Organisation) -> list[str]:
    """Of each of the two what is known of that kind."""
    both = (here.organisation, other)
    found = facts_of_each(both, section.model)
    return [
        _few(
            [
                _one(row)
                for row in found[each.pk]
                if row.organisation_id == each.pk and _is_shown(here, section, row, each)
            ]
        )
        for each in both
    ]


def _is_shown(here: Here, section: Section, row: Any, organisation: Organisation) -> bool:
    """Of what another network stewards she is shown what is public, and nothing of its persons."""
    steward = organisation.steward.uid
    if section.personal:
        return rules.may_affiliate(here.actor, steward)
    return rules.may_edit_organisation(here.actor, steward) or getattr(row, "public", True)


def _few(told: list[str]) -> str:
    """The first of them, and how many more."""
    more = [_("and %(number)d more") % {"number": len(told) - SHOWN}] if len(told) > SHOWN else []
    return "; ".join([*told[:SHOWN], *more]) or _("nothing")


def _one(row: Any) -> str:
    told = said(row)
    words = f"{told.words} ({told.note})" if told.note else told.words
    return f"{words}, {period_words(row)}"
