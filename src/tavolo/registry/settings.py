"""What a network may set about itself; rooms above read it by `kernel.network.setting_of`."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.network import Setting


@dataclass(frozen=True)
class Seat:
    """Where a network is: street and number in words, and the ISTAT code of the municipality.

    Either may be empty where it is not known.
    """

    address: str = ""
    municipality: str = ""

    @property
    def as_json(self) -> dict[str, str]:
        return {"address": self.address, "municipality": self.municipality}


def read_seat(told: Any) -> Seat:
    """ValueError for anything but the two words."""
    if set(told) != {"address", "municipality"}:
        raise ValueError(told)
    return Seat(str(told["address"]), str(told["municipality"]))


SOURCES = Setting("registry.sources", _("Where its first data come from"), "", str)
CONTACT = Setting("registry.contact", _("E-mail of the secretariat, for everybody"), "", str)
SEAT = Setting("registry.seat", _("Seat"), Seat(), read_seat)
