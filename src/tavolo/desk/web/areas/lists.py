"""The list beside the map: what can be ticked, grouped by where it is on the day."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tavolo.desk.web.areas.state import Choosing
from tavolo.desk.web.areas.words import called, names
from tavolo.territory.queries.choosing import Candidate
from tavolo.ui.words import day_words, since_words, until_words


@dataclass(frozen=True)
class Tick:
    token: str
    label: str
    note: str
    ticked: bool


@dataclass(frozen=True)
class Group:
    """A fold of the list; open where somebody will look first."""

    key: str
    title: str
    ticks: tuple[Tick, ...]
    is_open: bool

    @property
    def ticked(self) -> int:
        return sum(tick.ticked for tick in self.ticks)


def groups(choosing: Choosing) -> list[Group]:
    """In this area, in none, in each of the others."""
    title = choosing.choice.area.title
    found: dict[tuple[int, str, str], list[Candidate]] = {}
    for one in choosing.choice.candidates:
        if choosing.shown(one):
            found.setdefault(_group_of(one, title), []).append(one)
    return [
        Group(
            f"{order}-{code}",
            heading,
            tuple(_tick(choosing, one) for one in ones),
            is_open=order < 2 or bool(choosing.find) or any(_moves(choosing, one) for one in ones),  # noqa: PLR2004  of the two first
        )
        for (order, heading, code), ones in sorted(found.items())
    ]


def hidden(choosing: Choosing) -> list[str]:
    """Those that are chosen and that the list, narrowed, does not show."""
    return sorted(
        one.token
        for one in choosing.choice.candidates
        if one.token in choosing.tokens and not choosing.shown(one)
    )


def _group_of(one: Candidate, title: str) -> tuple[int, str, str]:
    if one.inside:
        return 0, _("In %(area)s") % {"area": title}, ""
    if not one.homes:
        return 1, _("In no area of this kind"), ""
    return 2, one.homes[0].title, one.homes[0].code


def _tick(choosing: Choosing, one: Candidate) -> Tick:
    note = ""
    if _moves(choosing, one):
        note = _("leaves") if one.inside else _("comes")
    return Tick(one.token, called(one.place), note, one.token in choosing.tokens)


def _moves(choosing: Choosing, one: Candidate) -> bool:
    return (one.token in choosing.tokens) is not one.inside


@dataclass(frozen=True)
class Preview:
    """What saving would do, in sentences."""

    heading: str
    coming: str
    leaving: str
    taken: tuple[str, ...]
    until: str
    seen: str


def preview(choosing: Choosing) -> Preview | None:
    """None where nothing would change."""
    if not choosing.differs:
        return None
    choice = choosing.choice
    places = {one.who: called(one.place) for one in choosing.coming}
    return Preview(
        _("What changes %(since)s") % {"since": since_words(choice.day)},
        names([one.place for one in choosing.coming]),
        names([one.place for one in choosing.leaving]),
        tuple(_taken(choosing, places)),
        _("This holds %(until)s: for the days after, something else is entered already.")
        % {"until": until_words(choice.until)}
        if choice.until
        else "",
        choosing.seen,
    )


def _taken(choosing: Choosing, places: dict[tuple[int, int | None], str]) -> Iterator[str]:
    """From where they are taken: one sentence for each area."""
    by_area: dict[str, list[str]] = {}
    for one in choosing.taken:
        name = places.get(one.stay.who) or places[one.stay.municipality, None]
        if name not in by_area.setdefault(one.title, []):
            by_area[one.title].append(name)
    for title, taken in sorted(by_area.items()):
        yield _("%(area)s loses: %(names)s.") % {"area": title, "names": ", ".join(taken)}


def remarks(choosing: Choosing) -> Iterator[tuple[str, str, str]]:
    """Members that are no more: the sentence, and the choice that takes their successors in."""
    day = day_words(choosing.choice.day, weekday=False)
    for gone in choosing.choice.gone:
        missing = [one for one in gone.heirs if one.token not in choosing.tokens]
        told = {"name": gone.name, "day": day}
        if not missing:
            yield _("%(name)s does not exist any more on %(day)s.") % told, "", ""
            continue
        heirs = ", ".join(called(one.place) for one in missing)
        sentence = _("%(name)s does not exist any more on %(day)s; for it stands: %(heirs)s.")
        tokens = choosing.tokens | {one.token for one in missing}
        yield sentence % {**told, "heirs": heirs}, choosing.href(tokens), heirs
