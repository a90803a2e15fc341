"""How offices are written, in both forms and both languages."""

import pytest
from django.utils import translation

from tavolo.registry.choices import DelegationTheme, OfficeTitle
from tavolo.registry.titles import (
    FEMININE,
    HEADS,
    HELD_BY_ONE,
    MASCULINE,
    NOT_ENDED_BY_ELECTIONS,
    matter_words,
    office_words,
    open_office_words,
)


def test_every_office_of_the_vocabulary_has_both_forms() -> None:
    assert set(FEMININE) == set(MASCULINE) == set(OfficeTitle) - {OfficeTitle.OTHER}


@pytest.mark.parametrize(
    ("title", "feminine", "masculine"),
    [
        (OfficeTitle.MAYOR, "sindaca", "sindaco"),
        (OfficeTitle.DEPUTY_MAYOR, "vicesindaca", "vicesindaco"),
        (OfficeTitle.ASSESSOR, "assessora", "assessore"),
        (OfficeTitle.DELEGATED_COUNCILLOR, "consigliera delegata", "consigliere delegato"),
        (OfficeTitle.PREFECT, "prefetta", "prefetto"),
        (OfficeTitle.POLICE_COMMISSIONER, "questora", "questore"),
        (OfficeTitle.HEAD_TEACHER, "dirigente scolastica", "dirigente scolastico"),
        (OfficeTitle.PRESIDENT, "presidente", "presidente"),
    ],
)
def test_an_office_is_written_by_who_holds_it(
    title: OfficeTitle, feminine: str, masculine: str
) -> None:
    assert office_words(title, "feminine") == feminine
    assert office_words(title, "masculine") == masculine


def test_no_form_is_left_in_english() -> None:
    said = {office_words(title, form) for title in FEMININE for form in ("feminine", "masculine")}
    with translation.override("en"):
        english = {office_words(title, "feminine") for title in FEMININE}
        assert office_words(OfficeTitle.MAYOR, "masculine") == "mayor"
    assert said & english == set()


def test_an_office_outside_the_vocabulary_has_its_own_words() -> None:
    both = ("garante", "commissario straordinario")
    assert office_words(OfficeTitle.OTHER, "feminine", *both) == "garante"
    assert office_words(OfficeTitle.OTHER, "masculine", *both) == "commissario straordinario"
    assert office_words(OfficeTitle.OTHER, "feminine", "", "difensore civico") == "difensore civico"
    assert office_words(OfficeTitle.OTHER, "masculine", "garante", "") == "garante"


def test_an_office_that_nobody_holds_is_written_in_both_forms() -> None:
    assert open_office_words(OfficeTitle.MAYOR) == "Sindaco o sindaca"
    other = OfficeTitle.OTHER
    assert open_office_words(other, "commissaria", "commissario") == "commissaria / commissario"
    assert open_office_words(other, "garante", "garante") == "garante"


def test_a_matter_is_told_in_the_words_of_the_act() -> None:
    assert matter_words(DelegationTheme.CULTURE, "Cultura e memoria") == "Cultura e memoria"
    assert matter_words(DelegationTheme.EQUAL_OPPORTUNITIES) == "Pari opportunità"


def test_what_is_said_of_offices_is_said_of_those_of_the_vocabulary() -> None:
    assert len(set(HEADS)) == len(HEADS)
    assert HELD_BY_ONE | NOT_ENDED_BY_ELECTIONS | set(HEADS) <= set(FEMININE)
    assert OfficeTitle.ASSESSOR not in HELD_BY_ONE
