"""What is typed of a proposal: other values for an organisation and why; the answer to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.models import Network
from tavolo.registry.forms.base import ActForm
from tavolo.registry.forms.organisation import OrganisationForm

LONGEST = 500


class ProposalForm(OrganisationForm):
    """The organisation as it should be; what was not touched is no part of the proposal."""

    reason = forms.CharField(
        label=_("Why"),
        help_text=_("What happened, and where it is written: the steward has to check it."),
        max_length=LONGEST,
        error_messages={"required": _("Write in a few words why.")},
    )
    network = forms.ModelChoiceField(
        Network.objects.none(), to_field_name="slug", label=_("Proposed by"), empty_label=None
    )

    def __init__(self, *args: Any, networks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["network"]
        field.queryset = networks  # type: ignore[attr-defined]
        field.label_from_instance = lambda network: network.name  # type: ignore[attr-defined]

    def proposed(self) -> dict[str, str]:
        """What differs from what was shown, as it was typed."""
        return {
            name: str(self.data.get(name, ""))
            for name in self.changed_data
            if name in OrganisationForm.base_fields and name != "form_key"
        }


class AnswerForm(ActForm):
    """`version` is that of the proposal which was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    correction = forms.BooleanField(
        label=_("What stood there was wrong all along"),
        help_text=_("Leave it empty where it is otherwise from today: then the past stays."),
        required=False,
    )
    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("Needed where you decline: those who proposed it read it."),
        max_length=LONGEST,
        required=False,
    )
