"""What the page of an organisation says: its state, three facts, the story of its taking part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tavolo.kernel.actor import Actor
from tavolo.registry import rules
from tavolo.registry.choices import ParticipationRole
from tavolo.registry.models import Organisation, Participation
from tavolo.registry.web.rows import kind_words
from tavolo.territory.web import addresses
from tavolo.ui import words
from tavolo.ui.address import address
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.facts import Fact, Facts
from tavolo.ui.components.timeline import Moment, Timeline


def state_of(taking_part: Sequence[Participation], today: date) -> Badge:
    """Whether it takes part somewhere today, did once, or not yet."""
    present = [row for row in taking_part if today in row.period]
    if len(present) == 1:
        role = str(ParticipationRole(present[0].role).label)
        return Badge("on", role[:1].upper() + role[1:], present[0].network.name)
    if present:
        return Badge("on", _("In %(number)d networks") % {"number": len(present)})
    if taking_part:
        return Badge("over", _("No longer in a network"))
    return Badge("off", _("Not yet in a network"))


def facts_of(
    organisation: Organisation, taking_part: Sequence[Participation], today: date
) -> Facts:
    seat = organisation.municipality
    number = sum(today in row.period for row in taking_part)
    return Facts(
        (
            Fact(_("kind"), kind_words(organisation)),
            Fact(
                _("seat"),
                seat.name if seat else pgettext("seat", "not entered"),
                note=seat.province.title if seat else "",
                href=addresses.municipality(seat.istat_code) if seat else "",
            ),
            Fact(ngettext("network today", "networks today", number), number),
        )
    )


@dataclass(frozen=True)
class Detail:
    label: str
    value: str


def details_of(organisation: Organisation) -> list[Detail]:
    """What the register holds besides; what is empty is said to be."""
    return [
        Detail(_("Tax code"), organisation.tax_code),
        Detail(_("Telephone"), organisation.phone),
        Detail(_("E-mail"), organisation.public_email),
        Detail(_("Source"), organisation.source),
    ]


def story_of(taking_part: Sequence[Participation]) -> Timeline | None:
    """One moment for each beginning and each end, in their order; undated ones come first."""
    moments = [_beginning(row) for row in taking_part]
    moments += [_end(row) for row in taking_part if row.ended]
    ordered = [moment for _key, moment in sorted(moments, key=lambda pair: pair[0])]
    return Timeline(tuple(ordered)) if ordered else None


def edit_href(organisation: Organisation, actor: Actor) -> str:
    """Where whoever may edit it does so; "" for everybody else."""
    if not rules.may_edit_organisation(actor, organisation.steward.uid):
        return ""
    return reverse("registry:edit_organisation", kwargs={"code": organisation.code})


def _beginning(row: Participation) -> tuple[str, Moment]:
    said = {
        ParticipationRole.PROMOTER: _("Promotes %(network)s"),
        ParticipationRole.PARTICIPANT: _("Takes part in %(network)s"),
        ParticipationRole.CONTRIBUTOR: _("Works with %(network)s"),
    }[ParticipationRole(row.role)]
    return (
        row.began.order_key() if row.began else "",
        Moment(
            when=row.began or _("no date"),
            doubt="" if row.began else _("the source does not say since when"),
            title=said % {"network": row.network.name},
            text="" if row.source == row.organisation.source else row.source,
            href=address(f"/reti/{row.network.slug}/"),
        ),
    )


def _end(row: Participation) -> tuple[str, Moment]:
    title = _("No longer in %(network)s") % {"network": row.network.name}
    return row.ended.order_key(), Moment(when=words.say_date(row.ended), title=title)
