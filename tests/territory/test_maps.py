import pytest

from tavolo.territory.choices import Level
from tavolo.territory.queries import Drawing, Drawn, Neighbourhood
from tavolo.territory.web import maps
from tavolo.territory.web.maps import labels

pytestmark = pytest.mark.django_db


def town(name: str, place: tuple[int, int] | None, residents: int | None = 1000, **known) -> Drawn:
    box = known.get("bounds", (0, 0, 1000, 1000))
    path = f"M{box[0]} {box[1]}l10 0 0 10z"
    return Drawn(1, "municipality", name[:6], name, "", path, box, place, residents)


def written(found) -> list[str]:
    return [label.text for label in found.labels]


def test_the_largest_names_are_written_first_and_none_over_another():
    drawing = Drawing(
        Level.FINE,
        (
            town("Piccola", (505, 505), 10),
            town("Grande", (500, 500), 90_000),
            town("Altrove", (500, 800), 20),
        ),
    )

    assert written(maps.municipalities_map("Prova", drawing)) == ["Grande", "Altrove"]


def test_no_name_runs_over_the_edge_and_none_stands_without_a_place():
    drawing = Drawing(
        Level.FINE,
        (
            town("Sul bordo del disegno", (5, 500)),
            town("In mezzo", (500, 500)),
            town("Senza", None),
        ),
    )

    assert written(maps.municipalities_map("Prova", drawing)) == ["In mezzo"]


def test_only_so_many_names_are_written():
    many = tuple(town(f"C{n}", (100 + n % 5 * 150, 100 + n // 5 * 100), n) for n in range(30))

    found = maps.municipalities_map("Prova", Drawing(Level.FINE, many))

    assert len(found.labels) == labels.MOST_LABELS


def test_of_a_name_in_two_languages_the_first_is_written():
    region = Drawn(
        1,
        "region",
        "04",
        "Trentino-Alto Adige/Südtirol",
        "",
        "M0 0l9 0 0 9z",
        (0, 0, 900, 900),
        (450, 450),
    )

    assert written(maps.regions_map("Prova", Drawing(Level.COARSE, (region,)))) == [
        "Trentino-Alto Adige"
    ]


def test_provinces_carry_their_letters():
    province = Drawn(
        1,
        "province",
        "046",
        "Provincia di Lucca",
        "LU",
        "M0 0l9 0 0 9z",
        (0, 0, 900, 900),
        (450, 450),
    )

    assert written(maps.provinces_map("Prova", Drawing(Level.MIDDLE, (province,)))) == ["LU"]


def test_where_nothing_was_drawn_there_is_no_map():
    assert maps.regions_map("Prova", Drawing(Level.COARSE, ())) is None


def test_the_ground_of_a_neighbourhood_is_neither_named_nor_a_link():
    here = town("Qui", (500, 500))
    found = maps.neighbourhood_map(
        Neighbourhood(here, (town("Accanto", (500, 900)),), (town("Sfondo", (100, 100)),))
    )

    assert [(shape.css, shape.label, bool(shape.href)) for shape in found.shapes] == [
        ("m-1", "", False),
        ("m-town", "Accanto", True),
        ("m-here", "Qui", False),
    ]
    assert written(found) == ["Qui", "Accanto"]


def test_every_map_names_its_source_and_leads_to_the_list():
    found = maps.municipalities_map("Prova", Drawing(Level.FINE, (town("Qui", (500, 500)),)))

    assert "CC BY 4.0" in str(found.caption)
    assert found.list_href == "#elenco"
