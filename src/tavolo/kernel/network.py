"""The tenant and its typed, dated settings; and the installation itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.kernel.dated import latest_first, valid_on
from tavolo.kernel.errors import Refusal, Sentence
from tavolo.kernel.models import DatedValue, Installation, Network, NetworkSetting
from tavolo.kernel.plugs import Registry
from tavolo.kernel.terms import Rule, Term

T = TypeVar("T")


class UnknownValue(Refusal):
    """No value is entered for that day: law is configured, never assumed."""

    sentence = _("A value that the law sets is not entered for that day.")


@dataclass(frozen=True)
class Setting(Generic[T]):
    """A setting that a network may have: its key, its words, what it is without a word from anybody."""

    key: str
    label: Sentence
    default: T
    read: Callable[[Any], T]

    def __post_init__(self) -> None:
        settings.add(self)

    def accepts(self, value: Any) -> bool:
        """Whether `value`, as kept in JSON, can be read."""
        try:
            self.read(value)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return False
        return True


settings: Registry[Setting[Any]] = Registry("network setting")


def setting_of(network: Network, setting: Setting[T], *, on: date) -> T:
    """The value in force on that day, or the default."""
    row = (
        NetworkSetting.objects.filter(valid_on(on), network=network, key=setting.key)
        .order_by(latest_first())
        .first()
    )
    return setting.default if row is None else setting.read(row.value)


def dated_value(key: str, *, on: date) -> Any:
    """A number of law as it stood on that day. Refuses with UnknownValue where none is entered."""
    row = DatedValue.objects.filter(valid_on(on), key=key).order_by(latest_first()).first()
    if row is None:
        raise UnknownValue(advice=f"{key}: {on.isoformat()}")
    return row.value


@dataclass(frozen=True)
class RuleBook:
    """The numbers of some terms: what the installation entered, else what the rooms declare."""

    entered: Mapping[str, Sequence[DatedValue]]

    def on(self, term: Term, day: date) -> Rule:
        """As they stood on that day. Refuses with UnknownValue where the term did not exist yet."""
        for row in self.entered.get(term.key, ()):
            if day in row.period:
                return Rule.read(row.value)
        held = term.on(day)
        if held is None:
            raise UnknownValue(advice=f"{term.key}: {day.isoformat()}")
        return held.rule


TERM = "term."
_shared: ContextVar[list[RuleBook] | None] = ContextVar("rule_book", default=None)


def rule_book(*wanted: Term) -> RuleBook:
    """The numbers of these terms on any day: dated values `term.<key>` come first; one query."""
    shared = _shared.get()
    if shared is None:
        return _read(DatedValue.objects.filter(key__in=[f"{TERM}{term.key}" for term in wanted]))
    if not shared:
        shared.append(_read(DatedValue.objects.filter(key__startswith=TERM)))
    return shared[0]


@contextmanager
def one_rule_book() -> Iterator[None]:
    """Within it the numbers of all terms are read once, however many ask; for pages that ask every room."""
    token = _shared.set([])
    try:
        yield
    finally:
        _shared.reset(token)


def _read(rows: QuerySet[DatedValue]) -> RuleBook:
    found: dict[str, list[DatedValue]] = {}
    for row in rows.order_by(latest_first()):
        found.setdefault(row.key.removeprefix(TERM), []).append(row)
    return RuleBook(found)


def installation() -> Installation:
    """The one row of this installation, made at first asking."""
    row, _made = Installation.objects.get_or_create(id=1, defaults={"created_at": clock.now()})
    return row
