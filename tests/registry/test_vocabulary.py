"""The vocabularies of kinds and legal forms, and how a later version changes one."""

from datetime import date

import pytest
from django.db.models import TextChoices

from tavolo.registry.choices import KIND_PLURALS, LegalForm, OrganisationKind
from tavolo.registry.models import Organisation, Standing
from tavolo.registry.vocabulary import KINDS, LEGAL_FORMS, VOCABULARIES, Version, Vocabulary


class Colour(TextChoices):
    RED = "red", "Red"
    GREEN = "green", "Green"
    TEAL = "teal", "Teal"


COLOURS = Vocabulary(
    "colours",
    Colour,
    (Version(1, date(2026, 1, 1), "the first list"), Version(2, date(2027, 1, 1), "the second")),
    later={"teal": 2},
    retired={"green": (2, "teal")},
)


def test_the_terms_are_the_stored_keys() -> None:
    assert [term.key for term in KINDS.terms] == OrganisationKind.values
    assert [term.key for term in LEGAL_FORMS.terms] == LegalForm.values
    assert list(KIND_PLURALS) == list(OrganisationKind)


def test_what_is_stored_comes_from_the_vocabularies() -> None:
    for model in (Organisation, Standing):
        assert model._meta.get_field("kind").choices == KINDS.words.choices
        assert model._meta.get_field("legal_form").choices == LEGAL_FORMS.words.choices


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda one: one.key)
def test_versions_count_from_one_and_each_has_a_day_and_a_source(vocabulary: Vocabulary) -> None:
    numbers = [version.number for version in vocabulary.versions]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [v.day for v in vocabulary.versions] == sorted(v.day for v in vocabulary.versions)
    assert all(version.source for version in vocabulary.versions)


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda one: one.key)
def test_a_vocabulary_speaks_of_its_own_terms_and_versions_alone(vocabulary: Vocabulary) -> None:
    keys, numbers = set(vocabulary.words.values), {v.number for v in vocabulary.versions}
    assert set(vocabulary.later) | set(vocabulary.retired) <= keys
    assert set(vocabulary.later.values()) <= numbers
    for version, replaced_by in vocabulary.retired.values():
        assert version in numbers
        assert replaced_by in keys | {""}


def test_a_version_has_its_terms() -> None:
    assert [term.key for term in COLOURS.terms_of(1)] == ["red", "green"]
    assert [term.key for term in COLOURS.terms_of(2)] == ["red", "teal"]
    assert COLOURS.offered() == [("red", "Red"), ("teal", "Teal")]


def test_a_retired_term_stays_readable_and_says_what_came_in_its_place() -> None:
    green = COLOURS.term("green")
    assert (green.label, green.since, green.retired, green.replaced_by) == ("Green", 1, 2, "teal")


def test_what_never_was_a_term_has_none() -> None:
    with pytest.raises(KeyError):
        COLOURS.term("blue")
