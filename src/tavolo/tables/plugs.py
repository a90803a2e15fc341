"""What can be added to tables: a kind of body is one file in `kinds/`, a set of groups a line in it."""

from dataclasses import dataclass

from tavolo.kernel.errors import Sentence
from tavolo.kernel.plugs import Registry


@dataclass(frozen=True)
class BodyKind:
    """A kind of body: `key` is stored and stands in the API, `slug` in the addresses of lists.

    `grouped`: bodies of this kind are parts of another and have a number there. `open_by_notice`: organisations
    come to it by a public notice. `political`: who sits there holds an office; None where the kind
    says nothing of it. `order` is its place in lists.
    """

    key: str
    slug: str
    label: Sentence
    plural: Sentence
    order: int
    grouped: bool = False
    open_by_notice: bool = False
    political: bool | None = None

    def __post_init__(self) -> None:
        body_kinds.add(self)


body_kinds: Registry[BodyKind] = Registry("kind of body")


@dataclass(frozen=True)
class GroupPreset:
    """Groups with which a new body can begin: number and name of each, in the words of its source."""

    key: str
    label: Sentence
    kind: str
    groups: tuple[tuple[int, str, str], ...]
    source: str

    def __post_init__(self) -> None:
        group_presets.add(self)


group_presets: Registry[GroupPreset] = Registry("set of groups")


def kind_by_slug(slug: str) -> BodyKind | None:
    return next((kind for kind in body_kinds if kind.slug == slug), None)


def kinds_in_order() -> list[BodyKind]:
    return sorted(body_kinds, key=lambda kind: kind.order)
