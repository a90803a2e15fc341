"""Charts: scales begin at zero, what is missing stays open, and the table says the same."""

import pytest

from tavolo.ui.components.chart import Chart, Series, clipped, round_scale
from tavolo.ui.words import Missing


@pytest.mark.parametrize(
    ("most", "end"),
    [
        (0, 1),
        (1, 1),
        (3, 5),
        (44, 50),
        (100, 100),
        (101, 200),
        (240, 250),
        (1240, 2000),
        (0.3, 0.5),
    ],
)
def test_the_scale_ends_at_a_round_number(most: float, end: float) -> None:
    assert round_scale(most) == pytest.approx(end)


def test_a_long_label_is_clipped_in_the_drawing_and_whole_in_the_table() -> None:
    name = "Comune di " + "x" * 60
    assert clipped(name) == name[:45] + "…"
    html = Chart("Servizi", "bars", (name,), (Series("Servizi", (1,)),)).render()
    assert f'<th scope="row">{name}</th>' in html


def test_bars_are_as_long_as_their_values() -> None:
    svg = Chart("Servizi", "bars", ("a", "b"), (Series("n", (50, 100)),)).svg
    assert 'width="272.0"' in svg
    assert 'width="544.0"' in svg
    assert 'role="img" aria-labelledby="chart-title"><title id="chart-title">Servizi</title>' in svg


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (Missing.UNKNOWN, "non determinabile"),
        (Missing.PROTECTED, "protetto"),
        (Missing.NOT_FORESEEN, "non previsto"),
    ],
)
def test_a_missing_value_is_said_and_not_drawn(why: Missing, words: str) -> None:
    shown = Chart("Servizi", "bars", ("a",), (Series("n", (why,)),))
    assert "<rect" not in shown.svg
    assert words in shown.svg


def test_a_line_is_broken_where_a_value_is_missing() -> None:
    svg = Chart("Accessi", "lines", ("1", "2", "3"), (Series("n", (1, Missing.UNKNOWN, 2)),)).svg
    assert svg.count("M", svg.index("c-line c-1")) == 2
    assert svg.count("<circle") == 2


def test_every_label_or_every_second() -> None:
    def labels(count: int) -> int:
        names = tuple(f"y{year}" for year in range(count))
        return Chart("a", "lines", names, (Series("n", (1,) * count),)).svg.count(">y")

    assert [labels(8), labels(9), labels(1)] == [8, 5, 1]


def test_the_table_says_the_same_numbers() -> None:
    html = Chart(
        "Quote", "lines", ("2024",), (Series("A", (0.5,)), Series("B", (1240,))), decimals=1
    ).render()
    assert "0,5" in html
    assert "1.240,0" in html
    assert '<caption class="visually-hidden">Quote</caption>' in html
    assert html.count('<li><svg aria-hidden="true"') == 2
