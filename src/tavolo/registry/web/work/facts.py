"""One way to enter a fact, to change, correct, end or withdraw it, whatever its kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tavolo.kernel.errors import NotFound
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import sent_once
from tavolo.registry import queries
from tavolo.registry.forms.facts import (
    About,
    ChangeForm,
    CorrectForm,
    CorrectPersonalForm,
    EndForm,
    FactForm,
    NewFactForm,
    NewPersonalForm,
    ValuesForm,
    WithdrawForm,
)
from tavolo.registry.models import OfficeHolding
from tavolo.registry.queries.in_office import words_of
from tavolo.registry.queries.known import as_known_before, fact_of, facts_of, units_of
from tavolo.registry.web.work import writing
from tavolo.registry.web.work.here import CONFLICT, Here, at_work
from tavolo.registry.web.work.said import (
    called,
    period_words,
    recorded_words,
    said,
    source_words,
)
from tavolo.registry.web.work.sections import Section, section_called
from tavolo.ui.components.form import Fieldset, FormView
from tavolo.ui.components.tabs import Tab, Tabs


@dataclass(frozen=True)
class Way:
    """Something that can be said of a fact: how it stands in the address, on its tab, on its button."""

    slug: str
    label: str | Promise
    lead: str | Promise
    submit: str | Promise
    done: str | Promise
    form: type[FactForm]
    personal_form: type[FactForm]
    write: Callable[[Any, Any, Here], Any]
    # Of what has ended nobody can say that it changes or ends.
    of_ended: bool = False


WAYS = (
    Way(
        "cambiato",
        gettext_lazy("It changed"),
        gettext_lazy("It was so until a day, and is otherwise since. Both stay in the history."),
        gettext_lazy("Write the change"),
        gettext_lazy("The change is written; what held before stays in the history."),
        ChangeForm,
        ChangeForm,
        writing.change,
    ),
    Way(
        "errore",
        gettext_lazy("It was wrong"),
        gettext_lazy("It was written wrongly: it holds for the same time, with the right words."),
        gettext_lazy("Correct"),
        gettext_lazy("Corrected."),
        CorrectForm,
        CorrectPersonalForm,
        writing.correct,
        of_ended=True,
    ),
    Way(
        "fine",
        gettext_lazy("It ended"),
        gettext_lazy("It held until a day, and nothing took its place."),
        gettext_lazy("Write the end"),
        gettext_lazy("The end is written."),
        EndForm,
        EndForm,
        writing.end,
    ),
    Way(
        "mai-vero",
        gettext_lazy("It was never true"),
        gettext_lazy("It leaves the register. Who asks what was known before still finds it."),
        gettext_lazy("Take it out"),
        gettext_lazy("It is taken out of the register."),
        WithdrawForm,
        WithdrawForm,
        writing.withdraw,
        of_ended=True,
    ),
)


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """Enter a fact of this kind; of an office, the delegations with it."""
    here, kind = at_work(request, code), section_called(section)
    _require(here, kind)
    make = NewPersonalForm if kind.personal else NewFactForm
    about = _about(here, kind)
    form = make(request.POST or None, about=about, initial=_asked(request))

    def enter() -> str:
        writing.enter(form, about, here)
        return f"{here.overview}#{kind.slug}"

    answer = sent_once(request, form, enter, said=_("It is in the register."))
    view = FormView(
        form=form,
        submit=kind.add,
        cancel_href=f"{here.overview}#{kind.slug}",
        fieldsets=_fieldsets(form),
    )
    return answer or here.page(
        request, "registry/work_fact_new.html", here=str(kind.add), form=view
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def fact(request: HttpRequest, code: str, section: str, uid: UUID) -> HttpResponse:
    """A fact as it is known, and the four things that can be said of it (`?come=`)."""
    here, kind = at_work(request, code), section_called(section)
    _require(here, kind)
    row = fact_of(here.organisation, kind.model, uid)
    ways = [way for way in WAYS if way.of_ended or row.valid_until is None]
    way = next((way for way in ways if way.slug == request.GET.get("come")), ways[0])
    about = _about(here, kind, row)
    form = (way.personal_form if kind.personal else way.form)(request.POST or None, about=about)

    def write() -> str:
        way.write(form, row, here)
        return f"{here.overview}#{kind.slug}"

    stale = form.is_bound and form.data.get("seen") != str(row.pk)
    answer = None
    if stale:
        form.again(seen=str(row.pk))
        form.full_clean()
    else:
        answer = sent_once(request, form, write, said=str(way.done))
    href = here.href("fact", section=kind.slug, uid=uid)
    return answer or here.page(
        request,
        "registry/work_fact.html",
        here=said(row).words,
        kind=kind,
        fact=_Shown.of(row),
        earlier=[_Shown.of(old) for old in as_known_before(row)],
        tabs=Tabs(
            _("What happened?"),
            tuple(Tab(each.label, f"{href}?come={each.slug}", each is way) for each in ways),
        ),
        form=FormView(
            form=form,
            submit=way.submit,
            cancel_href=f"{here.overview}#{kind.slug}",
            lead=way.lead,
            fieldsets=_fieldsets(form),
        ),
        stale=stale,
        status=CONFLICT if stale else 200,
    )


@dataclass(frozen=True)
class _Shown:
    """A row of a fact, in words."""

    words: str
    note: str
    period: str
    source: str
    recorded: str

    @classmethod
    def of(cls, row: Any) -> "_Shown":
        told = said(row)
        return cls(told.words, told.note, period_words(row), source_words(row), recorded_words(row))


def _fieldsets(form: FactForm) -> tuple[Fieldset, ...]:
    """Of a form with values, its groups."""
    groups = form.groups() if isinstance(form, ValuesForm) else []
    return tuple(Fieldset(legend, names) for legend, names in groups)


def _require(here: Here, section: Section) -> None:
    if not (here.names_persons if section.personal else here.edits):
        raise NotFound


def _about(here: Here, section: Section, row: Any = None) -> About:
    """What can be chosen for such a fact: the units, the networks, those in office."""
    units = units_of(here.organisation) if section.slug in _WITH_UNITS else []
    parts = queries.participations_of(here.organisation) if section.slug == "rappresentanza" else ()
    holders = row is None and section.slug in {"deleghe", "rappresentanza"}
    return About(
        model=section.model,
        organisation=here.organisation,
        by=here.actor,
        fact=row,
        units={unit.code: unit for unit in units},
        networks={part.network.slug: part.network for part in parts},
        holders=_holders(here) if holders else {},
    )


_WITH_UNITS = {"recapiti", "incarichi", "deleghe", "rappresentanza"}


def _holders(here: Here) -> dict[str, Any]:
    rows = [row for row in facts_of(here.organisation, OfficeHolding) if row.valid_until is None]
    ordered = sorted(rows, key=lambda row: row.person.sort_key)
    return {str(row.uid): (row.person, f"{called(row.person)}, {words_of(row)}") for row in ordered}


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What the address fills in beforehand: the office or the matter that is vacant."""
    asked = {"title": "carica", "theme": "materia", "themes": "delega"}
    found: dict[str, Any] = {
        name: request.GET[word] for name, word in asked.items() if word in request.GET
    }
    if "themes" in found:
        found["themes"] = request.GET.getlist("delega")
    return found
