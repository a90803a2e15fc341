"""A notice of a group of Milano whose applications are checked and decided: invented, and it says so."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.clock import ROME
from tavolo.kernel.plugs import DemoContext, Example, demo_parts
from tavolo.registry.models import Organisation
from tavolo.tables.actions.admitting import adopt_admission
from tavolo.tables.actions.admitting.adopting import ActSaid
from tavolo.tables.actions.applications import Answers, recognise_applicant, register_on_paper
from tavolo.tables.actions.checking import answer_items, begin_check, conclude_check
from tavolo.tables.actions.checking.looking import Said
from tavolo.tables.actions.notices import draft_notice, publish_notice
from tavolo.tables.models import AdmissionAct, Application, Body, Check, ChecklistItem, Notice, Seat

TITLE = "Avviso inventato per la dimostrazione: adesioni al gruppo"
INVENTED = "Atto inventato per la dimostrazione"
OPEN, CLOSED = timedelta(60), timedelta(20)


class Seated:
    """Two admitted by an act, a third that waits to be checked."""

    key = "tables.seated"

    def load(self, context: DemoContext) -> None:
        context.say(str(_("Applications")))
        today = min(context.reference_day, clock.today())
        notice = _notice(today)
        rows = [_application(notice, one, today) for one in _applicants(notice.body)]
        checks = [_concluded(row) for row in rows[:2]]
        said = ActSaid("determination", "1", clock.today(), INVENTED)
        uids = [check.uid for check in checks]
        adopt_admission(notice=notice, act=said, checks=uids, by=OPERATOR)
        begin_check(application=rows[2], by=OPERATOR)

    def examples(self) -> list[Example]:
        act = AdmissionAct.objects.filter(notice__name=TITLE).get()
        code = {"code": act.notice.code}
        open_one = Application.objects.filter(notice=act.notice).order_by("-number")[0]
        one = {**code, "uid": open_one.uid}
        return [
            Example("tables:admitted", code),
            Example("tables:applications", code, who="secretary"),
            Example("tables:applications", code, query="?stato=admitted", who="secretary"),
            Example("tables:application", one, who="secretary"),
            Example("tables:check_move", {**one, "move": "verifica"}, who="secretary"),
            Example("tables:check_move", {**one, "move": "integrazione"}, who="secretary"),
            Example("tables:check_move", {**one, "move": "conclusione"}, who="secretary"),
            Example("tables:adopt_admission", code, who="secretary"),
            Example("tables:withdraw_admission", {**code, "uid": act.uid}, who="secretary"),
        ]


def _notice(today: date) -> Notice:
    body = Body.objects.filter(network__slug="milano", kind="thematic_group").order_by("number")[0]
    notice = draft_notice(
        body=body,
        name=TITLE,
        act_kind="determination",
        act=INVENTED,
        purpose="Far crescere il gruppo di lavoro.",
        requirements="Sede nel territorio\nScopo statutario pertinente",
        ways=["paper"],
        contact="Segreteria della rete",
        privacy="I dati servono solo per questo avviso.",
        opens_at=_noon(today - OPEN),
        closes_at=_noon(today - CLOSED),
        by=OPERATOR,
    )
    return publish_notice(notice=notice, by=OPERATOR)


def _applicants(body: Body) -> list[Organisation]:
    """Three associations that sit at the table and not in the group, by name."""
    seats = Seat.objects.known().filter(body=body.parent, category="association", title="")
    there = Seat.objects.known().filter(body=body).values("organisation")
    rows = Organisation.objects.filter(pk__in=seats.values("organisation")).exclude(pk__in=there)
    return list(rows.order_by("sort_key", "id")[:3])


def _application(notice: Notice, organisation: Organisation, today: date) -> Application:
    row = register_on_paper(
        notice=notice,
        received=_noon(today - CLOSED) - timedelta(days=3),
        answers=Answers({"name": organisation.name, "category": "association"}),
        by=OPERATOR,
    )
    return recognise_applicant(
        application=row, organisation=organisation, expected=row.version, by=OPERATOR
    )


def _concluded(application: Application) -> Check:
    check = begin_check(application=application, by=OPERATOR)
    items = ChecklistItem.objects.filter(notice=application.notice)
    answers = {item.number: Said("met") for item in items}
    check = answer_items(check=check, answers=answers, version=check.version, by=OPERATOR)
    return conclude_check(check=check, outcome="admitted", version=check.version, by=OPERATOR)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ROME)


demo_parts.add(Seated())
