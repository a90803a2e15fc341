"""Which area a row means: by its code or its name; one that is not there yet is made."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tavolo.imports.plugs import Context, Given, Likely
from tavolo.kernel.text import minted_code, search_key
from tavolo.territory.codes import LONGEST_CODE, is_code
from tavolo.territory.importing.towns import Wrong
from tavolo.territory.models import Area, AreaAlias
from tavolo.territory.queries.editing import homes_of
from tavolo.territory.queries.imported import State, area_state, area_subject

NO_AREA = gettext_noop("Write the code of the area, or its name.")
NO_KIND = gettext_noop("Say of which kind the areas are: once for the file, or in each row.")
OTHER_AREA = gettext_noop("The area %(code)s is called %(name)s, not %(said)s.")
SEVERAL_AREAS = gettext_noop("Several areas are called %(name)s: write the code.")
NEW_NEEDS_NAME = gettext_noop("There is no area with the code %(code)s yet: write its name too.")
BAD_CODE = gettext_noop(
    "“%(code)s” cannot be a code: small letters, digits and hyphens, forty at most."
)
FORMER_CODE = gettext_noop("The code %(code)s was that of another area.")
NEAR = 0.85

Key = tuple[str, str]  # kind and code


@dataclass(frozen=True)
class Meant:
    """The area of a row. `pk` None: it is not there yet, and `name` is what it will be called."""

    kind: str
    code: str
    name: str
    pk: int | None


class Areas:
    """The areas of the kinds that rows name; two queries, and four more for a network's new ones."""

    def __init__(self, kinds: Collection[str], context: Context) -> None:
        self.context = context
        self.by_code: dict[Key, Meant] = {}
        self.by_name: dict[Key, list[Meant]] = defaultdict(list)
        for area in Area.objects.filter(kind__in=kinds).order_by("sort_key", "id"):
            self._know(Meant(area.kind, area.code, area.name, area.pk), area.title)
        former = AreaAlias.objects.filter(kind__in=kinds).values_list("kind", "code")
        self.former = set(former)

    def _know(self, area: Meant, title: str = "") -> None:
        self.by_code[area.kind, area.code] = area
        for name in {search_key(area.name), search_key(title)} - {""}:
            self.by_name[area.kind, name].append(area)

    def find(self, row: Given) -> Meant:
        """Which area the row means. Refuses with Wrong."""
        kind = row.values.get("kind") or self.context.options.get("kind")
        code, name = row.values.get("area_code"), row.values.get("area_name")
        if not kind:
            raise Wrong(NO_KIND, "kind")
        decided = self.context.decisions.get(row.number, "").split(":")
        if decided[0] == "area" and tuple(decided[1:3]) in self.by_code:
            return self.by_code[decided[1], decided[2]]
        if code:
            return self._by_code(kind, code, name)
        if name:
            return self._by_name(kind, name)
        raise Wrong(NO_AREA, "area_code")

    def _by_code(self, kind: str, code: str, name: str | None) -> Meant:
        found = self.by_code.get((kind, code))
        if found is None:
            return self._new(kind, code, name)
        if name and found not in self.by_name.get((kind, search_key(name)), ()):
            raise Wrong(OTHER_AREA, "area_name", code=code, name=found.name, said=name)
        return found

    def _by_name(self, kind: str, name: str) -> Meant:
        found = self.by_name.get((kind, search_key(name)), [])
        if len(found) > 1:
            raise Wrong(SEVERAL_AREAS, "area_name", name=name)
        return found[0] if found else self._new(kind, "", name)

    def _new(self, kind: str, code: str, name: str | None) -> Meant:
        if not name:
            raise Wrong(NEW_NEEDS_NAME, "area_name", code=code)
        if code and not is_code(code):
            raise Wrong(BAD_CODE, "area_code", code=code)
        if (kind, code) in self.former:
            raise Wrong(FORMER_CODE, "area_code", code=code)
        taken = {known for of, known in (*self.by_code, *self.former) if of == kind}
        area = Meant(kind, code or minted_code(name, taken, length=LONGEST_CODE), name, None)
        self._know(area)
        return area

    def nearly(self, row: Given, area: Meant) -> Iterator[Likely]:
        """Areas that are there with nearly the same name: somebody has to say whether it is one of them."""
        if area.pk is not None or row.number in self.context.decisions:
            return
        for known in self.by_code.values():
            if known.kind == area.kind and known.pk is not None and alike(known.name, area.name):
                yield Likely(
                    row.number,
                    area_subject(known.kind, known.code),
                    known.name,
                    _("An area with nearly the same name is there already."),
                )

    def parent(self) -> Area | None:
        """In which area those lie that are made: the smallest one in which the network works."""
        network = self.context.network
        return next(iter(homes_of(network, on=self.context.on)), None) if network else None


def alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, search_key(one), search_key(other)).ratio() >= NEAR


def new_state(area: Meant, parent: Area | None) -> State:
    """An area that is not there yet, as it will be but for its uid."""
    row = Area(kind=area.kind, code=area.code, name=area.name, title=area.name, parent=parent)
    return {key: value for key, value in area_state(row).items() if key != "uid"}
