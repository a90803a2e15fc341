"""Import a kind with so many rows and take it back; run with the kind, prints seconds of CPU as JSON."""

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  after Django has been set up

from tavolo.imports.actions import (  # noqa: E402
    apply_batch,
    check_batch,
    read_batch,
    receive_file,
    undo_batch,
)
from tavolo.imports.plugs import import_kinds  # noqa: E402
from tavolo.kernel import clock  # noqa: E402
from tavolo.kernel.actor import OPERATOR  # noqa: E402
from tavolo.kernel.models import DatedValue, Network  # noqa: E402
from tavolo.registry.models import OrganisationName  # noqa: E402
from tavolo.territory.models import AreaMembership, Municipality  # noqa: E402
from tests.imports.toy import TOY, csv_of  # noqa: E402
from tests.registry.likenesses import planted  # noqa: E402

R = TypeVar("R")

ROWS, ORGANISATIONS = 8_000, 5_000


def cpu() -> float:
    """Of this process and of the children that it waited for: a file is read by one."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def timed(times: dict[str, float], name: str, act: Callable[[], R]) -> R:
    began = cpu()
    result = act()
    times[name] = cpu() - began
    return result


def toy_file() -> bytes:
    return csv_of(*((f"key-{n}", n + 100, "Regolamento 1/2020") for n in range(ROWS)))


def memberships_file() -> bytes:
    """Every municipality of Italy in an area of projects with the name of its province's number."""
    towns = Municipality.objects.order_by("istat_code").values_list("istat_code", "name")
    rows = [(f"bench-{code[:3]}", f"Banco {code[:3]}", code, name) for code, name in towns[:ROWS]]
    headings = ("Codice distretto", "Distretto", "Codice ISTAT", "Comune")
    return csv_of(*rows, headings=headings)


def organisations_file() -> bytes:
    """Associations and bodies of sixty municipalities, some with numbers and a website."""
    found = planted(2026, size=ORGANISATIONS, rows=0, doubles=0).register
    rows = [
        (
            one.names[0],
            one.place_name,
            "Associazione",
            f"info@{one.key}.example" if one.domains else "",
            f"www.{one.key}.example" if one.domains else "",
            "02 1234567",
            2000 + number % 25,
        )
        for number, one in enumerate(found)
    ]
    headings = ("Denominazione", "Comune", "Tipo", "E-mail", "Sito web", "Telefono", "Dal")
    return csv_of(*rows, headings=headings)


FILES: dict[str, tuple[Callable[[], bytes], dict[str, str]]] = {
    "organisations": (organisations_file, {}),
    "toy_values": (toy_file, {}),
    "area_memberships": (memberships_file, {"kind": "project_area", "valid_from": "2020-01-01"}),
}
TABLES: dict[str, Any] = {
    "toy_values": DatedValue,
    "area_memberships": AreaMembership,
    "organisations": OrganisationName,
}
OF_A_NETWORK = {"organisations"}


def raw(kind: str) -> float:
    """The same rows by one executemany, taken back again."""
    model = TABLES[kind]
    names = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    rows = _written(model)
    table, columns = model._meta.db_table, ", ".join(f'"{name}"' for name in names)
    places = ", ".join("%s" for _name in names)
    began = cpu()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', rows)
        took = cpu() - began
        transaction.set_rollback(True)
    return took


def _written(model: Any) -> list[tuple[Any, ...]]:
    """What the import just wrote, before it is undone, as the database takes it."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    found = [
        tuple(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields)
        for row in model.objects.order_by("-pk")[:ROWS]
    ]
    model.objects.filter(pk__in=model.objects.order_by("-pk").values("pk")[:ROWS]).delete()
    return found


def main(kind: str) -> None:
    if kind == TOY.key:
        import_kinds.add(TOY)
    make, options = FILES[kind]
    content, times = make(), {}
    network = None
    if kind in OF_A_NETWORK:
        network = Network.objects.create(slug="banco", name="Banco", created_at=clock.now())
    batch = receive_file(
        kind=kind, name="b.csv", chunks=[content], network=network, options=options, by=OPERATOR
    )
    batch = timed(times, "read and check", lambda: read_batch(batch=batch, by=OPERATOR))
    # A few municipalities have ended before the day: their rows have faults.
    rows = batch.counts["create"]
    batch = timed(times, "check again", lambda: check_batch(batch=batch, by=OPERATOR))
    batch = timed(
        times, "apply", lambda: apply_batch(batch=batch, by=OPERATOR, without_faulty=True)
    )
    with transaction.atomic():
        times["raw"] = raw(kind)
        transaction.set_rollback(True)
    batch = timed(times, "undo", lambda: undo_batch(batch=batch, by=OPERATOR))
    assert batch.state == "undone"
    sys.stdout.write(json.dumps({"rows": rows, **times}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
