"""A regulation as plain JSON, as rows and files keep it, and back."""

from dataclasses import fields, is_dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from django.db.models import TextChoices

from tavolo.kernel.terms import Rule
from tavolo.tables.regulation.rules import Regulation

T = TypeVar("T")
Plain = dict[str, Any]


class NotARule(ValueError):  # noqa: N818  # named in words, as refusals are
    """Something that no regulation can say, with the path of the rule."""


def plain(regulation: Regulation) -> dict[str, Plain]:
    """What `read` reads: a section for each row, a value for each rule."""
    return {
        section.name: {
            rule.name: _plain(getattr(getattr(regulation, section.name), rule.name))
            for rule in fields(section.type)  # type: ignore[arg-type]
        }
        for section in fields(Regulation)
    }


def read(value: Any) -> Regulation:
    """From plain JSON. NotARule for what is missing, strange or without meaning."""
    return _object(Regulation, value, "")


@lru_cache(maxsize=1)
def paths() -> tuple[str, ...]:
    """Every rule, as in `quorum.first`, in the order in which they are told."""
    return tuple(
        f"{section.name}.{rule.name}"
        for section in fields(Regulation)
        for rule in fields(section.type)  # type: ignore[arg-type]
    )


def _plain(value: Any) -> Any:
    match value:
        case Rule():
            return value.plain()
        case Fraction() | StrEnum() | TextChoices():
            return str(value)
        case tuple():
            return [_plain(each) for each in value]
        case _ if is_dataclass(value):
            return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value


def _object(kind: type[T], value: Any, path: str) -> T:
    hints = get_type_hints(kind)
    if not isinstance(value, dict) or value.keys() != hints.keys():
        raise NotARule(f"Not the rules of {path or 'a regulation'}: {value!r}")
    told = {
        name: _read(hint, value[name], f"{path}.{name}".lstrip(".")) for name, hint in hints.items()
    }
    return kind(**told)


def _read(hint: Any, value: Any, path: str) -> Any:
    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    if value is None and NoneType in kinds:
        return None
    kind = next(each for each in kinds if each is not NoneType)
    try:
        return _value(kind, value, path)
    except NotARule:
        raise
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as fault:
        raise NotARule(f"Not a value of {path}: {value!r}") from fault


def _value(kind: Any, value: Any, path: str) -> Any:
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise TypeError
        return tuple(_value(get_args(kind)[0], each, path) for each in value)
    if kind is Rule:
        return Rule.read(value)
    if is_dataclass(kind):
        return _object(cast(type[Any], kind), value, path)
    if kind in {bool, int}:
        return _number(kind, value)
    return kind(str(value))


def _number(kind: type[T], value: Any) -> T:
    # True is an int too, and 1.5 must not become 1.
    if type(value) is not kind:
        raise TypeError
    return value
