"""Which seats are there at an instant, and why what was written of others does not count."""

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tavolo.tables.regulation.choices import Basis
from tavolo.tables.regulation.rules import Quorum, Regulation, Seats
from tavolo.tables.regulation.sitting import Presence, Sitter, Sitting, Way


class Why(StrEnum):
    """Why a presence or a vote does not count."""

    NOT_A_SEAT = "not_a_seat"
    NOBODY_HOLDS_IT = "nobody_holds_it"
    REMOTE_NOT_ADMITTED = "remote_not_admitted"
    SUBSTITUTE_NOT_ADMITTED = "substitute_not_admitted"
    PROXY_NOT_ADMITTED = "proxy_not_admitted"
    PROXY_NOT_WRITTEN = "proxy_not_written"
    PROXY_ONE_TOO_MANY = "proxy_one_too_many"
    BEARER_NOT_THERE = "bearer_not_there"
    NO_VOTE = "no_vote"
    NOT_THERE = "not_there"
    TWO_VOTES = "two_votes"
    SUBSTITUTE_BESIDE = "substitute_beside"


@dataclass(frozen=True)
class SetAside:
    seat: Hashable
    why: Why


@dataclass(frozen=True)
class There:
    """At an instant: the presences that count, by seat; proxies apart, as nobody is there for them."""

    selves: dict[Hashable, tuple[Presence, ...]]
    proxies: dict[Hashable, Presence]
    aside: tuple[SetAside, ...]

    def __contains__(self, seat: Hashable) -> bool:
        return seat in self.selves or seat in self.proxies

    @property
    def remote(self) -> bool:
        """Whether somebody is there from afar."""
        return any(each.remote for held in self.selves.values() for each in held)


def there(regulation: Regulation, sitting: Sitting, at: datetime) -> There:
    """Who is there by the rules. Whoever is there herself needs no proxy: it is passed over."""
    roster = {each.seat: each for each in sitting.roster}
    now = [each for each in sitting.presences if each.at(at)]
    aside: list[SetAside] = []
    selves: dict[Hashable, tuple[Presence, ...]] = {}
    for each in now:
        if each.way == Way.PROXY:
            continue
        if why := _not_herself(regulation, roster.get(each.seat), each):
            aside.append(SetAside(each.seat, why))
        else:
            selves[each.seat] = (*selves.get(each.seat, ()), each)
    given = [each for each in now if each.way == Way.PROXY and each.seat not in selves]
    proxies: dict[Hashable, Presence] = {}
    for proxy, why in _proxies(regulation.seats, roster, selves, given):
        if why:
            aside.append(SetAside(proxy.seat, why))
        else:
            proxies[proxy.seat] = proxy
    return There(selves, proxies, tuple(aside))


def in_office(quorum: Quorum, sitting: Sitting) -> int:
    """How many members are in office; with those that nobody fills where the rules count them."""
    return sum(each.counts and (each.filled or quorum.vacant) for each in sitting.roster)


def with_vote(quorum: Quorum, sitting: Sitting) -> int:
    """How many of them have a vote."""
    return sum(each.votes and (each.filled or quorum.vacant) for each in sitting.roster)


def counted(regulation: Regulation, sitting: Sitting, present: There) -> int:
    """How many of those there make the quorum."""
    votes = regulation.quorum.basis == Basis.WITH_VOTE
    seats = {each.seat for each in sitting.roster if (each.votes if votes else each.counts)}
    made = len(seats & present.selves.keys())
    if regulation.seats.proxies_make_quorum:
        made += len(seats & present.proxies.keys())
    return made


def _not_herself(regulation: Regulation, sitter: Sitter | None, presence: Presence) -> Why | None:
    if sitter is None:
        return Why.NOT_A_SEAT
    if not sitter.filled:
        return Why.NOBODY_HOLDS_IT
    if presence.remote and not regulation.remote.allowed:
        return Why.REMOTE_NOT_ADMITTED
    if presence.way == Way.SUBSTITUTE and not regulation.seats.substitutes:
        return Why.SUBSTITUTE_NOT_ADMITTED
    return None


def _proxies(
    seats: Seats,
    roster: dict[Hashable, Sitter],
    selves: dict[Hashable, tuple[Presence, ...]],
    given: list[Presence],
) -> Iterator[tuple[Presence, Why | None]]:
    """Each proxy in the order in which it was given in, with what speaks against it; one a seat."""
    held: Counter[Hashable] = Counter()
    done: set[Hashable] = set()
    for each in given:
        if each.seat in done:
            continue
        why = _not_by_proxy(seats, roster, selves, each)
        if why is None and held[each.bearer] >= seats.proxies:
            why = Why.PROXY_ONE_TOO_MANY
        if why is None:
            held[each.bearer] += 1
            done.add(each.seat)
        yield each, why


def _not_by_proxy(
    seats: Seats,
    roster: dict[Hashable, Sitter],
    selves: dict[Hashable, tuple[Presence, ...]],
    proxy: Presence,
) -> Why | None:
    sitter, bearer = roster.get(proxy.seat), roster.get(proxy.bearer)
    if sitter is None:
        return Why.NOT_A_SEAT
    if not sitter.filled:
        return Why.NOBODY_HOLDS_IT
    if not seats.proxies:
        return Why.PROXY_NOT_ADMITTED
    if seats.proxies_written and not proxy.written:
        return Why.PROXY_NOT_WRITTEN
    if bearer is None or not bearer.votes or proxy.bearer not in selves:
        return Why.BEARER_NOT_THERE
    return None
