"""What waits in this room: requests about personal data, and invitations that nobody has taken up."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.plugs import Due, NothingOwed, due_sources
from tavolo.people.choices import RequestState
from tavolo.people.models import OPEN, CorrectionRequest, Invitation
from tavolo.people.rules import PEOPLE
from tavolo.people.terms import answers_due
from tavolo.ui.address import address

# Before that a letter has been sent and somebody may simply not have read it yet.
EXPIRES_SOON = timedelta(days=3)
# Whoever has not answered for so long is found on the page of invitations.
FORGOTTEN = timedelta(days=60)


class Requests(NothingOwed):
    """Whoever is named on a public page has asked for something: answered within a month."""

    key = "people.requests"
    slug = "richieste"
    label = gettext_lazy("Requests")
    order = 15

    def due(self, actor: Actor, **_when: date) -> Sequence[Due]:
        waiting = CorrectionRequest.objects.filter(
            state=RequestState.WAITING, network__uid__in=_run(actor)
        )
        return [
            Due(
                key=str(row.uid),
                title=_("Request %(code)s") % {"code": row.code},
                action=(_("Reply"), _desk(row, f"richieste/{row.uid}/")),
                network=row.network.uid if row.network else None,
                last_day=ending.last_day,
                since=clock.in_rome(row.received_at).date(),
                note=_note(row),
            )
            for row, ending in answers_due(waiting.select_related("network"))
        ]


def _note(row: CorrectionRequest) -> str:
    if row.extended_at is None:
        return row.get_wish_display()
    return _("%(wish)s; the term was extended") % {"wish": row.get_wish_display()}


class Invitations(NothingOwed):
    """Invitations that expire in these days, or lately have."""

    key = "people.invitations"
    slug = "inviti"
    label = gettext_lazy("Invitations")
    order = 50

    def due(self, actor: Actor, *, on: date, **_until: date) -> Sequence[Due]:
        now = clock.now()
        rows = Invitation.objects.filter(
            OPEN,
            network__uid__in=_run(actor),
            expires_at__lte=now + EXPIRES_SOON,
            expires_at__gt=now - FORGOTTEN,
        ).annotate(invited=F("person__name"))
        return [_invitation(row, on) for row in rows.select_related("network")]


def _invitation(row: Any, on: date) -> Due:
    last = clock.in_rome(row.expires_at).date()
    return Due(
        key=str(row.uid),
        title=row.invited or row.email,
        action=(_("Invite again"), _desk(row, f"persone/inviti/{row.uid}/")),
        network=row.network.uid,
        last_day=last,
        at=row.expires_at,
        since=clock.in_rome(row.created_at).date(),
        note=_("has not answered the invitation")
        if last >= on
        else _("the invitation has expired"),
    )


def _run(actor: Actor) -> set[Any]:
    return actor.networks("network_secretary", part=PEOPLE)


def _desk(row: Any, page: str) -> str:
    return address(f"/lavoro/reti/{row.network.slug}/{page}")


due_sources.add(Requests())
due_sources.add(Invitations())
