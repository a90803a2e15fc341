from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal


class DamagedExtract(Refusal):
    """The files that travel with the product are not as they were built."""

    sentence = _("The territory data of this installation are damaged, so nothing was imported.")
    advice = _("Install Tavolo again, or build the data anew with scripts/build_territory.py.")
    status = 500


class AlreadyItsTerritory(Refusal):
    sentence = _("This already belongs to the network’s territory in that time.")


class NoPlaceNamed(Refusal):
    """The caller named no place, or an area and a municipality at once."""

    sentence = _("Name an area or a municipality, and only one of them.")
    status = 400


class EndsBeforeItBegins(Refusal):
    sentence = _("The last day lies before the first.")
    advice = _("Choose a day on or after the one on which it begins.")
