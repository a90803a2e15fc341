"""Addresses of the stable surface, in the language of the reader, and addresses that keep their filters."""

from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import Resolver404, get_urlconf, resolve, translate_url
from django.utils.translation import get_language, override


def address(path: str) -> str:
    """`/cerca/` in the reader's language (`/en/cerca/`), or "" where nothing answers there yet."""
    language = get_language() or settings.LANGUAGE_CODE
    prefixed = path if language == settings.LANGUAGE_CODE else f"/{language}{path}"
    return prefixed if _answers(prefixed, language, get_urlconf() or settings.ROOT_URLCONF) else ""


@lru_cache(maxsize=256)
def _answers(path: str, language: str, urlconf: str) -> bool:
    with override(language):
        try:
            resolve(path, urlconf)
        except Resolver404:
            return False
    return True


def in_language(full_path: str, language: str) -> str:
    """The same page in another language; its first page where this one has no other."""
    home = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    other = translate_url(full_path, language)
    return home if other == full_path else other


def query_with(query: QueryDict, **changes: str | None) -> str:
    """`?…` with the parameters of this page, changed; None or "" takes one away."""
    pairs = [(key, value) for key, value in query.items() if key not in changes and value]
    pairs += [(key, value) for key, value in changes.items() if value]
    return f"?{urlencode(pairs)}" if pairs else "?"
