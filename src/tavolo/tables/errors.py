"""What the room says no with."""

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal


class UnknownBodyKind(Refusal):
    sentence = _("There is no such kind of body.")


class BodyNameMissing(Refusal):
    sentence = _("It is not said what the body is called.")
    advice = _("Write the name as the act has it.")


class ParentOfAnother(Refusal):
    sentence = _("A body is part of another body of the same network.")


class NumberTaken(Refusal):
    sentence = _("Another group there already has this number.")


class UnknownSphere(Refusal):
    sentence = _("This sphere of life is not in the vocabulary of the network.")


class PlaceMissing(Refusal):
    sentence = _("It is not said for which territory.")
    advice = _("Choose a municipality or an area.")


class AlreadyThere(Refusal):
    """Something of the same kind is already said of the body in that time."""

    sentence = _("This is already said of the body in that time.")


class BodyHasEnded(Refusal):
    sentence = _("The body is not there on that day.")
    advice = _("Choose a day on which it is.")


class AlreadyStarted(Refusal):
    sentence = _("It is already entered when its works began.")


class GroupsStillThere(Refusal):
    sentence = _("The body still has groups on that day.")
    advice = _("End the groups first.")


class HolderMissing(Refusal):
    sentence = _("It is not said who holds the seat.")
    advice = _("Choose an organisation, an office of one, or a person.")


class AlreadySits(Refusal):
    sentence = _("They already have a seat here in that time.")


class SeatActMissing(Refusal):
    sentence = _("A seat rests on an act, and none is named.")
    advice = _("Write its kind, its number and its day.")


class OutsideSeat(Refusal):
    sentence = _("A delegate is sent within the time of the seat.")
    advice = _("Correct the dates of the one or of the other.")


class AlreadyDelegate(Refusal):
    sentence = _("This person is already sent to this seat in that time.")


class EffectiveDelegateThere(Refusal):
    sentence = _("The seat already has an effective delegate in that time.")
    advice = _("End that one first, or name a substitute.")


class FillsItself(Refusal):
    sentence = _("Whoever holds the office sits there: no effective delegate is named.")
    advice = _("Enter who holds the office, or name a substitute.")


class SitsInPerson(Refusal):
    sentence = _("A seat that was given to a person is held by nobody in her place.")


class NoSuchAreas(Refusal):
    sentence = _("There is no area of that kind in that territory on that day.")


class RegulationActMissing(Refusal):
    sentence = _("A regulation is adopted by an act, and none is named.")
    advice = _("Write its kind, its number and its day.")


class RegulationThere(Refusal):
    sentence = _("Another regulation already begins on that day.")
    advice = _("Correct that one, or choose another day.")


class NoticeTitleMissing(Refusal):
    sentence = _("It is not said what the notice is called.")
    advice = _("Write the title as the act has it.")


class NoticeIncomplete(Refusal):
    """Something without which a notice is not published; `lacking` names the fields."""

    sentence = _("The notice cannot be published yet.")

    def __init__(self, lacking: tuple[str, ...], words: str) -> None:
        super().__init__(
            advice=_("Enter what is missing: %(fields)s.") % {"fields": words},
        )
        self.lacking = lacking


class ClosesBeforeItOpens(Refusal):
    sentence = _("A notice closes after it opens.")


class AlreadyPublished(Refusal):
    sentence = _("The notice is published: its words stay as they are.")
    advice = _("Correct it by an act; the correction stands beside them.")


class NotPublishedYet(Refusal):
    sentence = _("The notice is a draft.")
    advice = _("Publish it first; a draft is simply changed.")


class NothingCorrected(Refusal):
    sentence = _("Nothing is said otherwise than before.")


class NoticeActMissing(Refusal):
    sentence = _("A correction rests on an act and has a reason.")
    advice = _("Write the kind, number and day of the act, and why it corrects.")


class GroupOfAnother(Refusal):
    sentence = _("Only groups of the same body can be chosen.")


class NoticeNotOpen(Refusal):
    sentence = _("The notice is not open.")
    advice = _("Look at its page: from when to when it is.")


class NotOnLine(Refusal):
    sentence = _("This notice is not answered on line.")
    advice = _("Its page says in which ways an application is valid.")


class WayNotValid(Refusal):
    sentence = _("By this notice an application is not valid in this way.")


class AlreadySubmitted(Refusal):
    sentence = _("It was submitted: what it says stays as it is.")


class ApplicantMissing(Refusal):
    sentence = _("It is not said who applies.")
    advice = _("Write the name, as the statute has it.")


class FormMissing(Refusal):
    sentence = _("The signed form is not attached.")
    advice = _("Download the form, sign it, and attach it.")


class IdentityMissing(Refusal):
    sentence = _("A form signed by hand needs a copy of the identity document of whoever signs.")
    advice = _("Attach it, or sign the form digitally.")


class TooManyPapers(Refusal):
    sentence = _("No more documents can be attached.")
    advice = _("Take one away first.")


class NotToBeWithdrawn(Refusal):
    sentence = _("It was decided, or is withdrawn already.")


class ToCome(Refusal):
    sentence = _("Nothing is received at a time that is still to come.")
