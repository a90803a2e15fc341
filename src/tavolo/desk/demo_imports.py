"""Two files that the demonstration's secretary brought: one imported, one that waits to be mended."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tavolo.imports.actions import apply_batch, read_batch, receive_file
from tavolo.imports.choices import State
from tavolo.imports.models import Batch
from tavolo.imports.plugs import import_kinds
from tavolo.kernel.actor import OPERATOR, Actor, actor_of
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Example
from tavolo.registry.models import NetworkOffice
from tavolo.territory.models import Municipality

KIND = "area_memberships"
HEADINGS = "Nome dell’area;Codice ISTAT;Comune;Dal;Dimostrazione"
DONE = (
    "Sportello insieme;015189;Rozzano;01/01/2026;sì",
    "Sportello insieme;015173;Pieve Emanuele;01/01/2026;sì",
    "Sportello insieme;015159;Opera;01/01/2026;sì",
)
# What goes wrong in such files: a code that is none, one of elsewhere, another name, no day, a word misspelt.
WAITING = (
    "Porte aperte;015093;Corsico;01/03/2026;sì",
    "Porte aperte;015074;Cesano Boscone;01/03/2026;sì",
    "Porte aperte;015999;Buccinasco;01/03/2026;sì",
    "Porte aperte;015011;Assago;31/02/2026;sì",
    "Porte aperte;015220;Cusago;01/03/2026;sì",
    "Porte aperte;046017;Lucca;01/03/2026;sì",
    "Sportelo insieme;015125;Locate di Triulzi;01/03/2026;sì",
)
ON_A_KIND = {
    "import_kind": {},
    "import_template": {"format": "csv"},
    "import_export": {"format": "csv"},
}
ON_WAITING = (
    "import_batch",
    "import_columns",
    "import_sheet",
    "import_mend",
    "import_decide",
    "import_apply",
    "import_drop",
)


def load(network: Network, *, on: date) -> None:
    """Nothing where the territory is not there: then the files would name nobody."""
    if not Municipality.objects.filter(istat_code="015189").exists():
        return
    by = _secretary(network, on)
    apply_batch(batch=_brought("sportello-insieme.csv", DONE, network, by), by=by)
    _brought("porte-aperte.csv", WAITING, network, by)


def examples(network: Network) -> Iterator[Example]:
    here = {"slug": network.slug}
    yield _example("imports", here)
    for name, more in ON_A_KIND.items():
        yield _example(name, {**here, "kind": import_kinds.get(KIND).slug, **more})
    batches = {batch.state: batch for batch in Batch.objects.filter(network=network)}
    if waiting := batches.get(State.CHECKED):
        at = {**here, "uid": waiting.uid}
        yield from (_example(name, at) for name in ON_WAITING)
        yield _example("import_faults", {**at, "format": "csv"})
    if done := batches.get(State.APPLIED):
        at = {**here, "uid": done.uid}
        yield from (_example(name, at) for name in ("import_batch", "import_undo"))


def _brought(name: str, rows: tuple[str, ...], network: Network, by: Actor) -> Batch:
    content = "\r\n".join((HEADINGS, *rows)).encode()
    batch = receive_file(
        kind=KIND,
        name=name,
        chunks=[content],
        network=network,
        options={"kind": "area-di-progetto"},
        by=by,
    )
    return read_batch(batch=batch, by=by)


def _secretary(network: Network, on: date) -> Actor:
    office = NetworkOffice.objects.on(on).filter(network=network).order_by("id").first()
    return actor_of(office.person.uid, on=on) if office else OPERATOR


def _example(name: str, kwargs: dict[str, Any]) -> Example:
    return Example(f"desk:{name}", kwargs, who="secretary")
