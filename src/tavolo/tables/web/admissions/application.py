"""One application at work: what it says, where its check stands, all that happened, what can be done."""

from collections import defaultdict
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.people.web.access import work_area
from tavolo.tables.checking.choices import Answer, StepKind
from tavolo.tables.choices import ApplicationWay, Category, DelegateKind, Timing
from tavolo.tables.models import (
    Application,
    ApplicationGroup,
    Check,
    CheckAnswer,
    ChecklistItem,
    CheckStep,
)
from tavolo.tables.queries.admissions import (
    Desk,
    Whole,
    application_of,
    check_of,
    whole_check,
)
from tavolo.tables.web.admissions.applications import badge_of
from tavolo.tables.web.admissions.frame import crumb, desk_at, href, page
from tavolo.tables.web.admissions.moves import STEPS
from tavolo.ui.address import address
from tavolo.ui.components.badge import Badge, State
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table
from tavolo.ui.components.timeline import Moment, Timeline
from tavolo.ui.words import day_words, instant_words

ANSWERS: dict[Answer, State] = {
    Answer.MET: "done",
    Answer.NOT_MET: "not",
    Answer.NOT_APPLICABLE: "off",
}


@work_area
@require_safe
def application(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """For the secretariat and the commissioners of the notice."""
    desk = desk_at(request, code)
    row = application_of(desk, uid)
    check = check_of(row)
    whole = whole_check(check) if check else None
    return page(
        request,
        "tables/work_application.html",
        desk,
        crumb(desk),
        here=row.name,
        badge=badge_of(row),
        lines=_lines(row, check),
        moves=_moves(desk, row),
        checklist=_checklist(whole) if whole else None,
        points=_points(whole) if whole and whole.criteria else None,
        story=_story(whole, desk.notice.network.slug) if whole and whole.steps else None,
    )


def _moves(desk: Desk, row: Application) -> list[tuple[str, str]]:
    return [
        (str(step.label), href(desk, "check_move", uid=row.uid, move=step.slug))
        for step in STEPS
        if step.move in desk.moves(row)
    ]


Lines = list[tuple[str, str]]


def _lines(row: Application, check: Check | None) -> Lines:
    """How it came and until when it is checked, who applies, what she says, what is proposed."""
    return [
        (_("Receipt"), row.code),
        (_("Received"), instant_words(row.counts_at) if row.counts_at else ""),
        (_("In time"), str(Timing(row.timing).label)),
        (_("Way"), str(ApplicationWay(row.way).label)),
        *_of_check(check),
        *_of_applicant(row),
        (_("Groups chosen"), ", ".join(one.group.name for one in _chosen(row))),
        (_("Delegates"), "\n".join(_delegates(row))),
    ]


def _of_check(check: Check | None) -> Lines:
    if check is None:
        return []
    due, waits = check.due_on, check.waits_until
    return [
        (_("To be concluded by"), day_words(due) if due else ""),
        (_("To be answered by"), day_words(waits) if waits else ""),
        (_("Outcome proposed"), check.get_outcome_display()),
        (_("Reserve"), check.reserve),
        (_("Reason"), check.reason),
    ]


def _of_applicant(row: Application) -> Lines:
    registered = row.organisation.name if row.organisation else _("not in the register yet")
    return [
        (_("Organisation"), registered),
        (_("Category"), str(Category(row.category).label) if row.category else ""),
        (_("Tax code"), row.tax_code),
        (_("Registered office"), row.seat),
        (_("Office in the territory"), row.local_seat),
        (_("Legal representative"), row.representative),
        (_("E-mail"), row.email),
        (_("PEC"), row.pec_address),
        (_("Statutory aim"), row.aim),
        (_("What it did in the last three years"), row.activity),
        (_("Why it takes part, and what it proposes"), row.motivation),
    ]


def _chosen(row: Application) -> list[ApplicationGroup]:
    return list(row.groups.select_related("group").order_by("id"))


def _delegates(row: Application) -> list[str]:
    return [
        f"{one.given_name} {one.family_name} ({DelegateKind(one.kind).label})"
        for one in row.delegates.order_by("kind", "id")
    ]


def _checklist(whole: Whole) -> Table:
    return Table(
        caption=_("Checklist"),
        columns=(
            Column(_("What is looked at")),
            Column(_("Answer")),
            Column(_("Why")),
            Column(_("When")),
        ),
        rows=tuple(_item(item, said, whole) for item, said in whole.items),
        empty=EmptyState(_("No item"), _("It is not said what is checked.")),
        key="items",
        caption_hidden=True,
    )


def _item(item: ChecklistItem, said: CheckAnswer | None, whole: Whole) -> Row:
    words = f"{item.number}. {item.words}"
    if said is None:
        return Row.of(words, Cell(Badge("off", _("not looked at yet"))), "", "")
    answer = Answer(said.answer)
    name = whole.names.get(said.by, "") if said.by else ""
    badge = Badge(ANSWERS[answer], answer.label)
    return Row.of(words, Cell(badge), said.why, Cell(instant_words(said.at), note=name))


def _points(whole: Whole) -> Table:
    given = defaultdict(list)
    for score in whole.scores:
        given[score.criterion_id].append(f"{score.person.name}: {score.points}")
    return Table(
        caption=_("Points"),
        columns=(Column(_("Criterion")), Column(_("At most"), numeric=True), Column(_("Given"))),
        rows=tuple(
            Row.of(f"{row.number}. {row.words}", str(row.most), "; ".join(given[row.pk]))
            for row in whole.criteria
        ),
        empty=EmptyState(_("No criterion"), _("It is not said by what it is judged.")),
        key="points",
        caption_hidden=True,
    )


def _story(whole: Whole, slug: str) -> Timeline:
    return Timeline(tuple(_moment(step, whole, slug) for step in whole.steps))


def _moment(step: CheckStep, whole: Whole, slug: str) -> Moment:
    """Who, when, why, with which document, by which letter, until when."""
    name = whole.names.get(step.by, "") if step.by else ""
    told = [
        step.words,
        _("Document: %(paper)s") % {"paper": step.paper} if step.paper else "",
        _("Until %(day)s") % {"day": day_words(step.until)} if step.until else "",
        _("Entered by %(name)s") % {"name": name} if name else "",
    ]
    letter = address(f"/lavoro/reti/{slug}/messaggi/{step.letter}/") if step.letter else ""
    return Moment(
        when=step.on,
        title=StepKind(step.kind).label,
        text=" · ".join(part for part in told if part),
        links=(CardLink(_("The letter"), letter),) if letter else (),
    )
