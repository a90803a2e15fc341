"""The report of a mail server, as a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.base import ActForm
from tavolo.messages.errors import NotAReport, UnknownLetter
from tavolo.messages.reports import LARGEST


class ReportForm(ActForm):
    fields_of = {**ActForm.fields_of, NotAReport: ("file",), UnknownLetter: ("file",)}

    file = forms.FileField(
        label=_("The message that came back"),
        help_text=_("Save it in your mail program as an .eml file, whole, and choose it here."),
        widget=forms.FileInput(attrs={"accept": ".eml,message/rfc822"}),
        max_length=300,
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(NotAReport.sentence)
        return file
