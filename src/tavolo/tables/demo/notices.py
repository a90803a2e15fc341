"""The notice of Milano as its source tells of it; one that is open, and a draft: both invented, and they say so."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.clock import ROME
from tavolo.kernel.plugs import DemoContext, Example, demo_parts
from tavolo.messages.models import PecMessage, SignedLink
from tavolo.messages.tokens import token_of
from tavolo.registry.demo.milano import SOURCE
from tavolo.registry.queries import networks
from tavolo.tables.actions.applications import (
    DRAFT_PURPOSE,
    Answers,
    begin_application,
    save_draft,
)
from tavolo.tables.actions.notices import Asked, draft_notice, publish_notice
from tavolo.tables.demo.milano import NOTICE
from tavolo.tables.models import Body, Notice

TABLE = "tavolo-permanente-sulle-pari-opportunita"
TITLE = "Avviso inventato per la dimostrazione: adesioni aperte tutto l’anno"
DRAFT = "Bozza inventata per la dimostrazione"
BY_PEC = "Bozza inventata per la dimostrazione: si risponde per PEC"
INVENTED = "Atto inventato per la dimostrazione"
SINCE = timedelta(10)


class Notices:
    """Three notices for the table of Milano, and an expression of interest that somebody began."""

    key = "tables.notices"

    def load(self, context: DemoContext) -> None:
        context.say(str(_("Public notices")))
        table = Body.objects.select_related("network", "promoter").get(code=TABLE)
        _as_told(table)
        notice = _invented(table, min(context.reference_day, clock.today()))
        row = begin_application(notice=notice, email="prova@associazione.example")
        link = SignedLink.objects.get(subject=row.uid)
        answers = Answers({"name": "Associazione di prova", "way": "scanned"})
        save_draft(application=row, expected=row.version, answers=answers, link=link)
        draft_notice(body=table, name=DRAFT, by=OPERATOR)
        # The network to which the demonstration's PEC come.
        first = Body.objects.filter(network=networks().first(), parent=None).order_by("id").first()
        if first is not None:
            draft_notice(body=first, name=BY_PEC, ways=["pec"], by=OPERATOR)

    def examples(self) -> list[Example]:
        notice, draft = (Notice.objects.get(name=name) for name in (TITLE, DRAFT))
        code, of_draft = {"code": notice.code}, {"code": draft.code}
        link = SignedLink.objects.filter(purpose=DRAFT_PURPOSE).order_by("id")[0]
        token = {"token": token_of(link.uid)}
        answered = Notice.objects.filter(name=BY_PEC).first()
        pecs = PecMessage.objects.filter(network=answered.network) if answered else None
        pec = pecs.order_by("id").first() if pecs is not None else None
        by_pec = (
            [_at("tables:register_by_pec", code=answered.code, uid=pec.uid)]
            if answered and pec
            else []
        )
        return [
            Example("tables:notices"),
            Example("tables:notice", code),
            Example("tables:notice_pdf", code),
            Example("tables:begin", code),
            Example("tables:apply", token),
            *(Example("tables:apply", token, query=f"?passo={step}") for step in range(2, 7)),
            Example("tables:apply_pdf", token),
            _at("tables:work_notices"),
            _at("tables:new_notice", body=TABLE),
            _at("tables:work_notice", **code),
            _at("tables:edit_notice", **of_draft),
            _at("tables:publish_notice", **of_draft),
            _at("tables:correct_notice", **code),
            _at("tables:register_on_paper", **code),
            *by_pec,
        ]


def _at(url_name: str, **kwargs: object) -> Example:
    return Example(url_name, kwargs, who="secretary")


def _as_told(table: Body) -> Notice:
    """What the source says of it, and nothing more: neither its number nor its days are known."""
    row = draft_notice(
        body=table,
        name="Avviso Pubblico di Città Metropolitana",
        issuer=table.promoter,
        act=NOTICE,
        addressed="Associazioni, organizzazioni sindacali e stakeholder qualificati",
        over=True,
        source=SOURCE,
        by=OPERATOR,
    )
    return publish_notice(notice=row, by=OPERATOR)


def _invented(table: Body, today: date) -> Notice:
    row = draft_notice(
        body=table,
        name=TITLE,
        groups=Body.objects.filter(parent=table, number__isnull=False),
        asks=[
            Asked("declaration", "di accettare il regolamento del tavolo"),
            Asked("declaration", "di partecipare a titolo gratuito"),
            Asked("paper", "Statuto"),
            Asked("paper", "Curriculum della persona delegata", needed=False),
        ],
        issuer=table.promoter,
        act=INVENTED,
        purpose="Accogliere altre associazioni nel tavolo.",
        ways=["signed", "scanned", "pec", "paper"],
        contact="Segreteria della rete",
        privacy="I dati servono solo a esaminare la domanda.",
        opens_at=datetime.combine(today - SINCE, time(9), ROME),
        by=OPERATOR,
    )
    return publish_notice(notice=row, by=OPERATOR)


demo_parts.add(Notices())
