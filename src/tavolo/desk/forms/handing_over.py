"""What is typed when a desk is handed over: what becomes of each thing that a person holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.base import ActForm
from tavolo.kernel import clock
from tavolo.kernel.actor import Held, Holding
from tavolo.kernel.errors import Refusal
from tavolo.people.models import Person
from tavolo.registry.actions.handing_over import Handing
from tavolo.registry.errors import ActMissing, NotHandedOver, NothingNew
from tavolo.ui.forms import Day

LEFT = "lascia"
Everything = Sequence[tuple[Holding, list[Held]]]


@dataclass(frozen=True)
class Thing:
    """One thing and the field that asks what becomes of it."""

    holding: str
    held: Held
    field: str


class HandOverForm(ActForm):
    """A choice for each thing: it stays, it goes to somebody, or it is left where it may be."""

    last_day = Day(
        label=_("Her last day"),
        help_text=_("From the day after, what is handed over is the others’."),
    )
    act = forms.CharField(
        label=_("Act by which this was decided"),
        help_text=_("With its number and its day; needed where the secretariat is handed over."),
        max_length=300,
        required=False,
    )
    everything = forms.ChoiceField(
        label=_("Everything for which nothing else is chosen goes to"), required=False
    )

    def __init__(
        self, *args: Any, everything: Everything, persons: Iterable[Person], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"last_day": clock.today(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.persons = {str(person.uid): person for person in persons}
        people = [(key, person.name) for key, person in self.persons.items()]
        self.fields["everything"].choices = [("", _("Nobody: it stays as it is")), *people]  # type: ignore[attr-defined]
        self.things = [
            Thing(holding.key, held, field_of(held.uid))
            for holding, several in everything
            for held in several
        ]
        for thing in self.things:
            self.fields[thing.field] = _field(thing.held, people)

    @property
    def handings(self) -> list[Handing]:
        """What the action takes: only that of which something becomes."""
        told = self.cleaned_data
        chosen = ((thing, told[thing.field] or told["everything"]) for thing in self.things)
        return [
            Handing(thing.holding, thing.held.uid, self.persons.get(choice))
            for thing, choice in chosen
            if choice
        ]

    def take(self, refusal: Refusal) -> None:
        name = None
        if isinstance(refusal, NotHandedOver):
            name = "act" if isinstance(refusal.why, ActMissing) else field_of(refusal.held)
        elif isinstance(refusal, NothingNew):
            self.add_error(None, _("Nothing is chosen yet: say what goes to whom."))
            return
        self.add_error(name if name in self.fields else None, str(refusal))


def field_of(uid: UUID) -> str:
    return f"cosa-{uid}"


def _field(held: Held, people: list[tuple[str, str]]) -> forms.ChoiceField:
    leaving = [] if held.needed else [(LEFT, _("Nobody: it ends"))]
    return forms.ChoiceField(
        label=held.label,
        help_text=_("%(note)s. Somebody must hold it.") % {"note": held.note}
        if held.needed
        else held.note,
        choices=[("", _("It stays with her")), *leaving, *people],
        required=False,
    )
