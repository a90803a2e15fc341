"""Templates of letters, ODT and DOCX, filled from plain words: no engine, no expressions, nothing to reach.

A template names fields: `{{ oggetto }}` is replaced by its words; a row of a table, an entry of a list
or a paragraph that names `{{ referenti.nome }}` is repeated for each of `referenti`. That is all the
language there is (docs/reference/papers.md). The child imports this package too and starts without
Django, so nothing of it stands up here.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tavolo.documents.filling.told import Filled, Named


def fill(template: bytes, data: Mapping[str, Any], *, name: str = "") -> "Filled":
    """The template with the words of `data`: texts by name, and lists of such by name.

    What a value looks like does not matter: it is text. Refuses with UnknownFields, which names each
    with where it stands; with FieldsNotFitting; and with FileRefused what must not be opened.
    """
    from tavolo.documents.filling.parent import filled  # it knows Django, the child does not

    return filled(template, data, name=name)


def fields_of(template: bytes, *, name: str = "") -> "tuple[Named, ...]":
    """The fields that a template names, each with where it stands. Refuses as `fill` does."""
    from tavolo.documents.filling.parent import named  # likewise

    return named(template, name=name)
