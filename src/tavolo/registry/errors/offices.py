"""What is refused about offices, delegations and who speaks for an organisation."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal
from tavolo.registry.errors.named import Named


class AlreadyInOffice(Refusal):
    sentence = _("This person already holds the office in that time.")


class OfficeHeld(Refusal):
    """`holder` is the person who holds it."""

    sentence = _("One person at a time can hold this office, and somebody holds it.")
    named = _("One person at a time can hold this office, and {name} holds it in that time.")
    advice = _("End that office first, or correct its dates.")

    def __init__(self, holder: Named | None = None) -> None:
        super().__init__(format_lazy(self.named, name=holder.name) if holder else "")
        self.holder = holder


class AlreadyHoldsOffice(Refusal):
    sentence = _("This person already holds this office here in that time.")


class TitleMissing(Refusal):
    sentence = _("It is not said what the office is called.")
    advice = _("Write it as the organisation does, in the feminine, in the masculine or in both.")


class AlreadyDelegated(Refusal):
    sentence = _("This matter is already delegated to this person in that time.")


class MatterMissing(Refusal):
    sentence = _("It is not said which matter is delegated.")
    advice = _("Write it in the words of the act.")


class OfficeOfAnother(Refusal):
    sentence = _("This person does not hold the office on which the delegation would rest.")
    advice = _("Choose one of the offices that she holds here.")


class OutsideOffice(Refusal):
    sentence = _("A delegation holds within the time of the office on which it rests.")
    advice = _("Correct the dates of the one or of the other.")


class AlreadyRepresents(Refusal):
    sentence = _("This person already speaks for the organisation in that capacity and time.")


class NothingToEnd(Refusal):
    sentence = _("Nobody holds an office here on that day.")


class NothingNamed(Refusal):
    sentence = _("It is not said which office or which matter.")
    advice = _("Choose one of the two.")


class StillHeld(Refusal):
    sentence = _("Somebody holds this on that day.")
    advice = _("End it first, or choose a later day.")


class AlreadyDiscontinued(Refusal):
    sentence = _("It is already said that this is not to be filled.")


class NothingToUndo(Refusal):
    sentence = _("This cannot be undone any more.")
    advice = _("Correct each office by itself: it was wrong that it ended.")
