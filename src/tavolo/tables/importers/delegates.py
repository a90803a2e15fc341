"""Whom the holders of seats send and sent, as a spreadsheet."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tavolo.imports.plugs import Context, Field, Given, Plan, Planned, State, import_kinds
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.tables.actions.imported import take_back, write_delegates
from tavolo.tables.importers.seats import may_seat, told_of
from tavolo.tables.importing.columns import OF_DELEGATES
from tavolo.tables.importing.delegates import DelegateRows
from tavolo.tables.models import Delegate, Seat
from tavolo.tables.queries.imported import delegate_states, person_states

SAID = ("kind", "act", "source")


class DelegateList:
    """A delegate is told apart by seat, name, kind and first day; no right and no letter comes by it."""

    key = "body_delegates"
    slug = "delegate-dei-tavoli"
    label: Sentence = _("Delegates to tables and groups")
    help: Sentence = _(
        "A row for each person who is or was sent to a seat, as effective delegate or substitute."
        " No letter goes to anybody."
    )
    fields: Sequence[Field] = OF_DELEGATES
    options: Sequence[Field] = ()

    def may(self, actor: Actor, network: Network | None) -> bool:
        return may_seat(actor, network)

    def plan(self, rows: Sequence[Given], context: Context) -> Plan:
        return DelegateRows(rows, context).plan()

    def write(self, changes: Sequence[Planned], context: Context) -> None:
        write_delegates(changes, context)

    def states(self, subjects: Collection[str], context: Context) -> Mapping[str, State]:
        return {
            **delegate_states(subjects, context.network),
            **person_states(subjects, context.network),
        }

    def restore(self, before: Mapping[str, State | None], context: Context) -> None:
        take_back(before, delegate_states(before, context.network), Delegate, context)

    def told(self, state: State) -> Mapping[str, Any]:
        return told_of(state, SAID)

    def export(self, context: Context) -> Iterator[Mapping[str, Any]]:
        """Whoever was sent to a seat of an organisation in the bodies of the network."""
        seats = Seat.objects.known().filter(network=context.network, unit__isnull=True)
        known = {seat.uid: seat for seat in seats.select_related("organisation")}
        rows = Delegate.objects.known().filter(body__network=context.network)
        related = rows.select_related("body", "person")
        for row in related.order_by("body__sort_key", "valid_from", "pk"):
            seat = known.get(row.seat)
            if seat is None or seat.organisation is None:
                continue
            yield {
                "body": row.body.code,
                "organisation": seat.organisation.code,
                "title": seat.title or None,
                "theme": seat.theme or None,
                "given_name": row.person.given_name,
                "family_name": row.person.family_name,
                "since": str(row.began) if row.began else None,
                "until": str(row.ended) if row.ended else None,
                **{key: getattr(row, key) or None for key in SAID},
            }


import_kinds.add(DelegateList())
