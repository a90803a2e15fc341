"""What is typed to begin from nothing, and what remains to be said afterwards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.base import FIELDS_OF, ActForm
from tavolo.desk.forms.public import PublicForm
from tavolo.desk.queries import STATEMENTS
from tavolo.kernel.network import settings
from tavolo.people.forms import AcceptForm
from tavolo.registry.errors import AddressNotUsable, AddressReserved
from tavolo.registry.rules import RESERVED_WORDS, is_slug

NETWORK = ("name", "slug", "summary")
PUBLIC = ("address", "municipality", "languages", "first_language")


class CodeForm(ActForm):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Twelve signs, as in ABCD-EFGH-2345. They are valid for a day, once."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )


class FirstNetworkForm(ActForm):
    name = forms.CharField(label=_("Name of the network"), max_length=300)
    slug = forms.CharField(
        label=_("Its word in addresses"),
        help_text=_("Small letters, digits and hyphens, as in “milano”. It cannot be changed."),
        max_length=60,
    )
    summary = forms.CharField(
        label=_("In one sentence"),
        help_text=_(
            "What the network is and for whom, as you would tell it to somebody in the street."
        ),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_slug(self) -> str:
        """What founding would refuse is refused here, before a password is chosen."""
        slug = str(self.cleaned_data["slug"]).strip().lower()
        if not is_slug(slug):
            raise forms.ValidationError(str(AddressNotUsable()))
        if slug in RESERVED_WORDS:
            raise forms.ValidationError(str(AddressReserved()))
        return slug


class FirstSeatForm(PublicForm):
    """Where the network is, and in which languages its public pages are."""


class FirstPersonForm(ActForm, AcceptForm):
    """Who will run the network: names, e-mail and password."""

    fields_of = FIELDS_OF

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("With it you sign in; letters of the installation come to it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What tells password managers the name of an account that is already there.
        del self.fields["account"]
        self.order_fields(["given_name", "family_name", "email", "password1", "password2"])


class StatementsForm(ActForm):
    """What the pages on privacy and accessibility say of this network."""

    controller = forms.CharField(
        help_text=_("The body, with its address: it is named on the page on privacy."),
        max_length=300,
    )
    data_protection = forms.CharField(max_length=300, required=False)
    accessibility_statement = forms.URLField(
        help_text=_("The one on the site of the national agency, if the network has one."),
        assume_scheme="https",
        max_length=300,
        required=False,
    )
    accessibility_contact = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, key in STATEMENTS.items():
            self.fields[name].label = str(settings.get(key).label)
