"""The regulation of a body at work: begun from a preset, said in words, tried, adopted, corrected."""

from collections import Counter
from collections.abc import Iterable, Mapping
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
from tavolo.tables.regulation.forms import OF_THE_ACT, SAMPLE, AdoptForm, CorrectForm, RulesForm
from tavolo.tables.regulation.labels import SECTIONS
from tavolo.tables.regulation.plain import paths, plain
from tavolo.tables.regulation.presets import preset_for, presets
from tavolo.tables.regulation.rules import Regulation
from tavolo.tables.regulation.samples import Sample, replay
from tavolo.tables.regulation.sentences import say, sentences
from tavolo.tables.regulation.sentences.results import result_words
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.form import FieldView, FormView

TEMPLATE = "tables/work_regulation.html"


@dataclass(frozen=True)
class Said:
    """A sentence, and where its rule comes from where that is another source than most have."""

    words: str
    source: str


@dataclass(frozen=True)
class Beginning:
    """Rules to begin from: of the preset of that `key`, or with "" the last that were adopted."""

    key: str
    note: str
    regulation: Regulation
    sources: Mapping[str, str]


@dataclass(frozen=True)
class Section:
    """A section of the rules: what they say, and the fields that ask for them."""

    heading: str
    lines: tuple[Said, ...]
    fields: tuple[FieldView, ...]

    @property
    def is_open(self) -> bool:
        """Whether one of its answers is to be corrected."""
        return any(field.errors for field in self.fields)


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def regulation(request: HttpRequest, code: str) -> HttpResponse:
    """The rules to adopt, begun from the last adopted or a preset: what they say and would do, and the act."""
    body, actor = _here(request, code)
    adopted = regulations_of(body)
    begun = _beginning(request, body, adopted)
    form = AdoptForm(request.POST or None, begun=begun.regulation, initial={"preset": begun.key})

    def adopt() -> str:
        told = form.cleaned_data
        adopt_regulation(
            body=body,
            regulation=told["regulation"],
            since=told["since"],
            act=told["act"],
            sources=_kept(begun.sources, begun.regulation, told["regulation"]),
            preset=begun.key,
            by=actor,
        )
        return _address(body)

    answer = None if form.tried else sent_once(request, form, adopt, said=_("It is in force."))
    return answer or _page(
        request,
        body,
        here="",
        submit=_("Put it in force"),
        **_told(form, begun.regulation, begun.sources),
        chosen=begun,
        presets=list(presets().values()),
        adopted=_adopted(body, adopted),
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
    return answer or _page(
        request,
        body,
        here=_("Correct the regulation"),
        submit=_("Correct it"),
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


def _beginning(request: HttpRequest, body: Body, adopted: list[BodyRegulation]) -> Beginning:
    """The preset that was chosen, else what is in force, else what is usual for the kind of body."""
    asked = request.POST.get("preset") or request.GET.get("da", "")
    if asked not in presets() and adopted:
        row = adopted[0]
        return Beginning("", row.act, row.regulation, row.sources)
    preset = presets().get(asked) or preset_for(body.kind)
    return Beginning(preset.key, preset.note, preset.regulation, preset.sources)


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
        "c": FormView(form),
        "rules": _sections(form, now, kept, usual),
        "numbers": _fields(form, SAMPLE),
        "of_the_act": _fields(form, [name for name in form.fields if name in OF_THE_ACT]),
        "usual": usual,
        "results": result_words(found),
        "applied": [say(now, path) for path in found.rules],
        "tried": form.tried and bool(answers),
    }


def _sections(
    form: RulesForm, now: Regulation, kept: Mapping[str, str], usual: str
) -> list[Section]:
    said: dict[str, list[Said]] = {section: [] for section in SECTIONS}
    for each in sentences(now):
        source = kept.get(each.path, _("chosen here"))
        said[each.section].append(Said(each.words, "" if source == usual else source))
    return [
        Section(str(SECTIONS[key]), tuple(lines), _fields(form, form.names[key]))
        for key, lines in said.items()
    ]


def _fields(form: RulesForm, names: Iterable[str]) -> tuple[FieldView, ...]:
    return tuple(FieldView(form[name]) for name in names)


def _adopted(body: Body, rows: list[BodyRegulation]) -> list[tuple[BodyRegulation, bool, str]]:
    """Each that was adopted, whether it is in force today, and where it is corrected."""
    today = clock.today()
    return [
        (row, today in row.period, reverse("tables:correct_regulation", args=[body.code, row.uid]))
        for row in rows
    ]


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
