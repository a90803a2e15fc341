"""The kinds and the legal forms of organisations as vocabularies: what each version has, what came in place.

A term is stored by its key and is never renamed nor taken away. One that is no more in use is retired
in a version, perhaps with what replaces it: it stays readable where it was written, and forms offer
it no longer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices

from tavolo.kernel.errors import Sentence
from tavolo.registry.choices import LegalForm, OrganisationKind


@dataclass(frozen=True)
class Version:
    """`source`: from where its terms were taken."""

    number: int
    day: date
    source: str


@dataclass(frozen=True)
class Term:
    """In use from the version `since` until before the version `retired`; `replaced_by` is a key."""

    key: str
    label: Sentence
    since: int = 1
    retired: int | None = None
    replaced_by: str = ""

    def is_in(self, version: int) -> bool:
        return self.since <= version and (self.retired is None or version < self.retired)


@dataclass(frozen=True)
class Vocabulary:
    """`later`: terms that came after the first version; `retired`: those that went, in which and for what."""

    key: str
    words: type[TextChoices]
    versions: Sequence[Version]
    later: Mapping[str, int] = field(default_factory=dict)
    retired: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def version(self) -> Version:
        """The one of today."""
        return self.versions[-1]

    @property
    def terms(self) -> tuple[Term, ...]:
        """All that there ever were, in the order of lists."""
        return tuple(self.term(key) for key in self.words.values)

    def term(self, key: str) -> Term:
        """KeyError where there never was such a term."""
        if key not in self.words.values:
            raise KeyError(key)
        retired, replaced_by = self.retired.get(key, (None, ""))
        return Term(key, self.words(key).label, self.later.get(key, 1), retired, replaced_by)

    def terms_of(self, version: int) -> tuple[Term, ...]:
        """Those that were in use in that version."""
        return tuple(term for term in self.terms if term.is_in(version))

    def offered(self) -> list[tuple[str, Sentence]]:
        """What a form offers: the terms of today with their words."""
        return [(term.key, term.label) for term in self.terms_of(self.version.number)]


FIRST = date(2026, 11, 22)

KINDS = Vocabulary(
    "organisation_kinds",
    OrganisationKind,
    (
        Version(
            1, FIRST, "who takes part in the networks of Milano, Bologna, Lucca and Cesano Boscone"
        ),
    ),
)
LEGAL_FORMS = Vocabulary(
    "legal_forms",
    LegalForm,
    (
        Version(
            1, FIRST, "book I and book V of the Civil Code; art. 4 of legislative decree 117/2017"
        ),
    ),
)
VOCABULARIES = (KINDS, LEGAL_FORMS)
