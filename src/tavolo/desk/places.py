"""The pages of a network's desk: for the side of the page, and for the command box."""

from collections.abc import Callable, Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tavolo.documents.rules import DOCUMENTS
from tavolo.imports.rules import IMPORTS
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.messages.pec.rules import PEC
from tavolo.messages.rules import may_see_letters
from tavolo.registry.rules import (
    PEOPLE,
    SETTINGS,
    may_hand_over,
    may_open_deputies,
    runs_network,
    works_at,
)
from tavolo.territory.rules import TERRITORY

Rule = Callable[[Actor, UUID], bool]


def _part(part: str) -> Rule:
    return lambda actor, network: runs_network(actor, network, part)


# The pages of a network's desk, each with its name and who is shown it; one of another room is named
# with its room.
PLACES: dict[str, tuple[Promise, Rule]] = {
    "network": (gettext_lazy("The network"), works_at),
    "people": (gettext_lazy("People"), _part(PEOPLE)),
    "registry:vacancies": (gettext_lazy("Vacant offices"), _part(PEOPLE)),
    "territory": (gettext_lazy("Territory"), _part(TERRITORY)),
    "areas": (gettext_lazy("Districts"), _part(TERRITORY)),
    "imports": (gettext_lazy("Import"), _part(IMPORTS)),
    "requests": (gettext_lazy("Requests"), _part(PEOPLE)),
    "pec": (gettext_lazy("PEC"), _part(PEC)),
    "numbers": (gettext_lazy("Register numbers"), _part(PEC)),
    "messages": (gettext_lazy("Letters"), may_see_letters),
    "templates": (gettext_lazy("Templates of letters"), _part(DOCUMENTS)),
    "keeping": (gettext_lazy("Retention"), _part(DOCUMENTS)),
    "deputies": (gettext_lazy("Deputies"), may_open_deputies),
    "handing_over": (gettext_lazy("Handing over"), may_hand_over),
    "settings": (gettext_lazy("Settings"), _part(SETTINGS)),
}


def places_of(network: Network, actor: Actor) -> Iterator[tuple[Promise, str]]:
    """Name and address of each that the actor may open, in order."""
    for name, (label, shown) in PLACES.items():
        if shown(actor, network.uid):
            url_name = name if ":" in name else f"desk:{name}"
            yield label, reverse(url_name, kwargs={"slug": network.slug})
