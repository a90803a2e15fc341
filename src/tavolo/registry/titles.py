"""How offices are written: by who holds them, feminine or masculine; and which one person holds at a time."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tavolo.registry.choices import DelegationTheme, GrammaticalForm, OfficeTitle

Words = str | Promise

FEMININE: Mapping[OfficeTitle, Words] = {
    OfficeTitle.MAYOR: pgettext_lazy("feminine", "mayor"),
    OfficeTitle.METROPOLITAN_MAYOR: pgettext_lazy("feminine", "metropolitan mayor"),
    OfficeTitle.DEPUTY_MAYOR: pgettext_lazy("feminine", "deputy mayor"),
    OfficeTitle.PRESIDENT: pgettext_lazy("feminine", "president"),
    OfficeTitle.DEPUTY_PRESIDENT: pgettext_lazy("feminine", "deputy president"),
    OfficeTitle.ASSESSOR: pgettext_lazy("feminine", "assessor"),
    OfficeTitle.COUNCILLOR: pgettext_lazy("feminine", "councillor"),
    OfficeTitle.DELEGATED_COUNCILLOR: pgettext_lazy("feminine", "councillor with a delegation"),
    OfficeTitle.REGIONAL_COUNCILLOR: pgettext_lazy("feminine", "regional councillor"),
    OfficeTitle.METROPOLITAN_COUNCILLOR: pgettext_lazy("feminine", "metropolitan councillor"),
    OfficeTitle.EQUALITY_ADVISER: pgettext_lazy("feminine", "equality adviser"),
    OfficeTitle.PREFECT: pgettext_lazy("feminine", "prefect"),
    OfficeTitle.POLICE_COMMISSIONER: pgettext_lazy("feminine", "police commissioner"),
    OfficeTitle.COMMANDER: pgettext_lazy("feminine", "commander"),
    OfficeTitle.GENERAL_DIRECTOR: pgettext_lazy("feminine", "general director"),
    OfficeTitle.DIRECTOR: pgettext_lazy("feminine", "director"),
    OfficeTitle.HEAD_TEACHER: pgettext_lazy("feminine", "head teacher"),
    OfficeTitle.RECTOR: pgettext_lazy("feminine", "rector"),
    OfficeTitle.SECRETARY_GENERAL: pgettext_lazy("feminine", "secretary general"),
    OfficeTitle.LEGAL_REPRESENTATIVE: pgettext_lazy("feminine", "legal representative"),
}

MASCULINE: Mapping[OfficeTitle, Words] = {
    OfficeTitle.MAYOR: pgettext_lazy("masculine", "mayor"),
    OfficeTitle.METROPOLITAN_MAYOR: pgettext_lazy("masculine", "metropolitan mayor"),
    OfficeTitle.DEPUTY_MAYOR: pgettext_lazy("masculine", "deputy mayor"),
    OfficeTitle.PRESIDENT: pgettext_lazy("masculine", "president"),
    OfficeTitle.DEPUTY_PRESIDENT: pgettext_lazy("masculine", "deputy president"),
    OfficeTitle.ASSESSOR: pgettext_lazy("masculine", "assessor"),
    OfficeTitle.COUNCILLOR: pgettext_lazy("masculine", "councillor"),
    OfficeTitle.DELEGATED_COUNCILLOR: pgettext_lazy("masculine", "councillor with a delegation"),
    OfficeTitle.REGIONAL_COUNCILLOR: pgettext_lazy("masculine", "regional councillor"),
    OfficeTitle.METROPOLITAN_COUNCILLOR: pgettext_lazy("masculine", "metropolitan councillor"),
    OfficeTitle.EQUALITY_ADVISER: pgettext_lazy("masculine", "equality adviser"),
    OfficeTitle.PREFECT: pgettext_lazy("masculine", "prefect"),
    OfficeTitle.POLICE_COMMISSIONER: pgettext_lazy("masculine", "police commissioner"),
    OfficeTitle.COMMANDER: pgettext_lazy("masculine", "commander"),
    OfficeTitle.GENERAL_DIRECTOR: pgettext_lazy("masculine", "general director"),
    OfficeTitle.DIRECTOR: pgettext_lazy("masculine", "director"),
    OfficeTitle.HEAD_TEACHER: pgettext_lazy("masculine", "head teacher"),
    OfficeTitle.RECTOR: pgettext_lazy("masculine", "rector"),
    OfficeTitle.SECRETARY_GENERAL: pgettext_lazy("masculine", "secretary general"),
    OfficeTitle.LEGAL_REPRESENTATIVE: pgettext_lazy("masculine", "legal representative"),
}

# One person at a time in an organisation, or in a unit of it.
HELD_BY_ONE = frozenset(
    {
        OfficeTitle.MAYOR,
        OfficeTitle.METROPOLITAN_MAYOR,
        OfficeTitle.DEPUTY_MAYOR,
        OfficeTitle.PRESIDENT,
        OfficeTitle.PREFECT,
        OfficeTitle.POLICE_COMMISSIONER,
        OfficeTitle.COMMANDER,
        OfficeTitle.GENERAL_DIRECTOR,
        OfficeTitle.HEAD_TEACHER,
        OfficeTitle.RECTOR,
        OfficeTitle.SECRETARY_GENERAL,
    }
)

# Held by employment or by decree of others: elections leave them as they are.
NOT_ENDED_BY_ELECTIONS = frozenset(
    {
        OfficeTitle.EQUALITY_ADVISER,
        OfficeTitle.PREFECT,
        OfficeTitle.POLICE_COMMISSIONER,
        OfficeTitle.COMMANDER,
        OfficeTitle.GENERAL_DIRECTOR,
        OfficeTitle.DIRECTOR,
        OfficeTitle.HEAD_TEACHER,
        OfficeTitle.RECTOR,
        OfficeTitle.SECRETARY_GENERAL,
    }
)

# Who stands for the whole of it by office where nobody was named: the first of these that is held.
HEADS = (
    OfficeTitle.LEGAL_REPRESENTATIVE,
    OfficeTitle.MAYOR,
    OfficeTitle.METROPOLITAN_MAYOR,
    OfficeTitle.PREFECT,
    OfficeTitle.POLICE_COMMISSIONER,
    OfficeTitle.RECTOR,
    OfficeTitle.HEAD_TEACHER,
    OfficeTitle.PRESIDENT,
    OfficeTitle.GENERAL_DIRECTOR,
    OfficeTitle.COMMANDER,
    OfficeTitle.DIRECTOR,
    OfficeTitle.EQUALITY_ADVISER,
)


def office_words(title: str, form: str, feminine: str = "", masculine: str = "") -> str:
    """An office as it is called of who holds it; the free words for what the vocabulary lacks.

    Of an office outside it that is known in one form alone, that form.
    """
    is_feminine = form == GrammaticalForm.FEMININE
    if title == OfficeTitle.OTHER:
        return (feminine if is_feminine else masculine) or feminine or masculine
    return str((FEMININE if is_feminine else MASCULINE)[OfficeTitle(title)])


def open_office_words(title: str, feminine: str = "", masculine: str = "") -> str:
    """An office that nobody holds, so that nobody says how it is written: in both forms."""
    if title != OfficeTitle.OTHER:
        return str(OfficeTitle(title).label)
    return " / ".join(dict.fromkeys(word for word in (feminine, masculine) if word))


def matter_words(theme: str, words: str = "") -> str:
    """A delegated matter in the words of the act, else in those of the vocabulary."""
    return words or str(DelegationTheme(theme).label)
