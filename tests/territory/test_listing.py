"""The rows under a map: ordered by a link, page by page, the unknown always last."""

import pytest
from django.http import QueryDict

from tavolo.kernel.errors import BadRequest
from tavolo.territory.web.listing import Line, Listing, Measure
from tavolo.ui.components.empty_state import EmptyState

ROWS = (("b", "Budrio", 3), ("a", "Argelato", 1), ("d", "Dozza", None), ("c", "Castenaso", 3))


def listing(rows=ROWS) -> Listing:
    lines = [Line(code, name, name.lower(), f"/{code}/", (value,)) for code, name, value in rows]
    return Listing(
        "Comuni",
        "Comune",
        (Measure("residenti", "Residenti", main=True),),
        lines,
        EmptyState("Niente", "Niente."),
        "parti",
    )


def names(query: str) -> list[str]:
    table = listing().table(QueryDict(query))
    return [str(row.cells[0].value) for row in table.rows]


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", "ABCD"),
        ("ordina=nome", "ABCD"),
        ("ordina=-nome", "DCBA"),
        ("ordina=residenti", "ABCD"),
        ("ordina=-residenti", "BCAD"),
    ],
)
def test_rows_are_ordered_as_the_address_says_and_the_unknown_stand_last(query, order):
    assert "".join(name[0] for name in names(query)) == order


@pytest.mark.parametrize("query", ["ordina=felicita", "ordina=--nome", "after=zz", "before=zz"])
def test_an_order_and_a_place_that_do_not_exist_are_refused(query):
    with pytest.raises(BadRequest):
        names(query)


def test_headings_turn_the_list_round_and_say_how_it_stands():
    name, number = listing().table(QueryDict("ordina=-residenti&al=2016-02-23")).columns

    assert (name.href, name.order) == ("?al=2016-02-23#parti", "")
    assert (number.href, number.order) == (
        "?al=2016-02-23&ordina=residenti#parti",
        "descending",
    )
    by_name, _number = listing().table(QueryDict("")).columns
    assert (by_name.href, by_name.order) == ("?ordina=-nome#parti", "ascending")


def test_pages_follow_each_other_in_either_order():
    rows = [(f"c{number:03}", f"Comune {number:03}", number) for number in range(120)]
    seen, query = [], ""
    while True:
        table = listing(rows).table(QueryDict(query))
        seen.append([str(row.cells[0].value) for row in table.rows])
        if not table.paging.next_href:
            break
        query = table.paging.next_href[1:].split("#")[0]

    assert [len(page) for page in seen] == [50, 50, 20]
    assert [name for page in seen for name in page] == [name for _code, name, _value in rows]
    assert (table.paging.shown, table.paging.total) == (20, 120)
    back = listing(rows).table(QueryDict(table.paging.previous_href[1:].split("#")[0]))
    assert [str(row.cells[0].value) for row in back.rows] == seen[1]


def test_beyond_the_last_row_there_is_no_page():
    with pytest.raises(BadRequest):
        names("after=d")


def test_a_phone_gets_the_main_column_or_the_chosen_one():
    plain = listing().table(QueryDict(""))
    assert [column.minor for column in plain.columns] == [False, False]
    chosen = Listing(
        "Comuni",
        "Comune",
        (Measure("residenti", "Residenti", main=True), Measure("donne", "Donne", chosen=True)),
        [],
        EmptyState("Niente", "Niente."),
        "parti",
    ).table(QueryDict(""))
    assert [column.minor for column in chosen.columns] == [False, True, False]
