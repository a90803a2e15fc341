"""What is typed in an expression of interest, step by step; each step can be left and come back to."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.documents.errors import FileRefused
from tavolo.kernel.errors import Refusal
from tavolo.people import attempts
from tavolo.people.errors import TooManyAttempts
from tavolo.registry.forms.fields import OrganisationField, PartialDayField
from tavolo.tables import errors
from tavolo.tables.choices import (
    ON_LINE,
    ApplicationWay,
    AskKind,
    Category,
    DelegateKind,
    PaperKind,
)
from tavolo.tables.models import Application, NoticeAsk
from tavolo.ui import forms as ui

FROM_ADDRESS = attempts.Limit("expression of interest begun from an address", 20, attempts.HOUR)
FOR_EMAIL = attempts.Limit("expression of interest begun for an e-mail", 5, attempts.DAY)
BY_NOTICE = (Category.ASSOCIATION, Category.TRADE_UNION, Category.STAKEHOLDER)
WIDE = 4000


class ActForm(ui.ActForm):
    fields_of: ClassVar[Mapping[type[Refusal], tuple[str, ...]]] = {
        errors.ApplicantMissing: ("name",),
        errors.WayNotValid: ("way",),
        errors.GroupOfAnother: ("groups",),
        errors.ToCome: ("day", "delivered_day"),
        errors.TooManyPapers: ("file",),
        FileRefused: ("file",),
    }


class BeginForm(ActForm):
    """`client` is the address from which it is sent, for the limit alone: it is not kept."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("The link by which you fill in the form goes there, and later the receipt."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "tv-w-m"}),
    )

    def __init__(self, data: Any = None, *, client: str = "", **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.client = client

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors:
            try:
                attempts.take(FROM_ADDRESS, self.client)
                attempts.take(FOR_EMAIL, str(told["email"]).lower())
            except TooManyAttempts as refusal:
                raise forms.ValidationError(str(refusal), code="too_many_login_attempts") from None
        return told


class StepForm(ActForm):
    """A step of the draft: what it says goes to `Answers`. `version` is that of the draft as shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, draft: Application, **kwargs: Any) -> None:
        self.draft = draft
        initial = {name: getattr(draft, name, None) for name in self.base_fields}
        super().__init__(data, initial=initial | {"version": draft.version}, **kwargs)

    def values(self) -> dict[str, Any]:
        """The fields of the application itself."""
        apart = {"version", "form_key", "groups", "declarations"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


def words(label: Any, most: int, *, hint: Any = "", required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, help_text=hint, required=required)


def long_words(label: Any, *, hint: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(
        label=label, max_length=WIDE, help_text=hint, required=False, widget=area
    )


class WhoForm(StepForm):
    name = words(_("Name, as in the statute"), 300, required=True)
    category = forms.ChoiceField(
        label=_("As what it applies"),
        choices=[(each.value, each.label) for each in BY_NOTICE],
        widget=forms.RadioSelect,
        required=False,
    )
    legal_form = words(_("Legal form"), 100)
    tax_code = words(_("Tax code"), 20, hint=_("Of the organisation: eleven digits."))
    seat = words(_("Registered office"), 300)
    local_seat = words(_("Office in the territory"), 300)
    runts = words(_("Number and section in the RUNTS"), 100)
    constituted = PartialDayField(label=_("Constituted"), required=False)
    representative = words(_("Legal representative"), 200, hint=_("Given name and family name."))
    representative_role = words(_("As"), 100)
    representative_born = words(_("Born where and when"), 200)
    representative_tax_code = words(_("Tax code of the representative"), 16)
    email = forms.EmailField(label=_("E-mail"), help_text=_("The receipt goes there."))
    pec_address = forms.EmailField(label=_("PEC"), required=False)
    phone = words(_("Telephone"), 40)


class WhyForm(StepForm):
    aim = long_words(_("Statutory aim"), hint=_("What of it has to do with the notice."))
    activity = long_words(_("What it did in the last three years"))
    motivation = long_words(_("Why it takes part, and what it proposes"))
    groups = forms.MultipleChoiceField(
        label=_("Groups in which you ask to work"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any = None, *, draft: Application, **kwargs: Any) -> None:
        super().__init__(data, draft=draft, **kwargs)
        self.bodies = {
            str(each.group.uid): each.group
            for each in draft.notice.groups.select_related("group").order_by("group__number")
        }
        if not self.bodies:
            del self.fields["groups"]
            return
        self.fields["groups"].choices = [  # type: ignore[attr-defined]
            (uid, f"{body.number}. {body.name}" if body.number else body.name)
            for uid, body in self.bodies.items()
        ]
        self.initial["groups"] = [str(each.group.uid) for each in draft.groups.all()]

    @property
    def chosen(self) -> list[Any] | None:
        if "groups" not in self.fields:
            return None
        return [self.bodies[uid] for uid in self.cleaned_data["groups"]]


class WhomForm(StepForm):
    """The effective delegate and the substitute; each with both names or with none."""

    def __init__(self, data: Any = None, *, draft: Application, **kwargs: Any) -> None:
        super().__init__(data, draft=draft, **kwargs)
        known = {each.kind: each for each in draft.delegates.all()}
        for kind in DelegateKind:
            for name, label, most in self.parts():
                key = f"{kind.value}_{name}"
                self.fields[key] = words(f"{kind.label}: {label}", most)
                self.initial[key] = getattr(known.get(kind.value), name, "")
            self.fields[f"{kind.value}_email"] = forms.EmailField(
                label=f"{kind.label}: {_('e-mail')}", required=False
            )
            self.initial[f"{kind.value}_email"] = getattr(known.get(kind.value), "email", "")

    @staticmethod
    def parts() -> tuple[tuple[str, Any, int], ...]:
        return (
            ("given_name", _("given name"), 150),
            ("family_name", _("family name"), 140),
            ("role", _("role"), 100),
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for kind in DelegateKind:
            given, family = (told.get(f"{kind.value}_{n}") for n in ("given_name", "family_name"))
            if bool(given) is not bool(family):
                self.add_error(
                    f"{kind.value}_{'family_name' if given else 'given_name'}",
                    _("Write given name and family name, or neither."),
                )
        return told

    @property
    def named(self) -> list[dict[str, str]]:
        """Those of whom the name is written."""
        told = self.cleaned_data
        names = ("given_name", "family_name", "role", "email")
        return [
            {"kind": kind.value, **{name: told[f"{kind.value}_{name}"] for name in names}}
            for kind in DelegateKind
            if told[f"{kind.value}_given_name"]
        ]


class DeclareForm(StepForm):
    declarations = forms.MultipleChoiceField(
        label=_("You declare"),
        help_text=_("On your own responsibility (DPR 445/2000, artt. 46, 47 and 76)."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    way = forms.ChoiceField(label=_("How you sign the form"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, draft: Application, **kwargs: Any) -> None:
        super().__init__(data, draft=draft, **kwargs)
        self.asks = {str(ask.pk): ask for ask in asks_of(draft, AskKind.DECLARATION)}
        self.fields["way"].choices = [  # type: ignore[attr-defined]
            (way.value, way.label) for way in ON_LINE if way in draft.notice.ways
        ]
        if draft.pec_id is not None:
            del self.fields["way"]
        if not self.asks:
            del self.fields["declarations"]
            return
        self.fields["declarations"].choices = [  # type: ignore[attr-defined]
            (key, ask.words) for key, ask in self.asks.items()
        ]
        self.initial["declarations"] = [str(each.ask_id) for each in draft.declarations.all()]

    @property
    def given(self) -> list[NoticeAsk] | None:
        if "declarations" not in self.fields:
            return None
        return [self.asks[key] for key in self.cleaned_data["declarations"]]


class PaperForm(ActForm):
    """One file more."""

    what = forms.ChoiceField(label=_("What it is"))
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, a signed PDF or .p7m, a photograph or a text document.")
    )

    def __init__(self, *args: Any, draft: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks = {str(ask.pk): ask for ask in asks_of(draft, AskKind.PAPER)}
        first = [(PaperKind.FORM.value, PaperKind.FORM.label)]
        if draft.way != ApplicationWay.SIGNED:
            first.append((PaperKind.IDENTITY.value, PaperKind.IDENTITY.label))
        asked = [(key, ask.words) for key, ask in self.asks.items()]
        last = [(PaperKind.OTHER.value, PaperKind.OTHER.label)]
        self.fields["what"].choices = [*first, *asked, *last]  # type: ignore[attr-defined]

    @property
    def told(self) -> tuple[str, NoticeAsk | None]:
        """The kind, and the document asked for where it is one."""
        what = self.cleaned_data["what"]
        ask = self.asks.get(what)
        return (PaperKind.ASKED.value if ask else what), ask


class WithdrawForm(ActForm):
    reason = words(_("Why, if you want to say it"), 300)


class RecogniseForm(ActForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    organisation = OrganisationField(label=_("Who of the register it is"), required=False)


def asks_of(draft: Application, kind: str) -> list[NoticeAsk]:
    return list(draft.notice.asks.filter(kind=kind).order_by("number"))
