"""The regulation of a body at work: begun from a preset, said in words, tried, adopted, corrected."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.tables import rules
from tavolo.tables.actions import adopt_regulation, correct_regulation
from tavolo.tables.models import Body, BodyRegulation
from tavolo.tables.queries.bodies import body_by_code
from tavolo.tables.queries.regulations import (
    regulation_as_read,
    regulation_by_uid,
    regulations_of,
)
from tavolo.tables.regulation.forms import AdoptForm, CorrectForm, RulesForm
from tavolo.tables.regulation.labels import SECTIONS
from tavolo.tables.regulation.plain import paths, plain
from tavolo.tables.regulation.presets import Preset, preset_for, presets
from tavolo.tables.regulation.rules import Regulation
from tavolo.tables.regulation.samples import Sample, replay
from tavolo.tables.regulation.sentences import say, sentences
from tavolo.tables.regulation.sentences.results import result_words
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.form import FormView

TEMPLATE = "tables/work_regulation.html"


@dataclass(frozen=True)
class Said:
    """A sentence, and where its rule comes from where that is another source than most have."""

    words: str
    source: str


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def regulation(request: HttpRequest, code: str) -> HttpResponse:
    """The rules to adopt, begun from a preset: what they say, what they would do, and the act."""
    body, actor = _here(request, code)
    preset = _preset(request, body)
    form = AdoptForm(request.POST or None, begun=preset.regulation, initial={"preset": preset.key})

    def adopt() -> str:
        told = form.cleaned_data
        adopt_regulation(
            body=body,
            regulation=told["regulation"],
            since=told["since"],
            act=told["act"],
            sources=_kept(preset.sources, preset.regulation, told["regulation"]),
            preset=preset.key,
            by=actor,
        )
        return _address(body)

    answer = None if form.tried else sent_once(request, form, adopt, said=_("It is in force."))
    view = _form(form, body, _("Put it in force"))
    return answer or _page(
        request,
        body,
        here="",
        form=view,
        **_told(form, preset.regulation, preset.sources),
        chosen=preset,
        presets=list(presets().values()),
        adopted=_adopted(body),
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """What was entered wrongly of a regulation: said anew from its first day, with the reason."""
    body, actor = _here(request, code)
    row = regulation_by_uid(body, uid)
    if row is None:
        raise NotFound
    start = {"known": row.pk, "act": row.act}
    form = CorrectForm(request.POST or None, begun=row.regulation, initial=start)

    def mend() -> str:
        told = form.cleaned_data
        read = regulation_as_read(body, uid, told["known"]) or row
        correct_regulation(
            adopted=read,
            regulation=told["regulation"],
            act=told["act"],
            reason=told["reason"],
            sources=_kept(row.sources, row.regulation, told["regulation"]),
            by=actor,
        )
        return _address(body)

    answer = None if form.tried else sent_once(request, form, mend, said=_("It is corrected."))
    view = _form(form, body, _("Correct it"))
    return answer or _page(
        request,
        body,
        here=_("Correct the regulation"),
        form=view,
        **_told(form, row.regulation, row.sources),
        correcting=row,
    )


def _here(request: HttpRequest, code: str) -> tuple[Body, Actor]:
    """For whoever runs the bodies of its network. Refuses with NotFound everybody else."""
    actor = actor_of(request)
    if not rules.runs_some_bodies(actor):
        raise NotFound
    body = body_by_code(code)
    if not rules.may_run_bodies(actor, body.network.uid):
        raise NotFound
    return body, actor


def _preset(request: HttpRequest, body: Body) -> Preset:
    """The one that was chosen, else what is usual for its kind."""
    asked = request.POST.get("preset") or request.GET.get("da", "")
    return presets().get(asked) or preset_for(body.kind)


def _kept(sources: Mapping[str, str], begun: Regulation, now: Regulation) -> dict[str, str]:
    """The sources of the rules that stayed as they were; of the others the act is the source."""
    before, after = plain(begun), plain(now)
    return {
        path: sources[path]
        for path in paths()
        if path in sources and _rule(before, path) == _rule(after, path)
    }


def _rule(told: Mapping[str, Any], path: str) -> Any:
    section, _dot, name = path.partition(".")
    return told[section][name]


def _told(form: RulesForm, begun: Regulation, sources: Mapping[str, str]) -> dict[str, Any]:
    """What the rules say, and what they make of the sample."""
    answers = form.cleaned_data if form.is_bound and form.is_valid() else {}
    now = answers.get("regulation", begun)
    sample = answers.get("sample", Sample())
    kept = _kept(sources, begun, now)
    common = Counter(kept.values()).most_common(1)
    usual = common[0][0] if common else ""
    found = replay(now, sample)
    return {
        "sections": _sections(now, kept, usual),
        "usual": usual,
        "sample": sample,
        "results": result_words(found),
        "applied": [say(now, path) for path in found.rules],
        "tried": form.tried and bool(answers),
    }


def _sections(now: Regulation, kept: Mapping[str, str], usual: str) -> list[tuple[str, list[Said]]]:
    found: dict[str, list[Said]] = {section: [] for section in SECTIONS}
    for each in sentences(now):
        source = kept.get(each.path, "" if not kept else _("chosen here"))
        found[each.section].append(Said(each.words, "" if source == usual else source))
    return [(str(SECTIONS[section]), lines) for section, lines in found.items()]


def _adopted(body: Body) -> list[tuple[BodyRegulation, bool, str]]:
    """Each that was adopted, whether it is in force today, and where it is corrected."""
    today = clock.today()
    return [
        (row, today in row.period, reverse("tables:correct_regulation", args=[body.code, row.uid]))
        for row in regulations_of(body)
    ]


def _form(form: RulesForm, body: Body, submit: str) -> FormView:
    return FormView(
        form=form,
        submit=submit,
        preview=_("Try these rules"),
        cancel_href=reverse("tables:body", args=[body.code]),
        fieldsets=form.fieldsets,
    )


def _address(body: Body) -> str:
    return reverse("tables:regulation", args=[body.code])


def _page(request: HttpRequest, body: Body, *, here: str, **context: Any) -> HttpResponse:
    above = [Crumb(body.name, reverse("tables:body", args=[body.code]))]
    above += [Crumb(_("Regulation"), _address(body))] if here else []
    heading = here or _("Regulation")
    frame = {
        "body": body,
        "heading": heading,
        "breadcrumbs": Breadcrumbs(tuple(above), heading),
    }
    return render(request, TEMPLATE, {**frame, **context})
