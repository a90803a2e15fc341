"""What is refused about a network, its secretariat, its settings and whoever takes part."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal


class AddressNotUsable(Refusal):
    sentence = _("This cannot be the address of a network.")
    advice = _("Use 2 to 60 small letters, digits and single hyphens, as in “milano”.")


class AddressReserved(Refusal):
    sentence = _("This word is kept for the site’s own addresses.")
    advice = _("Choose another address for the network.")


class AddressTaken(Refusal):
    sentence = _("Another network has this address.")
    advice = _("Choose another address for the network.")


class UnknownSetting(Refusal):
    sentence = _("There is no such setting.")


class SettingNotReadable(Refusal):
    sentence = _("This value does not suit the setting.")


class LastSecretary(Refusal):
    sentence = _("A network cannot be left without a secretary.")
    advice = _("Appoint a successor first, then end this office.")


class NobodyElseCanSignIn(Refusal):
    sentence = _("Nobody else of the secretariat can sign in yet.")
    advice = _("Wait until another secretary has accepted the invitation, then end this office.")


class ActMissing(Refusal):
    sentence = _("The act is missing by which this was decided.")
    advice = _("Write its number and its day.")


class AlreadyTakesPart(Refusal):
    sentence = _("This organisation already takes part in the network in that time.")


class AlreadyAffiliated(Refusal):
    sentence = _("This person already acts for the organisation in that time.")


class AlreadyDeputy(Refusal):
    sentence = _("This person already acts for her in that time.")


class DeputyOfHerself(Refusal):
    sentence = _("Nobody acts for herself as a deputy.")
    advice = _("Choose somebody else.")


class NothingToGive(Refusal):
    sentence = _("She holds nothing in this network that could be given to a deputy.")


class UnknownPart(Refusal):
    sentence = _("There is no such part of the work.")


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
