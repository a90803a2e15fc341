"""The five things that can be said of a fact, as forms made from the table of values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.choices import DelegationTheme, EndReason, GrammaticalForm, OfficeTitle
from tavolo.registry.forms.base import ActForm
from tavolo.registry.forms.fields import PartialDayField, seat_words
from tavolo.registry.forms.persons import PersonForm
from tavolo.registry.forms.values import IS_ADMINISTRATION, VALUES, in_order
from tavolo.registry.models import (
    OfficeHolding,
    Organisation,
    OrganisationUnit,
    PersonalFact,
)
from tavolo.registry.titles import office_words
from tavolo.territory.models import Area, Municipality

LONGEST = 300
PERSON = ("holder", "family_name", "given_name", "who")


OTHER_TITLES = ("title_feminine", "title_masculine")
BEFORE = ((_("Who"), PERSON),)
AFTER = (
    (_("Where the list of offices does not have it"), OTHER_TITLES),
    (_("With the delegation for"), ("themes", "themes_words")),
    (_("For what time"), ("since", "began", "ended", "end_reason")),
    (_("For the register"), ("act", "source")),
)


@dataclass(frozen=True)
class About:
    """Of what a form speaks: a kind of fact of an organisation, and what can be chosen there."""

    model: type[Model]
    organisation: Organisation
    by: Actor
    fact: Any = None
    units: Mapping[str, OrganisationUnit] = field(default_factory=dict)
    networks: Mapping[str, Network] = field(default_factory=dict)
    holders: Mapping[str, tuple[Person, str]] = field(default_factory=dict)

    @property
    def personal(self) -> bool:
        return issubclass(self.model, PersonalFact)


class FactForm(ActForm):
    """`seen` is the row that was shown: whoever saves second is told what stands there now."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, about: About, **kwargs: Any) -> None:
        self.about = about
        seen = {"seen": about.fact.pk} if about.fact is not None else {}
        kwargs["initial"] = {**seen, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class ValuesForm(FactForm):
    """The values of a fact of this kind, its source and, of persons, the act."""

    act = forms.CharField(
        label=_("Act"),
        help_text=_("Decree or decision, with number and date."),
        max_length=LONGEST,
        required=False,
    )
    source = forms.CharField(
        label=_("Where this is taken from"),
        help_text=_("A document or a page, so that others can check it."),
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, about: About, **kwargs: Any) -> None:
        shown = initial_of(about.fact) if about.fact is not None else {}
        kwargs["initial"] = {**shown, **(kwargs.get("initial") or {})}
        super().__init__(*args, about=about, **kwargs)
        for name, make in VALUES[about.model].items():
            self.fields[name] = make()
        self._offer("unit", about.units, _("the whole organisation"))
        self._offer("network", about.networks, _("towards everybody"))
        if not about.personal:
            del self.fields["act"]
        if "form" in self.fields:
            self._say_forms()
        self.order_fields(self.order())

    def order(self) -> list[str]:
        """First who, then what, then the days, then where it is written."""
        values = [name for name in VALUES[self.about.model] if name in self.fields]
        days = ["themes", "themes_words", "since", "began", "ended", "end_reason"]
        return [*PERSON, *values, *days, "act", "source"]

    def groups(self) -> list[tuple[Any, tuple[str, ...]]]:
        """The fields under their legends, where there are many; those of a new one of its kind."""
        values = tuple(name for name in VALUES[self.about.model] if name not in OTHER_TITLES)
        found = [
            (legend, tuple(name for name in names if name in self.fields))
            for legend, names in (*BEFORE, (_("What"), values), *AFTER)
        ]
        return [(legend, names) for legend, names in found if names]

    def values(self) -> dict[str, Any]:
        """What the actions take, by the names of the model's fields."""
        told = self.cleaned_data
        values = {name: told[name] for name in VALUES[self.about.model] if name in self.fields}
        for name, rows in (("unit", self.about.units), ("network", self.about.networks)):
            if name in values:
                values[name] = rows.get(values[name])
        if "is_administration" in values:
            values["is_administration"] = IS_ADMINISTRATION[values["is_administration"]]
        if "place" in values:
            place = values.pop("place")
            values["municipality"] = place if isinstance(place, Municipality) else None
            values["area"] = place if isinstance(place, Area) else None
        also = [name for name in ("act", "source") if name in self.fields]
        return values | {name: told[name] for name in also}

    def _say_forms(self) -> None:
        """Where the office is known, both ways in which it is written."""
        title = self.data.get("title") if self.is_bound else self.initial.get("title")
        if title in OfficeTitle.values and title != OfficeTitle.OTHER:
            self.fields["form"].choices = [  # type: ignore[attr-defined]
                (form.value, f"{form.label}: {office_words(str(title), form)}")
                for form in GrammaticalForm
            ]

    def _offer(self, name: str, rows: Mapping[str, Any], none: Any) -> None:
        if name not in self.fields:
            return
        if not rows:
            del self.fields[name]
            return
        choices = [("", none), *((key, row.name) for key, row in rows.items())]
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class NewFactForm(ValuesForm):
    began = PartialDayField(label=_("Since when"), required=False)
    ended = PartialDayField(
        label=_("Until when"),
        help_text=_("Leave it empty where it still holds."),
        required=False,
    )

    def dates(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("began", "ended")}


class NewPersonalForm(NewFactForm, PersonForm):
    """Somebody in office, delegated or speaking for it; with an office the matters of its delegation."""

    themes = forms.MultipleChoiceField(
        label=_("Matters"),
        choices=lambda: in_order(DelegationTheme.choices),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    themes_words = forms.CharField(
        label=_("The delegation in the words of the act"), max_length=LONGEST, required=False
    )

    def __init__(self, *args: Any, about: About, **kwargs: Any) -> None:
        offered = {} if about.model is OfficeHolding else about.holders
        super().__init__(*args, about=about, by=about.by, offered=offered, **kwargs)
        if about.model is not OfficeHolding:
            del self.fields["themes"], self.fields["themes_words"]


class ChangeForm(ValuesForm):
    since = PartialDayField(
        label=_("Since when it is so"),
        error_messages={"required": _("Write since when it is otherwise.")},
    )

    def __init__(self, *args: Any, about: About, **kwargs: Any) -> None:
        # What was said of the old one is not the source of the new.
        blank = {"source": "", "act": ""}
        kwargs["initial"] = blank | (kwargs.get("initial") or {})
        super().__init__(*args, about=about, **kwargs)


class CorrectForm(NewFactForm):
    """Every value, and the days, as they should have been."""


class CorrectPersonalForm(CorrectForm, PersonForm):
    end_reason = forms.ChoiceField(
        label=_("Why it ended"),
        choices=lambda: _reasons(),  # noqa: PLW0108  # named further down
        required=False,
    )

    def __init__(self, *args: Any, about: About, **kwargs: Any) -> None:
        super().__init__(*args, about=about, by=about.by, already=about.fact.person, **kwargs)

    def values(self) -> dict[str, Any]:
        return super().values() | {"end_reason": self.cleaned_data["end_reason"]}


class EndForm(FactForm):
    last = PartialDayField(
        label=_("Last day"),
        help_text=_("The last on which it still held: 31/12/2015, or as far as it is known."),
        error_messages={"required": _("Write until when it held.")},
    )
    source = forms.CharField(
        label=_("Where this is taken from"), max_length=LONGEST, required=False
    )
    end_reason = forms.ChoiceField(
        label=_("Why it ended"),
        choices=lambda: _reasons(),  # noqa: PLW0108  # named further down
        required=False,
    )

    def __init__(self, *args: Any, about: About, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        if not about.personal:
            del self.fields["end_reason"]
        self.order_fields(["last", "end_reason", "source"])

    def values(self) -> dict[str, Any]:
        """What is written with the end; the source of the fact stays where no other is told."""
        names = [name for name in ("source", "end_reason") if name in self.fields]
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}


class WithdrawForm(FactForm):
    reason = forms.CharField(
        label=_("How it came to be written"),
        help_text=_("Whoever looks at what was known before reads it in the journal."),
        max_length=LONGEST,
        error_messages={"required": _("Write why it was never true.")},
    )


def initial_of(fact: Any) -> dict[str, Any]:
    """A fact as its form shows it."""
    names = [*VALUES[type(fact)], "began", "ended", "source"]
    shown = {name: getattr(fact, name, "") for name in names}
    if isinstance(fact, PersonalFact):
        shown |= {name: getattr(fact, name) for name in ("act", "end_reason")}
        shown |= {name: getattr(fact.person, name) for name in ("given_name", "family_name")}
    for name, say in _SAID.items():
        if name in shown or name == "place":
            shown[name] = say(fact)
    return shown


def _reasons() -> list[tuple[str, Any]]:
    return [("", _("not said")), *EndReason.choices]


def _seat(fact: Any) -> str:
    place = getattr(fact, "municipality", None)
    return seat_words(place) if place else ""


def _place(fact: Any) -> str:
    area = getattr(fact, "area", None)
    return area.title if area else _seat(fact)


_KEPT = {truth: key for key, truth in IS_ADMINISTRATION.items()}
_SAID: dict[str, Callable[[Any], str]] = {
    "municipality": _seat,
    "place": _place,
    "unit": lambda fact: fact.unit.code if fact.unit else "",
    "network": lambda fact: fact.network.slug if fact.network else "",
    "successor": lambda fact: fact.successor.name,
    "is_administration": lambda fact: _KEPT[fact.is_administration],
}
