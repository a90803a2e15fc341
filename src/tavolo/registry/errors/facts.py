"""What is refused about a dated fact: its values, its dates, what stands there already."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal
from tavolo.registry.errors.named import Named


class TaxCodeWrong(Refusal):
    sentence = _("This tax code is not valid: its check character does not fit.")
    advice = _("Copy it again from a document; leave the field empty if you do not have it.")


class IdentifierWrong(Refusal):
    sentence = _("This number cannot be one of that register.")
    advice = _("Copy it again from the register; leave it out if you do not have it.")


class IdentifierTaken(Refusal):
    """`other` is the organisation that bears the number."""

    sentence = _("Another organisation has this number.")
    named = _("Another organisation has this number: {name}.")
    advice = _("Look for it in the register: it may be there under another name.")

    def __init__(self, other: Named | None = None) -> None:
        super().__init__(format_lazy(self.named, name=other.name) if other else "")
        self.other = other


class TaxCodeTaken(IdentifierTaken):
    sentence = _("Another organisation has this tax code.")
    named = _("Another organisation has this tax code: {name}.")


class UnknownWord(Refusal):
    sentence = _("This is not one of the values that can be chosen.")
    advice = _("Choose one from the list.")


class BeginningNotKnown(Refusal):
    sentence = _("This date does not say from when.")
    advice = _("Write at least the year.")


class ReasonMissing(Refusal):
    sentence = _("A reason is needed.")
    advice = _("Write in a few words why; whoever reads the history will ask.")


class AlreadyThere(Refusal):
    sentence = _("This already stands there in that time.")


class AnotherNameHolds(Refusal):
    sentence = _("The organisation has another name of this kind in that time.")
    advice = _("Change that one from a day, or correct its dates first.")


class AnotherStandingHolds(Refusal):
    sentence = _("It is already said what the organisation is in that time.")
    advice = _("Change that from a day, or correct its dates first.")


class AnotherNumberHolds(Refusal):
    sentence = _("The organisation has another number of this register in that time.")
    advice = _("Change that one from a day, or correct its dates first.")


class PlaceMissing(Refusal):
    sentence = _("A place is needed, and one only.")
    advice = _("Choose a municipality, or write the address.")


class PostalCodeWrong(Refusal):
    sentence = _("A postal code has five digits.")


class MunicipalityNotThen(Refusal):
    sentence = _("This municipality did not exist in that time.")
    advice = _("Choose the one that was there on that day.")


class ContactWrong(Refusal):
    sentence = _("This contact cannot be used as it is written.")
    advice = _("Check the address or the number.")


class SuccessorIsItself(Refusal):
    sentence = _("An organisation does not succeed itself.")


class SuccessionGoesRound(Refusal):
    sentence = _("The successor would have been succeeded by its own predecessor.")
    advice = _("Look at the successions that stand there: one of them is the wrong way round.")


class AlreadyEnded(Refusal):
    sentence = _("This has already ended.")


class AlreadySuperseded(Refusal):
    sentence = _("Somebody has changed this meanwhile.")
    advice = _("Look at what stands there now, and do it again if it is still needed.")


class EndsBeforeItBegan(Refusal):
    sentence = _("The last day lies before the first.")
    advice = _("Choose a day on or after the one on which it began.")


class EndNotKnown(Refusal):
    sentence = _("This date does not say until when.")
    advice = _("Write at least the year.")
