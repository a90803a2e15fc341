"""A figure made ready for a map: which shade each shape has, what the key says, what is read aloud."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tavolo.territory.plugs import Figure
from tavolo.territory.shading import ValueClass, classes_of
from tavolo.ui import words
from tavolo.ui.components.map import KeyEntry
from tavolo.ui.components.patterns import LIGHT_WORDS, class_shades

UNKNOWN = "m-unknown"


@dataclass(frozen=True)
class Shading:
    """The values of a figure by what they are of, None where they are not known, and their classes.

    `note` says of what day or year they are, `whole` is the value of all together, `unknown` of
    how many nothing is known.
    """

    figure: Figure
    note: str
    values: Mapping[int, float | None]
    classes: tuple[ValueClass, ...]
    whole: float | None = None
    unknown: int = 0

    @classmethod
    def of(
        cls,
        figure: Figure,
        note: str,
        values: Mapping[int, float | None],
        whole: float | None = None,
    ) -> "Shading":
        known = [value for value in values.values() if value is not None]
        classes = classes_of(known, decimals=figure.decimals)
        return cls(figure, note, values, classes, whole, len(values) - len(known))

    def css(self, key: int) -> str:
        """The shade of a shape; what has no value has a pattern of its own."""
        value = self.values.get(key)
        if value is None:
            return UNKNOWN
        shown = round(value, self.figure.decimals)
        place = next(place for place, each in enumerate(self.classes) if shown in each)
        return class_shades(len(self.classes))[place]

    def is_dark(self, key: int) -> bool:
        return self.css(key) in LIGHT_WORDS

    def said(self, key: int) -> str:
        """The value in words, for whoever listens or points: "Densità: 322 residenti per km²"."""
        value = self.values.get(key)
        told = _("not determinable") if value is None else self.written(value)
        return f"{self.figure.label}: {told}"

    def written(self, value: float) -> str:
        return f"{words.number(value, self.figure.decimals)} {self.figure.unit}".strip()

    @property
    def title(self) -> str:
        """What the shades count, in which unit and of when."""
        unit = f", {self.figure.unit}" if self.figure.unit else ""
        note = f" ({self.note})" if self.note else ""
        return f"{self.figure.label}{unit}{note}"

    @property
    def legend(self) -> tuple[KeyEntry, ...]:
        """The classes with their bounds, which both occur, and how many have them."""
        shades = class_shades(len(self.classes))
        entries = [
            KeyEntry(css, self._bounds(each), each.count)
            for css, each in zip(shades, self.classes, strict=True)
        ]
        if self.unknown:
            entries.append(KeyEntry(UNKNOWN, _("not determinable"), self.unknown))
        return tuple(entries)

    def _bounds(self, each: ValueClass) -> str:
        low, high = (words.number(value, self.figure.decimals) for value in (each.low, each.high))
        return low if each.low == each.high else f"{low}–{high}"
