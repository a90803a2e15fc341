"""What registry refuses, each with its sentence."""

from typing import Protocol
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal


class Named(Protocol):
    name: str


class AddressNotUsable(Refusal):
    sentence = _("This cannot be the address of a network.")
    advice = _("Use 2 to 60 small letters, digits and single hyphens, as in “milano”.")


class AddressReserved(Refusal):
    sentence = _("This word is kept for the site’s own addresses.")
    advice = _("Choose another address for the network.")


class AddressTaken(Refusal):
    sentence = _("Another network has this address.")
    advice = _("Choose another address for the network.")


class NameMissing(Refusal):
    sentence = _("A name is needed.")
    advice = _("Write the name as the organisation itself writes it.")


class UnknownKind(Refusal):
    sentence = _("There is no such kind of organisation.")
    advice = _("Choose one of the kinds in the list.")


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


class OrganisationMerged(Refusal):
    sentence = _("This organisation has been merged into another.")
    advice = _("Write it of the other one, or undo the merger first.")


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


class UnitOfAnother(Refusal):
    sentence = _("This unit belongs to another organisation.")


class SuccessorIsItself(Refusal):
    sentence = _("An organisation does not succeed itself.")


class SuccessionGoesRound(Refusal):
    sentence = _("The successor would have been succeeded by its own predecessor.")
    advice = _("Look at the successions that stand there: one of them is the wrong way round.")


class UnitGoesRound(Refusal):
    sentence = _("A unit cannot be a part of itself.")


class AlreadyMerged(Refusal):
    sentence = _("This organisation has already been merged.")


class NotMerged(Refusal):
    sentence = _("This organisation has not been merged into another.")


class MergesIntoItself(Refusal):
    sentence = _("This would merge an organisation into itself.")
    advice = _("The other one has been merged into this one: undo that first.")


class TakesPartAlone(Refusal):
    """`network` is the one that would lose a member."""

    sentence = _("It takes part in a network in which the other does not.")
    named = _("It takes part in a network in which the other does not: {name}.")
    advice = _("Let the other into that network first.")

    def __init__(self, network: Named | None = None) -> None:
        super().__init__(format_lazy(self.named, name=network.name) if network else "")
        self.network = network


class NothingProposed(Refusal):
    sentence = _("This is what stands there already.")
    advice = _("Change at least one value.")


class AlreadyAnswered(Refusal):
    sentence = _("This proposal has already been answered.")


class MunicipalityNotClear(Refusal):
    sentence = _("There is no municipality of this name, or more than one.")
    advice = _("Write the whole name, with the letters of the province in brackets.")


class AlreadyTakesPart(Refusal):
    sentence = _("This organisation already takes part in the network in that time.")


class AlreadyAffiliated(Refusal):
    sentence = _("This person already acts for the organisation in that time.")


class AlreadyInOffice(Refusal):
    sentence = _("This person already holds the office in that time.")


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


class LastSecretary(Refusal):
    sentence = _("A network cannot be left without a secretary.")
    advice = _("Appoint a successor first, then end this office.")


class UnknownSetting(Refusal):
    sentence = _("There is no such setting.")


class SettingNotReadable(Refusal):
    sentence = _("This value does not suit the setting.")


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


class AlreadyDeputy(Refusal):
    sentence = _("This person already acts for her in that time.")


class DeputyOfHerself(Refusal):
    sentence = _("Nobody acts for herself as a deputy.")
    advice = _("Choose somebody else.")


class NothingToGive(Refusal):
    sentence = _("She holds nothing in this network that could be given to a deputy.")


class UnknownPart(Refusal):
    sentence = _("There is no such part of the work.")


class ActMissing(Refusal):
    sentence = _("The act is missing by which this was decided.")
    advice = _("Write its number and its day.")


class NobodyElseCanSignIn(Refusal):
    sentence = _("Nobody else of the secretariat can sign in yet.")
    advice = _("Wait until another secretary has accepted the invitation, then end this office.")


class NotHeld(Refusal):
    sentence = _("She does not hold this any more.")
    advice = _("Look at the list as it stands now.")


class NotHandedOver(Refusal):
    """`held` is the thing that stayed where it is; the sentence says why."""

    def __init__(self, held: UUID, why: Refusal) -> None:
        super().__init__(why.sentence, advice=why.advice)
        self.held, self.why = held, why


class SuccessorMissing(Refusal):
    sentence = _("This cannot be left: somebody must hold it.")
    advice = _("Choose a successor.")


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


class NobodyToAsk(Refusal):
    sentence = _("Somebody of these does not speak for the organisation, or has no e-mail here.")
    advice = _("Look again at who can be asked.")


class TermPassed(Refusal):
    sentence = _("The day until which one can answer has passed.")
    advice = _("Choose a later one.")
