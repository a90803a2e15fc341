"""Tables: captions, labels for the phone, pages that keep their filters."""

import re

from django.http import QueryDict

from tavolo.kernel.paging import Page
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Filter, Option, Paging, Row, Table
from tavolo.ui.words import Missing

NOTHING = EmptyState("Nessun comune", "Qui staranno i comuni.", (CardLink("Aggiungi", "/a/"),))
COLUMNS = (
    Column("Comune"),
    Column("Residenti", numeric=True),
    Column("Stato del protocollo", short="Stato"),
)


def table(*rows: Row, **more: object) -> str:
    html = Table("Comuni", COLUMNS, rows, NOTHING, **more).render()
    return re.sub(r">\s+<", "><", html)


def test_a_row_has_a_head_and_labelled_cells() -> None:
    html = table(Row.of(Cell("Argelato", "/t/1/", "dal 2016"), 9635, Badge("on", "in vigore")))
    assert "<caption>Comuni</caption>" in html
    assert '<th scope="col" class="num">Residenti</th>' in html
    assert '<th scope="row"><a href="/t/1/">Argelato</a><small>dal 2016</small></th>' in html
    assert '<td class="num" data-label="Residenti"><span>9.635</span></td>' in html
    assert (
        '<td data-label="Stato"><span><span class="tv-state tv-state--on">in vigore</span>' in html
    )


def test_why_there_is_no_number_is_said() -> None:
    html = table(Row.of("a", None, Missing.PROTECTED), Row.of("b", 0, Missing.NOT_FORESEEN))
    assert '<span class="tv-unknown">non determinabile</span>' in html
    assert '<span class="tv-kept">protetto</span>' in html
    assert '<span class="visually-hidden">non previsto</span>' in html
    assert "<span>0</span>" in html


def test_without_rows_the_table_says_how_to_begin() -> None:
    html = table()
    assert "<table" not in html
    assert "Nessun comune" in html
    assert '<a class="btn btn-primary" href="/a/">Aggiungi</a>' in html


def test_a_list_says_how_many_of_how_many_and_exports_what_it_shows() -> None:
    html = table(
        Row.of("a", 1, "x"),
        paging=Paging(1, 1133, "?before=b", "?after=a"),
        exports=(CardLink("Tutti in CSV", "/csv/"),),
    )
    assert "<p>1 di 1.133</p>" in html
    assert '<a rel="prev" href="?before=b">Precedenti</a>' in html
    assert '<a rel="next" href="?after=a">Seguenti</a>' in html
    assert '<a href="/csv/">Tutti in CSV</a>' in html


def test_pages_keep_the_filters_of_the_address() -> None:
    page = Page(items=["a", "b"], total=9, after="zz", before="aa")
    made = Paging.of(page, QueryDict("stato=on&after=mm&vuoto="))
    assert made == Paging(2, 9, "?stato=on&before=aa", "?stato=on&after=zz")


def test_the_only_page_leads_nowhere() -> None:
    assert Paging.of(Page(items=[], total=0), QueryDict("")) == Paging(0, 0)


def test_filters_keep_what_was_chosen() -> None:
    html = table(
        Row.of("a", 1, "x"),
        filters=(
            Filter("stato", "Stato", "on", (Option("on", "in vigore"), Option("over", "scaduto"))),
            Filter("nome", "Nome", "arge"),
        ),
    )
    assert '<option value="on" selected>in vigore</option>' in html
    assert '<option value="over">scaduto</option>' in html
    assert 'name="nome" type="search" value="arge"' in html
    assert '<a href="?">Mostra tutto</a>' in html
    assert '<label for="table-nome">Nome</label>' in html


def test_without_a_choice_there_is_nothing_to_take_back() -> None:
    assert 'href="?"' not in table(filters=(Filter("nome", "Nome"),))


def test_totals_stand_in_the_foot_with_their_labels() -> None:
    html = table(Row.of("a", 1, "x"), foot=Row.of("Distretto", 1200, ""))
    foot = html.split("<tfoot>")[1]
    assert foot.startswith(
        '<tr><th scope="row">Distretto</th><td class="num" data-label="Residenti">'
    )


def test_a_short_table_stays_a_table_on_a_phone() -> None:
    assert "tv-stack" in table(Row.of("a", 1, "x"))
    assert "tv-stack" not in table(Row.of("a", 1, "x"), narrow="keep")


def test_values_that_speak_for_themselves_stand_on_one_line_of_a_phone() -> None:
    assert '<table class="tv-table tv-stack tv-brief"' in table(Row.of("a", 1, "x"), narrow="brief")


def test_a_caption_may_be_for_readers_only() -> None:
    html = table(Row.of("a", 1, "x"), caption_hidden=True)
    assert '<caption class="visually-hidden">Comuni</caption>' in html
