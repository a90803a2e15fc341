"""Bodies of ten years from spreadsheets: bodies, then seats, then whom they send; undone byte for byte."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tavolo.imports.actions import apply_batch, check_batch, undo_batch
from tavolo.imports.errors import ChangedSince
from tavolo.imports.models import Batch
from tavolo.imports.plugs import Context, Given, import_kinds
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.models import Organisation
from tavolo.tables import actions, queries
from tavolo.tables.models import Body, BodyName, BodyRegulation, BodyTerritory, Delegate, Seat
from tavolo.tables.queries.regulations import regulations_of
from tests.factories.people import a_network
from tests.factories.registry import acting, an_organisation, many_participants
from tests.factories.tables import a_body, a_seat
from tests.registry.importing import checked, faults, outcomes, whole

pytestmark = pytest.mark.django_db

BODIES = ("Nome", "Tipo", "Fa parte di", "Numero", "Istituito il", "Cessato il",
          "Regolamento", "Regolamento dal", "Regolamento approvato con")  # fmt: skip
SEATS = ("Tavolo", "Ente", "Nome", "Cognome", "Ruolo", "Atto", "Dal", "Al")
SENT = ("Tavolo", "Ente", "Nome", "Cognome", "In qualità di", "Atto", "Dal", "Al")
TABLES = (Body, BodyName, BodyTerritory, BodyRegulation, Seat, Delegate, Person)


@pytest.fixture
def network() -> Network:
    return a_network()


def bodies(network: Network, *rows: Any) -> Batch:
    return checked(network, BODIES, *rows, kind="bodies")


def seats(network: Network, *rows: Any) -> Batch:
    return checked(network, SEATS, *rows, kind="seats")


def sent(network: Network, *rows: Any) -> Batch:
    return checked(network, SENT, *rows, kind="body_delegates")


TABLE = ("Tavolo", "tavolo permanente", "", "", "2015-06-01", "",
         "standing_table", "2016-01-01", "delibera 3/2016")  # fmt: skip
GROUP = ("Gruppo scuola", "gruppo tematico", "Tavolo", 1, "", "", "", "", "")


def test_ten_years_come_in_three_lists_and_go_again(network: Network) -> None:
    an_organisation(network, "Aurora")
    before = whole(*TABLES)
    batches = [bodies(network, GROUP, TABLE)]
    assert (outcomes(batches[0]), faults(batches[0])) == (["create", "create"], [])
    apply_batch(batch=batches[0], by=OPERATOR)
    batches.append(seats(
        network,
        ("Tavolo", "Aurora", "", "", "componente", "determina 1", "30/06/2015", "31/12/2019"),
        ("Tavolo", "Aurora", "", "", "coordinatrice", "determina 9", "2020", ""),
        ("gruppo scuola", "", "Ada", "Rossi", "", "decreto 2", "2017", ""),
    ))  # fmt: skip
    apply_batch(batch=batches[1], by=OPERATOR)
    batches.append(sent(
        network,
        ("Tavolo", "Aurora", "Bianca", "Verdi", "", "nota 1", "2015-07-01", "2019-12-31"),
        ("Tavolo", "Aurora", "Bianca", "Verdi", "", "nota 2", "2020", ""),
        ("Tavolo", "Aurora", "Eva", "Neri", "supplente", "nota 2", "2020", ""),
    ))  # fmt: skip
    assert (outcomes(batches[2]), faults(batches[2])) == (["create"] * 3, [])
    apply_batch(batch=batches[2], by=OPERATOR)
    table, group = (Body.objects.get(name=name) for name in ("Tavolo", "Gruppo scuola"))
    assert (table.name, group.parent, group.number) == ("Tavolo", table, 1)
    assert regulations_of(table)[0].preset == "standing_table"
    assert told(table, date(2016, 2, 23)) == [("Aurora", "member", ["Bianca Verdi"])]
    assert told(table, date(2026, 2, 23)) == [
        ("Aurora", "coordinator", ["Bianca Verdi", "Eva Neri"])
    ]
    assert told(group, date(2018, 1, 1)) == [("Ada Rossi", "member", ["Ada Rossi"])]
    for batch in reversed(batches):
        undo_batch(batch=batch, by=OPERATOR)
    assert whole(*TABLES) == before
    assert apply_batch(batch=check_batch(batch=batches[0], by=OPERATOR), by=OPERATOR).state == (
        "applied"
    )


def told(body: Body, on: date) -> list[tuple[str, str, list[str]]]:
    lines = queries.roster(body, on=on, actor=OPERATOR).lines
    return [(line.holder, line.role, [one.name for one in line.sent]) for line in lines]


def test_the_same_lists_twice_change_nothing(network: Network) -> None:
    an_organisation(network, "Aurora")
    seat = ("Tavolo", "Aurora", "", "", "", "determina 1", "2015-06-30", "")
    one = ("Tavolo", "Aurora", "Ada", "Rossi", "", "nota 1", "2015-06-30", "")
    for _time in range(2):
        found = []
        for make, row in ((bodies, TABLE), (seats, seat), (sent, one)):
            batch = make(network, row)
            found += outcomes(batch)
            apply_batch(batch=batch, by=OPERATOR)
    assert found == ["same"] * 3


def test_what_is_wrong_is_said_row_by_row(network: Network) -> None:
    body = a_body(network, "Tavolo", since="2015-06-01")
    organisation = an_organisation(network, "Aurora")
    a_seat(body, organisation, since="2015-07-01", until="2018-12-31")
    batch = seats(
        network,
        ("Tavolino", "Aurora", "", "", "", "atto", "2020", ""),
        ("Tavolo", "Aurorra", "", "", "", "atto", "2020", ""),
        ("Tavolo", "Aurora", "", "", "", "", "2020", ""),
        ("Tavolo", "Aurora", "", "", "", "atto", "2014", ""),
        ("Tavolo", "Aurora", "", "", "", "atto", "2018", ""),
        ("Tavolo", "Aurora", "", "", "", "atto", "2020", "2019"),
        ("Tavolo", "Aurora", "Ada", "Rossi", "", "atto", "2020", ""),
        ("Tavolo", "", "", "", "", "atto", "2020", ""),
        ("Tavolo", "", "Ada", "", "", "atto", "2020", ""),
        ("Tavolo", "Aurora", "", "", "osservatrice", "atto", "2015-07-01", "2018-12-31"),
        ("Tavolo", "Aurora", "", "", "", "atto", "2021", ""),
        ("Tavolo", "Aurora", "", "", "", "atto", "2022", ""),
    )
    assert outcomes(batch) == ["fault"] * 10 + ["create", "fault"]
    assert len(faults(batch)) == 11
    batch = sent(
        network,
        ("Tavolo", "Aurora", "Ada", "Rossi", "", "atto", "2017", "2018"),
        ("Tavolo", "Aurora", "Eva", "Neri", "", "atto", "2018", "2018"),
        ("Tavolo", "Aurora", "Ada", "Rossi", "supplente", "atto", "2018", "2018"),
        ("Tavolo", "Aurora", "Ida", "Russo", "", "atto", "2019", ""),
        ("Tavolo", "", "Ida", "Russo", "", "atto", "2019", ""),
    )
    assert outcomes(batch) == ["create"] + ["fault"] * 4
    batch = bodies(
        network,
        ("Gruppo", "gruppo tematico", "Nessuno", "", "", "", "", "", ""),
        ("Gruppo", "mensa", "", "", "", "", "", "", ""),
        ("A", "gruppo tematico", "B", "", "", "", "", "", ""),
        ("B", "gruppo tematico", "A", "", "", "", "", "", ""),
        ("C", "gruppo tematico", "Tavolo", 1, "", "", "", "", ""),
        ("D", "gruppo tematico", "Tavolo", 1, "", "", "", "", ""),
        ("E", "commissione", "", "", "2020", "2019", "", "", ""),
        ("F", "commissione", "", "", "2020", "", "commission", "", ""),
        ("G", "commissione", "", "", "2020", "", "commission", "2019-01-01", "atto"),
        ("H", "gruppo tematico", "H", "", "", "", "", "", ""),
    )
    assert outcomes(batch) == ["fault"] * 4 + ["create"] + ["fault"] * 5


def test_what_was_touched_since_is_not_taken_away(network: Network) -> None:
    organisation = an_organisation(network, "Aurora")
    first = apply_batch(batch=bodies(network, TABLE), by=OPERATOR)
    row = ("Tavolo", "Aurora", "", "", "", "determina 1", "2015-06-30", "")
    second = apply_batch(batch=seats(network, row), by=OPERATOR)
    with pytest.raises(ChangedSince):
        undo_batch(batch=first, by=OPERATOR)
    seat = Seat.objects.get(organisation=organisation)
    actions.end_seat(seat=seat, last=date(2016, 1, 1), reason="other", act="nota", by=OPERATOR)
    with pytest.raises(ChangedSince):
        undo_batch(batch=second, by=OPERATOR)


def test_only_who_runs_bodies_may(network: Network) -> None:
    nobody = acting(Person.objects.create(given_name="Ada", family_name="Rossi"))
    for key in ("bodies", "seats", "body_delegates"):
        kind = import_kinds.get(key)
        assert (kind.may(nobody, network), kind.may(OPERATOR, network)) == (False, True)
        assert not kind.may(OPERATOR, None)


def test_what_is_taken_out_can_be_brought_in(network: Network) -> None:
    an_organisation(network, "Aurora")
    apply_batch(batch=bodies(network, TABLE, GROUP), by=OPERATOR)
    seat = ("Tavolo", "Aurora", "", "", "", "determina 1", "2015-06-30", "")
    person = ("Tavolo", "", "Ida", "Russo", "", "decreto", "2016", "")
    apply_batch(batch=seats(network, seat, person), by=OPERATOR)
    one = ("Tavolo", "Aurora", "Ada", "Rossi", "", "nota 1", "2015-06-30", "")
    apply_batch(batch=sent(network, one), by=OPERATOR)
    context = Context(on=date(2026, 11, 22), network=network)
    for key in ("bodies", "seats", "body_delegates"):
        kind = import_kinds.get(key)
        keys = [field.key for field in kind.fields]
        rows = [
            Given(number, {name: row.get(name) for name in keys})
            for number, row in enumerate(kind.export(context), 2)
        ]
        plan = kind.plan(rows, context)
        assert (plan.faults, [c for c in plan.changes if c.before != c.after]) == ([], [])


@pytest.mark.parametrize("key", ["bodies", "seats", "body_delegates"])
def test_as_many_queries_for_many_rows_as_for_few(network: Network, key: str) -> None:
    """Of planning: whatever is looked up is looked up at once."""
    many_participants(network, 40)
    body = a_body(network, "Tavolo", since="2015-06-01")
    kind, context = import_kinds.get(key), Context(on=date(2026, 11, 22), network=network)
    rows = list(_rows(key, body))
    taken = []
    for some in (rows[:2], rows):
        with CaptureQueriesContext(connection) as counted:
            kind.plan(some, context)
        taken.append(len(counted))
    assert taken[0] == taken[1] <= 25


def _rows(key: str, body: Body) -> Any:
    names = {"given_name": "Ada", "family_name": "Rossi", "act": "atto"}
    codes = Organisation.objects.order_by("pk").values_list("code", flat=True)
    for number, code in enumerate(codes, 2):
        if key == "bodies":
            yield Given(number, {"name": f"Gruppo {number}", "kind": "commission"})
        elif key == "seats":
            yield Given(number, {"body": body.code, "organisation": code, "act": "atto"})
        else:
            yield Given(number, {"body": body.code, "organisation": code, **names})
