"""The head of the page: the name of the day, the state in words, the three facts, what one can do."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tavolo.messages.returned import warnings_on
from tavolo.registry import rules
from tavolo.registry.choices import (
    Channel,
    OrganisationKind,
    ParticipationRole,
    SeatKind,
    SuccessionManner,
)
from tavolo.registry.models import Participation
from tavolo.registry.queries import name_asked_for
from tavolo.registry.web.page.details import legal_form_words
from tavolo.registry.web.page.parts import Context, Page, capital
from tavolo.territory.models import Municipality
from tavolo.territory.web.parts.frame import Day
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.facts import Fact, Facts


def title(page: Page) -> Context:
    """What every page of an organisation has, also on a day when it was not there."""
    return {
        "organisation": page.organisation,
        "name": page.as_of.name,
        "kind": kind_words(page) if page.as_of.legal_form else "",
        "day": Day.of(page.asked, page.http.GET),
        "breadcrumbs": Breadcrumbs(
            (Crumb(_("Organisations"), reverse("registry:organisations")),), page.as_of.name
        ),
        "came_by": _came_by(page),
        "heirs": [
            CardLink(row.successor.name, page.href(row.successor))
            for row in page.as_of.successors
            if row.manner != SuccessionManner.TAKEOVER
        ],
    }


def head(page: Page) -> Context:
    """State, facts and what one can do."""
    return {
        "state": state_of(page.voices.taking_part, page.on),
        "facts": _facts(page),
        "edit_href": _edit_href(page),
        "website": _contact(page, Channel.WEBSITE),
        "email": _contact(page, Channel.EMAIL),
        "returned": _returned(page),
    }


def kind_words(page: Page) -> str:
    """The kind and the legal form, where that says more."""
    kind = str(OrganisationKind(page.as_of.kind).label)
    form = legal_form_words(page.as_of.legal_form)
    return f"{kind}, {form}" if form and form != kind else kind


def state_of(taking_part: Sequence[Participation], on: date) -> Badge:
    """Whether it takes part somewhere on the day, did once, or not yet."""
    present = [row for row in taking_part if on in row.period]
    if len(present) == 1:
        role = str(ParticipationRole(present[0].role).label)
        return Badge("on", capital(role), present[0].network.name)
    if present:
        return Badge("on", _("In %(number)d networks") % {"number": len(present)})
    if any(row.valid_from is None or row.valid_from <= on for row in taking_part):
        return Badge("over", _("No longer in a network"))
    return Badge("off", _("Not yet in a network"))


def _facts(page: Page) -> Facts:
    seat = seat_of(page)
    number = sum(page.on in row.period for row in page.voices.taking_part)
    return Facts(
        (
            Fact(_("kind"), str(OrganisationKind(page.as_of.kind).label)),
            Fact(
                _("seat"),
                seat.name if seat else pgettext("seat", "not entered"),
                note=seat.province.title if seat else "",
                href=page.to.municipality(seat.istat_code) if seat else "",
            ),
            _networks(page, number),
        )
    )


def _networks(page: Page, number: int) -> Fact:
    if page.asked.is_today:
        return Fact(ngettext("network today", "networks today", number), number)
    return Fact(ngettext("network on that day", "networks on that day", number), number)


def seat_of(page: Page) -> Municipality | None:
    """The municipality of the registered seat, else of another, as far as it is public."""
    order = list(SeatKind)
    rows = [row for row in page.as_of.seats if row.public and row.municipality]
    first = min(rows, key=lambda row: (order.index(SeatKind(row.kind)), row.pk), default=None)
    return first.municipality if first else None


def _contact(page: Page, channel: Channel) -> str:
    rows = [
        row.value
        for row in page.as_of.contacts
        if row.channel == channel and row.public and row.unit_id is None and not row.label
    ]
    return rows[0] if rows else ""


def _returned(page: Page) -> list[tuple[str, str]]:
    """Addresses from which letters came back, for whoever works on it; one query, none for the others."""
    if not _edit_href(page):
        return []
    emails = [row.value for row in page.as_of.contacts if row.channel == Channel.EMAIL]
    return list(warnings_on(emails).items())


def _edit_href(page: Page) -> str:
    """Where whoever may edit it does so; "" for everybody else."""
    if not rules.may_edit_organisation(page.actor, page.organisation.steward.uid):
        return ""
    return reverse("registry:work_organisation", kwargs={"code": page.organisation.code})


def _came_by(page: Page) -> str:
    """What is said to whoever asked for what turned out to be this one."""
    code = page.http.GET.get("da", "")
    name = name_asked_for(code, page.organisation) if code else ""
    if not name:
        return ""
    return _("You asked for “%(name)s”: it turned out to be this organisation.") % {"name": name}
