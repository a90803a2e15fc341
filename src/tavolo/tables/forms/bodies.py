"""Founding bodies: one, the numbered groups of one, a coordination for each area; and editing one."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.models import Network
from tavolo.registry.choices import DelegationTheme
from tavolo.registry.forms.fields import OrganisationField, PlaceField
from tavolo.registry.forms.values import in_order
from tavolo.tables.choices import ActKind, Level
from tavolo.tables.forms.base import (
    LONGEST,
    ActForm,
    BodyField,
    act_field,
    began_field,
    source_field,
    with_none,
)
from tavolo.tables.models import Body
from tavolo.tables.plugs import group_presets, kinds_in_order
from tavolo.territory.models import Area, Municipality
from tavolo.territory.plugs import area_kinds

NOT_SAID = _("not said")
MOST_GROUPS = 99


def kind_choices() -> list[tuple[str, Any]]:
    return [(kind.key, kind.label) for kind in kinds_in_order()]


class AboutForm(ActForm):
    """What a body says of itself, beside its name, territory and purposes."""

    level = forms.ChoiceField(
        label=_("Level"), choices=with_none(Level.choices, NOT_SAID), required=False
    )
    theme = forms.CharField(
        label=_("Theme"), help_text=_("As in: gender violence."), max_length=200, required=False
    )
    promoter = OrganisationField(
        label=_("Promoted by"),
        help_text=_("The whole name of an organisation of the register."),
        required=False,
    )
    on_impulse_of = forms.CharField(
        label=_("On the impulse of"),
        help_text=_("Somebody who is no organisation of the register, in words."),
        max_length=200,
        required=False,
    )
    founding_kind = forms.ChoiceField(
        label=_("Kind of the founding act"),
        choices=with_none(ActKind.choices, NOT_SAID),
        required=False,
    )
    founding_act = act_field(required=False, label=_("Founding act"))
    source = source_field()

    def about(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ABOUT}


ABOUT = (
    *("level", "theme", "promoter", "on_impulse_of"),
    *("founding_kind", "founding_act", "source"),
)


class EditBodyForm(AboutForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, body: Body, data: Any = None) -> "EditBodyForm":
        shown = {name: getattr(body, name) for name in ABOUT}
        shown |= {"promoter": body.promoter.name if body.promoter else ""}
        return cls(data, initial={**shown, "version": body.version})


class FoundBodyForm(AboutForm):
    """A new body; `networks` are those that she may found it in."""

    network = forms.ChoiceField(label=_("Network"))
    kind = forms.ChoiceField(label=_("Kind"), choices=kind_choices)
    name = forms.CharField(
        label=_("Name in use"),
        help_text=_("As people call it; the name in its act stands beside it."),
        max_length=LONGEST,
        error_messages={"required": _("Write what the body is called.")},
    )
    official_name = forms.CharField(
        label=_("Name in its act"),
        help_text=_("Word for word, where it is another one."),
        max_length=LONGEST,
        required=False,
    )
    parent = BodyField(label=_("Part of"), required=False)
    number = forms.IntegerField(
        label=_("Number among its groups"), min_value=1, max_value=MOST_GROUPS, required=False
    )
    established = began_field(label=_("Established"))
    started = began_field(label=_("Works began"))
    place = PlaceField(
        label=_("Territory"),
        help_text=_("A municipality, or an area such as a district; more can be added later."),
        required=False,
    )

    def __init__(
        self, data: Any, *, networks: Sequence[Network], parents: Iterable[Body], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.networks = {one.slug: one for one in networks}
        _offer_networks(self, networks)
        parent: Any = self.fields["parent"]
        parent.offer(parents, none=_("of no other body"))
        self.order_fields(
            [
                *("network", "kind", "name", "official_name", "parent", "number"),
                *("established", "started", "founding_kind", "founding_act", "place"),
                *ABOUT,
            ]
        )

    def values(self) -> dict[str, Any]:
        """What `found_body` takes."""
        told, place = self.cleaned_data, self.cleaned_data["place"]
        names = ("kind", "name", "official_name", "parent", "number", "established", "started")
        return {
            **self.about(),
            **{name: told[name] for name in names},
            "network": self.networks[told["network"]],
            "areas": [place] if isinstance(place, Area) else [],
            "municipalities": [place] if isinstance(place, Municipality) else [],
        }


class GroupsForm(ActForm):
    """Which set of numbered groups a body begins with."""

    preset = forms.ChoiceField(
        label=_("Which groups"),
        choices=lambda: [(one.key, one.label) for one in group_presets],
        widget=forms.RadioSelect,
    )


class CoordinateForm(ActForm):
    """A coordination for each area of a kind, in one act. `preview` is what its second button sends."""

    network = forms.ChoiceField(label=_("Network"))
    kind = forms.ChoiceField(label=_("Kind"), choices=kind_choices)
    area_kind = forms.ChoiceField(
        label=_("For each area of this kind"),
        choices=lambda: [(one.key, one.label) for one in area_kinds],
    )
    within = PlaceField(
        label=_("In which territory"),
        help_text=_("A province, a metropolitan city, a region."),
        error_messages={"required": _("Write in which territory the areas lie.")},
    )
    name = forms.CharField(
        label=_("Name"),
        help_text=_("Where {area} stands, the name of each area is written."),
        max_length=LONGEST,
    )
    parent = BodyField(label=_("Part of"), required=False)
    seats = forms.BooleanField(
        label=_("With a seat for each municipality, held by whoever has the delegation there"),
        required=False,
    )
    theme = forms.ChoiceField(
        label=_("Delegated matter"), choices=lambda: in_order(DelegationTheme.choices)
    )
    founding_kind = forms.ChoiceField(label=_("Kind of the founding act"), choices=ActKind.choices)
    act = act_field(required=True, label=_("Founding act"))
    established = began_field(required=True, label=_("Established"))
    source = source_field()

    def __init__(
        self, data: Any, *, networks: Sequence[Network], parents: Iterable[Body], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.networks = {one.slug: one for one in networks}
        _offer_networks(self, networks)
        parent: Any = self.fields["parent"]
        parent.offer(parents, none=_("of no other body"))
        if self.tried:
            # Whoever looks at what would be founded needs no act yet.
            for name in ("act", "established"):
                self.fields[name].required = False

    @property
    def tried(self) -> bool:
        """Whether it is only asked what would be founded."""
        return "preview" in self.data

    def clean_within(self) -> Area:
        place = self.cleaned_data["within"]
        if not isinstance(place, Area):
            raise forms.ValidationError(
                _("Write a territory with several municipalities, as a province or a district.")
            )
        return place

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if "{area}" not in name:
            raise forms.ValidationError(
                _("Write {area} where the name of each area stands, or all would be called alike.")
            )
        return name

    def values(self) -> dict[str, Any]:
        """What `coordinate_areas` takes."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "form_key"}
        return {**told, "network": self.networks[told["network"]]}


class SphereForm(ActForm):
    name = forms.CharField(label=_("Sphere of life"), max_length=140)


def _offer_networks(form: forms.Form, networks: Sequence[Network]) -> None:
    """One network alone is no choice: it is sent along."""
    field: Any = form.fields["network"]
    field.choices = [(one.slug, one.name) for one in networks]
    if len(networks) == 1:
        field.widget = forms.HiddenInput()
        field.initial = networks[0].slug
