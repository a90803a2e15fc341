"""Taking a network in: all of it in one transaction, or nothing."""

from collections.abc import Iterator
from pathlib import Path

from django.db import DatabaseError, IntegrityError, transaction
from django.db.migrations.loader import MigrationLoader

from tavolo.config.archive.steps import Progress, Steps, silent
from tavolo.config.moving.errors import DamagedFolder, NetworkIsHere, OtherForm, OtherSort
from tavolo.config.moving.folder import PIECE, verified
from tavolo.config.moving.loading import Loading
from tavolo.config.moving.manifest import Manifest
from tavolo.config.moving.meeting import KEPT_IN_TRUST
from tavolo.config.moving.ways import going
from tavolo.config.setup import lay_territory
from tavolo.config.upgrade import migrate
from tavolo.journal import heads
from tavolo.journal.actions import record, seal
from tavolo.journal.queries import breaks_in
from tavolo.kernel import blobs
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.clock import now
from tavolo.kernel.models import Blob, Network
from tavolo.kernel.network import installation
from tavolo.kernel.plugs import Goes
from tavolo.search.actions import note_everything

# What rows do that no export wrote, on either database.
UNREADABLE = (
    DatabaseError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)


def import_network(folder: Path, progress: Progress = silent) -> Manifest:
    """Take in the network of a folder, into this installation.

    Order: everything in the folder is read and held to its manifest; the databases and the territory
    are brought to this version; contents, rows and the verification of the chain in one transaction, so that it
    is all there or not at all; the head of the chain. Refuses with NoNetworkThere, DamagedFolder, UnsafeFolder,
    OtherForm, OtherSort, NetworkIsHere, LacksTerritory, Conflict.
    """
    manifest = verified(folder)
    refuse_other_form(manifest)
    migrate()
    refuse_known(manifest)
    lay_territory(silent)
    try:
        with transaction.atomic():
            refuse_known(manifest)
            refuse_other_sort(manifest)
            steps = Steps(manifest.rows + len(manifest.files), progress)
            for count in _arriving(folder, manifest):
                steps.add(count)
            _finish(manifest)
    except IntegrityError as fault:
        # Keys are looked at with the commit.
        raise DamagedFolder(advice=str(fault)) from fault
    # Sealing moves the head from the beginning to the end of the chain.
    seal()
    return manifest


def refuse_other_form(manifest: Manifest) -> None:
    """Both keep their tables alike, or it is refused: nothing is guessed about columns."""
    apps = {model._meta.app_label for model, _travel in going(accounts=True)}
    known = {node for node in MigrationLoader(None).disk_migrations or () if node[0] in apps}
    told = {(app, name) for app, name in manifest.migrations if app in apps}
    if told != known:
        raise OtherForm(advice=", ".join(f"{app}.{name}" for app, name in sorted(told ^ known)))


def refuse_known(manifest: Manifest) -> None:
    network = manifest.network
    if (
        Network.objects.filter(uid=network.uid).exists()
        or Network.objects.filter(slug=network.slug).exists()
    ):
        raise NetworkIsHere(advice=f"/reti/{network.slug}/")


def refuse_other_sort(manifest: Manifest) -> None:
    """A demonstration's network makes a demonstration of an installation that has none yet."""
    here = installation()
    if not Network.objects.exists() and manifest.demonstration is not None:
        here.demonstration, here.seed = True, manifest.demonstration.seed
        here.reference_day = manifest.demonstration.day
        here.save()
    if here.demonstration is not (manifest.demonstration is not None):
        raise OtherSort


def _arriving(folder: Path, manifest: Manifest) -> Iterator[int]:
    """Put everything in, contents first; what no database would take refuses the folder."""
    try:
        for digest in manifest.files:
            yield _store(folder / "files" / digest)
        for digest in manifest.lost:
            # It was missing there too: here as there, the check counts it.
            Blob.objects.get_or_create(digest=digest, defaults={"size": 0, "created_at": now()})
        loading, told = _loading(folder, manifest), going(accounts=manifest.accounts)
        for model, travel in told:
            if travel.goes is Goes.SHARED:
                loading.know(model, travel)
        for model, travel in told:
            yield from loading.load(model, travel)
    except UNREADABLE as fault:
        raise DamagedFolder(advice=f"{type(fault).__name__}: {fault}") from fault
    for model, uid, steward in loading.meeting.trusted:
        record(
            action=KEPT_IN_TRUST,
            actor=OPERATOR,
            subject=model._base_manager.get(uid=uid),
            values={"steward": steward, "instead": manifest.network.uid},
        )


def _loading(folder: Path, manifest: Manifest) -> Loading:
    return Loading(
        folder,
        manifest.network.uid,
        contents={*manifest.files, *manifest.lost},
        accounts=manifest.accounts,
    )


def _store(path: Path) -> int:
    with path.open("rb") as content:
        row = blobs.store(iter(lambda: content.read(PIECE), b""))
    if row.digest != path.name:
        raise DamagedFolder(advice=path.name)
    return 1


def _finish(manifest: Manifest) -> None:
    """Hold the chain to its end, and enter in the installation's own that a network arrived."""
    network = Network.objects.get(uid=manifest.network.uid)
    broken = breaks_in(network, (manifest.chain.count, manifest.chain.hash))
    if broken:
        raise DamagedFolder(advice=" ".join(found.sentence for found in broken))
    record(
        action="config.network_imported",
        actor=OPERATOR,
        subject=network,
        values={
            "slug": network.slug,
            "from": manifest.installation,
            "version": manifest.version,
            "rows": manifest.rows,
        },
    )
    note_everything()
    heads.begin_head(str(network.uid), str(installation().uid))
