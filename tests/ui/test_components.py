"""Every component: it draws its samples, escapes what is hostile, and refuses what it cannot show."""

import re
from dataclasses import FrozenInstanceError, fields
from datetime import date

import pytest
from django import forms
from django.utils.translation import gettext_lazy

from tavolo.kernel.dates import PartialDate
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.base import REGISTRY, Component
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.card import Card, CardLink, Term
from tavolo.ui.components.chain import Chain, Link
from tavolo.ui.components.chart import Chart, Series
from tavolo.ui.components.confirmation import Confirmation
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.facts import Fact, Facts
from tavolo.ui.components.form import Fieldset, FormView
from tavolo.ui.components.graph import Graph, Node, Tie, TieKey
from tavolo.ui.components.map import KeyEntry, Map, MapLabel, Pin, Shape, ViewBox
from tavolo.ui.components.matrix import Crossing, Head, Matrix, MatrixRow
from tavolo.ui.components.stepper import Step, Stepper
from tavolo.ui.components.table import Cell, Column, Filter, Option, Paging, Row, Table
from tavolo.ui.components.tabs import Tab, Tabs
from tavolo.ui.components.timeline import Moment, Timeline
from tavolo.ui.errors import ComponentError
from tavolo.ui.web.samples import samples

EVIL = "<script>alert('x')</script>\"&"
SQUARE = "M0 0H1V1H0z"
NOTHING = EmptyState("Non c’è nulla", "Qui starà qualcosa.")


class OneField(forms.Form):
    name = forms.CharField()


def one_form(**more: object) -> FormView:
    return FormView(OneField(), **more)


def test_the_gallery_shows_every_component() -> None:
    assert set(samples()) == set(REGISTRY)


OUR_MODULE = re.compile(r'<script type="module" src="/static/ui/\w+\.js"></script>')


def without_our_module(html: str) -> str:
    return OUR_MODULE.sub("", html)


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_each_sample_is_drawn_without_style_or_script_of_its_own(name: str) -> None:
    for shown in samples()[name]:
        html = without_our_module(shown.render())
        assert html.strip()
        assert re.findall(r"<script|<style|\sstyle=|\son\w+=", html) == []


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_a_component_cannot_be_changed(name: str) -> None:
    shown = samples()[name][0]
    with pytest.raises(FrozenInstanceError):
        setattr(shown, fields(shown)[0].name, "other")


HOSTILE: list[Component] = [
    Breadcrumbs((Crumb(EVIL, EVIL),), EVIL),
    Badge("on", EVIL, EVIL),
    Facts((Fact(EVIL, EVIL, EVIL, EVIL),)),
    Card(EVIL, EVIL, EVIL, Badge("on", EVIL), (Term(EVIL, EVIL, EVIL),), (CardLink(EVIL, EVIL),)),
    Timeline((Moment(EVIL, EVIL, EVIL, EVIL, EVIL, Badge("on", EVIL)),)),
    Chain((Link(EVIL, EVIL), Link(EVIL, here=True), Link(EVIL))),
    Stepper(EVIL, (Step(EVIL, EVIL), Step(EVIL)), 2),
    Tabs(EVIL, (Tab(EVIL, EVIL, current=True), Tab(EVIL, EVIL))),
    EmptyState(EVIL, EVIL, (CardLink(EVIL, EVIL),)),
    Table(
        EVIL,
        (Column(EVIL), Column(EVIL, short=EVIL)),
        (Row.of(Cell(EVIL, EVIL, EVIL), Cell(Badge("on", EVIL), EVIL, EVIL)),),
        NOTHING,
        paging=Paging(1, 1, EVIL, EVIL),
        filters=(Filter("a", EVIL, EVIL, (Option(EVIL, EVIL),)), Filter("b", EVIL, EVIL)),
        exports=(CardLink(EVIL, EVIL),),
        foot=Row.of(EVIL, EVIL),
    ),
    Map(
        EVIL,
        (Shape(f"M{EVIL}", EVIL, EVIL, description=EVIL), Shape(SQUARE, EVIL)),
        ViewBox(0, 0, 1, 1),
        labels=(MapLabel(EVIL, (0, 0)),),
        pins=(Pin("1", EVIL, (0, 0), (1, 1), EVIL), Pin('"<', EVIL, (0, 0))),
        legend=(KeyEntry("m-1", EVIL, 1),),
        caption=EVIL,
        list_href=EVIL,
    ),
    Map(EVIL, (), ViewBox(0, 0, 1, 1), image_href=EVIL, legend_title=EVIL),
    Graph(
        EVIL,
        (Node(EVIL, EVIL, EVIL, EVIL), Node(EVIL, EVIL, "b")),
        EVIL, (Tie(0, 1, "g-dot"),), (TieKey("g-dot", EVIL),), EVIL, EVIL,
    ),
    Matrix(EVIL, EVIL, (Head(EVIL, EVIL, EVIL),), (MatrixRow(Head(EVIL), (Crossing(1, EVIL),)),)),
    Chart(EVIL, "bars", (EVIL,), (Series(EVIL, (1,)),), unit=EVIL, source=EVIL),
    Chart(EVIL, "lines", (EVIL,), (Series(EVIL, (1,)), Series(EVIL, (2,))), unit=EVIL),
    FormView(
        OneField({"name": ""}, initial={"name": EVIL}),
        EVIL, EVIL, EVIL, EVIL, (Fieldset(EVIL, ("name",)),), EVIL, EVIL,
    ),
    Confirmation(EVIL, (EVIL,), one_form(cancel_href=EVIL), EVIL),
]  # fmt: skip


@pytest.mark.parametrize("shown", HOSTILE, ids=lambda shown: type(shown).__name__)
def test_hostile_text_stays_text(shown: Component) -> None:
    html = without_our_module(shown.render())
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert not re.search(r'=\s*"[^"]*alert\(\'x\'\)', html)


def test_every_component_was_tried_with_hostile_text() -> None:
    assert {type(shown) for shown in HOSTILE} == set(REGISTRY.values())


WRONG = {
    "breadcrumbs without a page above": lambda: Breadcrumbs((), "Qui"),
    "breadcrumbs without this page": lambda: Breadcrumbs((Crumb("a", "/"),), ""),
    "a crumb without address": lambda: Crumb("a", ""),
    "a badge of an unknown shape": lambda: Badge("green", "Va bene"),
    "a badge without words": lambda: Badge("on", ""),
    "words that are a number": lambda: Badge("on", 3),
    "four facts": lambda: Facts((Fact("a", 1),) * 4),
    "no facts": lambda: Facts(()),
    "a fact that counts nothing": lambda: Fact("", 1),
    "a fact of None": lambda: Fact("a", None),
    "a list for a tuple": lambda: Facts([Fact("a", 1)]),
    "a tuple of other things": lambda: Facts(("a",)),
    "a card without title": lambda: Card(""),
    "a card at a level that is no heading": lambda: Card("a", level=7),
    "a term without value": lambda: Term("a", ""),
    "a link without label": lambda: CardLink("", "/"),
    "a story without moments": lambda: Timeline(()),
    "two nows": lambda: Timeline((Moment("a", "b", now=True),) * 2),
    "a moment without title": lambda: Moment(date(2015, 6, 30), ""),
    "a chain that is nowhere": lambda: Chain((Link("a", "/"),)),
    "a link that is here and elsewhere": lambda: Link("a", "/", here=True),
    "a link of the chain without label": lambda: Link(""),
    "a step beyond the last": lambda: Stepper("a", (Step("b"),), 2),
    "steps of nothing": lambda: Stepper("", (Step("b"),), 1),
    "a step without title": lambda: Step(""),
    "a matrix without rows": lambda: Matrix("a", "b", (Head("c"),), ()),
    "a row of a matrix that is too short": lambda: Matrix(
        "a", "b", (Head("c"),), (MatrixRow(Head("d"), ()),)
    ),
    "a matrix that says nothing": lambda: Matrix(
        "", "b", (Head("c"),), (MatrixRow(Head("d"), (Crossing(0),)),)
    ),
    "a head without label": lambda: Head(""),
    "a map that is a picture and has shapes": lambda: Map(
        "a", (Shape(SQUARE),), ViewBox(0, 0, 1, 1), image_href="/a.svg"
    ),
    "one tab": lambda: Tabs("a", (Tab("b", "/", current=True),)),
    "two current tabs": lambda: Tabs("a", (Tab("b", "/", current=True),) * 2),
    "tabs that choose nothing": lambda: Tabs("", (Tab("b", "/", current=True), Tab("c", "/"))),
    "a tab without address": lambda: Tab("a", ""),
    "an empty place without advice": lambda: EmptyState("Nulla", ""),
    "a table without caption": lambda: Table("", (Column("a"),), (), NOTHING),
    "a table without columns": lambda: Table("a", (), (), NOTHING),
    "a row that is too short": lambda: Table(
        "a", (Column("b"), Column("c")), (Row.of("d"),), NOTHING
    ),
    "a foot that is too long": lambda: Table(
        "a", (Column("b"),), (Row.of("d"),), NOTHING, foot=Row.of("e", "f")
    ),
    "a column without label": lambda: Column(""),
    "a filter without name": lambda: Filter("", "a"),
    "a page that shows more than there is": lambda: Paging(3, 2),
    "a number that is yes or no": lambda: Paging(True, True),
    "a map without title": lambda: Map("", (), ViewBox(0, 0, 1, 1)),
    "a map whose key is no id": lambda: Map("a", (), ViewBox(0, 0, 1, 1), key='x" y'),
    "a view of nothing": lambda: ViewBox(0, 0, 0, 1),
    "a shape of an unknown shade": lambda: Shape(SQUARE, css="red"),
    "a shape that is no path": lambda: Shape("L0 0"),
    "a link without name on the map": lambda: Shape(SQUARE, href="/a/"),
    "a pin without label": lambda: Pin("1", "", (0, 0)),
    "a pin with too many signs": lambda: Pin("1000", "a", (0, 0)),
    "a point of three numbers": lambda: Pin("1", "a", (0, 0, 0)),
    "a key of an unknown shade": lambda: KeyEntry("green", "a"),
    "a key without words": lambda: KeyEntry("m-1", ""),
    "a chart without title": lambda: Chart("", "bars", ("a",), (Series("b", (1,)),)),
    "a chart without labels": lambda: Chart("a", "bars", (), (Series("b", ()),)),
    "a chart without series": lambda: Chart("a", "lines", ("a",), ()),
    "a chart of five series": lambda: Chart("a", "lines", ("a",), (Series("b", (1,)),) * 5),
    "bars of two series": lambda: Chart("a", "bars", ("a",), (Series("b", (1,)),) * 2),
    "a pie": lambda: Chart("a", "pie", ("a",), (Series("b", (1,)),)),
    "a series that is too short": lambda: Chart("a", "bars", ("a", "b"), (Series("c", (1,)),)),
    "a series without name": lambda: Series("", (1,)),
    "less than nothing": lambda: Series("a", (-1,)),
    "a form of no form": lambda: FormView("a"),
    "a form without button": lambda: one_form(submit=""),
    "a fieldset of fields that are not there": lambda: one_form(
        fieldsets=(Fieldset("a", ("age",)),)
    ),
    "a fieldset without legend": lambda: Fieldset("", ("name",)),
    "a confirmation without consequences": lambda: Confirmation("a?", (), one_form(cancel_href="/")),
    "a confirmation that cannot be left": lambda: Confirmation("a?", ("b",), one_form()),
    "a confirmation without question": lambda: Confirmation("", ("b",), one_form(cancel_href="/")),
}  # fmt: skip


@pytest.mark.parametrize("make", WRONG.values(), ids=WRONG)
def test_what_cannot_be_shown_is_refused(make) -> None:
    with pytest.raises(ComponentError):
        make()


def test_a_refusal_names_the_field_and_what_it_wants() -> None:
    with pytest.raises(ComponentError, match=r"^Shape\.path wants str, got int: 3$"):
        Shape(3)


def test_words_may_wait_for_their_language() -> None:
    assert Badge("on", gettext_lazy("Cancel")).render() == (
        '<span class="tv-state tv-state--on">Annulla</span>\n'
    )


def test_a_state_has_a_word_and_a_shape() -> None:
    assert Badge("late", "Scaduto", "da ieri").render() == (
        '<span class="tv-state tv-state--late">Scaduto <small>da ieri</small></span>\n'
    )


def test_breadcrumbs_end_where_one_is() -> None:
    html = Breadcrumbs((Crumb("Milano", "/reti/milano/"),), "Tavolo").render()
    assert '<a href="/reti/milano/">Milano</a>' in html
    assert '<li class="breadcrumb-item active" aria-current="page">Tavolo</li>' in html


def test_a_fact_is_a_number_with_its_thousands_or_a_word() -> None:
    html = Facts((Fact("residenti", 6025), Fact("stato", "aperto"), Fact("quota", 2.5))).render()
    assert "<dd>6.025</dd>" in html
    assert '<dd class="is-word">aperto</dd>' in html
    assert "<dd>2,5</dd>" in html


def test_a_moment_says_its_date_as_far_as_it_is_known() -> None:
    html = Timeline(
        (Moment(PartialDate(2015), "Avviso"), Moment(date(2015, 6, 30), "Avvio"))
    ).render()
    assert '<time datetime="2015">2015</time>' in html
    assert '<time datetime="2015-06-30">martedì 30 giugno 2015</time>' in html


def test_steps_before_the_current_one_are_done_and_lead_back() -> None:
    html = Stepper(
        "Domanda", (Step("Uno", "/1/"), Step("Due", "/2/"), Step("Tre", "/3/")), 2
    ).render()
    assert html.count('class="is-done"') == 1
    assert '<a href="/1/">Uno</a>' in html
    assert "/2/" not in html
    assert "/3/" not in html
    assert "Passo 2 di 3: Due" in html


def test_the_chain_tells_here_from_to_come() -> None:
    html = Chain((Link("Avviso", "/a/"), Link("Tavolo", here=True), Link("Riunione"))).render()
    assert '<a href="/a/">Avviso</a>' in html
    assert '<span aria-current="true">Tavolo</span>' in html
    assert '<span class="is-to-come">Riunione</span>' in html


def test_tabs_are_links_and_one_is_current() -> None:
    html = Tabs("Che cosa", (Tab("Centri", "?v=centri"), Tab("Ore", "?v=ore", True, 1200))).render()
    assert '<a href="?v=centri">Centri</a>' in html
    assert '<a href="?v=ore" aria-current="true">Ore <span class="n">1.200</span></a>' in html
