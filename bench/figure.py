import json
from typing import Any


def figure(name: str, value: float, unit: str, **more: Any) -> str:
    """One line: what was measured, how much, in what."""
    return json.dumps({"figure": name, "value": round(value, 3), "unit": unit, **more})
