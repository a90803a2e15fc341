"""What rooms offer to pages: a place in the navigation, a panel on a page below, a link of the chain."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeVar

from django.db.models import Model
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.actor import Actor
from tavolo.kernel.plugs import Registry
from tavolo.ui.components.base import Component
from tavolo.ui.components.chain import Chain, Link


class Door(Enum):
    """The five doors of the public pages, in their order, the sections of the work area, and its bar."""

    NETWORK = "network"
    TERRITORY = "territory"
    SERVICES = "services"
    ACTIVITIES = "activities"
    DATA = "data"
    WORK = "work"
    BAR = "bar"


DOOR_LABELS: Mapping[Door, str | Promise] = {
    Door.NETWORK: _("The network"),
    Door.TERRITORY: _("The territory"),
    Door.SERVICES: _("Services and help"),
    Door.ACTIVITIES: _("Activities"),
    Door.DATA: _("Data"),
}


def to_all(_actor: Actor) -> bool:
    """The navigation entry is for everybody."""
    return True


def not_counted(_request: HttpRequest) -> int | None:
    """The navigation entry has no number."""
    return None


@dataclass(frozen=True)
class NavEntry:
    """An address that stands behind a door, offered by a room in its `nav.py`.

    The first entry of a door, by `order`, is where the door leads; a door without an entry is not
    shown. Entries of `Door.WORK` are the sections of the work area, those of `Door.BAR` stand above
    it. `visible` asks the actor. `count` is the number beside it, None where there is none to say;
    it costs a query at most.
    """

    key: str
    door: Door
    label: str | Promise
    url_name: str
    order: int = 50
    visible: Callable[[Actor], bool] = to_all
    count: Callable[[HttpRequest], int | None] = not_counted


class Panel(Protocol):
    """What a room above shows on the page of a thing below; found in the room's `panels.py`.

    `subject` is the model of that thing. `load` answers for all subjects at once, by primary key,
    with as many queries for 200 as for one, and leaves out those of which it has nothing to show.
    """

    key: str
    subject: type[Model]
    order: int

    def visible(self, actor: Actor) -> bool:
        """Whether this actor is shown the panel at all."""
        ...

    def load(self, subjects: Sequence[Model], actor: Actor) -> Mapping[Hashable, Component]:
        """The component for each subject."""
        ...


class ChainLink(Protocol):
    """What a thing came from and what it led to, known to a room above it; found in `panels.py`.

    Both answer in batches, by primary key, like `Panel.load`; `order` is the place in the chain
    among what other rooms say of the same thing.
    """

    key: str
    subject: type[Model]
    order: int

    def before(self, subjects: Sequence[Model], actor: Actor) -> Mapping[Hashable, Sequence[Link]]:
        """What each came from, the oldest first."""
        ...

    def after(self, subjects: Sequence[Model], actor: Actor) -> Mapping[Hashable, Sequence[Link]]:
        """What each led to, the nearest first."""
        ...


P = TypeVar("P", Panel, ChainLink)

nav_entries: Registry[NavEntry] = Registry("navigation entry")
panels: Registry[Panel] = Registry("panel")
chain_links: Registry[ChainLink] = Registry("link of the chain")


def panels_of(subject: Model, actor: Actor) -> list[Component]:
    """The panels that rooms above show on the page of `subject`, in their order."""
    chosen = [panel for panel in _about(panels, subject) if panel.visible(actor)]
    found = (panel.load([subject], actor).get(subject.pk) for panel in chosen)
    return [component for component in found if component is not None]


def chain_of(subject: Model, here: str | Promise, actor: Actor) -> Chain:
    """The chain through `subject`, which stands in the middle under the name `here`."""
    links = _about(chain_links, subject)
    before = [link for plug in links for link in plug.before([subject], actor).get(subject.pk, ())]
    after = [link for plug in links for link in plug.after([subject], actor).get(subject.pk, ())]
    return Chain(links=(*before, Link(here, here=True), *after))


def _about(plugs: Iterable[P], subject: Model) -> list[P]:
    return sorted(
        (plug for plug in plugs if isinstance(subject, plug.subject)), key=lambda plug: plug.order
    )
