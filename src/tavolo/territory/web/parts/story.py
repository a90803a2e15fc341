"""What happened to a municipality, and to an area: names, codes, provinces, who came and who left."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tavolo.kernel.dated import Period
from tavolo.territory.choices import SuccessionKind
from tavolo.territory.models import MunicipalityVersion
from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries import Belonging, Kin, Resolved
from tavolo.territory.queries.members import Member, Turn
from tavolo.territory.web.addresses import Addresses
from tavolo.territory.web.asof import DAY, Asked
from tavolo.territory.web.parts.wording import listed
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.timeline import Moment, Timeline

FEW = 8  # links that a line of the story holds; beyond, names alone


@dataclass(frozen=True)
class Event:
    """One sentence of the story, on its day."""

    day: date
    title: str
    text: str = ""
    links: tuple[CardLink, ...] = ()


def story_of(
    resolved: Resolved,
    versions: Sequence[MunicipalityVersion],
    belongings: Sequence[Belonging],
    to: Addresses,
) -> list[Event]:
    """Everything dated that is known of a municipality, the earliest first."""
    found = [
        *_births_and_deaths(resolved, versions),
        *_names_and_codes(versions),
        *_kin(resolved, to),
        *_moves(belongings, Period(versions[0].valid_from, versions[-1].valid_until), to),
    ]
    return sorted(found, key=lambda event: event.day)


def timeline(events: Sequence[Event], asked: Asked) -> Timeline | None:
    """The story with the day that one looks at in its place; None where nothing dated is known."""
    if not events:
        return None
    moments = [(event.day, 0, _moment(event)) for event in events]
    if not asked.is_today:
        moments.append((asked.on, 1, Moment(asked.on, _("The day you are looking at"), now=True)))
    return Timeline(tuple(m for _day, _rank, m in sorted(moments, key=lambda each: each[:2])))


def _moment(event: Event) -> Moment:
    """With one link the title is that link."""
    if len(event.links) == 1:
        return Moment(event.day, event.title, event.text, href=event.links[0].href)
    return Moment(event.day, event.title, event.text, links=event.links)


def since(events: Iterable[Event], asked: Asked) -> list[str]:
    """The titles of what has happened between the day asked for and today."""
    return [event.title for event in events if asked.on < event.day <= asked.today]


def _births_and_deaths(
    resolved: Resolved, versions: Sequence[MunicipalityVersion]
) -> Iterator[Event]:
    first, last = versions[0], versions[-1]
    came = {kin.day for kin in resolved.predecessors}
    went = {kin.day for kin in resolved.successors if kin.kind != SuccessionKind.PART}
    if first.valid_from and first.valid_from not in came:
        yield Event(
            first.valid_from, _("The municipality of %(name)s begins") % {"name": first.name}
        )
    if last.valid_until and last.valid_until not in went:
        yield Event(
            last.valid_until, _("The municipality of %(name)s is no more") % {"name": last.name}
        )


def _names_and_codes(versions: Sequence[MunicipalityVersion]) -> Iterator[Event]:
    for before, after in pairwise(versions):
        if after.valid_from is None:
            continue
        if before.valid_until is not None and before.valid_until < after.valid_from:
            yield Event(before.valid_until, _("%(name)s was put to others") % {"name": before.name})
            yield Event(after.valid_from, _("%(name)s is founded again") % {"name": after.name})
        changes = list(_changes(before, after))
        if changes:
            yield Event(after.valid_from, changes[0], " ".join(changes[1:]))


def _changes(before: MunicipalityVersion, after: MunicipalityVersion) -> Iterator[str]:
    if before.name != after.name:
        yield _("It is called %(name)s, no longer %(old)s.") % {
            "name": after.name,
            "old": before.name,
        }
    if before.istat_code != after.istat_code:
        yield _("The ISTAT code is %(code)s, no longer %(old)s.") % {
            "code": after.istat_code,
            "old": before.istat_code,
        }
    if before.cadastral_code and after.cadastral_code not in ("", before.cadastral_code):
        yield _("The cadastral code is %(code)s, no longer %(old)s.") % {
            "code": after.cadastral_code,
            "old": before.cadastral_code,
        }


def _kin(resolved: Resolved, to: Addresses) -> Iterator[Event]:
    for came, kin in ((True, resolved.predecessors), (False, resolved.successors)):
        together: dict[tuple[date, str, str], list[Kin]] = defaultdict(list)
        for each in kin:
            together[each.day, each.kind, each.act].append(each)
        for (day, kind, act), group in together.items():
            names = listed([each.name for each in group])
            title = _kin_title(kind, came=came) % {"names": names, "name": resolved.version.name}
            yield Event(day, title, act, _kin_links(group, to, came=came))


def _kin_title(kind: str, *, came: bool) -> str:
    if came:
        return {
            SuccessionKind.MERGER: _("%(name)s begins, merged from %(names)s"),
            SuccessionKind.INCORPORATION: _("%(name)s takes in %(names)s"),
            SuccessionKind.PART: _("%(name)s takes over a part of the territory of %(names)s"),
        }[SuccessionKind(kind)]
    return {
        SuccessionKind.MERGER: _("%(name)s merges into %(names)s"),
        SuccessionKind.INCORPORATION: _("%(name)s is incorporated in %(names)s"),
        SuccessionKind.PART: _("A part of the territory of %(name)s goes to %(names)s"),
    }[SuccessionKind(kind)]


def _kin_links(group: Sequence[Kin], to: Addresses, *, came: bool) -> tuple[CardLink, ...]:
    """Who went before is shown as it was on its last day, who came after as it was on the first."""
    if len(group) > FEW:
        return ()
    return tuple(
        CardLink(
            each.name,
            to.municipality(
                each.istat_code, **{DAY: (each.day - timedelta(days=came)).isoformat()}
            ),
        )
        for each in group
    )


def _moves(belongings: Sequence[Belonging], life: Period, to: Addresses) -> Iterator[Event]:
    """From which areas to which it went, a day at a time; where both are of one sort, in one sentence.

    Its beginning and its end are no moves: province and region go with its life, and at its end
    it leaves everything.
    """
    days: dict[date, list[tuple[bool, Belonging]]] = defaultdict(list)
    for each in belongings:
        begin, end = each.period.valid_from, each.period.valid_until
        if begin and not (area_kinds.get(each.kind).official and begin == life.valid_from):
            days[begin].append((True, each))
        if end and end != life.valid_until:
            days[end].append((False, each))
    for day, moves in days.items():
        yield from _moved(day, moves, to)


def _moved(day: date, moves: Sequence[tuple[bool, Belonging]], to: Addresses) -> Iterator[Event]:
    came = {each.area: each for comes, each in moves if comes}
    left = {each.area: each for comes, each in moves if not comes}
    for old in list(left.values()):
        new = next((each for each in came.values() if _sort(each) == _sort(old)), None)
        if new is not None:
            del came[new.area], left[old.area]
            said = {"left": old.title, "came": new.title}
            yield Event(day, _("From %(left)s to %(came)s") % said, links=_area_links([new], to))
    if came:
        yield Event(day, _entering(list(came.values())), links=_area_links(came.values(), to))
    if left:
        yield Event(day, _leaving(list(left.values())), links=_area_links(left.values(), to))


def _sort(each: Belonging) -> str:
    """A metropolitan city stands where a province stood."""
    return "province" if each.kind == "metropolitan_city" else each.kind


def _entering(areas: Sequence[Belonging]) -> str:
    if len(areas) == 1:
        return _("It belongs to %(came)s") % {"came": areas[0].title}
    return _("It belongs to %(number)s more areas") % {"number": len(areas)}


def _leaving(areas: Sequence[Belonging]) -> str:
    if len(areas) == 1:
        return _("It no longer belongs to %(left)s") % {"left": areas[0].title}
    return _("It no longer belongs to %(number)s areas") % {"number": len(areas)}


def _area_links(areas: Iterable[Belonging], to: Addresses) -> tuple[CardLink, ...]:
    return tuple(CardLink(each.title, to.area(each.kind, each.code)) for each in areas)


def area_story(turns: Sequence[Turn], to: Addresses) -> list[Event]:
    """Who came to an area and who left it, a day at a time."""
    return [_turn(turn, to) for turn in turns]


def _turn(turn: Turn, to: Addresses) -> Event:
    sides = (_came(turn.came), _left(turn.left))
    members = {(each.key, each.unit): each for each in (*turn.came, *turn.left)}
    links = tuple(
        CardLink(_named(each), to.municipality(each.istat_code)) for each in members.values()
    )
    many = len(links) > FEW
    names = ", ".join(str(link.label) for link in links) if many else ""
    return Event(turn.day, " ".join(filter(None, sides)), names, () if many else links)


def _came(members: Sequence[Member]) -> str:
    if not members:
        return ""
    if len(members) > FEW:
        return _("%(number)s municipalities come.") % {"number": len(members)}
    told = ngettext("%(names)s comes.", "%(names)s come.", len(members))
    return told % {"names": listed([_named(each) for each in members])}


def _left(members: Sequence[Member]) -> str:
    if not members:
        return ""
    if len(members) > FEW:
        return _("%(number)s municipalities leave.") % {"number": len(members)}
    told = ngettext("%(names)s leaves.", "%(names)s leave.", len(members))
    return told % {"names": listed([_named(each) for each in members])}


def _named(member: Member) -> str:
    return f"{member.name} ({member.unit})" if member.unit else member.name
