"""Beside which fields the forms of bodies and seats say what was refused."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal
from tavolo.registry.forms import base as registry
from tavolo.registry.forms.fields import PartialDayField
from tavolo.tables import errors
from tavolo.tables.models import Body
from tavolo.ui import forms as ui

LONGEST = 300
ACT_HINT = _("Its kind, its number and its day.")
ACT, SINCE = _("Act"), _("Since when")

FIELDS_OF: dict[type[Refusal], tuple[str, ...]] = {
    **registry.FIELDS_OF,
    errors.UnknownBodyKind: ("kind",),
    errors.BodyNameMissing: ("name", "words"),
    errors.ParentOfAnother: ("parent", "successor"),
    errors.NumberTaken: ("number",),
    errors.UnknownSphere: ("spheres",),
    errors.PlaceMissing: ("place",),
    errors.AlreadyThere: ("name", "place", "number"),
    errors.BodyHasEnded: ("began", "last"),
    errors.AlreadyStarted: ("began",),
    errors.GroupsStillThere: ("last", "began"),
    errors.HolderMissing: ("organisation", "holder", "family_name"),
    errors.AlreadySits: ("organisation", "organisations", "family_name", "holder", "began"),
    errors.SeatActMissing: ("act",),
    errors.OutsideSeat: ("began", "last"),
    errors.AlreadyDelegate: ("family_name", "holder"),
    errors.EffectiveDelegateThere: ("kind",),
    errors.FillsItself: ("kind",),
    errors.NoSuchAreas: ("area_kind",),
}


class ActForm(ui.ActForm):
    fields_of = FIELDS_OF


class ConfirmForm(ActForm):
    """Nothing to fill in: the button alone."""


class SeenForm(ActForm):
    """`seen` is the row that was shown: whoever saves second is told what stands there now."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


def act_field(*, required: bool = True, label: Any = ACT) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=ACT_HINT,
        max_length=LONGEST,
        required=required,
        error_messages={"required": _("Name the act on which it rests.")},
    )


def source_field() -> forms.CharField:
    return forms.CharField(
        label=_("Where this is taken from"),
        help_text=_("A document or a page, so that others can check it."),
        max_length=LONGEST,
        required=False,
    )


def began_field(*, required: bool = False, label: Any = SINCE) -> PartialDayField:
    return PartialDayField(label=label, required=required)


def ended_field() -> PartialDayField:
    return PartialDayField(
        label=_("Until when"),
        help_text=_("Leave it empty where it still holds."),
        required=False,
    )


def last_field() -> PartialDayField:
    return PartialDayField(
        label=_("Last day"),
        help_text=_("The last on which it still held: 31/12/2015, or as far as it is known."),
        error_messages={"required": _("Write until when it held.")},
    )


def with_none(choices: Iterable[tuple[str, Any]], none: Any) -> list[tuple[str, Any]]:
    """The choices, and before them that none of them is said."""
    return [("", none), *choices]


class BodyField(forms.ChoiceField):
    """One of some bodies, by its code; `offer` says which. None where none is chosen."""

    def offer(self, bodies: Iterable[Body], *, none: Any = "") -> None:
        self.bodies = {body.code: body for body in bodies}
        named = [(code, body.name) for code, body in self.bodies.items()]
        self.choices = with_none(named, none)

    def clean(self, value: Any) -> Any:
        return self.bodies.get(super().clean(value))
