"""What can be done by a link without an account: saying what became of a commitment."""

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.kernel import clock
from tavolo.kernel.errors import Sentence
from tavolo.messages.choices import LinkUse
from tavolo.messages.models import SignedLink
from tavolo.messages.plugs import LinkPage, link_purposes
from tavolo.registry.actions.outcomes import PURPOSE, report_outcome
from tavolo.registry.choices import CommitmentState, Outcome
from tavolo.registry.forms.outcomes import OutcomeForm
from tavolo.registry.models import CommitmentStep
from tavolo.registry.queries.outcomes import answer_by, commitment_asked
from tavolo.ui.forms import ActForm
from tavolo.ui.words import day_words


class AnswerOutcome:
    """Until the term, and the last answer counts."""

    key = PURPOSE
    label: Sentence = gettext_lazy("Say what became of a commitment")
    uses = LinkUse.ANSWER

    def page(self, link: SignedLink) -> LinkPage | None:
        """What was promised, by whom and by when; and what was answered before. For whoever still speaks for it."""
        asked = commitment_asked(link, on=clock.today())
        if asked is None:
            return None
        return LinkPage(
            heading=_("What became of it?"),
            lead=asked.name,
            facts=(
                (_("Who promised it"), asked.owner.name if asked.owner else ""),
                (_("By when"), day_words(asked.due) if asked.due else _("Without a term")),
            ),
            said=_said(answer_by(link)),
            submit=_("Send the answer"),
        )

    def form(self, link: SignedLink, data: QueryDict | None) -> ActForm:
        last = answer_by(link)
        return OutcomeForm(data, initial=_values(last) if last else None)

    def act(self, link: SignedLink, form: ActForm) -> bool:
        told = form.cleaned_data
        report_outcome(
            link=link,
            outcome=Outcome(told["outcome"]),
            on=told["on"],
            note=told["note"],
            address=told["address"],
        )
        return False


def _said(step: CommitmentStep | None) -> tuple[tuple[str, str], ...]:
    if step is None:
        return ()
    state = str(CommitmentState(step.state).label)
    told = ((_("State"), state), (_("On what day"), day_words(step.on)), (_("Note"), step.note))
    return (*told, (_("Evidence"), step.address)) if step.address else told


def _values(step: CommitmentStep) -> dict[str, object]:
    known = {outcome.value for outcome in Outcome}
    return {
        "outcome": step.state if step.state in known else Outcome.NOT.value,
        "on": step.on,
        "note": step.note,
        "address": step.address,
    }


link_purposes.add(AnswerOutcome())
