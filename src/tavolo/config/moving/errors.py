from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal


class MovingRefusal(Refusal):
    """A network that is not written out, or not taken in."""


class FolderTaken(MovingRefusal):
    sentence = _("The folder is not empty.")
    advice = _("Name one that is not there yet, or an empty one.")


class CannotWriteFolder(MovingRefusal):
    sentence = _("The folder cannot be written there.")


class ChainBroken(MovingRefusal):
    sentence = _("The journal of this network is broken; it is not carried on.")


class NoNetworkThere(MovingRefusal):
    sentence = _("There is no network in this folder, or it was not written to its end.")


class DamagedFolder(MovingRefusal):
    """What is in it is not what its manifest says."""

    sentence = _("What is in the folder is damaged or incomplete; nothing was taken in.")
    advice = _("Write the network out again.")


class UnsafeFolder(MovingRefusal):
    sentence = _("The folder holds something that was never written out; nothing was taken in.")


class OtherForm(MovingRefusal):
    """The two installations do not keep the same tables: one of them has to be upgraded first."""

    sentence = _("The folder was written by another version; nothing was taken in.")
    advice = _("Bring both installations to the same version and write the network out again.")


class NetworkIsHere(MovingRefusal):
    sentence = _("This network, or one of the same address, is here already.")


class OtherSort(MovingRefusal):
    sentence = _("A demonstration and real networks are not kept together; nothing was taken in.")


class Conflict(MovingRefusal):
    """Something here contradicts what arrives; the advice names it."""

    sentence = _("Something that arrives contradicts what is here; nothing was taken in.")


class LacksTerritory(MovingRefusal):
    sentence = _("A municipality or an area of this network is not known here.")
    advice = _("Import the same territory first (`tavolo territory import`).")
