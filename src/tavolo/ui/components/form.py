"""A Django form as a page shows it: labels above, hints, faults beside the field and in a summary."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tavolo.ui.components.base import Component, Part
from tavolo.ui.components.checks import Words, require

SAVE, CANCEL = _("Save"), _("Cancel")


@dataclass(frozen=True)
class Fault:
    """A line of the summary: the field, what is wrong with it, and where it stands."""

    label: str
    sentence: str
    href: str


@dataclass(frozen=True)
class FieldView:
    """One field, ready to be drawn."""

    bound: BoundField

    @property
    def id(self) -> str:
        return self.bound.auto_id or self.bound.html_name

    @property
    def label(self) -> str | Promise:
        return self.bound.label

    @property
    def hint(self) -> str | Promise:
        return self.bound.help_text

    @property
    def errors(self) -> list[str]:
        return [str(error) for error in self.bound.errors]

    @property
    def optional(self) -> bool:
        return not self.bound.field.required

    @property
    def is_check(self) -> bool:
        return isinstance(self.bound.field.widget, CheckboxInput)

    @property
    def is_choice(self) -> bool:
        return isinstance(self.bound.field.widget, RadioSelect | CheckboxSelectMultiple)

    @property
    def described_by(self) -> str:
        """The ids of the hint and of the fault, for whoever does not see them beside the field."""
        told = [f"{self.id}-hint"] if self.hint else []
        told += [f"{self.id}-error"] if self.errors else []
        return " ".join(told)

    @property
    def first_id(self) -> str:
        """Where the summary leads: the control, or the first of a group of choices."""
        return f"{self.id}_0" if self.is_choice else self.id

    @property
    def control(self) -> SafeString:
        return self.bound.as_widget(attrs=self._attrs())

    @property
    def choices(self) -> Iterator[tuple[str, SafeString, str | Promise]]:
        """The id, the control and the words of each choice of a group."""
        # Asked one by one: as a whole they would come in a list of Django's own markup.
        for choice in self.bound.subwidgets:
            described = {"aria-describedby": self.described_by} if self.described_by else {}
            choice.data["attrs"].update(described)
            yield choice.id_for_label, choice.tag(), choice.choice_label

    def _attrs(self) -> dict[str, str | bool]:
        attrs: dict[str, str | bool] = {}
        if not self.is_check:
            given = str(self.bound.field.widget.attrs.get("class", ""))
            attrs["class"] = f"form-control {given}".strip()
        if self.described_by:
            attrs["aria-describedby"] = self.described_by
        if self.errors:
            attrs["aria-invalid"] = "true"
        return attrs


@dataclass(frozen=True)
class Fieldset(Part):
    """A group of fields under one legend, by their names."""

    legend: Words
    fields: tuple[str, ...]

    def check(self) -> None:
        require(self.legend and self.fields, "A fieldset has a legend and fields.")


@dataclass(frozen=True)
class Group:
    legend: Words
    fields: tuple[FieldView, ...]


@dataclass(frozen=True)
class FormView(Component, template="ui/components/form.html"):
    """A form sent by POST to `action` ("" is this address), with what was typed kept.

    Hidden fields of the form are sent along: `form_key` makes a resent form do nothing twice,
    `version` tells who saved in between. `fieldsets` orders and groups; fields that it does not
    name come after it. `lead` stands above the fields, `note` under the button.
    """

    form: BaseForm
    submit: Words = SAVE
    action: str = ""
    cancel_href: str = ""
    cancel: Words = CANCEL
    fieldsets: tuple[Fieldset, ...] = ()
    lead: Words = ""
    note: Words = ""

    def check(self) -> None:
        require(self.submit, "The button of a form says what it does.")
        for name in self._grouped():
            require(name in self.form.fields, f"The form has no field {name!r}.")

    @property
    def is_multipart(self) -> bool:
        return self.form.is_multipart()

    @property
    def hidden(self) -> list[BoundField]:
        return self.form.hidden_fields()

    @property
    def groups(self) -> list[Group]:
        """The fieldsets in their order, then the remaining fields without legend."""
        named = [
            Group(fieldset.legend, tuple(FieldView(self.form[name]) for name in fieldset.fields))
            for fieldset in self.fieldsets
        ]
        rest = tuple(view for view in self.fields if view.bound.name not in self._grouped())
        return [*named, Group("", rest)] if rest else named

    @property
    def fields(self) -> list[FieldView]:
        return [FieldView(bound) for bound in self.form.visible_fields()]

    @property
    def mixes(self) -> bool:
        """Whether some answers are needed and some are not: then the form says so above."""
        optional = [view.optional for view in self.fields if not view.is_check]
        return any(optional) and not all(optional)

    @property
    def faults(self) -> list[Fault]:
        """Of the form as a whole first, then field by field in the order of the page."""
        faults = [Fault("", str(error), "") for error in self.form.non_field_errors()]
        faults += [
            Fault(str(bound.label), str(error), "")
            for bound in self.hidden
            for error in bound.errors
        ]
        ordered = [view for group in self.groups for view in group.fields]
        faults += [
            Fault(str(view.label), error, f"#{view.first_id}")
            for view in ordered
            for error in view.errors
        ]
        return faults

    def _grouped(self) -> set[str]:
        return {name for fieldset in self.fieldsets for name in fieldset.fields}
