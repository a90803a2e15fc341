"""Offices as people write them: the word says which it is, and mostly in which grammatical form."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext_noop, override

from tavolo.kernel.text import search_key
from tavolo.registry.choices import GrammaticalForm, OfficeTitle
from tavolo.registry.importing.words import LANGUAGES, WordOf, Wrong
from tavolo.registry.titles import FEMININE, MASCULINE

WHICH_FORM = gettext_noop("Say whether it is written in the feminine or in the masculine: f or m.")

FORMS = WordOf(
    GrammaticalForm,
    (
        ("f", GrammaticalForm.FEMININE),
        ("donna", GrammaticalForm.FEMININE),
        ("m", GrammaticalForm.MASCULINE),
        ("uomo", GrammaticalForm.MASCULINE),
    ),
)
WRITTEN = {GrammaticalForm.FEMININE: FEMININE, GrammaticalForm.MASCULINE: MASCULINE}


def office_of(said: str, form: str | None) -> dict[str, str]:
    """Title, form and own words of an office. Refuses with Wrong where the form cannot be told."""
    known = _titles().get(search_key(said), {})
    if form is None and len(known) == 1:
        form = next(iter(known))
    if form is None:
        raise Wrong(WHICH_FORM, "form")
    # In the form that was said, or as the vocabulary has the word in the other form.
    title = known.get(form) or next(iter(known.values()), OfficeTitle.OTHER.value)
    own = title == OfficeTitle.OTHER
    feminine = form == GrammaticalForm.FEMININE
    return {
        "title": title,
        "title_feminine": said if own and feminine else "",
        "title_masculine": said if own and not feminine else "",
        "form": form,
    }


def written_office(row: Mapping[str, Any]) -> str:
    """The word of an office in Italian, as it could be read again."""
    own = row["title_feminine"] or row["title_masculine"]
    if row["title"] == OfficeTitle.OTHER:
        return str(own)
    with override(LANGUAGES[0]):
        return str(WRITTEN[GrammaticalForm(row["form"])][OfficeTitle(row["title"])])


@cache
def _titles() -> Mapping[str, Mapping[str, str]]:
    """By a folded word: the title that it is in each form."""
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        with override(language):
            for form, words in WRITTEN.items():
                for title, word in words.items():
                    found.setdefault(search_key(str(word)), {}).setdefault(form.value, title.value)
    return found
