"""What the check of applications, and the act that decides of them, say no with."""

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal


class NotNow(Refusal):
    sentence = _("This is not possible while the application is in this state.")
    advice = _("Look at the page again: somebody else may have gone on.")


class ApplicationWithdrawn(Refusal):
    sentence = _("Whoever applied has withdrawn the application.")


class ChecksBegun(Refusal):
    sentence = _("The first check has begun: all applications are judged by the same measure.")


class ItemsMissing(Refusal):
    sentence = _("It is not said what is checked.")
    advice = _("Write at least one line.")


class UnknownItem(Refusal):
    sentence = _("This is not among what is checked for this notice.")


class CriteriaMissing(Refusal):
    sentence = _("A competitive notice has criteria, and none is there.")
    advice = _("Write them with their points before the first check.")


class NotCompetitive(Refusal):
    sentence = _("Points are given for a competitive notice alone.")


class CommissionActMissing(Refusal):
    sentence = _("A commissioner is named by an act, and none is given.")
    advice = _("Write its kind, its number and its day.")


class AlreadyCommissioner(Refusal):
    sentence = _("This person is already a commissioner for the notice.")


class PointsOutOfRange(Refusal):
    sentence = _("Points go from nothing to the maximum of the criterion, to a hundredth.")


class StepDayWrong(Refusal):
    sentence = _("A step has a day that is not to come, nor before the step that came before.")


class TermNotPossible(Refusal):
    sentence = _("A term ends after the day on which it begins, and within what the law allows.")
    advice = _("L. 241/1990, art. 2, c. 7: thirty days.")


class TermNotPassed(Refusal):
    sentence = _("The term that was given has not passed yet.")
    advice = _("Wait until it has, or enter what came.")


class ItemsOpen(Refusal):
    sentence = _("Not all items of the checklist have an answer.")


class PointsLacking(Refusal):
    sentence = _("Not all commissioners have given their points.")


class RequirementsNotMet(Refusal):
    sentence = _("Something is not met: it is admitted with reserve, or not at all.")


class ReserveMissing(Refusal):
    sentence = _("It is not said what the reserve is.")


class RejectionNotAnnounced(Refusal):
    sentence = _(
        "Before it is refused, whoever applied is told why and can answer within ten days."
    )
    advice = _("L. 241/1990, art. 10-bis: announce the rejection first.")


class NothingDecided(Refusal):
    sentence = _("The act names no application.")


class CheckNotCompleted(Refusal):
    sentence = _("An act decides of applications whose check is completed.")
    advice = _("Complete the check first, or leave the application out.")


class AdmissionActIncomplete(Refusal):
    sentence = _("An act has a number, a day that is not to come, and says who adopts it.")


class AdmissionActThere(Refusal):
    sentence = _("This act has already been entered.")


class ApplicantNotInRegister(Refusal):
    sentence = _("Whoever applied is not in the register of organisations yet.")
    advice = _("Choose or add the organisation, so that it can have its seat.")


class TooManyAdmitted(Refusal):
    sentence = _("The notice offers fewer seats than the act gives.")


class AlreadyWithdrawn(Refusal):
    sentence = _("The act has already been withdrawn.")


class SeatPassedOn(Refusal):
    sentence = _("A seat that follows from this act has been passed on to another.")
    advice = _("Correct that seat first.")
