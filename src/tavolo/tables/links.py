"""What can be done by a link without an account: filling in an expression of interest, and withdrawing it."""

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.kernel.errors import Sentence
from tavolo.messages.choices import LinkUse
from tavolo.messages.models import SignedLink
from tavolo.messages.plugs import LinkPage, link_purposes
from tavolo.messages.tokens import token_of
from tavolo.tables.actions.applications import (
    DRAFT_PURPOSE,
    OPEN_STATES,
    OWN_PURPOSE,
    withdraw_application,
)
from tavolo.tables.choices import ApplicationState, Timing
from tavolo.tables.forms.applications import WithdrawForm
from tavolo.tables.models import Application
from tavolo.tables.queries.applications import application_by
from tavolo.tables.seconds import to_the_second
from tavolo.ui.forms import ActForm


class Draft:
    """Until it is handed in; the steps are pages of ours."""

    key = DRAFT_PURPOSE
    label: Sentence = gettext_lazy("Fill in an expression of interest")
    uses = LinkUse.EDIT

    def page(self, link: SignedLink) -> LinkPage | None:
        row = application_by(link)
        if row is None or row.state != ApplicationState.DRAFT:
            return None
        return LinkPage(
            heading=_("Your expression of interest"),
            lead=row.notice.name,
            elsewhere=reverse("tables:apply", args=[token_of(link.uid)]),
        )

    def form(self, link: SignedLink, data: QueryDict | None) -> ActForm:  # noqa: ARG002  # the contract's
        return ActForm(data)

    def act(self, link: SignedLink, form: ActForm) -> bool:  # noqa: ARG002  # the contract's
        """Nothing: each step is sent from its own page."""
        return False


class Own:
    """Where it stands, and withdrawing it while it is not decided."""

    key = OWN_PURPOSE
    label: Sentence = gettext_lazy("See and withdraw an expression of interest")
    uses = LinkUse.ANSWER

    def page(self, link: SignedLink) -> LinkPage | None:
        row = application_by(link)
        if row is None or row.state not in OPEN_STATES:
            return None
        return LinkPage(
            heading=_("Your expression of interest"),
            lead=row.notice.name,
            facts=_facts(row),
            submit=_("Withdraw it"),
        )

    def form(self, link: SignedLink, data: QueryDict | None) -> ActForm:  # noqa: ARG002  # the contract's
        return WithdrawForm(data)

    def act(self, link: SignedLink, form: ActForm) -> bool:
        row = application_by(link)
        if row is not None:
            withdraw_application(application=row, reason=form.cleaned_data["reason"], link=link)
        return True


def _facts(row: Application) -> tuple[tuple[str, str], ...]:
    counts = to_the_second(row.counts_at) if row.counts_at else ""
    return (
        (_("Who applies"), row.name),
        (_("Provisional receipt"), row.code),
        (_("Received"), f"{counts} ({Timing(row.timing).label})"),
        (_("State"), str(ApplicationState(row.state).label)),
    )


link_purposes.add(Draft())
link_purposes.add(Own())
