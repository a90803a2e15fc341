"""What becomes of a document that is past its term."""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.base import ActForm
from tavolo.documents.errors import DecisionReasonMissing, KeptUntilThePast
from tavolo.ui.forms import Day


class Fate(TextChoices):
    DELETE = "delete", _("Delete its content")
    KEEP = "keep", _("Keep it until a day")
    FOR_EVER = "for_ever", _("Keep it for ever")


class FateForm(ActForm):
    fields_of = {DecisionReasonMissing: ("reason",), KeptUntilThePast: ("until",)}

    fate = forms.ChoiceField(
        label=_("What becomes of it"), choices=Fate.choices, widget=forms.RadioSelect
    )
    until = Day(label=_("Kept until"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The act that decides it, with number and date. It stays beside the title."),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("fate") == Fate.KEEP and "until" not in self.errors and not told.get("until"):
            self.add_error("until", _("Write until which day it is kept."))
        return told
