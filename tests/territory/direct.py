"""A direct reading of the history file, which shares no line with the importer: csv and dates alone."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

FILE = Path("data") / "territory" / "municipality_history.csv"
# The nine of L. 56/2014, and the other five from the first day on which a source shows them.
CITIES = {
    **dict.fromkeys(("001", "010", "015", "027", "037", "048", "058", "063", "072"), 2015),
    **dict.fromkeys(("080", "082", "083", "087", "092"), 2017),
}


class Line(NamedTuple):
    begins: int
    ends: int
    code: str
    name: str
    province: str
    region: str


def ordinal(text: str) -> int:
    day, month, year = text.split("-")
    return date(int(year), int(month), int(day)).toordinal()


class Reading:
    """The rows of the file, exact repetitions and those without length dropped."""

    def __init__(self, shared: Path) -> None:
        self.lines: list[Line] = []
        seen: set[tuple[str, ...]] = set()
        with (shared / FILE).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if tuple(row.values()) in seen:
                    continue
                seen.add(tuple(row.values()))
                names = [row["LABEL_COMUNE_IT"], row["LABEL_COMUNE_DE"]]
                line = Line(
                    ordinal(row["DATA_INIZIO_VALIDITA"]),
                    ordinal(row["DATA_FINE_VALIDITA"]),
                    row["CODICE_COMUNE"],
                    "/".join(name for name in names if name),
                    row["CODICE_PROVINCIA"],
                    row["CODICE_REGIONE"],
                )
                if line.begins != line.ends:
                    self.lines.append(line)
        self.codes = sorted({line.code for line in self.lines})

    def on(self, day: date) -> Iterator[Line]:
        """Who holds on that day: begin ≤ day < end."""
        when = day.toordinal()
        return (line for line in self.lines if line.begins <= when < line.ends)

    def names_on(self, day: date) -> dict[str, str]:
        return {line.code: line.name for line in self.on(day)}

    def homes_on(self, day: date) -> dict[str, set[tuple[str, str]]]:
        """By code the province (or the metropolitan city in its place) and the region, if any."""
        return {line.code: set(homes_of(line, day)) for line in self.on(day)}

    def days_of_change(self) -> list[date]:
        """Every day on which a row begins or ends, save the last day of the calendar."""
        days = {line.begins for line in self.lines} | {line.ends for line in self.lines}
        return [date.fromordinal(day) for day in sorted(days) if date.fromordinal(day).year < 9999]


def homes_of(line: Line, day: date) -> Iterator[tuple[str, str]]:
    if day.year >= CITIES.get(line.province, 9999):
        yield "metropolitan_city", f"2{line.province[1:]}"
    else:
        yield "province", line.province
    if line.region != "00":
        yield "region", line.region
