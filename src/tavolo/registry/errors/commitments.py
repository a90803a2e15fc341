"""What is refused about a commitment, and about asking what became of it."""

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal


class WordsMissing(Refusal):
    sentence = _("It is not said what is to be done.")
    advice = _("Write it in one sentence, as it was promised.")


class OwnerMissing(Refusal):
    sentence = _("It is not said who promised this.")
    advice = _("Choose the organisation, or say that it is nobody in particular.")


class DueMissing(Refusal):
    sentence = _("It is not said by when.")
    advice = _("Write the day, or say that there is no term.")


class StepNotPossible(Refusal):
    sentence = _("The commitment cannot pass from its state to this one.")
    advice = _("Look at what stands there now and choose one of the states offered.")


class EvidenceMissing(Refusal):
    sentence = _("It is not said how one sees that it was done.")
    advice = _("Write a note, or the address where it can be seen.")


class NothingNew(Refusal):
    sentence = _("Nothing new is said here.")
    advice = _("Choose another state, term or organisation, or write a note.")


class DayToCome(Refusal):
    sentence = _("This day is yet to come.")
    advice = _("Write the day on which it happened.")


class NobodyToAsk(Refusal):
    sentence = _("Somebody of these does not speak for the organisation, or has no e-mail here.")
    advice = _("Look again at who can be asked.")


class TermPassed(Refusal):
    sentence = _("The day until which one can answer has passed.")
    advice = _("Choose a later one.")
