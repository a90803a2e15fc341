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
