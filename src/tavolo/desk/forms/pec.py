"""What is typed and brought about PEC and register numbers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.base import ActForm
from tavolo.kernel.errors import Sentence
from tavolo.messages.pec.actions import MailboxTold, Numbering
from tavolo.messages.pec.choices import Security
from tavolo.messages.pec.errors import (
    DayUnusable,
    HostRefused,
    NumberUnusable,
    PasswordMissing,
    ReasonMissing,
    UnknownThing,
)
from tavolo.messages.pec.imap import Account
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


class MailboxForm(ActForm):
    """Where the PEC of a network is fetched; the password is never shown again."""

    fields_of = {HostRefused: ("host",), PasswordMissing: ("password",)}

    host = forms.CharField(
        label=_("Server"), help_text=_("For instance imap.provider.example."), max_length=253
    )
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=993)
    security = forms.ChoiceField(
        label=_("Encryption"),
        choices=Security.choices,
        widget=forms.RadioSelect,
        initial=Security.TLS,
    )
    folder = forms.CharField(label=_("Folder"), max_length=200, initial="INBOX")
    user = forms.CharField(label=_("User"), max_length=254)
    password = forms.CharField(
        label=_("Password"),
        help_text=_("Kept encrypted. Leave it empty to keep the one that was entered."),
        max_length=300,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    active = forms.BooleanField(
        label=_("Fetch every five minutes what is new"), required=False, initial=True
    )
    mark_seen = forms.BooleanField(
        label=_("Mark in the mailbox what was fetched as read"),
        help_text=_("Nothing is ever deleted there."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not known:
            self.fields["password"].required = True
            self.fields["password"].help_text = _("Kept encrypted, and never shown again.")

    def clean(self) -> dict[str, Any]:
        """What has a line break or another invisible sign in it is no name and no password."""
        cleaned = super().clean() or {}
        for name in ("host", "folder", "user", "password"):
            value = str(cleaned.get(name, ""))
            if not value.isprintable() or (name != "password" and not value.isascii()):
                self.add_error(name, _("Write it with letters, numbers and usual signs alone."))
        return cleaned

    @property
    def told(self) -> MailboxTold:
        names = ("host", "port", "security", "folder", "user", "password")
        account = Account(**{name: self.cleaned_data[name] for name in names})
        return MailboxTold(account, self.cleaned_data["mark_seen"], self.cleaned_data["active"])
