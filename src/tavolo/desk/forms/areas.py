"""What is typed about districts: what they are called, who belongs to them, from which day."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.base import ActForm
from tavolo.kernel.dated import closing
from tavolo.territory.models import Area
from tavolo.territory.plugs import AreaKind
from tavolo.territory.stays import Stay
from tavolo.ui.forms import Day

MANY = 3000  # municipalities that one form may name


class CalledForm(ActForm):
    """What an area is called, and where it lies."""

    name = forms.CharField(
        label=_("Name"), help_text=_("For instance: Pianura Est."), max_length=300
    )
    title = forms.CharField(
        label=_("Name in full"),
        help_text=_(
            "As it stands on its page, for instance: Distretto socio-sanitario Pianura Est."
        ),
        max_length=300,
        required=False,
    )
    parent = forms.ModelChoiceField(
        Area.objects.none(), label=_("It lies in"), to_field_name="uid", empty_label=None
    )

    def __init__(self, *args: Any, homes: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        field.queryset = Area.objects.filter(pk__in=[home.pk for home in homes])  # type: ignore[attr-defined]
        field.choices = [(str(home.uid), home.title) for home in homes]  # type: ignore[attr-defined]


class NewAreaForm(CalledForm):
    kind = forms.ChoiceField(label=_("Kind of area"), widget=forms.RadioSelect)
    code = forms.CharField(
        label=_("Code"),
        help_text=_(
            "It stands in the address of its page for ever: small letters, digits and hyphens. Left"
            " empty, it is made from the name."
        ),
        max_length=40,
        required=False,
    )
    field_order = ("kind", "name", "title", "code", "parent")

    def __init__(self, *args: Any, kinds: Iterable[AreaKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.slug, kind.label) for kind in kinds]  # type: ignore[attr-defined]


class EditAreaForm(CalledForm):
    successor = forms.ModelChoiceField(
        Area.objects.none(),
        label=_("What came in its place"),
        help_text=_("On days on which it has no municipalities its page leads there."),
        to_field_name="uid",
        empty_label=_("nothing"),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("name", "title", "parent", "successor")

    def __init__(self, *args: Any, others: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        field.queryset = Area.objects.filter(pk__in=[other.pk for other in others])  # type: ignore[attr-defined]
        field.label_from_instance = lambda area: area.title  # type: ignore[attr-defined]


class ChooseForm(ActForm):
    """Who belongs to the area from a day on. What is ticked comes as `m`, by tokens.

    `mark` is that of the composition that was looked at, `seen` of the changes that were shown.
    """

    day = Day(label=_("From which day"))
    find = forms.CharField(label=_("Find a municipality"), max_length=100, required=False)
    source = forms.CharField(
        label=_("Source"),
        help_text=_("The act that says so, with number and date."),
        max_length=300,
        required=False,
    )
    mark = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    @property
    def ticked(self) -> frozenset[str]:
        return frozenset(self.data.getlist("m")[:MANY])  # type: ignore[attr-defined]  # a QueryDict


class CopyForm(ActForm):
    source = forms.ModelChoiceField(
        Area.objects.none(),
        label=_("From which area"),
        to_field_name="uid",
        empty_label=None,
    )
    then = Day(label=_("As it was on"))
    day = Day(label=_("From which day"), help_text=_("The first day on which it holds here."))
    take_over = forms.BooleanField(
        label=_("Take them out of the areas of this kind in which they are on that day"),
        required=False,
    )
    mark = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, areas: Sequence[Area], partitions: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        field.queryset = Area.objects.filter(pk__in=[area.pk for area in areas])  # type: ignore[attr-defined]
        field.choices = [(str(area.uid), area.title) for area in areas]  # type: ignore[attr-defined]
        if not partitions:
            del self.fields["take_over"]


class EndForm(ActForm):
    last_day = Day(label=_("Last day"), help_text=_("From the day after, nobody belongs to it."))
    mark = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)


class CorrectForm(ActForm):
    """Beginning and last day of each membership, and those that never were, by their number."""

    mark = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(
        self, *args: Any, stays: Sequence[Stay], mine: Sequence[bool], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stays, self.mine = stays, mine
        for number, stay in enumerate(stays):
            if not mine[number]:
                continue
            begins, last = stay.valid_from, stay.period.last_day
            self.fields[f"from-{number}"] = Day(label=_("From"), required=False, initial=begins)
            self.fields[f"last-{number}"] = Day(
                label=_("Until (last day)"), required=False, initial=last
            )
            self.fields[f"never-{number}"] = forms.BooleanField(
                label=_("Never belonged to it"), required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number, mine in enumerate(self.mine):
            begins, last = cleaned.get(f"from-{number}"), cleaned.get(f"last-{number}")
            if mine and begins and last and last < begins:
                self.add_error(f"last-{number}", _("The last day lies before the first."))
        return cleaned

    @property
    def corrected(self) -> list[Stay]:
        """The memberships as they shall be."""
        found = []
        for number, stay in enumerate(self.stays):
            if not self.mine[number]:
                found.append(stay)
            elif not self.cleaned_data[f"never-{number}"]:
                begins = self.cleaned_data[f"from-{number}"]
                last = self.cleaned_data[f"last-{number}"]
                until = closing(last)["valid_until"] if last else None
                found.append(
                    Stay(stay.area, stay.municipality, stay.unit, begins, until, stay.told)
                )
        return found
