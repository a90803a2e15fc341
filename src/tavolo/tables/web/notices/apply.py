"""`/c/<token>/domanda/`: an expression of interest is filled in by its link, step by step, without account."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.documents.intake import Upload
from tavolo.documents.printing import Letterhead, pdf
from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound, Refusal
from tavolo.kernel.idempotency import once
from tavolo.messages.actions import answer_link
from tavolo.messages.errors import LinkOver
from tavolo.messages.models import SignedLink
from tavolo.messages.queries import link_by
from tavolo.messages.rules import why_closed
from tavolo.tables.actions.applications import (
    DRAFT_PURPOSE,
    Answers,
    Named,
    save_draft,
    submit_application,
)
from tavolo.tables.actions.papers import add_paper, take_paper_away
from tavolo.tables.choices import ApplicationState, AskKind, NoticeState, PaperKind, PaperSignature
from tavolo.tables.forms.applications import (
    ActForm,
    DeclareForm,
    PaperForm,
    StepForm,
    WhoForm,
    WhomForm,
    WhyForm,
    asks_of,
)
from tavolo.tables.models import Application
from tavolo.tables.queries.applications import application_by
from tavolo.tables.queries.notices import state_of
from tavolo.tables.seconds import to_the_second
from tavolo.tables.web.notices import told
from tavolo.tables.web.notices.pages import pdf_answer
from tavolo.ui.components.form import FormView
from tavolo.ui.components.stepper import Step, Stepper

STEPS: tuple[tuple[Promise, type[ActForm]], ...] = (
    (gettext_lazy("Who applies"), WhoForm),
    (gettext_lazy("Why"), WhyForm),
    (gettext_lazy("Whom you send"), WhomForm),
    (gettext_lazy("Declarations"), DeclareForm),
    (gettext_lazy("Documents"), PaperForm),
    (gettext_lazy("Hand it in"), ActForm),
)
PAPERS, LAST = 5, 6


@dataclass(frozen=True)
class Here:
    """The link by which one came, the draft for which it was made, and the step where one is."""

    token: str
    link: SignedLink
    draft: Application
    step: int

    def href(self, step: int) -> str:
        return f"{reverse('tables:apply', args=[self.token])}?passo={step}"


@sensitive_variables()
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, token: str) -> HttpResponse:
    """One step; opening it changes nothing. Refuses with NotFound a link that was made for something else."""
    link = link_by(token)
    draft = application_by(link)
    if link.purpose != DRAFT_PURPOSE or draft is None:
        raise NotFound
    if draft.state != ApplicationState.DRAFT and link.revoked_at is None:
        return _private(render(request, "tables/applied.html", _receipt(draft)))
    if why := why_closed(link, clock.now()):
        return _over(request, link, why)
    here = Here(token, link, draft, _step(request))
    form = _form(request, here)
    try:
        done = _sent(request, here, form)
    except LinkOver as refusal:
        return _over(request, link, refusal.why)
    return _private(done or _page(request, here, form))


@sensitive_variables()
@never_cache
@require_safe
def form_pdf(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001  # every view has it
    """The form as it stands, to be signed."""
    link = link_by(token)
    draft = application_by(link)
    if link.purpose != DRAFT_PURPOSE or draft is None or why_closed(link, clock.now()):
        raise NotFound
    made = pdf(
        "tables/told",
        told.paper_of_application(draft),
        title=_("Expression of interest"),
        language="it",
        about=draft.notice.name,
        letterhead=Letterhead(draft.network.name, draft.network.summary),
    )
    return _private(pdf_answer(made, "domanda"))


def _step(request: HttpRequest) -> int:
    asked = request.GET.get("passo", "1")
    return int(asked) if asked in {str(n) for n in range(1, LAST + 1)} else 1


def _form(request: HttpRequest, here: Here) -> ActForm:
    kind = STEPS[here.step - 1][1]
    data = request.POST or None
    if kind is PaperForm:
        return PaperForm(data, request.FILES or None, draft=here.draft)
    return kind(data, draft=here.draft) if issubclass(kind, StepForm) else kind(data)


def _sent(request: HttpRequest, here: Here, form: ActForm) -> HttpResponse | None:
    if request.method != "POST":
        return None
    if "remove" in request.POST:
        return _removed(request, here)
    if not form.is_valid():
        return None
    try:
        if isinstance(form, PaperForm):
            # Apart: a file is looked at outside any transaction, and the same one again is the same paper.
            _attach(here, form)
            return HttpResponseRedirect(here.href(PAPERS))
        href = once(form.cleaned_data["form_key"], by=None, do=_act(here, form))
    except LinkOver:
        raise
    except Refusal as refusal:
        form.take(refusal)
        return None
    return HttpResponseRedirect(here.href(int(href)))


def _act(here: Here, form: ActForm) -> Callable[[], str]:
    def act() -> str:
        if isinstance(form, StepForm):
            answer_link(link=here.link, act=lambda link: _save(link, here.draft, form))
        else:
            answer_link(link=here.link, act=lambda link: _hand_in(link, here.draft))
        # What is kept names the step, and never the secret of the link.
        return str(min(here.step + 1, LAST))

    return act


def _save(link: SignedLink, draft: Application, form: StepForm) -> bool:
    save_draft(
        application=draft,
        expected=form.cleaned_data["version"],
        answers=answers_of(form),
        link=link,
    )
    return False


def answers_of(form: StepForm) -> Answers:
    """What a step says."""
    if isinstance(form, WhomForm):
        return Answers(delegates=[Named(**each) for each in form.named])
    return Answers(
        form.values(),
        groups=form.chosen if isinstance(form, WhyForm) else None,
        declarations=form.given if isinstance(form, DeclareForm) else None,
    )


def _hand_in(link: SignedLink, draft: Application) -> bool:
    submit_application(application=draft, link=link)
    return True


def _attach(here: Here, form: PaperForm) -> None:
    file = form.cleaned_data["file"]
    kind, ask = form.told
    upload = Upload(file.name or "", file.read())
    add_paper(application=here.draft, upload=upload, kind=kind, ask=ask, link=here.link)


def _removed(request: HttpRequest, here: Here) -> HttpResponse:
    try:
        uid = UUID(request.POST["remove"])
    except ValueError as fault:
        raise NotFound from fault
    paper = here.draft.papers.filter(uid=uid).first()
    if paper is not None:
        take_paper_away(paper=paper, link=here.link)
    return HttpResponseRedirect(here.href(PAPERS))


def _page(request: HttpRequest, here: Here, form: ActForm) -> HttpResponse:
    draft = here.draft
    steps = tuple(Step(title, here.href(n)) for n, (title, _kind) in enumerate(STEPS, start=1))
    submit = {PAPERS: _("Attach it"), LAST: _("Hand in the expression of interest")}
    context: dict[str, Any] = {
        "draft": draft,
        "notice": draft.notice,
        "network": draft.network,
        "heading": steps[here.step - 1].title,
        "stepper": Stepper(_("Your expression of interest"), steps, here.step),
        "form_view": FormView(form, submit=submit.get(here.step, _("Save and go on"))),
        "step": here.step,
        "next_href": here.href(LAST) if here.step == PAPERS else "",
        "pdf_href": reverse("tables:apply_pdf", args=[here.token]),
        "papers": _papers(draft) if here.step >= PAPERS else (),
        "closes": to_the_second(draft.notice.ends_at) if draft.notice.ends_at else "",
        "is_late": state_of(draft.notice) == NoticeState.CLOSED,
        "summary": _summary(draft) if here.step == LAST else (),
        "lacking": _lacking(draft) if here.step == LAST else (),
    }
    return render(request, "tables/apply.html", context)


def _papers(draft: Application) -> list[tuple[str, str, str, str]]:
    """What each is, its file name, whether its signature was checked, and its uid."""
    return [
        (
            each.ask.words if each.ask else str(PaperKind(each.kind).label),
            each.file_name,
            str(PaperSignature(each.signature).label),
            str(each.uid),
        )
        for each in draft.papers.all()
    ]


def _summary(draft: Application) -> list[tuple[str, str]]:
    groups = [(_("Group"), each.group.name) for each in draft.groups.all()]
    return [*told.applicant(draft), *groups, *told.delegates(draft)]


def _lacking(draft: Application) -> list[str]:
    """What the notice asks for and is not there; it can be handed in without, and is then asked for."""
    given = {each.ask_id for each in draft.declarations.all()}
    given |= {each.ask_id for each in draft.papers.all() if each.ask_id}
    asked = [*asks_of(draft, AskKind.DECLARATION), *asks_of(draft, AskKind.PAPER)]
    return [ask.words for ask in asked if ask.needed and ask.pk not in given]


def _receipt(row: Application) -> dict[str, Any]:
    return {
        "application": row,
        "notice": row.notice,
        "network": row.network,
        "counts": to_the_second(row.counts_at) if row.counts_at else "",
    }


def _over(request: HttpRequest, link: SignedLink, why: str) -> HttpResponse:
    context = {"link": link, "until": link.expires_at, "why": why, "network": link.network}
    return _private(render(request, "messages/link_closed.html", context, status=HTTPStatus.GONE))


def _private(answer: HttpResponse) -> HttpResponse:
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer
