"""How provinces are called in full. The source has the bare name; bodies have a title."""

from typing import Final

AUTONOMOUS: Final = frozenset({"021", "022"})
# What took the place of the provinces of Sicily, where it is not a metropolitan city.
FREE_CONSORTIA: Final = frozenset({"081", "084", "085", "086", "088", "089"})
CAPITAL: Final = "058"
IRREGULAR: Final = {
    "007": "Valle d'Aosta/Vallée d'Aoste",  # the region is its own province
    "103": "Provincia del Verbano-Cusio-Ossola",
    "111": "Provincia del Sud Sardegna",
}


def title_of(code: str, name: str, *, metropolitan: bool) -> str:
    """In full: Provincia di Lucca, Provincia della Spezia, Città metropolitana di Milano."""
    if metropolitan and code == CAPITAL:
        return "Città metropolitana di Roma Capitale"
    return IRREGULAR.get(code) or f"{_body(code, metropolitan=metropolitan)} {of(name)}"


def of(name: str) -> str:
    """The name after "di", with its article drawn in: dell'Aquila, della Spezia."""
    if name.startswith("L'"):
        return f"dell'{name[2:]}"
    return f"della {name[3:]}" if name.startswith("La ") else f"di {name}"


def _body(code: str, *, metropolitan: bool) -> str:
    if metropolitan:
        return "Città metropolitana"
    if code in FREE_CONSORTIA:
        return "Libero consorzio comunale"
    return "Provincia autonoma" if code in AUTONOMOUS else "Provincia"
