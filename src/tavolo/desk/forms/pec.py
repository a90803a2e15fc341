"""What is typed and brought about PEC and register numbers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.base import ActForm
from tavolo.kernel.errors import Sentence
from tavolo.messages.pec.actions import Numbering
from tavolo.messages.pec.errors import DayUnusable, NumberUnusable, ReasonMissing, UnknownThing
from tavolo.ui.forms import Day

FILES = 20


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several, each held to what a file field asks."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, list | tuple) else [data]
        checked = [super(FilesField, self).clean(each, initial) for each in given or [None]]
        if len(checked) > FILES:
            raise forms.ValidationError(
                _("Bring at most %(number)s files at once.") % {"number": FILES}
            )
        return checked


class BringForm(ActForm):
    """`limits` are said before; `too_large` after, by whoever received the request."""

    brought = FilesField(
        label=_("PEC messages"),
        widget=ManyFiles(attrs={"accept": ".eml,message/rfc822", "multiple": True}),
        error_messages={
            "required": _("Choose the file on your computer."),
            "empty": _("The file is empty. Save it again, then choose it here."),
        },
    )

    def __init__(
        self, *args: Any, limits: Sentence, too_large: Sentence = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["brought"].help_text = str(limits)
        if too_large:
            self.fields["brought"].error_messages["required"] = str(too_large)


class ReasonedForm(ActForm):
    """`reason` is asked where something that was decided changes."""

    fields_of = {ReasonMissing: ("reason",), UnknownThing: ("thing",)}

    reason = forms.CharField(
        label=_("Why it changes"),
        help_text=_("What was decided before stays readable, with who decided it."),
        max_length=500,
    )

    def __init__(self, *args: Any, changes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not changes:
            del self.fields["reason"]

    @property
    def reason_given(self) -> str:
        return str(self.cleaned_data.get("reason", ""))


class BindForm(ReasonedForm):
    """`things` are pairs of value and words, value "slug:uid"."""

    thing = forms.ChoiceField(
        label=_("What it answers"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of them.")},
    )
    field_order = ("thing", "reason")

    def __init__(self, *args: Any, things: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = list(things)  # type: ignore[attr-defined]


class SetAsideForm(ActForm):
    fields_of = {ReasonMissing: ("reason",)}

    reason = forms.CharField(
        label=_("Why"),
        help_text=_("It stays here, with what you write."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NumberForm(ReasonedForm):
    """A number as the register gave it; the codes are needed only to write a segnatura."""

    fields_of = {
        ReasonMissing: ("reason",),
        NumberUnusable: ("number",),
        DayUnusable: ("day",),
    }

    number = forms.CharField(label=_("Number"), max_length=60)
    day = Day(label=_("Date of registration"))
    register = forms.CharField(
        label=_("Register"),
        help_text=_("The code of the register, as the protocol system names it."),
        max_length=60,
        required=False,
    )
    administration = forms.CharField(
        label=_("Code of the administration"),
        help_text=_("As it stands in the index IPA."),
        max_length=60,
        required=False,
    )
    office = forms.CharField(
        label=_("Code of the AOO"),
        help_text=_("As it stands in the index IPA."),
        max_length=60,
        required=False,
    )
    field_order = ("number", "day", "register", "administration", "office", "reason")

    @property
    def told(self) -> Numbering:
        names = ("number", "day", "register", "administration", "office")
        return Numbering(**{name: self.cleaned_data[name] for name in names})


class PasteForm(ActForm):
    """The list as it was copied; `confirmed` once its lines were looked at."""

    text = forms.CharField(
        label=_("Numbers"),
        help_text=_(
            "One line each: our receipt, the number, its date, with a tab or a semicolon between."
            " A selection from a spreadsheet can be pasted as it is."
        ),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    register = forms.CharField(
        label=_("Register"),
        help_text=_("The code of the register, as the protocol system names it."),
        max_length=60,
        required=False,
    )


class SegnaturaForm(ReasonedForm):
    fields_of = {ReasonMissing: ("reason",)}

    file = forms.FileField(
        label=_("Segnatura"),
        help_text=_("The file Segnatura.xml that the protocol system made."),
        widget=forms.FileInput(attrs={"accept": ".xml"}),
        error_messages={
            "required": _("Choose the file on your computer."),
            "empty": _("The file is empty. Save it again, then choose it here."),
        },
    )
    field_order = ("file", "reason")
