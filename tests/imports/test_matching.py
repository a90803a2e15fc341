"""Columns by name, by what was said before, and near names as proposals only."""

from collections.abc import Mapping, Sequence

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from tavolo.imports.matching import Match, alike, fold, match
from tavolo.imports.plugs import Field

FIELDS = (
    Field("istat_code", "ISTAT code", str, required=True, aliases=("Codice ISTAT", "PRO_COM_T")),
    Field("name", "Name of the municipality", str, required=True, aliases=("Comune",)),
    Field("source", "Source", str, aliases=("Fonte",)),
)


def matched(headings: Sequence[str], remembered: Mapping[str, str] | None = None) -> Match:
    return match(headings, FIELDS, remembered or {})


@pytest.mark.parametrize(
    "heading",
    [
        "ISTAT code",
        "istat_code",
        "  CODICE   istat ",
        "Códice ISTAT",
        "codice-istat",
        "Pro_Com_T",
        "Codice Istat:",
    ],
)
def test_a_column_goes_under_label_key_or_alias(heading: str) -> None:
    assert matched([heading]).columns == {"istat_code": 0}


def test_a_label_is_known_in_either_language() -> None:
    fields = (Field("network", gettext_lazy("network"), str, required=True),)
    for language in ("it", "en"):
        with translation.override(language):
            for heading in ("Rete", "Network"):
                assert match([heading], fields, {}).columns == {"network": 0}


def test_everything_that_is_there_is_accounted_for() -> None:
    assert matched(["Fonte", "Colore", "", "Comune"]) == Match(
        columns={"source": 0, "name": 3},
        proposals={},
        rivals={},
        repeated=(),
        unknown=(1, 2),
        missing=("istat_code",),
    )


@pytest.mark.parametrize(
    "heading",
    ["Codice ISATT", "Codice ISTAT comune", "ISTAT, codice", "Codici ISTAT", "Cod. ISTAT code"],
)
def test_a_near_name_is_proposed_and_not_taken(heading: str) -> None:
    told = matched([heading, "Comune"])
    assert (told.columns, told.proposals, told.missing) == (
        {"name": 1},
        {"istat_code": 0},
        ("istat_code",),
    )


@pytest.mark.parametrize("heading", ["Codice fiscale", "Data", "Codice", "Nome", "Provincia"])
def test_what_is_another_word_is_not_proposed(heading: str) -> None:
    assert matched([heading]).proposals == {}


def test_a_column_is_proposed_for_one_field_the_nearest() -> None:
    fields = (Field("from_day", "Valid from", str), Field("from_year", "Valid form", str))
    told = match(["Valid fro", "Valid fomr"], fields, {})
    assert sorted(told.proposals.values()) == [0, 1]


def test_a_heading_that_stands_twice_is_taken_by_nobody() -> None:
    told = matched(["Comune", "Codice ISTAT", "Comune"])
    assert (told.columns, told.rivals, told.repeated, told.missing) == (
        {"istat_code": 1},
        {"name": (0, 2)},
        (0, 2),
        ("name",),
    )


def test_two_columns_for_one_field_are_said() -> None:
    told = matched(["Fonte", "Source", "Comune", "Codice ISTAT"])
    assert (told.rivals, told.repeated, told.missing) == ({"source": (0, 1)}, (), ())


def test_what_was_said_before_comes_first() -> None:
    told = matched(["Colore", "Comune", "Codice ISTAT"], {"colore": "name"})
    assert told.columns == {"name": 0, "istat_code": 2}
    assert told.unknown == (1,)


def test_what_was_left_before_is_left() -> None:
    told = matched(["Comune", "Codice ISATT"], {"comune": "", "codice isatt": ""})
    assert (told.columns, told.proposals, told.unknown) == ({}, {}, (0, 1))


def test_a_field_that_is_no_more_is_forgotten() -> None:
    assert matched(["Comune"], {"comune": "former"}).columns == {"name": 0}


def test_no_heading_no_field() -> None:
    assert match([], (), {}) == Match({}, {}, {}, (), (), ())


def test_a_heading_as_long_as_a_page_folds_short() -> None:
    assert len(fold("parola " * 100)) == 200


@given(st.lists(st.text(max_size=30), max_size=12))
def test_whatever_the_headings_each_column_has_one_place(headings: list[str]) -> None:
    told = matched(headings)
    claimed = [*told.columns.values(), *told.proposals.values(), *sum(told.rivals.values(), ())]
    assert len(claimed) == len(set(claimed))
    assert sorted([*claimed, *told.unknown]) == list(range(len(headings)))


def test_likeness_knows_no_order_of_words() -> None:
    assert alike("istat codice", "codice istat") == 1
    assert alike("", "a") == 0
