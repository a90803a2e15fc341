"""How a request about personal data is answered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.base import ActForm
from tavolo.people.choices import RequestState
from tavolo.people.errors import ExtensionReasonMissing


class AnswerForm(ActForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[each for each in RequestState.choices if each[0] != RequestState.WAITING],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer"),
        max_length=4000,
        help_text=_("It is sent to who asked. Where you decline, say why."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ExtendForm(ActForm):
    fields_of = {**ActForm.fields_of, ExtensionReasonMissing: ("reason",)}

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why it takes longer"),
        max_length=1000,
        help_text=_("It is sent to who asked: how complex the request is, or how many there are."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
