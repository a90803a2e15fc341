from django import forms

from tavolo.desk.forms.base import ActForm


class ReadForm(ActForm):
    """Until when she has seen them: what came meanwhile stays new."""

    until = forms.DateTimeField(widget=forms.HiddenInput)
