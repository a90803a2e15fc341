"""The letter to whoever applied: the words of the person who sends it, and what every such letter says."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from tavolo.kernel.actor import Actor
from tavolo.messages.actions.letters import send_letter
from tavolo.messages.errors import NoAddressKnown
from tavolo.tables.checking.choices import StepKind
from tavolo.tables.letters import CHECK_STEP
from tavolo.tables.models import Application, Check
from tavolo.ui.words import day_words


@dataclass(frozen=True)
class Writing:
    """What is said, and until when she can answer; None where nothing is asked."""

    kind: StepKind
    words: str
    until: date | None = None


def written(check: Check, writing: Writing, *, by: Actor) -> UUID:
    """Send it to the address of the application; gives the letter's uid. Refuses with NoAddressKnown."""
    application = check.application
    address = reached_at(application)
    if not address:
        raise NoAddressKnown
    with override(settings.LANGUAGE_CODE):
        subject, text = letter_words(application, writing)
    message = send_letter(
        kind=CHECK_STEP,
        to=address,
        network=application.network,
        subject=subject,
        text=text,
        about=check.uid,
        by=by,
    )
    return message.uid


def reached_at(application: Application) -> str:
    return application.email or application.pec_address


def letter_words(application: Application, writing: Writing) -> tuple[str, str]:
    """Subject and text, in the language that is active."""
    subjects = {
        StepKind.INTEGRATION_ASKED: _("Your application %(code)s: please complete it"),
        StepKind.REJECTION_ANNOUNCED: _("Your application %(code)s: why it cannot be granted"),
        StepKind.DECIDED: _("Your application %(code)s: what was decided"),
    }
    lines = [writing.words.strip()]
    if writing.until is not None:
        said = _("You can answer until %(day)s, that day included.")
        lines.append(said % {"day": day_words(writing.until)})
    about = {"notice": application.notice.name, "code": application.code}
    lines.append(_("Public notice: %(notice)s\nApplication: %(code)s") % about)
    return subjects[writing.kind] % {"code": application.code}, "\n\n".join(lines)
