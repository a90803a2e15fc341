"""Who sits and sat in bodies, by which act, as a spreadsheet."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tavolo.imports.plugs import Context, Field, Given, Plan, Planned, State, import_kinds
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.registry.rules import may_affiliate
from tavolo.tables import rules
from tavolo.tables.actions.imported import take_back, write_seats
from tavolo.tables.importing.columns import OF_SEATS
from tavolo.tables.importing.seats import SeatRows
from tavolo.tables.models import Seat
from tavolo.tables.queries.imported import person_states, seat_states

SAID = ("title", "theme", "role", "category", "basis", "act", "end_reason", "end_act", "source")


class SeatList:
    """A seat is told apart by body, holder, office and first day; one that is there is left as it is."""

    key = "seats"
    slug = "seggi"
    label: Sentence = _("Seats in tables and groups")
    help: Sentence = _(
        "A row for each seat that there is or was, with the act on which it rests: of an"
        " organisation, of an office of one, or of a person."
    )
    fields: Sequence[Field] = OF_SEATS
    options: Sequence[Field] = ()

    def may(self, actor: Actor, network: Network | None) -> bool:
        return may_seat(actor, network)

    def plan(self, rows: Sequence[Given], context: Context) -> Plan:
        return SeatRows(rows, context).plan()

    def write(self, changes: Sequence[Planned], context: Context) -> None:
        write_seats(changes, context)

    def states(self, subjects: Collection[str], context: Context) -> Mapping[str, State]:
        return {
            **seat_states(subjects, context.network),
            **person_states(subjects, context.network),
        }

    def restore(self, before: Mapping[str, State | None], context: Context) -> None:
        take_back(before, seat_states(before, context.network), Seat, context)

    def told(self, state: State) -> Mapping[str, Any]:
        return told_of(state, SAID)

    def export(self, context: Context) -> Iterator[Mapping[str, Any]]:
        """Every seat that there was in the bodies of the network; those of units of an organisation apart."""
        rows = Seat.objects.known().filter(network=context.network, unit__isnull=True)
        related = rows.select_related("body", "organisation", "person")
        for row in related.order_by("body__sort_key", "valid_from", "pk"):
            yield {
                "body": row.body.code,
                "organisation": row.organisation.code if row.organisation else None,
                "given_name": row.person.given_name if row.person else None,
                "family_name": row.person.family_name if row.person else None,
                "since": str(row.began) if row.began else None,
                "until": str(row.ended) if row.ended else None,
                **{key: getattr(row, key) or None for key in SAID},
            }


def may_seat(actor: Actor, network: Network | None) -> bool:
    """Lists of who sits and who is sent bring persons: whoever enters them may do both."""
    return (
        network is not None
        and rules.may_run_bodies(actor, network.uid)
        and may_affiliate(actor, network.uid)
    )


def told_of(state: State, keys: Sequence[str]) -> Mapping[str, Any]:
    """What a state says in the columns of a list: the last row of it, or the person."""
    if "persons" in state:
        return {key: state["persons"][0][key] for key in ("given_name", "family_name")}
    last = state["told"] if "told" in state else state["rows"][-1]
    days = {"since": last["began"] or None, "until": last["ended"] or None}
    return days | {key: last[key] or None for key in keys}


import_kinds.add(SeatList())
