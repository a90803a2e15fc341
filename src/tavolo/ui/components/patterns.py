"""Fills that are told apart without colour: the classes of a shaded map, what is unknown, what is kept.

Colours stand in the markup, not in the stylesheet, so that a drawing served as a file of its own
looks like the same drawing in a page.
"""

from collections.abc import Sequence

GROUND, GREY = "#f7f9fb", "#75869a"
# One hue, from light to dark; each with hatching of its own, in a colour that shows on it.
TONES = ("#e3ebf3", "#bccddd", "#8aa7c2", "#4d7599", "#1d466b")
_HATCHING = (
    "",
    '<path d="M4 0V8" stroke="#8aa7c2"/>',
    '<path d="M-2 2L2-2M0 8L8 0M6 10L10 6" stroke="#4d7599"/>',
    '<path d="M0 2H8M0 6H8" stroke="#8aa7c2"/>',
    '<path d="M0 0L8 8M0 8L8 0" stroke="#6f93b5"/>',
)
CLASSES = tuple(f"m-q{number}" for number in range(1, len(TONES) + 1))
# Which of the tones so many classes take: as far apart as they can be.
_SPREAD: dict[int, Sequence[int]] = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4)}
LIGHT_WORDS = frozenset(CLASSES[3:])  # on these, writing is white

_DOT = f'<circle cx="3" cy="3" r="1" fill="{GREY}"/>'
_STROKES = f'<path d="M0 6L6 0M-1 1L1-1M5 7L7 5" stroke="{GREY}" stroke-width="1.5"/>'
_ACROSS = '<path d="M0 0L8 8M0 8L8 0" stroke="#4d7599" stroke-width=".8"/>'
_MARKUP = {
    "m-unknown": (6, f'<rect width="6" height="6" fill="{GROUND}"/>{_DOT}'),
    "m-kept": (6, f'<rect width="6" height="6" fill="{GROUND}"/>{_STROKES}'),
    # Two boundaries that run across each other: pale, so that lines show on it.
    "m-cross": (8, f'<rect width="8" height="8" fill="{TONES[0]}"/>{_ACROSS}'),
    **{
        css: (8, f'<rect width="8" height="8" fill="{tone}"/>{hatching}')
        for css, tone, hatching in zip(CLASSES, TONES, _HATCHING, strict=True)
    },
}
PATTERNS = tuple(_MARKUP)


def class_shades(number: int) -> tuple[str, ...]:
    """The shades of so many classes (one to five), the lowest first."""
    return tuple(CLASSES[place] for place in _SPREAD.get(number, range(number)))


def pattern(identifier: str, css: str, grow: float) -> str:
    """The definition of a fill; `grow` is how many units of the drawing one pixel has."""
    side, markup = _MARKUP[css]
    return (
        f'<pattern id="{identifier}" width="{side}" height="{side}" patternUnits="userSpaceOnUse"'
        f' patternTransform="scale({grow:.6g})">{markup}</pattern>'
    )
