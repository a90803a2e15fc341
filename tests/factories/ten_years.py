"""Ten simulated years of municipalities and associations, by lot.

Administrations follow one another, at times one falls; assessors resign and are moved up, others are
sent to the table; municipalities and associations merge; what was entered wrongly is corrected or
withdrawn in its turn.
"""

from datetime import date, timedelta
from heapq import heappush
from random import Random

from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.registry.choices import EndReason
from tests.factories.notebook import DAY, Span
from tests.factories.world import Scale, Story, World

THEMES = ("equal_opportunities", "culture", "social_policies", "education")
SMALL = Scale(2, 8, 8, town_mergers=1, association_mergers=1, twice=2)
WHOLE = Scale(10, 60, 54, town_mergers=4, association_mergers=4, twice=4)


class Simulation(World):
    """The world by lot: what it did through the actions stands in `log`, too."""

    def tell_of_all(self) -> None:
        scale = self.scale
        towns = [
            self.organisation(f"Comune {n:03}", "municipality") for n in range(scale.municipalities)
        ]
        groups = [
            self.organisation(f"Gruppo {n:03}", "association") for n in range(scale.associations)
        ]
        unions = {town: self._some_day() for town in towns[: 2 * scale.town_mergers]}
        for first, second in zip(*[iter(unions)] * 2, strict=True):
            unions[second] = unions[first]
            self.begin(self._merged_town(first, second, unions[first]))
        for town in towns[2 * scale.town_mergers :]:
            self.begin(self._town(town, self._election(), scale.end))
        joined = scale.association_mergers
        for number, group in enumerate(groups):
            into = groups[number + joined] if number < joined else ""
            self.begin(self._group(group, into))
        for group in groups[-scale.twice :]:
            self.begin(self._entered_twice(group))

    def _some_day(self) -> date:
        span = (self.scale.end - self.scale.first).days
        return self.scale.first + timedelta(days=self.random.randint(span // 3, 2 * span // 3))

    def _election(self) -> date:
        """The last before the simulation begins."""
        year = self.scale.first.year - self.random.randint(1, 4)
        return date(year, self.random.choice([5, 6]), self.random.randint(5, 28))

    def _town(self, town: str, elected: date, until: date) -> Story:
        """One administration after the other; at times one falls, and a commissioner comes."""
        while elected < until:
            yield elected
            falls = self.random.random() < 0.15
            days = self.random.randint(500, 1500) if falls else 1820 + self.random.randint(0, 14)
            last = min(elected + timedelta(days=days), until)
            yield from self._administration(town, elected, last)
            if last >= until:
                break
            yield last
            self.finish_all(town, last - DAY)
            elected = last
            if falls:
                elected = last + timedelta(days=self.random.randint(60, 200))
        self.governed.add(town)

    def _administration(self, town: str, elected: date, last: date) -> Story:
        who = [self.somebody() for _number in range(self.random.randint(4, 6))]
        since = PartialDate.of(elected)
        self._later_corrected(self.enter("office", town, who[0], "mayor", since), moves=True)
        sworn = elected + timedelta(days=self.random.randint(3, 12))
        offices = [self._cabinet(town, one, sworn) for one in who[1:]]
        themes = THEMES if self.random.random() < 0.85 else THEMES[1:]
        if themes is not THEMES and self.random.random() < 0.5:
            self.enter("delegation", town, who[0], THEMES[0], since)
        for theme, (office, one) in zip(themes, offices, strict=False):
            first = PartialDate.of(sworn) if self.random.random() < 0.7 else None
            self.enter("delegation", town, one, theme, first, on=office)
        self._send(town, offices[0][1], sworn)
        for day in sorted(self._some_days(sworn, last)):
            yield day
            self._something_happens(town, day)

    def _cabinet(self, town: str, who: str, sworn: date) -> tuple[object, str]:
        title = "assessor" if self.random.random() < 0.85 else "delegated_councillor"
        key = self.enter("office", town, who, title, PartialDate.of(sworn))
        if self.random.random() < 0.4:
            self.enter("office", town, who, "councillor", PartialDate.of(sworn))
        self._later_corrected(key, moves=False)
        return key, who

    def _send(self, town: str, who: str, day: date) -> None:
        sent = who if self.random.random() < 0.6 else self.somebody()
        held = self.log.now.spans
        if any(held[key].who == sent for key in self.open(town, "representation", "delegate")):
            return
        key = self.enter(
            "representation", town, sent, "delegate", PartialDate.of(day), network=True
        )
        self._later_corrected(key, moves=True)
        if self.random.random() < 0.5:
            substitute = self.somebody()
            self.enter("representation", town, substitute, "substitute", PartialDate.of(day))

    def _some_days(self, first: date, last: date) -> list[date]:
        span = (last - first).days
        if span < 60:
            return []
        number = self.random.randint(1, 2 + span // 500)
        return [first + timedelta(days=self.random.randint(30, span - 1)) for _n in range(number)]

    def _something_happens(self, town: str, day: date) -> None:
        """Somebody resigns, is moved up, or another is sent; only what can be on that day."""
        held = self.log.now.spans
        cabinet = [key for key in self.open(town, "office", "assessor") if _before(held[key], day)]
        sent = [
            key for key in self.open(town, "representation", "delegate") if _before(held[key], day)
        ]
        lot = self.random.random()
        if lot < 0.4 and cabinet:
            self._resigns(town, self.random.choice(cabinet), day)
        elif lot < 0.6 and cabinet and not self.open(town, "office", "deputy_mayor"):
            self._moves_up(max(cabinet, key=self._rested_upon), day)
        elif sent:
            self._another_is_sent(town, self.random.choice(sent), day)

    def _resigns(self, town: str, key: object, day: date) -> None:
        if self._has_later_delegations(key, day):
            return
        office = self.log.now.spans[key]
        themes = [one.name for one in self.log.now.spans.values() if one.on == key and not one.last]
        self.finish(key, PartialDate.of(day))
        if self.random.random() < 0.7:
            who = self.somebody()
            since = day + timedelta(days=self.random.randint(1, 40))
            new = self.enter("office", town, who, office.name, PartialDate.of(since))
            for theme in themes:
                self.enter("delegation", town, who, theme, None, on=new)

    def _moves_up(self, key: object, day: date) -> None:
        if not self._has_later_delegations(key, day):
            self.change(key, day, name="deputy_mayor")

    def _has_later_delegations(self, key: object, day: date) -> bool:
        spans = self.log.now.spans.values()
        return any(one.on == key and not _before(one, day) for one in spans)

    def _another_is_sent(self, org: str, key: object, day: date) -> None:
        if self.random.random() < 0.5:
            self.change(key, day, who=self.somebody())
            return
        self.finish(key, PartialDate.of(day - DAY))
        new = self.enter(
            *("representation", org, self.somebody(), "delegate", PartialDate.of(day)),
            network=self.random.random() < 0.8,
        )
        self._later_corrected(new, moves=True)

    def _merged_town(self, first: str, second: str, day: date) -> Story:
        """Two municipalities govern themselves until a third takes the place of both."""
        name = f"{first} e {second}"
        for town in (first, second):
            self.begin(self._town(town, self._election(), day))
        yield day
        while not {first, second} <= self.governed:
            # Their desks are behind: the law of the region is entered when they have caught up.
            yield self.now.date() + timedelta(days=20)
        for town in (first, second):
            self.finish_all(town, day - DAY, EndReason.REORGANISATION)
        self.organisation(name, "municipality")
        for town in (first, second):
            self.succeed(town, name, day)
        self.begin(self._town(name, day + timedelta(days=150), self.scale.end))

    def _group(self, group: str, into: str) -> Story:
        """An association: presidents known by the year, and delegates who change."""
        day = self.scale.first + timedelta(days=self.random.randint(0, 200))
        until = self._some_day() if into else self.scale.end
        yield day
        president = self._presides(group, None)
        if self.random.random() < 0.6:
            self.enter("representation", group, self.somebody(), "legal_representative", None)
        delegate = self._delegate(group, day)
        while True:
            day += timedelta(days=self.random.randint(120, 700))
            if day >= until:
                break
            yield day
            if self.random.random() < 0.3:
                president = self._follows(group, president, day)
            else:
                delegate = self._sent_on(group, delegate, day)
        if into:
            yield until
            self._dissolved(group, into, until)

    def _presides(self, group: str, since: PartialDate | None) -> object:
        first = since or self.random.choice(
            [None, PartialDate(self.scale.first.year - 2), PartialDate.parse("2006/..")]
        )
        return self.enter("office", group, self.somebody(), "president", first)

    def _follows(self, group: str, president: object, day: date) -> object:
        """Another president, from a day or, as the minutes have it, from a year."""
        year = PartialDate(day.year)
        known = self.random.random() < 0.5 and self._ends_in_a_later_year(president, day)
        self.finish(president, year if known else PartialDate.of(day - DAY))
        return self._presides(group, year if known else PartialDate.of(day))

    def _ends_in_a_later_year(self, president: object, day: date) -> bool:
        first = self.log.now.spans[president].first
        return first is None or first.year < day.year

    def _delegate(self, group: str, day: date) -> object:
        who = self.somebody()
        key = self.enter(
            "representation", group, who, "delegate", PartialDate.of(day), network=True
        )
        self._later_corrected(key, moves=True)
        return key

    def _sent_on(self, group: str, delegate: object, day: date) -> object:
        if delegate not in self.log.now.spans or not _before(self.log.now.spans[delegate], day):
            return delegate
        if self.random.random() < 0.5:
            return self.change(delegate, day, who=self.somebody())
        self.finish(delegate, PartialDate.of(day - DAY))
        return self._delegate(group, day + timedelta(days=self.random.randint(0, 60)))

    def _dissolved(self, group: str, into: str, day: date) -> None:
        last = day - DAY
        self.finish_all(group, last, EndReason.REORGANISATION)
        for key in self.open(group, "representation"):
            if _before(self.log.now.spans[key], day):
                self.finish(key, PartialDate.of(last))
        self.succeed(group, into, day)

    def _entered_twice(self, group: str) -> Story:
        """The same association under another name, until somebody sees it."""
        day = self.scale.first + timedelta(days=self.random.randint(10, 100))
        yield day
        other = self.organisation(f"{group} ODV", "association", takes_part=False)
        self.enter("representation", other, self.somebody(), "substitute", PartialDate.of(day))
        self.enter("office", other, self.somebody(), "director", PartialDate.of(day))
        yield self._some_day()
        self.merge(other, group)

    # What was wrong

    def _later_corrected(self, key: object, *, moves: bool) -> None:
        if self.random.random() < 0.15:
            self._begin_later(self._correction(key, moves=moves))

    def _begin_later(self, story: Story) -> None:
        at = self.now + timedelta(days=self.random.randint(10, 500), seconds=17)
        heappush(self.heap, (at, next(self.numbers), story))

    def _correction(self, key: object, *, moves: bool) -> Story:
        """It was another person, or another day, or it never was; where it still stands so."""
        one = self.log.now.spans.get(key)
        if one is None or self.now.date() >= self.scale.end:
            return
        lot = self.random.random()
        later = one.first + timedelta(days=self.random.randint(1, 9)) if one.first else None
        if lot < 0.15 and one.name in {"assessor", "delegate"}:
            self.withdraw(key)
        elif moves and lot < 0.6 and later and one.reaches(later) and not self._rested_upon(key):
            self.correct(key, first=later)
        else:
            self.correct(key, who=self.somebody())
        yield from ()

    def _rested_upon(self, key: object) -> bool:
        return any(one.on == key for one in self.log.now.spans.values())


def simulated(network: Network, scale: Scale, seed: int) -> Simulation:
    """The whole of it, entered and noted."""
    told = Simulation(network, scale, Random(seed))
    told.run()
    return told


def _before(one: Span, day: date) -> bool:
    """Whether it began before that day, so that it may end or change on it."""
    return one.first is None or one.first < day
