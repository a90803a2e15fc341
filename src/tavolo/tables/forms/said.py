"""What is said of a body with its days, and how it lives: names, territory, purposes, lineage, end."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.registry.choices import NameKind
from tavolo.registry.forms.fields import PlaceField
from tavolo.tables.choices import GOES_ON_IN_ANOTHER, LineageManner
from tavolo.tables.forms.base import (
    LONGEST,
    ActForm,
    BodyField,
    SeenForm,
    act_field,
    began_field,
    ended_field,
    last_field,
    source_field,
)
from tavolo.tables.models import Body, Sphere
from tavolo.territory.models import Area, Municipality

AS_ITSELF = [one for one in LineageManner if one not in GOES_ON_IN_ANOTHER]
IN_ANOTHER = [one for one in LineageManner if one in GOES_ON_IN_ANOTHER]


class SaidForm(ActForm):
    """`values` are what the action of this section takes."""

    def __init__(self, *args: Any, spheres: Iterable[Sphere] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del spheres

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class NameForm(SaidForm):
    kind = forms.ChoiceField(
        label=_("Kind of name"), choices=NameKind.choices, initial=NameKind.PUBLIC
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST,
        error_messages={"required": _("Write what the body is called.")},
    )
    began = began_field()
    ended = ended_field()
    act = act_field(required=False)
    source = source_field()


class TerritoryForm(SaidForm):
    place = PlaceField(
        label=_("Territory"),
        help_text=_("A municipality, or an area such as a district."),
        error_messages={"required": _("Write for which territory it works.")},
    )
    began = began_field()
    act = act_field(required=False)

    def values(self) -> dict[str, Any]:
        told = super().values()
        place = told.pop("place")
        return {
            **told,
            "area": place if isinstance(place, Area) else None,
            "municipality": place if isinstance(place, Municipality) else None,
        }


class PurposeForm(SaidForm):
    number = forms.IntegerField(
        label=_("Number"),
        help_text=_("Left empty, it is the next one."),
        min_value=1,
        max_value=999,
        required=False,
    )
    words = forms.CharField(
        label=_("Purpose"),
        help_text=_("Word for word, as the act has it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the purpose.")},
    )
    spheres = forms.MultipleChoiceField(
        label=_("Spheres of life"), widget=forms.CheckboxSelectMultiple, required=False
    )
    began = began_field()
    act = act_field(required=False)
    source = source_field()

    def __init__(self, *args: Any, spheres: Iterable[Sphere] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.key, one.name) for one in spheres]
        if offered:
            self.fields["spheres"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["spheres"]


class EndSaidForm(SeenForm):
    last = last_field()


class WithdrawForm(SeenForm):
    reason = forms.CharField(
        label=_("How it came to be written"),
        help_text=_("Whoever looks at what was known before reads it in the journal."),
        max_length=LONGEST,
        error_messages={"required": _("Write why it was never true.")},
    )


class StartForm(ActForm):
    began = began_field(required=True, label=_("Works began"))


class ConfirmBodyForm(ActForm):
    manner = forms.ChoiceField(
        label=_("How it goes on"), choices=[(one.value, one.label) for one in AS_ITSELF]
    )
    began = began_field(required=True, label=_("From which day"))
    act = act_field()


class SucceedForm(ActForm):
    """`bodies`: those in which it can go on."""

    successor = BodyField(
        label=_("Goes on in"), error_messages={"required": _("Choose in which body it goes on.")}
    )
    manner = forms.ChoiceField(
        label=_("How it goes on"), choices=[(one.value, one.label) for one in IN_ANOTHER]
    )
    began = began_field(required=True, label=_("From which day"))
    act = act_field()

    def __init__(self, *args: Any, bodies: Iterable[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["successor"]
        field.offer(bodies, none=_("choose a body"))


class EndBodyForm(ActForm):
    last = last_field()
    act = act_field()
