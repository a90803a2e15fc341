from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal


class DamagedExtract(Refusal):
    """The files that travel with the product are not as they were built."""

    sentence = _("The territory data of this installation are damaged, so nothing was imported.")
    advice = _("Install Tavolo again, or build the data anew with scripts/build_territory.py.")
    status = 500
