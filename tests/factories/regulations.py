"""Regulations to test with: what is usual, but for the rules that a test is about."""

from typing import Any

from tavolo.tables.regulation.plain import plain, read
from tavolo.tables.regulation.presets import presets
from tavolo.tables.regulation.rules import Regulation

HALF = {"reach": "more_than", "share": "1/2"}
THIRD = {"reach": "at_least", "share": "1/3"}
TWO_THIRDS = {"reach": "at_least", "share": "2/3"}


def ruled(preset: str = "standing_table", /, **rules: Any) -> Regulation:
    """As in ruled(quorum__second=None): the preset, but for these rules, in plain JSON."""
    told = plain(presets()[preset].regulation)
    for path, value in rules.items():
        section, name = path.split("__")
        assert name in told[section]
        told[section][name] = value
    return read(told)
