"""Who answered a public notice; seen by those who run the bodies of the network."""

from uuid import UUID

from django.db.models import QuerySet

from tavolo.kernel.actor import Actor
from tavolo.messages.models import SignedLink
from tavolo.tables import rules
from tavolo.tables.choices import ApplicationState
from tavolo.tables.models import Application, Notice


def applications_of(notice: Notice, actor: Actor) -> QuerySet[Application]:
    """What was received for a notice, the first that came before: late and withdrawn ones too, no drafts.

    Each with its notice, body, organisation, groups chosen, delegates named, declarations given and papers: five
    queries for one application and for 600. Nothing for whoever does not run the bodies of the network.
    The fields to go by: `state` (`ApplicationState`), `timing` (`Timing`; `late`), `counts_at`, `code` (the
    provisional receipt), `name`, `organisation` (None where the register does not know her), `category`.
    """
    if not rules.may_run_bodies(actor, notice.network.uid):
        return Application.objects.none()
    return _whole().filter(notice=notice).order_by("received_at", "id")


def application_at(uid: UUID, actor: Actor) -> Application | None:
    """One that was received, whole; None for whoever does not run the bodies of its network."""
    row = _whole().filter(uid=uid).first()
    return row if row and rules.may_run_bodies(actor, row.network.uid) else None


def application_by(link: SignedLink) -> Application | None:
    """The application for which a link was made, whole, a draft too."""
    return _related(Application.objects.filter(uid=link.subject)).first()


def pec_drafts(notice: Notice, actor: Actor) -> QuerySet[Application]:
    """What came by PEC and waits for the clerk to complete it."""
    if not rules.may_run_bodies(actor, notice.network.uid):
        return Application.objects.none()
    rows = Application.objects.filter(notice=notice, state=ApplicationState.DRAFT)
    return _related(rows.filter(pec__isnull=False)).order_by("id")


def same_applicant(application: Application) -> QuerySet[Application]:
    """The others that stand for the same notice from the same organisation or under the same tax code."""
    others = Application.objects.filter(notice=application.notice).exclude(pk=application.pk)
    others = others.exclude(state__in=(ApplicationState.DRAFT, ApplicationState.WITHDRAWN))
    if application.organisation_id is None:
        return others.filter(tax_code=application.tax_code).exclude(tax_code="")
    return others.filter(organisation=application.organisation)


def _whole() -> QuerySet[Application]:
    return _related(Application.objects.exclude(state=ApplicationState.DRAFT))


def _related(rows: QuerySet[Application]) -> QuerySet[Application]:
    related = rows.select_related(
        "network", "notice__body__network", "notice__network", "organisation", "pec"
    )
    return related.prefetch_related(
        "groups__group", "delegates", "declarations__ask", "papers__ask"
    )
