"""The forms about documents: each does its act once, and says a refusal beside its field."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tavolo.documents import errors
from tavolo.documents.choices import ORDINARY, Visibility
from tavolo.documents.expired import running_since
from tavolo.documents.intake.formats import FORMATS
from tavolo.documents.models import Document
from tavolo.documents.plugs import DocumentHolder
from tavolo.documents.shown import kept_words
from tavolo.documents.terms import retention_classes, terms_entered
from tavolo.kernel import clock
from tavolo.kernel.errors import Sentence
from tavolo.ui.forms import ActForm

ACCEPTED = ",".join(ending for told in FORMATS for ending in told.endings)
FIELDS_OF = {
    errors.FileRefused: ("file",),
    errors.SameContent: ("file",),
    errors.TitleMissing: ("title",),
    errors.AlternativeMissing: ("alternative",),
    errors.VisibilityNotOffered: ("visibility",),
    errors.UnknownClass: ("retention",),
    errors.OverAtOnce: ("retention",),
    errors.WithdrawalReasonMissing: ("reason",),
}


def _title() -> forms.CharField:
    return forms.CharField(
        label=_("Title"),
        max_length=300,
        help_text=_("What it is, so that one knows before opening it: “Statute, 2024 edition”."),
        error_messages={"required": errors.TitleMissing.sentence},
    )


def _language() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Language of the file"), choices=settings.LANGUAGES)


def _visibility() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Who reads it"), widget=forms.RadioSelect)


def _retention() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("How long it is kept"),
        widget=forms.RadioSelect,
        help_text=_(
            "Counted from the last version. Where it is in doubt leave the first: nothing of it is"
            " deleted before a person decides."
        ),
    )


class FileForm(ActForm):
    """A file that comes in. `too_large` is said of one that was beyond the limit and not kept."""

    fields_of = FIELDS_OF

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_(
            "PDF, pictures, ODF and Office documents, signed files (P7M), messages (EML), text; "
            "40 MB at most."
        ),
        error_messages={
            "required": _("Choose the file on your computer."),
            "empty": _("The file is empty. Save it again, then choose it here."),
        },
    )
    alternative = forms.CharField(
        label=_("What the image shows"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text=_("Needed for pictures: it is read to whoever does not see them."),
    )

    def __init__(self, *args: Any, too_large: Sentence = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if too_large:
            self.fields["file"].error_messages["required"] = str(too_large)


class AddForm(FileForm):
    """A new document of a thing: who may read it is what its room offers."""

    field_order = (
        *("file", "title", "alternative", "visibility", "retention"),
        *("language", "strip_author"),
    )

    title = _title()
    visibility = _visibility()
    retention = _retention()
    language = _language()
    strip_author = forms.BooleanField(
        label=_("Take author and program out of the file"),
        required=False,
        help_text=_("Not for signed files: it would break the signature."),
    )

    def __init__(self, *args: Any, holder: DocumentHolder, **kwargs: Any) -> None:
        first = {"visibility": holder.visibilities[0], "retention": ORDINARY, "language": "it"}
        kwargs["initial"] = first
        super().__init__(*args, **kwargs)
        _offer(self, holder, since=clock.today())


class VersionForm(FileForm):
    """A new version; `version` is the document's as it was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class EditForm(ActForm):
    """Title, language, readers and class of retention of a document as it was shown."""

    fields_of = FIELDS_OF

    title = _title()
    visibility = _visibility()
    retention = _retention()
    language = _language()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, document: Document, holder: DocumentHolder, **kwargs: Any
    ) -> None:
        names = ("title", "visibility", "retention", "language", "version")
        kwargs["initial"] = {name: getattr(document, name) for name in names}
        super().__init__(*args, **kwargs)
        _offer(self, holder, since=running_since(document))


class WithdrawForm(ActForm):
    fields_of = FIELDS_OF

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=300,
        help_text=_(
            "It stays beside the title, for those who could read the document. Nobody downloads the"
            " file any more."
        ),
        error_messages={"required": errors.WithdrawalReasonMissing.sentence},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


def _offer(form: forms.Form, holder: DocumentHolder, *, since: date) -> None:
    """Readers that the holder's room offers, and the classes, each with the day on which it ends."""
    field = form.fields["visibility"]
    field.choices = [(told.value, told.label) for told in map(Visibility, holder.visibilities)]  # type: ignore[attr-defined]
    book, on = terms_entered(), clock.today()
    form.fields["retention"].choices = [  # type: ignore[attr-defined]
        (each.key, f"{each.label}: {kept_words(each, since, book, on=on)}")
        for each in retention_classes
    ]
