import csv
import json
import lzma
import shutil

import pytest

from tavolo.territory.errors import DamagedExtract
from tavolo.territory.extract import FOLDER, Extract

FILES = ("boundaries.json.xz", "municipalities.json.xz")


@pytest.fixture(scope="module")
def extract() -> Extract:
    return Extract()


@pytest.fixture
def copy(tmp_path):
    for name in FILES:
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


def rewrite(path, change) -> None:
    document = json.loads(lzma.decompress(path.read_bytes()))
    change(document)
    path.write_bytes(lzma.compress(json.dumps(document).encode(), preset=0))


def number(text: str) -> int | None:
    return int(float(text)) if text else None


def total(ages, begin=0, end=None) -> int | None:
    return None if ages is None else sum(ages[begin:end])


def test_the_extract_holds_what_the_source_says(extract, shared):
    """Every municipality, field by field: codes, names, population in all its bands, place."""
    with (shared / "data/territory/municipalities_2023.csv").open(encoding="utf-8") as lines:
        source = {row["istat_code"]: row for row in csv.DictReader(lines)}
    provinces = {province.code: province for province in extract.provinces}
    ours, theirs = {}, {}
    for place in extract.places():
        row, province = source[place.istat_code], provinces[place.province_code]
        women, men = place.women, place.men
        everybody = women and tuple(w + m for w, m in zip(women, men, strict=True))
        ours[place.istat_code] = (
            place.name, place.cadastral_code, province.name, province.short,
            extract.regions[province.region_code], int(province.code), int(province.region_code),
            total(women), total(men), total(everybody), total(women, 14), total(women, 16, 71),
            total(women, 15, 65), total(everybody, 0, 3), total(everybody, 65),
            f"{place.longitude:.5f}", f"{place.latitude:.5f}",
        )  # fmt: skip
        theirs[place.istat_code] = (
            row["name"], row["cadastral_code"], row["province"], row["province_short"],
            row["region"], int(row["province_code"]), int(row["region_code"]),
            *(number(row[name]) for name in ("pop_f", "pop_m", "pop_total", "pop_f_14plus", "pop_f_16_70", "pop_f_15_64", "pop_0_2", "pop_65plus")),
            f"{float(row['lon']):.5f}", f"{float(row['lat']):.5f}",
        )  # fmt: skip

    assert set(ours) == set(source)
    assert ours == theirs


def test_surfaces_are_those_of_the_ellipsoid(extract, shared):
    """The list that we compare with measured on a sphere: up to four in a thousand less."""
    with (shared / "data/territory/municipalities_2023.csv").open(encoding="utf-8") as lines:
        spherical = {row["istat_code"]: float(row["area_km2"]) for row in csv.DictReader(lines)}
    off = {
        place.istat_code: place.km2
        for place in extract.places()
        if place.km2 != pytest.approx(spherical[place.istat_code], rel=0.004, abs=0.002)
    }

    assert off == {}


def test_three_municipalities_have_no_population(extract):
    assert [p.istat_code for p in extract.places() if p.women is None or p.men is None] == [
        "081025",
        "099030",
        "099031",
    ]


def test_fourteen_metropolitan_cities_have_a_code_of_their_own(extract):
    cities = {
        province.name: province.uts_code for province in extract.provinces if province.uts_code
    }

    assert cities == {
        "Torino": "201",
        "Genova": "210",
        "Milano": "215",
        "Venezia": "227",
        "Bologna": "237",
        "Firenze": "248",
        "Roma": "258",
        "Napoli": "263",
        "Bari": "272",
        "Reggio di Calabria": "280",
        "Palermo": "282",
        "Messina": "283",
        "Catania": "287",
        "Cagliari": "292",
    }


def test_twenty_regions_and_107_provinces(extract):
    assert len(extract.regions) == 20
    assert len(extract.provinces) == 107
    assert len(list(extract.places())) == 7899


@pytest.mark.parametrize("name", FILES)
def test_the_text_is_written_in_one_way_only(name):
    text = lzma.decompress((FOLDER / name).read_bytes()).decode()

    assert text == json.dumps(
        json.loads(text), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )


def test_the_extract_is_compact():
    sizes = {name: (FOLDER / name).stat().st_size for name in FILES}

    assert sizes["boundaries.json.xz"] < 700_000
    assert sizes["municipalities.json.xz"] < 1_250_000


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_refused(copy, name):
    (copy / name).unlink()

    with pytest.raises(DamagedExtract):
        Extract(copy)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("cut", [0, 10, 100_000])
def test_half_a_file_is_refused(copy, name, cut):
    (copy / name).write_bytes((copy / name).read_bytes()[:cut])

    with pytest.raises(DamagedExtract):
        Extract(copy)


@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_is_refused(copy, name):
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 0xFF
    (copy / name).write_bytes(content)

    with pytest.raises(DamagedExtract):
        Extract(copy)


def test_something_else_is_refused(copy):
    (copy / FILES[0]).write_bytes(lzma.compress(b"[]"))

    with pytest.raises(DamagedExtract):
        Extract(copy)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("municipalities.json.xz", lambda d: d.update(format=99)),
        ("municipalities.json.xz", lambda d: d.update(year=2022)),
        ("municipalities.json.xz", lambda d: d["names"].pop()),
        ("municipalities.json.xz", lambda d: d["provinces"].pop()),
        ("municipalities.json.xz", lambda d: d["regions"].pop()),
        ("municipalities.json.xz", lambda d: d.pop("km2")),
        ("municipalities.json.xz", lambda d: d.update(women=None)),
        ("boundaries.json.xz", lambda d: d.update(unit=30)),
        ("boundaries.json.xz", lambda d: d["rings"].popitem()),
        ("boundaries.json.xz", lambda d: d["dx"].pop()),
    ],
)
def test_files_that_do_not_fit_each_other_are_refused(copy, name, change):
    rewrite(copy / name, change)

    with pytest.raises(DamagedExtract):
        Extract(copy)
