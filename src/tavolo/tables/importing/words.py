"""Words of lists that are plugs, and which body of the network a row names."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_noop, override

from tavolo.imports.plugs import CellFault, Context
from tavolo.imports.values import Shape, quoted
from tavolo.kernel.dated import Period
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.text import search_key
from tavolo.registry.actions.recorded import period_of
from tavolo.registry.errors import EndsBeforeItBegan
from tavolo.registry.importing.words import LANGUAGES, Wrong
from tavolo.tables.models import Body, BodyName
from tavolo.tables.plugs import kinds_in_order
from tavolo.tables.regulation.presets import presets

UNKNOWN_BODY = gettext_noop("No body of the network is called %(name)s.")
SEVERAL_BODIES = gettext_noop("Several bodies are called %(name)s: write the code in the address.")
NOT_THERE = gettext_noop("The body is not there on that day.")
ENDS_EARLY = gettext_noop("The last day is before the first.")
OTHERWISE = gettext_noop(
    "This is already entered, and otherwise: correct it on the page of the body."
)


@dataclass(frozen=True)
class PlugWord:
    """The label of one of some plugs, in either language, or its key; `offered` gives keys and labels."""

    offered: Callable[[], Iterable[tuple[str, str]]]
    shape: ClassVar[Shape] = "text"

    def __call__(self, text: str) -> str:
        for language in LANGUAGES:
            with override(language):
                for key, label in self.offered():
                    if search_key(text) in {search_key(key), search_key(label)}:
                        return key
        raise CellFault(
            gettext_noop("“%(said)s” is none of the words that can stand here: %(words)s."),
            said=quoted(text),
            words=", ".join(word for word, _label in self.choices()),
        )

    def written(self, value: Any) -> str:
        with override(LANGUAGES[0]):
            return dict(self.offered()).get(str(value), str(value))

    def choices(self) -> tuple[tuple[str, str], ...]:
        with override(LANGUAGES[0]):
            return tuple((label, label) for _key, label in self.offered())


def kinds() -> Iterable[tuple[str, str]]:
    return ((kind.key, str(kind.label)) for kind in kinds_in_order())


def usual_regulations() -> Iterable[tuple[str, str]]:
    return ((key, preset.label) for key, preset in presets().items())


class Bodies:
    """The bodies of a network, by code and by every name that they bear or bore; two queries."""

    def __init__(self, context: Context) -> None:
        rows = list(Body.objects.filter(network=context.network).select_related("parent"))
        self.by_code: dict[str, Body] = {row.code: row for row in rows}
        self.by_name: dict[str, dict[str, Body]] = defaultdict(dict)
        for row in rows:
            self.by_name[row.search_key][row.code] = row
        names = BodyName.objects.known().filter(body__network=context.network)
        for code, key in names.values_list("body__code", "search_key"):
            self.by_name[key][code] = self.by_code[code]

    def find(self, said: str, where: str = "body") -> Body:
        """Refuses with Wrong."""
        if said in self.by_code:
            return self.by_code[said]
        found = self.by_name.get(search_key(said), {})
        if len(found) > 1:
            raise Wrong(SEVERAL_BODIES, where, name=said)
        if not found:
            raise Wrong(UNKNOWN_BODY, where, name=said)
        return next(iter(found.values()))


def partly(said: str | None) -> PartialDate | None:
    return PartialDate.parse(said) if said else None


def spell_of(told: Mapping[str, Any], first: str = "since", last: str = "until") -> Period:
    """From when until when a row says. Refuses with Wrong."""
    try:
        return period_of(partly(told.get(first)), partly(told.get(last)))
    except EndsBeforeItBegan as fault:
        raise Wrong(ENDS_EARLY, last) from fault


def inside(period: Period, outer: Period) -> bool:
    """Whether every day of it lies in the other."""
    begins = outer.valid_from is None or (period.valid_from or date.min) >= outer.valid_from
    return begins and (period.valid_until or date.max) <= (outer.valid_until or date.max)


def days(period: Period) -> dict[str, str | None]:
    return {
        "valid_from": period.valid_from.isoformat() if period.valid_from else None,
        "valid_until": period.valid_until.isoformat() if period.valid_until else None,
    }
