"""Who somebody is: one of those in office, one found by the name that was typed, or somebody new."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.actor import Actor
from tavolo.people.models import Person
from tavolo.registry.forms.base import ActForm
from tavolo.registry.queries.persons import Known, persons_called

SOMEBODY_ELSE = "altra"
LONGEST_NAME = 140
WRITTEN_BELOW = ("", _("somebody else: I write the name"))


class PersonForm(ActForm):
    """Names are typed; where somebody known is called so, the form asks whether it is her.

    `offered` are persons to choose from by a key. After cleaning, `person` is somebody known, or
    None where `names` are those of a new person. `already` is whom the fact names so far.
    """

    holder = forms.ChoiceField(label=_("Who"), required=False)
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Write the family name.")},
    )
    given_name = forms.CharField(
        label=_("Given name"),
        help_text=_("Left empty, those with this family name are looked for in the register."),
        max_length=LONGEST_NAME,
        required=False,
    )
    who = forms.ChoiceField(
        label=_("Who is it?"),
        help_text=_("Somebody in the register is called like this."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is one of them.")},
    )

    def __init__(
        self,
        *args: Any,
        by: Actor,
        offered: Mapping[str, tuple[Person, str]] | None = None,
        already: Person | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.already, self.offered = by, already, offered or {}
        self.person: Person | None = None
        self._offer_holders()
        self.fields["family_name"].required = not self.offered
        self.candidates: Sequence[Known] = self._called()
        if self.candidates:
            self.fields["who"].choices = self._choices()  # type: ignore[attr-defined]
        else:
            del self.fields["who"]

    @property
    def names(self) -> dict[str, str]:
        """Of a new person."""
        return {name: self.cleaned_data[name] for name in ("given_name", "family_name")}

    @property
    def holder_key(self) -> str:
        """Which of those offered was chosen; "" for none."""
        return str(self.cleaned_data.get("holder", ""))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        chosen = str(told.get("who", ""))
        if self.holder_key:
            self.person = self.offered[self.holder_key][0]
        elif self._unchanged:
            self.person = self.already
        elif chosen and chosen != SOMEBODY_ELSE:
            known = {str(each.person.uid): each.person for each in self.candidates}
            self.person = known[str(UUID(chosen))]
        elif not self.candidates or chosen == SOMEBODY_ELSE:
            self._require_names(told)
        return told

    def _require_names(self, told: dict[str, Any]) -> None:
        missing = {
            "given_name": _("Write the given name."),
            "family_name": _("Write the family name."),
        }
        for name, sentence in missing.items():
            if not told.get(name) and name not in self.errors:
                self.add_error(name, sentence)

    def _offer_holders(self) -> None:
        if not self.offered:
            del self.fields["holder"]
            return
        choices = [(key, words) for key, (_person, words) in self.offered.items()]
        self.fields["holder"].choices = [WRITTEN_BELOW, *choices]  # type: ignore[attr-defined]

    @property
    def _unchanged(self) -> bool:
        if self.already is None:
            return False
        typed = (self._typed("given_name"), self._typed("family_name"))
        return typed == (self.already.given_name, self.already.family_name)

    def _called(self) -> Sequence[Known]:
        if not self.is_bound or self._unchanged or self._typed("holder"):
            return ()
        return persons_called(self._typed("given_name"), self._typed("family_name"), by=self.by)

    def _typed(self, name: str) -> str:
        return " ".join(str(self.data.get(name, "")).split())

    def _choices(self) -> list[tuple[str, Any]]:
        known: list[tuple[str, Any]] = [
            (str(each.person.uid), each.words) for each in self.candidates
        ]
        return [*known, (SOMEBODY_ELSE, _("somebody else, who is not in the register yet"))]
