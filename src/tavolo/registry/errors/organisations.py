"""What is refused about an organisation and its units: entered, merged, proposed."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal
from tavolo.registry.errors.named import Named


class NameMissing(Refusal):
    sentence = _("A name is needed.")
    advice = _("Write the name as the organisation itself writes it.")


class UnknownKind(Refusal):
    sentence = _("There is no such kind of organisation.")
    advice = _("Choose one of the kinds in the list.")


class UnitOfAnother(Refusal):
    sentence = _("This unit belongs to another organisation.")


class UnitGoesRound(Refusal):
    sentence = _("A unit cannot be a part of itself.")


class OrganisationMerged(Refusal):
    sentence = _("This organisation has been merged into another.")
    advice = _("Write it of the other one, or undo the merger first.")


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
