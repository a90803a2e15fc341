"""`{% load ui %}`: components by variable and by name, and values as people say them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Engine, Template, TemplateSyntaxError, engines
from django.utils.translation import override

from tavolo.kernel.dates import PartialDate
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.form import FormView
from tavolo.ui.errors import ComponentError, UnknownComponent
from tavolo.ui.web.sample_forms import SendForm
from tests.ui import urls as trial


def drawn(source: str, **values: object) -> str:
    return Template("{% load ui %}" + source).render(Context(values))


def test_a_component_of_a_variable_is_drawn() -> None:
    assert drawn("{% component it.badge %}", it={"badge": Badge("on", "Aperto")}) == (
        '<span class="tv-state tv-state--on">Aperto</span>\n'
    )


def test_a_component_is_made_by_its_name() -> None:
    assert drawn('{% component "badge" state="done" words=said %}', said="<Fatto>") == (
        '<span class="tv-state tv-state--done">&lt;Fatto&gt;</span>\n'
    )


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('{% component "bagde" words="a" %}', "There is no component 'bagde'; there are badge, "),
        ('{% component "badge" words="a" %}', "'badge' needs state"),
        ('{% component "badge" state="on" words="a" colour="red" %}', "does not have colour"),
        ("{% component %}", "wants a component or its name"),
        ('{% component it words="a" %}', "is a variable and takes no fields"),
        ("{% component it other %}", "cannot read 'other'"),
    ],
)
def test_a_wrong_tag_is_refused_when_the_template_is_compiled(source: str, fault: str) -> None:
    with pytest.raises(TemplateSyntaxError, match=fault):
        Template("{% load ui %}" + source)


@pytest.mark.parametrize("wrong", ["words", None, 3, SendForm])
def test_what_is_no_component_is_refused(wrong: object) -> None:
    with pytest.raises(UnknownComponent, match=r"^it is a \w+, not a component\.$"):
        drawn("{% component it %}", it=wrong)


def test_a_wrong_value_is_refused_when_it_is_made() -> None:
    with pytest.raises(ComponentError):
        drawn('{% component "badge" state="green" words="a" %}')


def test_a_component_sees_nothing_of_the_page_around_it() -> None:
    assert "secret" not in drawn("{% component it %}", it=FormView(SendForm()), faults="secret")


def test_a_component_is_drawn_by_any_engine() -> None:
    engine = Engine.get_default()
    source = engine.from_string('{% load ui %}{% component "badge" state="on" words="a" %}')
    assert source.render(Context()) == '<span class="tv-state tv-state--on">a</span>\n'
    assert engines["django"].engine is engine


def test_an_icon_is_hidden_from_readers() -> None:
    html = drawn('{% icon "locked" "xs" %}')
    assert '<svg class="icon icon-xs" aria-hidden="true"' in html
    assert "bootstrap-italia/svg/sprites.svg#it-locked" in html


@pytest.mark.parametrize(
    ("source", "value", "said"),
    [
        ("thousands", 6025, "6.025"),
        ("thousands", 0, "0"),
        ("thousands:1", 35.06, "35,1"),
        ("thousands", None, '<span class="tv-unknown">non determinabile</span>'),
        ("percent", 0.38, "38\N{NO-BREAK SPACE}%"),
        ("percent:1", 0.3849, "38,5\N{NO-BREAK SPACE}%"),
        ("percent", None, '<span class="tv-unknown">non determinabile</span>'),
        ("kilometres", 850, "850\N{NO-BREAK SPACE}m"),
        ("kilometres", 3400, "3,4\N{NO-BREAK SPACE}km"),
        ("kilometres", 1_041_999, "1.042\N{NO-BREAK SPACE}km"),
        ("kilometres", None, '<span class="tv-unknown">non determinabile</span>'),
        ("since", date(2015, 6, 30), "dal 30 giugno 2015"),
        ("since", PartialDate(2006), "dal 2006"),
        ("since", None, '<span class="tv-unknown">non determinabile</span>'),
        ("until", date(2015, 1, 1), "fino al 31 dicembre 2014"),
        ("until", None, ""),
        ("or_unknown", "", '<span class="tv-unknown">non determinabile</span>'),
        ("or_unknown", 0, "0"),
        ("or_unknown", "<a>", "&lt;a&gt;"),
        (
            "say_date",
            date(2025, 11, 24),
            '<time datetime="2025-11-24">lunedì 24 novembre 2025</time>',
        ),
    ],
)
def test_values_are_said(source: str, value: object, said: str) -> None:
    assert drawn("{{ value|" + source + " }}", value=value) == said


def test_an_instant_is_said_in_italy() -> None:
    instant = datetime(2025, 11, 24, 14, 0, tzinfo=UTC)
    assert drawn("{{ value|say_date }}", value=instant) == (
        '<time datetime="2025-11-24T15:00+01:00">lunedì 24 novembre 2025, ore 15</time>'
    )


@pytest.mark.urls(trial.__name__)
def test_addresses_come_in_the_language_of_the_reader_where_they_answer() -> None:
    source = '{% address "/cerca/" %}|{% address "/aiuto/" %}'
    assert drawn(source) == "/cerca/|"
    with override("en"):
        assert drawn(source) == "/en/cerca/|"
