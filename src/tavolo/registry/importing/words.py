"""Readers for the cells of this room's imports, and what is wrong with a row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db.models import TextChoices
from django.utils.translation import gettext_noop, override

from tavolo.imports.plugs import CellFault, Fault
from tavolo.imports.values import Shape, quoted
from tavolo.kernel.errors import Sentence
from tavolo.kernel.text import search_key
from tavolo.registry.choices import IdentifierScheme
from tavolo.registry.identifiers import cleaned_number, is_number

LANGUAGES = ("it", "en")
LONGEST_URL, LONGEST_EMAIL, LONGEST_PHONE = 300, 254, 40
PHONE_SIGNS, PHONE_DIGITS = frozenset("0123456789 +-/()."), range(4, 16)
POSTAL_DIGITS = 5
_LISTED = 12
_is_url = URLValidator(schemes=("http", "https"))


class Wrong(Exception):  # noqa: N818  what is wrong with a row
    def __init__(self, message: str, where: str = "", **values: Any) -> None:
        super().__init__(message)
        self.fault = Fault(message, values, where)


@dataclass(frozen=True)
class WordOf:
    """A word of a closed list, in either language, by its key, or as lists of others write it.

    `otherwise` is what any other word stands for; without it that is a fault.
    """

    vocabulary: type[TextChoices]
    others: tuple[tuple[str, str], ...] = ()
    otherwise: str = ""
    shape: ClassVar[Shape] = "text"

    def __call__(self, said: str) -> str:
        found = _words(self).get(search_key(said)) or self.otherwise
        if not found:
            listed = [word for word, _label in choices_of(self.vocabulary)]
            raise CellFault(
                gettext_noop("“%(said)s” is none of the words that can stand here: %(words)s."),
                said=quoted(said),
                words=", ".join(listed[:_LISTED]) + (", …" if len(listed) > _LISTED else ""),
            )
        return found

    def written(self, value: Any) -> str:
        return _written(self.vocabulary)[str(value)]


def choices_of(vocabulary: type[TextChoices]) -> tuple[tuple[str, Sentence], ...]:
    """The words as a column holds them, each with what it says."""
    return tuple((_written(vocabulary)[key], label) for key, label in vocabulary.choices)


@cache
def _written(vocabulary: type[TextChoices]) -> Mapping[str, str]:
    with override(LANGUAGES[0]):
        return {str(member.value): str(member.label) for member in vocabulary}


@cache
def _words(reader: WordOf) -> Mapping[str, str]:
    found = {search_key(word): key for word, key in reader.others}
    for language in LANGUAGES:
        with override(language):
            for member in reader.vocabulary:
                found.setdefault(search_key(str(member.label)), str(member.value))
                found.setdefault(search_key(str(member.value)), str(member.value))
    return found


@dataclass(frozen=True)
class Number:
    """A number of a public register, cleaned and checked as far as it can be."""

    scheme: IdentifierScheme
    digits: int = 0
    shape: ClassVar[Shape] = "text"

    def __call__(self, said: str) -> str:
        number = cleaned_number(self.scheme, said)
        # A spreadsheet drops the zeros in front of what it takes for a number.
        if self.digits and number.isascii() and number.isdigit():
            number = number.zfill(self.digits)
        if len(number) > LONGEST_NUMBER or not is_number(self.scheme, number):
            raise CellFault(
                gettext_noop("“%(said)s” cannot be such a number: copy it again from a document."),
                said=quoted(said),
            )
        return number

    def written(self, value: Any) -> str:
        return str(value)


LONGEST_NUMBER = 60


@dataclass(frozen=True)
class Checked:
    """A text that `clean` brings into its form, or refuses with ValidationError."""

    clean: Callable[[str], str]
    message: str
    longest: int
    shape: ClassVar[Shape] = "text"

    def __call__(self, said: str) -> str:
        try:
            cleaned = self.clean(said)
        except ValidationError:
            cleaned = ""
        if not cleaned or len(cleaned) > self.longest:
            raise CellFault(self.message, said=quoted(said))
        return cleaned

    def written(self, value: Any) -> str:
        return str(value)


def _email(said: str) -> str:
    bare = said.strip().removeprefix("mailto:").lower()
    validate_email(bare)
    return bare


def _url(said: str) -> str:
    address = said.strip()
    whole = address if "://" in address else f"https://{address}"
    _is_url(whole)
    return whole


def _phone(said: str) -> str:
    number = " ".join(said.split())
    if set(number) - PHONE_SIGNS or sum(s.isdigit() for s in number) not in PHONE_DIGITS:
        raise ValidationError("phone")
    return number


def _postal_code(said: str) -> str:
    digits = said.strip()
    if not (digits.isascii() and digits.isdigit()):
        raise ValidationError("postal code")
    return digits.zfill(POSTAL_DIGITS)


email = Checked(
    _email,
    gettext_noop("“%(said)s” is no e-mail address: write it like name@example.org."),
    LONGEST_EMAIL,
)
url = Checked(
    _url,
    gettext_noop("“%(said)s” is no address of a website: write it like www.example.org."),
    LONGEST_URL,
)
phone = Checked(
    _phone,
    gettext_noop("“%(said)s” is no telephone number: write one, with digits and blanks alone."),
    LONGEST_PHONE,
)
postal_code = Checked(
    _postal_code,
    gettext_noop("“%(said)s” is no postal code: it has five digits."),
    POSTAL_DIGITS,
)
