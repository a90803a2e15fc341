"""How each rule is asked: from what it can say follows the field, and from the answer the rule."""

from collections.abc import Iterable
from dataclasses import fields
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from django import forms
from django.db.models import TextChoices
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.terms import Rule
from tavolo.tables.regulation.choices import Among, Matter, Reach
from tavolo.tables.regulation.labels import LABELS
from tavolo.tables.regulation.plain import Plain
from tavolo.tables.regulation.rules import Majority, Part, Regulation
from tavolo.tables.regulation.sentences import words

Fields = dict[str, forms.Field]

SHARES = [Fraction(1, 2), Fraction(2, 5), Fraction(1, 3), Fraction(1, 4), Fraction(1, 5)]
PARTS = [
    Part(Reach.MORE_THAN, Fraction(1, 2)),
    Part(Reach.PLUS_ONE, Fraction(1, 2)),
    *(Part(Reach.AT_LEAST, share) for share in (Fraction(3, 4), Fraction(2, 3), *SHARES)),
]
LARGE = [
    Part(Reach.MORE_THAN, Fraction(1, 2)),
    *(Part(Reach.AT_LEAST, share) for share in (Fraction(2, 3), Fraction(3, 4), Fraction(1))),
]
MAJORITIES = [Majority(among, part) for part in LARGE for among in Among]
UNITS = {
    "hours/calendar": _("hours"),
    "days/calendar": _("days"),
    "days/working": _("working days"),
    "days/clear": _("clear days"),
    "months/calendar": _("months"),
    "years/calendar": _("years"),
}
DECIDED_ON = [matter for matter in Matter if matter != Matter.INFORMATION]
MOST = 1000
EMPTY_PART = _("whatever the number present")
EMPTY = _("the regulation provides nothing")


def hints() -> dict[str, Any]:
    """What each rule can say, by path."""
    return {
        f"{section.name}.{name}": hint
        for section in fields(Regulation)
        for name, hint in get_type_hints(section.type).items()
    }


def name_of(path: str) -> str:
    return path.replace(".", "__")


def asking(path: str, current: Any) -> Fields:
    """The fields that ask for a rule; what it says now can be chosen, even where it is unusual."""
    name, label = name_of(path), LABELS[path]
    hint = hints()[path]
    kinds = [each for each in _kinds(hint) if each is not NoneType]
    if path == "decisions.special":
        return _specials(name, current)
    if kinds[0] is Rule:
        return _term(name, label, required=NoneType not in _kinds(hint))
    return {name: _field(kinds[0], label, current, optional=NoneType in _kinds(hint))}


def told_by(path: str, answers: Plain, current: Any) -> Any:
    """What the answers say of a rule, as plain JSON."""
    name = name_of(path)
    if path == "decisions.special":
        asked = ((matter, answers[f"{name}__{matter}"]) for matter in DECIDED_ON)
        return [
            {"matter": str(matter), "majority": _read_majority(key)} for matter, key in asked if key
        ]
    if f"{name}__unit" in answers:
        return _read_term(answers[name], answers[f"{name}__unit"], current, path)
    kinds = _kinds(hints()[path])
    if Part in kinds:
        return _read_part(answers[name])
    if Majority in kinds:
        return _read_majority(answers[name])
    return None if answers[name] == "" else answers[name]


def answered(path: str, current: Any) -> Plain:
    """What the fields of a rule show for what it says, as plain JSON."""
    name = name_of(path)
    kinds = _kinds(hints()[path])
    if path == "decisions.special":
        return {f"{name}__{each['matter']}": _majority_key(each["majority"]) for each in current}
    if Rule in kinds:
        told = current or {}
        unit = f"{told.get('unit', 'days')}/{told.get('count', 'calendar')}"
        return {name: told.get("length"), f"{name}__unit": unit}
    if Part in kinds:
        return {name: _part_key(current)}
    if Majority in kinds:
        return {name: _majority_key(current)}
    return {name: "" if current is None and Fraction in kinds else current}


def _kinds(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if isinstance(hint, UnionType) else (hint,)


def _field(kind: Any, label: Any, current: Any, *, optional: bool) -> forms.Field:
    if get_origin(kind) is tuple:
        return forms.MultipleChoiceField(
            label=label,
            choices=_choices(get_args(kind)[0]),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
    if kind is bool:
        return forms.BooleanField(label=label, required=False)
    if kind is int:
        return forms.IntegerField(label=label, min_value=0, max_value=MOST, required=not optional)
    return forms.ChoiceField(
        label=label, choices=_offered(kind, current, optional=optional), required=not optional
    )


def _choices(kind: type[TextChoices]) -> list[tuple[str, Any]]:
    """Of matters those that are decided on."""
    return [(key, label) for key, label in kind.choices if key != Matter.INFORMATION]


def _offered(kind: Any, current: Any, *, optional: bool) -> list[tuple[str, Any]]:
    if kind is Fraction:
        known = sorted({*SHARES, *([Fraction(current)] if current else [])}, reverse=True)
        return [("", EMPTY), *((str(each), _lazy(words.share, each)) for each in known)]
    if kind is Part:
        found = [(_part_key_of(each), _lazy(words.part, each)) for each in _with(PARTS, current)]
        return [("", EMPTY_PART), *found] if optional else found
    if kind is Majority:
        return _majorities([current])
    return list(kind.choices)


def _with(known: Iterable[Part], current: Plain | None) -> list[Part]:
    own = _part(current) if current else None
    return [*known, *([own] if own and own not in known else [])]


def _majorities(current: Iterable[Plain]) -> list[tuple[str, Any]]:
    known = list(MAJORITIES)
    known += [own for each in current if (own := _majority(each)) not in known]
    return [(_majority_key_of(each), _lazy(words.majority, each)) for each in known]


def _specials(name: str, current: list[Plain]) -> Fields:
    offered = [("", _("as for the rest")), *_majorities(each["majority"] for each in current)]
    return {
        f"{name}__{matter}": forms.ChoiceField(
            label=_lazy(_majority_for, matter.label), choices=offered, required=False
        )
        for matter in DECIDED_ON
    }


def _majority_for(matter: str) -> str:
    return str(_("Majority for: %(matter)s") % {"matter": matter})


def _term(name: str, label: Any, *, required: bool) -> Fields:
    return {
        name: forms.IntegerField(label=label, min_value=1, max_value=MOST, required=required),
        f"{name}__unit": forms.ChoiceField(
            label=_lazy(lambda told: f"{told}: {_('counted in')}", label),
            choices=list(UNITS.items()),
        ),
    }


def _read_term(length: int | None, unit: str, current: Plain | None, path: str) -> Plain | None:
    """The hour, rolling over and the rest stay as they are; a notice runs back from its meeting."""
    if length is None:
        return None
    unit, _slash, count = unit.partition("/")
    backwards = path in {"convocation.notice", "convocation.urgent"}
    kept = current or Rule(length, backwards=backwards).plain()
    if unit == "hours":
        kept = Rule(length, backwards=backwards).plain()
    return {**kept, "length": length, "unit": unit, "count": count}


def _lazy(say: Any, value: Any) -> Any:
    """Words that are found in the reader's language."""
    return lazystr(_Said(say, value))


class _Said:
    def __init__(self, say: Any, value: Any) -> None:
        self.say, self.value = say, value

    def __str__(self) -> str:
        return str(self.say(self.value))


def _part(told: Plain) -> Part:
    return Part(Reach(told["reach"]), Fraction(told["share"]))


def _majority(told: Plain) -> Majority:
    return Majority(Among(told["among"]), _part(told["part"]))


def _part_key_of(part: Part) -> str:
    return f"{part.reach.value}:{part.share}"


def _part_key(told: Plain | None) -> str:
    return f"{told['reach']}:{told['share']}" if told else ""


def _majority_key_of(majority: Majority) -> str:
    return f"{majority.among.value}:{_part_key_of(majority.part)}"


def _majority_key(told: Plain) -> str:
    return f"{told['among']}:{_part_key(told['part'])}"


def _read_part(key: str) -> Plain | None:
    if not key:
        return None
    reach, _colon, share = key.partition(":")
    return {"reach": reach, "share": share}


def _read_majority(key: str) -> Plain:
    among, _colon, part = key.partition(":")
    return {"among": among, "part": _read_part(part)}
