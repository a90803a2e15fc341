"""What happened to it: names, what came before and after, networks joined and left; the earliest first."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tavolo.kernel.dates import PartialDate
from tavolo.registry.choices import NameKind, ParticipationRole, SuccessionManner
from tavolo.registry.models import OrganisationSuccession, Participation
from tavolo.registry.web.page.parts import Page
from tavolo.ui.address import address
from tavolo.ui.components.timeline import Moment, Timeline

Keyed = tuple[str, int, Moment]


def story_of(page: Page) -> Timeline | None:
    """One moment for each beginning and each end; what has no date comes first. None: nothing is known."""
    moments = [
        *_names(page),
        *_kin(page, page.as_of.predecessors, came=True),
        *_kin(page, page.as_of.successors, came=False),
        *_taking_part(page),
    ]
    if not moments:
        return None
    if not page.asked.is_today:
        now = Moment(page.on, _("The day you are looking at"), now=True)
        moments.append((page.on.isoformat(), 1, now))
    return Timeline(tuple(moment for _key, _rank, moment in sorted(moments, key=_place)))


def _place(keyed: Keyed) -> tuple[str, int]:
    return keyed[:2]


def _names(page: Page) -> Iterator[Keyed]:
    """Former names end; those to come begin. What ends with the organisation is no change of name."""
    ends = [row.valid_until or date.max for row in page.as_of.names]
    for row in page.as_of.other_names:
        if row.kind == NameKind.SHORT:
            continue
        last = row.valid_until or date.max
        if row.ended and any(end > last for end in ends):
            title = _("It is no longer called %(name)s") % {"name": row.name}
            yield _dated(row.ended, title, row.source)
        elif row.began and not row.ended:
            title = _("It is called %(name)s") % {"name": row.name}
            yield _dated(row.began, title, row.source)


def _kin(page: Page, rows: Sequence[OrganisationSuccession], *, came: bool) -> Iterator[Keyed]:
    for row in rows:
        other = row.organisation if came else row.successor
        # Who went before is shown as it was on its last day, who came after as on its first.
        day = row.valid_from - timedelta(days=came) if row.valid_from else None
        title = _kin_title(row.manner, came=came) % {"name": other.name}
        yield _dated(row.began, title, row.source, href=page.href(other, day))


def _kin_title(manner: str, *, came: bool) -> str:
    if came:
        return {
            SuccessionManner.MERGER: _("%(name)s merges into it"),
            SuccessionManner.SPLIT: _("It comes from the division of %(name)s"),
            SuccessionManner.TRANSFORMATION: _("It comes from %(name)s, transformed"),
            SuccessionManner.TAKEOVER: _("It takes over the functions of %(name)s"),
        }[SuccessionManner(manner)]
    return {
        SuccessionManner.MERGER: _("It merges into %(name)s"),
        SuccessionManner.SPLIT: _("It is divided: a part goes to %(name)s"),
        SuccessionManner.TRANSFORMATION: _("It is transformed into %(name)s"),
        SuccessionManner.TAKEOVER: _("Its functions pass to %(name)s"),
    }[SuccessionManner(manner)]


def _taking_part(page: Page) -> Iterator[Keyed]:
    for row in page.voices.taking_part:
        href = address(f"/reti/{row.network.slug}/")
        yield _dated(row.began, joining(row), _other_source(row, page), href=href)
        if row.ended:
            title = _("No longer in %(network)s") % {"network": row.network.name}
            yield _dated(row.ended, title)


def joining(row: Participation) -> str:
    """What it does in a network, in a sentence."""
    said = {
        ParticipationRole.PROMOTER: _("Promotes %(network)s"),
        ParticipationRole.PARTICIPANT: _("Takes part in %(network)s"),
        ParticipationRole.CONTRIBUTOR: _("Works with %(network)s"),
    }[ParticipationRole(row.role)]
    return said % {"network": row.network.name}


def _other_source(row: Participation, page: Page) -> str:
    return "" if row.source == page.organisation.source else row.source


def _dated(when: PartialDate | None, title: str, text: str = "", href: str = "") -> Keyed:
    if when is None:
        doubt = _("the source does not say since when")
        return "", 0, Moment(_("no date"), title, text, href=href, doubt=doubt)
    return when.order_key(), 0, Moment(when, title, text, href=href)
