"""The tables of people: offices, members, invitations."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.people.models import Invitation, Person
from tavolo.registry.models import Affiliation, NetworkOffice
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table
from tavolo.ui.words import Missing, day_words, since_words

SHOWN = 50
# What `registry.actions.found_network` writes as the act of the first secretary.
FOUNDATION = "foundation"


@dataclass(frozen=True)
class Standings:
    """By primary key who signs in, and from whose address letters came back."""

    active: Collection[int]
    warnings: Mapping[int, str]

    def cell(self, person: Person) -> Cell:
        return Cell(state(person.pk in self.active), note=self.warnings.get(person.pk, ""))


def called(person: Person) -> str:
    """Her name; until she has given one, that she has not."""
    return person.name or _("name not given yet")


def offices(
    network: Network, rows: Sequence[NetworkOffice], standings: Standings, *, ending: bool
) -> Table:
    """`ending`: whether the reader may end an office."""
    return Table(
        caption=_("Secretariat"),
        columns=(
            Column(_("Name")),
            Column(_("State")),
            Column(_("Since")),
            Column(_("Act")),
            Column(_("To do")),
        ),
        rows=tuple(
            Row(
                (
                    Cell(called(row.person)),
                    standings.cell(row.person),
                    Cell(since_words(row.valid_from) if row.valid_from else _("always")),
                    Cell(_act_words(row)),
                    _act(network, "office", row, _("End"))
                    if ending
                    else Cell(Missing.NOT_FORESEEN),
                )
            )
            for row in rows
        ),
        empty=EmptyState(_("Nobody"), _("The network has no secretariat today.")),
        key="offices",
        dense=True,
    )


def members(
    network: Network, rows: Sequence[Affiliation], standings: Standings, paging: Paging
) -> Table:
    here = {"slug": network.slug}
    return Table(
        caption=_("Who acts for the organisations"),
        columns=(
            Column(_("Name")),
            Column(_("Organisation")),
            Column(_("Function")),
            Column(_("State")),
            Column(_("To do")),
        ),
        rows=tuple(
            Row(
                (
                    Cell(called(row.person)),
                    Cell(
                        row.organisation.name,
                        reverse("registry:organisation", args=[row.organisation.code]),
                    ),
                    Cell(row.function or _("not stated")),
                    standings.cell(row.person),
                    _act(network, "affiliation", row, _("End")),
                )
            )
            for row in rows
        ),
        empty=EmptyState(
            _("Nobody yet"),
            _("Here will stand who acts for each organisation. Invite the first by e-mail."),
            (CardLink(_("Invite"), reverse("desk:invite_member", kwargs=here)),),
        ),
        key="members",
        paging=paging,
        dense=True,
    )


def invitations(
    network: Network, rows: Sequence[Invitation], total: int, warnings: Mapping[str, str]
) -> Table:
    now = clock.now()
    return Table(
        caption=_("Invitations that wait"),
        columns=(
            Column(_("E-mail")),
            Column(_("Name")),
            Column(_("State")),
            Column(_("To do")),
        ),
        rows=tuple(
            Row(
                (
                    Cell(row.email, note=warnings.get(row.email, "")),
                    Cell(called(row.person)),
                    Cell(_waits(row, expired=row.expires_at <= now)),
                    Cell(_("Send again or revoke"), _href(network, "invitation", row)),
                )
            )
            for row in rows
        ),
        empty=EmptyState(
            _("No invitation waits"), _("Here stands who was invited and has not accepted yet.")
        ),
        key="invitations",
        paging=Paging(shown=len(rows), total=total),
        dense=True,
    )


def _act_words(row: NetworkOffice) -> str:
    """The act as it was written; the first secretary is there by the founding itself."""
    return _("founding of the network") if row.act == FOUNDATION else row.act


def state(can_sign_in: bool) -> Badge:  # noqa: FBT001  # the one thing that it is about
    if can_sign_in:
        return Badge("on", _("signs in"))
    return Badge("wait", _("has not accepted yet"))


def _waits(row: Invitation, *, expired: bool) -> Badge:
    day = day_words(clock.in_rome(row.expires_at).date(), weekday=False)
    if expired:
        return Badge("late", _("expired"), day)
    return Badge("wait", _("waits"), _("until %(day)s") % {"day": day})


def _act(network: Network, name: str, row: NetworkOffice | Affiliation, verb: str) -> Cell:
    if row.valid_until is not None and row.last_day is not None:
        return Cell(_("until %(day)s") % {"day": day_words(row.last_day, weekday=False)})
    return Cell(verb, _href(network, name, row))


def _href(network: Network, name: str, row: NetworkOffice | Affiliation | Invitation) -> str:
    return reverse(f"desk:{name}", kwargs={"slug": network.slug, "uid": row.uid})
