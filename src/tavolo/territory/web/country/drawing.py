"""The drawing of all municipalities by a figure: made once for what it rests on, then kept."""

import gzip
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from threading import Lock

import brotli
from django.conf import settings
from django.core.cache import caches
from django.utils.translation import get_language, override

from tavolo.territory import queries
from tavolo.territory.choices import Level
from tavolo.territory.models import Area, Municipality
from tavolo.territory.plugs import Figure, Known
from tavolo.territory.queries.editions import lives_since, territory_edition
from tavolo.territory.shading import ValueClass
from tavolo.territory.web.country import svg
from tavolo.territory.web.shades import Shading
from tavolo.ui.components.map import ViewBox

LAYOUT = 1  # to be raised when the drawing is made otherwise
QUALITY = 9  # of brotli: a little larger than the best, in a tenth of the time
MARGIN = 0.01
REGIONS = "region"
_making = Lock()


@dataclass(frozen=True)
class CountryDrawing:
    """The drawing in the two encodings that browsers read, and what is said beside it.

    `tag` names its content, `size` is how long it is without encoding, `height` that of the
    picture at `svg.WIDTH`. `regions` are the values of the regions by primary key, `notes` say
    by language of what day or year the values are.
    """

    tag: str
    brotli: bytes
    gzip: bytes
    size: int
    height: int
    classes: tuple[ValueClass, ...]
    unknown: int
    regions: dict[int, float | None]
    whole: float | None
    notes: dict[str, str]

    def shading(self, figure: Figure) -> Shading:
        """The classes of the municipalities with the values of the regions, in the reader's language."""
        note = self.notes.get(get_language() or "", "")
        return Shading(figure, note, self.regions, self.classes, self.whole, self.unknown)


def country_drawing(figure: Figure, on: date) -> CountryDrawing | None:
    """The drawing of that day, made now or before; None where nothing was ever drawn.

    Kept where every process of the machine finds it, under what it rests on: after an import
    nobody finds the old one. Before the first import nothing is kept.
    """
    edition = territory_edition()
    rests_on = (LAYOUT, figure.key, figure.edition(on), lives_since(on), edition)
    key = sha256(repr(rests_on).encode()).hexdigest()
    kept = caches["drawings"]
    found: CountryDrawing | None = kept.get(key) if edition else None
    if found is None:
        with _making:
            # Whoever waited finds what another thread has made meanwhile.
            found = (kept.get(key) if edition else None) or _make(key[:20], figure, on)
            if edition and found is not None:
                kept.set(key, found)
    return found


def _make(tag: str, figure: Figure, on: date) -> CountryDrawing | None:
    ground = queries.areas_drawn(Area.objects.filter(kind=REGIONS), Level.COARSE)
    towns = queries.country_paths()
    if not ground.shapes or not towns:
        return None
    living = Municipality.objects.on(on)
    known, notes = _read(figure, on)
    values = {
        key: figure.value([known.parts[key]]) if key in known.parts else None
        for key in living.values_list("pk", flat=True)
    }
    shading = Shading.of(figure, known.note, values, figure.value(known.parts.values()))
    box = ViewBox.around(ground.bounds, MARGIN)
    drawn = {key for key, _path in towns}
    shades = {key: shading.css(key) for key in values if key in drawn}
    text = svg.drawn(towns, shades, [shape.path for shape in ground.shapes], box).encode()
    return CountryDrawing(
        tag=tag,
        brotli=brotli.compress(text, quality=QUALITY),
        gzip=gzip.compress(text, mtime=0),
        size=len(text),
        height=svg.height_of(box),
        classes=shading.classes,
        unknown=shading.unknown,
        regions=_by_region(figure, known, on),
        whole=shading.whole,
        notes=notes,
    )


def _read(figure: Figure, on: date) -> tuple[Known, dict[str, str]]:
    """What the figure knows, and its note in every language."""
    notes = {}
    known = Known({})
    for code, _name in settings.LANGUAGES:
        with override(code):
            known = figure.read(Municipality.objects.on(on), on)
            notes[code] = known.note
    return known, notes


def _by_region(figure: Figure, known: Known, on: date) -> dict[int, float | None]:
    held = queries.municipalities_by_area(Area.objects.filter(kind=REGIONS), on=on)
    return {
        region: figure.value(known.parts[key] for key in keys if key in known.parts)
        for region, keys in held.items()
    }
