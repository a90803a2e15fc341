"""Every write of territory: the national extract, and which territory is a network's."""

from tavolo.territory.actions.national import Imported, import_national_extract
from tavolo.territory.actions.networks import place_network

__all__ = ["Imported", "import_national_extract", "place_network"]
