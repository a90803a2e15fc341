"""What every page's frame shows: doors, languages, who is signed in, whether the data are invented."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language

from tavolo.kernel.actor import ANONYMOUS, Actor
from tavolo.kernel.models import Installation
from tavolo.ui.address import in_language
from tavolo.ui.languages import INSTALLED, frame, name_of
from tavolo.ui.plugs import DOOR_LABELS, Door, NavEntry, nav_entries


@dataclass(frozen=True)
class Place:
    """A line of the navigation. `current` is "page" on its page, "true" beneath it, else "".

    `count` is the number beside it; None and 0 are not shown.
    """

    label: str | Promise
    href: str
    current: str = ""
    count: int | None = None


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    href: str


def layout(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame needs; each part is made when a template asks, so that a fragment pays for none."""
    actor = getattr(request, "actor", ANONYMOUS)
    told = SimpleLazyObject(frame)
    return {
        "actor": actor,
        "doors": SimpleLazyObject(lambda: list(_doors(request.path, actor))),
        "sections": SimpleLazyObject(lambda: list(_sections(request, actor))),
        "bar": SimpleLazyObject(lambda: list(_bar(request, actor))),
        "other_languages": SimpleLazyObject(
            # Who works here reads any of them, whatever the public pages offer.
            lambda: other_languages(request, INSTALLED if actor.signed_in else told.languages)
        ),
        "demonstration": SimpleLazyObject(lambda: told.demonstration),
    }


def is_demonstration() -> bool:
    """Whether this installation holds demonstration data; one query."""
    return Installation.objects.filter(id=1, demonstration=True).exists()


def _doors(path: str, actor: Actor) -> Iterator[Place]:
    for door, label in DOOR_LABELS.items():
        entries = _entries(door, actor)
        if entries:
            own = [_place(path, entry) for entry in entries]
            here = next((place.current for place in own if place.current), "")
            yield Place(label, own[0].href, here and "true")


def _sections(request: HttpRequest, actor: Actor) -> Iterator[Place]:
    entries = _entries(Door.WORK, actor)
    places = [_counted(request, entry) for entry in entries]
    # `/lavoro/` lies above every section: the longest address that fits is the one where we are.
    here = max((place.href for place in places if place.current), key=len, default="")
    for place in places:
        yield place if place.href == here else replace(place, current="")


def _bar(request: HttpRequest, actor: Actor) -> Iterator[Place]:
    for entry in _entries(Door.BAR, actor):
        yield _counted(request, entry)


def _counted(request: HttpRequest, entry: NavEntry) -> Place:
    return replace(_place(request.path, entry), count=entry.count(request))


def _entries(door: Door, actor: Actor) -> list[NavEntry]:
    chosen = [entry for entry in nav_entries if entry.door is door and entry.visible(actor)]
    return sorted(chosen, key=lambda entry: entry.order)


def _place(path: str, entry: NavEntry) -> Place:
    href = reverse(entry.url_name)
    if path == href:
        return Place(entry.label, href, "page")
    beneath = href != reverse_home() and path.startswith(href)
    return Place(entry.label, href, "true" if beneath else "")


def reverse_home() -> str:
    """The first page in this language: every address lies beneath it, so it says nothing."""
    language = get_language() or settings.LANGUAGE_CODE
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"


def other_languages(request: HttpRequest, offered: Iterable[str]) -> list[Language]:
    """The same page in each of the languages that are offered, but the one it is in."""
    return [
        Language(code, name_of(code), in_language(request.get_full_path(), code))
        for code in offered
        if code != get_language()
    ]
