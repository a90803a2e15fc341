"""What the secretariat types: a public notice, its correction, what came on paper or by PEC."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.kernel.errors import Refusal
from tavolo.kernel.terms import last_instant
from tavolo.registry.forms.fields import OrganisationField
from tavolo.tables import errors
from tavolo.tables.actions.notices import CORRECTABLE, Asked, as_corrected
from tavolo.tables.choices import ActKind, ApplicationWay, AskKind, CountingTime
from tavolo.tables.forms.applications import ActForm as ApplicationActForm
from tavolo.tables.forms.applications import WhoForm
from tavolo.tables.models import Body, Notice
from tavolo.ui.forms import ActForm as UiActForm
from tavolo.ui.forms import Day

LONG = 20_000
HOUR = _("With seconds if they matter: 12:00 or 12:00:00. Left empty: the end of the day.")


class Hour(forms.TimeField):
    """An hour on Italian clocks."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time", "step": "1"}, format="%H:%M:%S")
        super().__init__(widget=widget, required=False, **kwargs)


def area(label: Any, *, rows: int = 4, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=LONG, required=False, widget=widget, help_text=hint
    )


def line(label: Any, most: int = 300, *, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint)


def instant(told: Mapping[str, Any], name: str, *, first: bool = False) -> datetime | None:
    """Day and hour of a form as an instant: without hour the whole day, from its beginning or to its end."""
    day, hour = told.get(f"{name}_day"), told.get(f"{name}_hour")
    if day is None:
        return None
    return last_instant(day, hour or (time() if first else None), backwards=first)


def day_and_hour(name: str, at: datetime | None) -> dict[str, Any]:
    if at is None:
        return {}
    there = clock.in_rome(at)
    return {f"{name}_day": there.date(), f"{name}_hour": there.time().replace(microsecond=0)}


class Texts(forms.Form):
    """The words of a notice."""

    premises = area(_("Premises and legal references"))
    purpose = area(_("Object and purposes"))
    addressed = area(_("To whom it is addressed"))
    requirements = area(_("Requirements"))
    commitments = area(_("What whoever joins takes on"))
    evaluation = area(_("How and by whom it is evaluated"), rows=3)
    list_lasts = line(_("How long the list is valid"))
    publication = area(_("Where it is published"), rows=2)
    responsible = line(_("Who is responsible"), 200)
    contact = line(_("Contact"))
    privacy = area(_("Privacy notice"))
    appeal = area(_("How to appeal"), rows=3)


class ActForm(UiActForm):
    fields_of: ClassVar[Mapping[type[Refusal], tuple[str, ...]]] = {
        errors.NoticeTitleMissing: ("name",),
        errors.ClosesBeforeItOpens: ("closes_day",),
        errors.GroupOfAnother: ("groups",),
        errors.NoticeActMissing: ("act",),
    }


class NoticeForm(Texts, ActForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = line(_("Title"), required=True, hint=_("As the act has it."))
    issuer = OrganisationField(label=_("Issued by"), required=False)
    act_kind = forms.ChoiceField(
        label=_("Kind of the act"), choices=[("", "—"), *ActKind.choices], required=False
    )
    act = line(_("Act"), hint=_("Its kind, its number and its day."))
    opens_day = Day(label=_("Opens on"), required=False)
    opens_hour = Hour(label=_("Opens at"))
    closes_day = Day(
        label=_("Closes on"), required=False, help_text=_("Left empty: it stays open-ended.")
    )
    closes_hour = Hour(label=_("Closes at"), help_text=HOUR)
    ways = forms.MultipleChoiceField(
        label=_("Ways in which an application is valid"),
        choices=ApplicationWay.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    pec_counts = forms.ChoiceField(
        label=_("Time that counts by PEC"),
        choices=CountingTime.choices,
        widget=forms.RadioSelect,
        initial=CountingTime.ACCEPTANCE,
    )
    seats = forms.IntegerField(
        label=_("Number of seats"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("Left empty: not limited."),
    )
    competitive = forms.BooleanField(
        label=_("The procedure is competitive, with scores"), required=False
    )
    groups = forms.MultipleChoiceField(
        label=_("Groups that can be chosen"), widget=forms.CheckboxSelectMultiple, required=False
    )
    declarations = area(_("What has to be declared"), hint=_("One declaration a line."))
    papers = area(_("Documents that are needed"), hint=_("One document a line."))
    optional = area(_("Documents that are optional"), rows=2, hint=_("One document a line."))
    cup = line(_("CUP"), 15)
    cig = line(_("CIG"), 10)

    field_order = (
        "name", "issuer", "act_kind", "act", "opens_day", "opens_hour", "closes_day",
        "closes_hour", "ways", "pec_counts",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, body: Body, notice: Notice | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, initial=_known(notice) if notice else None, **kwargs)
        self.order_fields(self.field_order)
        found = Body.objects.filter(parent=body, valid_until=None).order_by("number", "id")
        self.bodies = {str(group.uid): group for group in found}
        self.fields["groups"].choices = [  # type: ignore[attr-defined]
            (uid, f"{group.number}. {group.name}" if group.number else group.name)
            for uid, group in self.bodies.items()
        ]
        if not self.bodies:
            del self.fields["groups"]

    def told(self) -> dict[str, Any]:
        """What goes to the actions."""
        given = self.cleaned_data
        apart = {"form_key", "version", "groups", "declarations", "papers", "optional"}
        plain = {
            name: value
            for name, value in given.items()
            if name not in apart and not name.endswith(("_day", "_hour"))
        }
        return plain | {
            "opens_at": instant(given, "opens", first=True),
            "closes_at": instant(given, "closes"),
            "groups": [self.bodies[uid] for uid in given.get("groups", ())],
            "asks": [
                *_asked(AskKind.DECLARATION, given["declarations"]),
                *_asked(AskKind.PAPER, given["papers"]),
                *_asked(AskKind.PAPER, given["optional"], needed=False),
            ],
        }


def _asked(kind: AskKind, text: str, *, needed: bool = True) -> list[Asked]:
    return [Asked(kind.value, each.strip(), needed) for each in text.splitlines() if each.strip()]


def _known(notice: Notice) -> dict[str, Any]:
    names = [*Texts.base_fields, "name", "act_kind", "act", "ways", "pec_counts", "seats"]
    names += ["competitive", "cup", "cig", "version"]
    asks = list(notice.asks.order_by("number"))

    def lines(kind: str, *, needed: bool) -> str:
        return "\n".join(a.words for a in asks if a.kind == kind and a.needed is needed)

    return {
        **{name: getattr(notice, name) for name in names},
        **day_and_hour("opens", notice.opens_at),
        **day_and_hour("closes", notice.closes_at),
        "issuer": notice.issuer.name if notice.issuer else "",
        "groups": [str(each.group.uid) for each in notice.groups.select_related("group")],
        "declarations": lines(AskKind.DECLARATION, needed=True),
        "papers": lines(AskKind.PAPER, needed=True),
        "optional": lines(AskKind.PAPER, needed=False),
    }


class CorrectForm(Texts, ActForm):
    """Each field says what stands now; what is written otherwise becomes the correction."""

    act = line(_("Act that corrects"), required=True, hint=_("Its kind, its number and its day."))
    reason = line(_("Reason"), 500, required=True)
    name = line(_("Title"), required=True)
    closes_day = Day(
        label=_("Closes on"), required=False, help_text=_("Left empty: it stays open-ended.")
    )
    closes_hour = Hour(label=_("Closes at"), help_text=HOUR)

    field_order = ("act", "reason", "closes_day", "closes_hour", "name")

    def __init__(self, data: Any = None, *, notice: Notice, **kwargs: Any) -> None:
        now = as_corrected(notice)
        initial = {name: now[name] for name in CORRECTABLE if name != "closes_at"}
        initial |= day_and_hour("closes", notice.ends_at)
        super().__init__(data, initial=initial, **kwargs)
        self.order_fields(self.field_order)

    def changes(self) -> dict[str, Any]:
        given = self.cleaned_data
        said = {name: given[name] for name in CORRECTABLE if name in given}
        return said | {"closes_at": instant(given, "closes")}


class PaperReceivedForm(WhoForm):
    """What was brought to the desk: when, as the stamp says, and who applies."""

    day = Day(label=_("Received on"))
    hour = forms.TimeField(
        label=_("Received at"),
        widget=forms.TimeInput(attrs={"type": "time", "step": "1"}, format="%H:%M:%S"),
    )
    field_order = ("day", "hour")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.order_fields(self.field_order)

    @property
    def received(self) -> datetime:
        told = self.cleaned_data
        return last_instant(told["day"], told["hour"])

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name not in WHEN}


class PecReceivedForm(WhoForm):
    """What came by PEC, completed by the clerk; the time of delivery where a receipt says it."""

    delivered_day = Day(label=_("Delivered on"), required=False)
    delivered_hour = Hour(label=_("Delivered at"), help_text=_("As the receipt of delivery says."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False

    @property
    def delivered(self) -> datetime | None:
        return instant(self.cleaned_data, "delivered")

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name not in WHEN}


WHEN = frozenset({"day", "hour", "delivered_day", "delivered_hour"})


class ConfirmForm(ApplicationActForm):
    """Nothing to fill in: the button alone."""
