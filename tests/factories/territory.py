"""A small country: one region, provinces of square municipalities in rows, as many as a test wants."""

from itertools import count

from tavolo.territory.choices import Level
from tavolo.territory.models import (
    Area,
    AreaAlias,
    AreaMembership,
    Municipality,
    MunicipalityVersion,
    Population,
    Shape,
)

YEAR = 2023
WOMEN, MEN = 520, 480
SIDE = 100  # cells of a municipality's square
ROW = 20
BANDS = {"from": [0, 14, 65], "women": [60, 300, 160], "men": [70, 290, 120]}

_numbers = count(1)


def a_region(code: str = "09", name: str = "Toscana") -> Area:
    region, _made = Area.objects.get_or_create(
        kind="region",
        code=code,
        defaults={"name": name, "title": name, "longitude": 11.0, "latitude": 43.5},
    )
    draw(region, area_box(0), Level.COARSE)
    return region


def a_province(
    code: str = "046",
    name: str = "Lucca",
    *,
    municipalities: int = 0,
    region: Area | None = None,
    place: int = 0,
) -> Area:
    province = Area.objects.create(
        kind="province",
        code=code,
        name=name,
        title=f"Provincia di {name}",
        short=name[:2].upper(),
        parent=region or a_region(),
        longitude=10.5,
        latitude=43.8,
    )
    for level in Level:
        draw(province, area_box(place), level)
    for number in range(municipalities):
        a_municipality(f"Comune {number + 1}", province=province)
    return province


def a_metropolitan_city(municipalities: int = 0) -> Area:
    """Milano, under its own code; that of the old province leads to it."""
    city = Area.objects.create(
        kind="metropolitan_city",
        code="215",
        name="Milano",
        title="Città metropolitana di Milano",
        short="MI",
        parent=a_region("03", "Lombardia"),
    )
    AreaAlias.objects.create(area=city, kind="province", code="015")
    for number in range(municipalities):
        a_municipality(f"Comune milanese {number + 1}", province=city)
    return city


def a_municipality(
    name: str = "Capannori",
    *,
    province: Area | None = None,
    istat_code: str = "",
    people: tuple[int, int] | None = (WOMEN, MEN),
    drawn: bool = True,
) -> Municipality:
    """A square beside the one made before it; `people` are its women and men, None if not known."""
    number = next(_numbers)
    home = province or a_province()
    town = Municipality(
        name=name,
        istat_code=istat_code or f"{number:06}",
        cadastral_code=f"Z{number % 1000:03}",
        province=home,
        region=home.parent,
        longitude=10.5,
        latitude=43.8,
        km2=10.0,
    )
    town.save()
    MunicipalityVersion.objects.create(
        municipality=town,
        istat_code=town.istat_code,
        cadastral_code=town.cadastral_code,
        name=town.name,
    )
    for area in (home, home.parent):
        AreaMembership.objects.create(area=area, municipality=town)
    if people is not None:
        women, men = people
        Population.objects.create(
            municipality=town, year=YEAR, women=women, men=men, total=women + men, bands=BANDS
        )
    if drawn:
        left, top = number % ROW * SIDE, number // ROW * SIDE
        for level in Level:
            draw(town, (left, top, left + SIDE, top + SIDE), level)
    return town


def area_box(place: int) -> tuple[int, int, int, int]:
    return place * 1000, 0, place * 1000 + 1000, 1000


def draw(
    thing: Area | Municipality,
    box: tuple[int, int, int, int],
    level: Level,
    *,
    year: int = YEAR,
) -> Shape:
    left, top, right, bottom = box
    owner = {"area" if isinstance(thing, Area) else "municipality": thing}
    shape, _made = Shape.objects.update_or_create(
        **owner,
        level=level,
        year=year,
        defaults={
            "min_x": left,
            "min_y": top,
            "max_x": right,
            "max_y": bottom,
            "path": f"M{left} {top}l{right - left} 0 0 {bottom - top}-{right - left} 0z",
        },
    )
    return shape
