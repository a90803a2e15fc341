"""How a request about personal data is answered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.base import ActForm
from tavolo.people.choices import RequestState


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
