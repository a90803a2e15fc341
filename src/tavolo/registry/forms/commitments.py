"""What is typed of a commitment: what, who, by when; then what became of it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.registry import rules
from tavolo.registry.choices import CommitmentState
from tavolo.registry.forms.base import ActForm
from tavolo.registry.models import Commitment, Organisation
from tavolo.ui.forms import Day


class WordsForm(ActForm):
    """What is to be done, in words."""

    name = forms.CharField(
        label=_("What is to be done"),
        help_text=_("In one sentence, as it was promised."),
        max_length=300,
        error_messages={"required": _("Write what is to be done.")},
    )
    details = forms.CharField(
        label=_("Details"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    source = forms.CharField(
        label=_("Where it was promised"),
        help_text=_("The minutes, the protocol or the letter, with its date."),
        max_length=300,
        required=False,
    )
    public = forms.BooleanField(
        label=_("Everybody may read it, on the organisation’s page"), required=False
    )

    @property
    def words(self) -> dict[str, Any]:
        """What the actions take."""
        return {name: self.cleaned_data[name] for name in ("name", "details", "source", "public")}


class TermsForm(ActForm):
    """Who and by when, each with its explicit none."""

    owner = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Who promised it"),
        empty_label=_("Choose…"),
        to_field_name="code",
        required=False,
    )
    no_owner = forms.BooleanField(label=_("Nobody in particular"), required=False)
    due = Day(label=_("By when"), required=False)
    no_due = forms.BooleanField(label=_("Without a term"), required=False)

    def __init__(self, *args: Any, owners: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        field.queryset = owners  # type: ignore[attr-defined]
        field.label_from_instance = lambda organisation: organisation.name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for name, sentence in (
            ("owner", _("Choose either an organisation or “nobody in particular”.")),
            ("due", _("Choose either a day or “without a term”.")),
        ):
            if name not in self.errors and bool(told.get(name)) is bool(told.get(f"no_{name}")):
                self.add_error(name, sentence)
        return told

    @property
    def terms(self) -> dict[str, Any]:
        """What the actions take."""
        names = ("owner", "no_owner", "due", "no_due")
        return {name: self.cleaned_data[name] for name in names}


class NewCommitmentForm(TermsForm, WordsForm):
    network = forms.ModelChoiceField(
        Network.objects.none(), to_field_name="slug", label=_("Network"), empty_label=None
    )
    on = Day(label=_("When it was promised"), required=False)

    def __init__(self, *args: Any, networks: QuerySet[Network], **kwargs: Any) -> None:
        kwargs["initial"] = {"on": clock.today(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        field = self.fields["network"]
        field.queryset = networks  # type: ignore[attr-defined]
        field.label_from_instance = lambda network: network.name  # type: ignore[attr-defined]


class EditCommitmentForm(WordsForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(TermsForm):
    """What became of a commitment: a state, evidence, another term or organisation."""

    state = forms.ChoiceField(label=_("How it stands"), widget=forms.RadioSelect)
    on = Day(label=_("On what day"))
    note = forms.CharField(
        label=_("What happened"),
        help_text=_("Needed where it is done or dropped, unless an address shows it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    address = forms.URLField(
        label=_("Where one sees it"),
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": _("Write the address in full, as in https://www.example.org.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": clock.today(), **terms_of(commitment)}
        super().__init__(*args, **kwargs)
        now = CommitmentState(commitment.state)
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            (now, _("It stays as it is: %(state)s") % {"state": now.label}),
            *((state, state.label) for state in rules.next_states(now)),
        ]


def words_of(commitment: Commitment) -> dict[str, Any]:
    names = ("name", "details", "source", "public", "version")
    return {name: getattr(commitment, name) for name in names}


def terms_of(commitment: Commitment) -> dict[str, Any]:
    return {
        "state": commitment.state,
        "owner": commitment.owner.code if commitment.owner else "",
        "no_owner": commitment.no_owner,
        "due": commitment.due,
        "no_due": commitment.no_due,
        "version": commitment.version,
    }
