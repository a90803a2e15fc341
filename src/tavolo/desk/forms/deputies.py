"""What is typed about deputies: who acts for whom, for what and until when."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.addressed import AddressedForm
from tavolo.kernel import clock
from tavolo.kernel.actor import parts_of_work
from tavolo.people.models import Person
from tavolo.registry.choices import DeputyKind
from tavolo.registry.models import Organisation
from tavolo.ui.forms import Day

EVERYTHING = "everything"


class AppointDeputyForm(AddressedForm):
    """`given` is what a person holds, by the key under which it is offered.

    `deputy` is chosen among those who work in the network, or named by `email`, and then invited.
    """

    field_order = ("given", "deputy", "email", "all_the_same")

    given = forms.ChoiceField(label=_("In whose place, and for what"))
    deputy = forms.ChoiceField(
        label=_("Who acts for her"),
        required=False,
    )
    email = forms.EmailField(
        label=_("E-mail of somebody who is not in the list"),
        help_text=_("She is invited by a letter."),
        required=False,
        error_messages={"invalid": _("Write the e-mail in full, as in name@example.org.")},
    )
    given_name = forms.CharField(label=_("Given name"), max_length=140, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=140, required=False)
    kind = forms.ChoiceField(
        label=_("As"),
        choices=DeputyKind.choices,
        initial=DeputyKind.DEPUTY,
        widget=forms.RadioSelect,
    )
    parts = forms.MultipleChoiceField(
        label=_("For which parts of the work"),
        help_text=_("Votes, signatures and appointments are never among them."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one part.")},
    )
    since = Day(label=_("From the day"))
    last_day = Day(label=_("Until the day, that day included"))
    act = forms.CharField(
        label=_("Act of appointment"),
        help_text=_("With its number and its day; needed where you appoint for somebody else."),
        max_length=300,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        holdings: Mapping[str, tuple[Person, Organisation | None, str]],
        persons: Sequence[Person],
        inviting: bool,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"since": clock.today(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.holdings, self.persons = holdings, {str(person.uid): person for person in persons}
        _offer(self, "given", ((key, words) for key, (*_what, words) in holdings.items()))
        _offer(self, "deputy", ((key, person.name) for key, person in self.persons.items()))
        self.fields["parts"].choices = [  # type: ignore[attr-defined]
            (EVERYTHING, _("Everything that she may do")),
            *((part.key, part.label) for part in parts_of_work),
        ]
        if not inviting:
            for name in ("email", "all_the_same", "given_name", "family_name"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("deputy") and not told.get("email"):
            self.add_error("deputy", _("Choose who acts for her."))
        elif told.get("deputy") and told.get("email"):
            self.add_error("email", _("You have chosen somebody in the list: leave this empty."))
        return told

    @property
    def given_parts(self) -> tuple[str, ...]:
        """What the action takes: nothing is everything."""
        chosen = self.cleaned_data["parts"]
        return () if EVERYTHING in chosen else tuple(chosen)


def _offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    form.fields[name].choices = [("", _("Choose…")), *choices]  # type: ignore[attr-defined]
