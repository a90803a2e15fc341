"""Run-time checks of dataclass fields against their annotations, prepared once for each class."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from types import NoneType, UnionType
from typing import Any, ClassVar, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from django.utils.functional import Promise

from tavolo.ui.errors import ComponentError

Words: TypeAlias = str | Promise
"""Something that a person reads: text, or text still to be translated."""

Accepts: TypeAlias = Callable[[Any], bool]


def check_fields(part: Any) -> None:
    """Refuse a field whose value is not of its declared type; tuples are checked item by item."""
    kind: Any = type(part)
    for name, accepts, wanted in _plan(kind):
        value = getattr(part, name)
        if not accepts(value):
            raise ComponentError(
                f"{kind.__name__}.{name} wants {wanted}, got {type(value).__name__}: {value!r:.80}"
            )


def require(condition: object, sentence: str) -> None:
    """Refuse with the sentence unless the condition holds."""
    if not condition:
        raise ComponentError(sentence)


@cache
def _plan(cls: Any) -> tuple[tuple[str, Accepts, str], ...]:
    hints = get_type_hints(cls)
    return tuple(
        (field.name, _acceptor(hints[field.name]), _spoken(hints[field.name]))
        for field in fields(cls)
    )


def _spoken(hint: Any) -> str:
    return str(getattr(hint, "__name__", hint)) if isinstance(hint, type) else str(hint)


def _acceptor(hint: Any) -> Accepts:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _any_of([_acceptor(option) for option in get_args(hint)])
    if origin is Literal:
        return get_args(hint).__contains__
    if origin is tuple:
        return _tuple_of(get_args(hint))
    if origin is ClassVar or hint is Any:
        return lambda _value: True
    return _instance_of(origin or hint)


def _instance_of(wanted: type) -> Accepts:
    if wanted is bool or wanted is NoneType:
        return lambda value: isinstance(value, wanted)
    if wanted in (int, float):
        numbers = (int, float) if wanted is float else (int,)
        return lambda value: isinstance(value, numbers) and not isinstance(value, bool)
    return lambda value: isinstance(value, wanted)


def _any_of(options: list[Accepts]) -> Accepts:
    return lambda value: any(accepts(value) for accepts in options)


def _tuple_of(args: tuple[Any, ...]) -> Accepts:
    if args[1:] == (Ellipsis,):
        each = _acceptor(args[0])
        return lambda value: isinstance(value, tuple) and all(map(each, value))
    slots = [_acceptor(arg) for arg in args]
    return lambda value: (
        isinstance(value, tuple)
        and len(value) == len(slots)
        and all(accepts(item) for accepts, item in zip(slots, value, strict=True))
    )
