"""`{% load ui %}`: components, icons, addresses, and values as people say them."""

from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, Parser, Token, token_kwargs
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tavolo.kernel.dates import PartialDate
from tavolo.ui import words
from tavolo.ui.address import address as address_of
from tavolo.ui.components.base import REGISTRY, Component
from tavolo.ui.errors import UnknownComponent
from tavolo.ui.words import Missing

register = template.Library()


class ComponentNode(Node):
    """Draws a component: one that a variable holds, or one made here by its name."""

    child_nodelists = ()

    def __init__(
        self,
        made: type[Component] | None,
        given: FilterExpression | None,
        wanted: dict[str, FilterExpression],
    ) -> None:
        self.made, self.given, self.wanted = made, given, wanted

    def render(self, context: Context) -> SafeString:
        shown = self._component(context)
        engine = context.template.engine if context.template else template.Engine.get_default()
        inner = context.new({"c": shown, "request": context.get("request")})
        return engine.get_template(shown.template).render(inner)

    def _component(self, context: Context) -> Component:
        if self.made is not None:
            return self.made(
                **{name: value.resolve(context) for name, value in self.wanted.items()}
            )
        found = self.given.resolve(context) if self.given is not None else None
        if not isinstance(found, Component):
            raise UnknownComponent(f"{self.given!s} is a {type(found).__name__}, not a component.")
        return found


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """`{% component card %}` for a variable, `{% component "badge" state="on" words=x %}` by name.

    A name that no component has, a missing field and an unknown one are refused when the template
    is compiled; a value of the wrong type when it is rendered.
    """
    tag, *bits = token.split_contents()
    if not bits:
        raise template.TemplateSyntaxError(f"{tag} wants a component or its name.")
    first, *rest = bits
    given = token_kwargs(rest, parser)
    if rest:
        raise template.TemplateSyntaxError(f"{tag} cannot read {' '.join(rest)!r}.")
    if first[0] in "\"'":
        return ComponentNode(_known(first[1:-1], set(given)), None, given)
    if given:
        raise template.TemplateSyntaxError(f"{tag} {first} is a variable and takes no fields.")
    return ComponentNode(None, parser.compile_filter(first), {})


def _known(name: str, given: set[str]) -> type[Component]:
    if name not in REGISTRY:
        raise template.TemplateSyntaxError(
            f"There is no component {name!r}; there are {', '.join(sorted(REGISTRY))}."
        )
    cls = REGISTRY[name]
    known = {field.name for field in fields(cls)}
    needed = {
        field.name
        for field in fields(cls)
        if field.default is MISSING and field.default_factory is MISSING
    }
    for fault, names in (("does not have", given - known), ("needs", needed - given)):
        if names:
            raise template.TemplateSyntaxError(
                f"The component {name!r} {fault} {', '.join(sorted(names))}."
            )
    return cls


@register.simple_tag
def icon(name: str, size: str = "sm") -> SafeString:
    """A picture from the kit's sprite, beside words that say the same: it is hidden from readers."""
    return format_html(
        '<svg class="icon icon-{}" aria-hidden="true" focusable="false"><use href="{}#it-{}"></use></svg>',
        size,
        static("bootstrap-italia/svg/sprites.svg"),
        name,
    )


@register.simple_tag
def address(path: str) -> str:
    """An address of the stable surface in the reader's language, "" where it does not answer yet."""
    return address_of(path)


@register.filter
def say_date(when: words.Dated | None) -> SafeString:
    return words.say_date(when)


@register.filter
def since(when: date | PartialDate | None) -> str:
    return words.say_missing(Missing.UNKNOWN) if when is None else words.since_words(when)


@register.filter
def until(valid_until: date | None) -> str:
    """The end of a half-open period, spoken inclusively; nothing where it has no end."""
    return "" if valid_until is None else words.until_words(valid_until)


@register.filter
def thousands(value: words.Number | None, decimals: int = 0) -> str:
    return _known_number(value, lambda known: words.number(known, decimals))


@register.filter
def percent(value: words.Number | None, decimals: int = 0) -> str:
    """A share of one: 0.38 is 38 %."""
    return _known_number(value, lambda known: words.percent(known, decimals))


@register.filter
def kilometres(metres: words.Number | None) -> str:
    return _known_number(metres, words.kilometres)


@register.filter
def or_unknown(value: Any) -> Any:
    """The value, or "not determinable" for None and the empty text; zero is a value."""
    return words.say_missing(Missing.UNKNOWN) if value is None or value == "" else value


def _known_number(value: words.Number | None, say: Any) -> str:
    return words.say_missing(Missing.UNKNOWN) if value is None else str(say(value))
