"""What the page of an organisation says: its state, three facts, the story of its taking part."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tavolo.kernel.actor import Actor
from tavolo.registry import rules
from tavolo.registry.choices import ParticipationRole
from tavolo.registry.models import Organisation, Participation
from tavolo.registry.web.rows import kind_words
from tavolo.ui import words
from tavolo.ui.address import address
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.facts import Fact, Facts
from tavolo.ui.components.timeline import Moment, Timeline
from tavolo.ui.words import Missing


def state_of(taking_part: Sequence[Participation], today: date) -> Badge:
    """Whether it takes part somewhere today, did once, or not yet."""
    present = [row for row in taking_part if today in row.period]
    if present:
        number = len(present)
        said = ngettext("In one network", "In %(number)d networks", number)
        return Badge("on", said % {"number": number}, role_words(present))
    if taking_part:
        return Badge("over", _("No longer in a network"))
    return Badge("off", _("Not yet in a network"))


def role_words(present: Sequence[Participation]) -> str:
    """What it does in its network, where there is one; nothing where there are several."""
    return str(ParticipationRole(present[0].role).label) if len(present) == 1 else ""


def facts_of(
    organisation: Organisation, taking_part: Sequence[Participation], today: date
) -> Facts:
    seat = organisation.municipality
    return Facts(
        (
            Fact(_("kind"), kind_words(organisation)),
            Fact(
                _("seat"),
                seat.name if seat else Missing.UNKNOWN,
                note=seat.province.title if seat else "",
                href=address(f"/territorio/comune/{seat.istat_code}/") if seat else "",
            ),
            Fact(_("networks today"), sum(today in row.period for row in taking_part)),
        )
    )


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
            text=row.source,
            href=address(f"/reti/{row.network.slug}/"),
        ),
    )


def _end(row: Participation) -> tuple[str, Moment]:
    title = _("No longer in %(network)s") % {"network": row.network.name}
    return row.ended.order_key(), Moment(when=words.say_date(row.ended), title=title)
