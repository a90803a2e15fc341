"""What registry refuses, each with its sentence."""

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


class NameMissing(Refusal):
    sentence = _("A name is needed.")
    advice = _("Write the name as the organisation itself writes it.")


class UnknownKind(Refusal):
    sentence = _("There is no such kind of organisation.")
    advice = _("Choose one of the kinds in the list.")


class TaxCodeWrong(Refusal):
    sentence = _("This tax code is not valid: its check character does not fit.")
    advice = _("Copy it again from a document; leave the field empty if you do not have it.")


class TaxCodeTaken(Refusal):
    sentence = _("Another organisation has this tax code.")
    advice = _("Look for it in the register: it may be there under another name.")


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
