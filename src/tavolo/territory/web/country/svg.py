"""The drawing as a file: no words, no stylesheet, no script; one path for each shade."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tavolo.ui.components.map import ViewBox
from tavolo.ui.components.patterns import pattern

WIDTH = 900  # pixels at which hatchings and lines are seen as they are meant
GROUND = "#e3e6ea"  # where on that day there was no such municipality
INK = "#14293f"
Paths = Sequence[tuple[int, str]]


def drawn(
    municipalities: Paths, shades: Mapping[int, str], regions: Sequence[str], box: ViewBox
) -> str:
    """Each municipality in its shade, `shades` by key; who has none is ground. Regions are outlined."""
    unit = box.width / WIDTH  # of the drawing, in one pixel
    by_shade: dict[str, list[str]] = defaultdict(list)
    for key, path in municipalities:
        by_shade[shades.get(key, "")].append(path)
    patterns = "".join(pattern(css[2:], css, unit) for css in sorted(by_shade) if css)
    fills = "".join(_filled(css, by_shade[css]) for css in sorted(by_shade))
    lines = "".join(f'<path d="{path}"/>' for path in regions)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_box(box)}"'
        f' width="{WIDTH}" height="{height_of(box)}">'
        f"<defs>{patterns}</defs>"
        f'<g stroke="#fff" stroke-width="{0.3 * unit:.2f}" stroke-linejoin="round">'
        f"{fills}</g>"
        f'<g fill="none" stroke="{INK}" stroke-width="{0.8 * unit:.2f}" stroke-linejoin="round">'
        f"{lines}</g></svg>"
    )


def height_of(box: ViewBox) -> int:
    return round(WIDTH * box.height / box.width)


def _filled(css: str, paths: Sequence[str]) -> str:
    fill = f"url(#{css[2:]})" if css else GROUND
    return f'<path fill="{fill}" d="{"".join(paths)}"/>'


def _box(box: ViewBox) -> str:
    return f"{box.x:.0f} {box.y:.0f} {box.width:.0f} {box.height:.0f}"
