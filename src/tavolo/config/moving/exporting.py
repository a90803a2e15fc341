"""Writing a network out: everything of one moment, while others go on working."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

from tavolo.config.archive.snapshot import Snapshot, snapshot
from tavolo.config.archive.steps import Progress, Steps, silent
from tavolo.config.moving.errors import ChainBroken
from tavolo.config.moving.folder import Draft, new_folder, refuse_taken
from tavolo.config.moving.manifest import FORMAT, ChainEnd, Demonstration, Manifest, Moved
from tavolo.config.moving.rows import Row, dressed, mentioned, told
from tavolo.config.moving.scope import Scope, chunks
from tavolo.config.moving.ways import Model, going
from tavolo.journal.actions import record, seal
from tavolo.journal.queries import breaks_in, end_of
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.kernel.network import installation
from tavolo.kernel.plugs import Goes, Travel


def export_network(
    network: Network, folder: Path, *, accounts: bool = False, progress: Progress = silent
) -> Manifest:
    """Write everything of a network into a new folder; how it signs in only with `accounts`.

    Order: the journal is sealed and the network's chain verified; rows as they stand in one
    moment, then the contents; the manifest, the name; last, that it was done enters the journal of the
    installation. Contents without file are named in `lost`. Refuses with FolderTaken, CannotWriteFolder, ChainBroken.
    """
    refuse_taken(folder)
    seal()
    broken = breaks_in(network)
    if broken:
        raise ChainBroken(advice=" ".join(found.sentence for found in broken))
    with new_folder(folder) as draft, _one_moment() as shot:
        manifest = Collection(network, draft, accounts=accounts, progress=progress).written(shot)
        draft.finish(manifest)
    _note(network, manifest)
    return manifest


class Collection:
    """What goes of one network, on its way into a draft."""

    def __init__(
        self, network: Network, draft: Draft, *, accounts: bool, progress: Progress
    ) -> None:
        self.network, self.draft, self.accounts = network, draft, accounts
        self.scope = Scope(network, accounts=accounts)
        self.mentioned: set[str] = set()
        self.steps = Steps(self._total(), progress)

    def written(self, shot: Snapshot) -> Manifest:
        for model, travel in self.scope.going:
            self.draft.add_lines(f"rows/{model._meta.label}.ndjson", self._rows(model, travel))
        for model, travel in self.scope.going:
            if travel.goes is Goes.SHARED:
                self.draft.add_lines(
                    f"known/{model._meta.label}.ndjson", self._known(model, travel)
                )
        files = sorted(self.scope.contents)
        kept = [digest for digest in files if self._add(digest)]
        return self._manifest(shot, kept, sorted(set(files) - set(kept)))

    def _total(self) -> int:
        counted = sum(rows.count() for told in self.scope.going for rows in self.scope.rows(*told))
        return counted + len(self.scope.contents)

    def _rows(self, model: Model, travel: Travel) -> Iterator[Row]:
        for rows in self.scope.rows(model, travel):
            for row in told(rows):
                self.mentioned |= mentioned(row, travel)
                yield dressed(row, travel, accounts=self.accounts)
                self.steps.add()

    def _known(self, model: Model, travel: Travel) -> Iterable[Row]:
        """What is only named: fixed things, and what is spoken of; by what it is known again."""
        names = list(dict.fromkeys(("uid", *travel.known_by)))
        spoken = [UUID(uid) for uid in sorted(self.mentioned)]
        found = {
            row["uid"]: row
            for rows in (
                *self.scope.fixed(model),
                *(model._base_manager.filter(uid__in=some) for some in chunks(spoken)),
            )
            for row in told(rows, names)
        }
        return (found[uid] for uid in sorted(found)) if travel.known_by != ("uid",) else ()

    def _add(self, digest: str) -> bool:
        self.steps.add()
        return self.draft.add_content(digest)

    def _manifest(self, shot: Snapshot, files: list[str], lost: list[str]) -> Manifest:
        here = installation()
        apps = {model._meta.app_label for model, _travel in going(accounts=True)}
        return Manifest(
            format=FORMAT,
            version=settings.TAVOLO_VERSION,
            created_at=clock.now().isoformat(),
            installation=str(here.uid),
            network=Moved(str(self.network.uid), self.network.slug, self.network.name),
            accounts=self.accounts,
            demonstration=Demonstration(
                here.seed, here.reference_day.isoformat() if here.reference_day else None
            )
            if here.demonstration
            else None,
            migrations=[(app, name) for app, name in shot.migrations() if app in apps],
            chain=ChainEnd(*end_of(self.network)),
            members=self.draft.members,
            files=files,
            lost=lost,
        )


@contextmanager
def _one_moment() -> Iterator[Snapshot]:
    """While it lasts, everything that is asked of the first database is asked of one moment of it."""
    with snapshot("default") as shot:
        usual = connections["default"]
        connections["default"] = shot.connection
        try:
            yield shot
        finally:
            connections["default"] = usual


@transaction.atomic
def _note(network: Network, manifest: Manifest) -> None:
    record(
        action="config.network_exported",
        actor=OPERATOR,
        subject=network,
        values={"slug": network.slug, "accounts": manifest.accounts, "rows": manifest.rows},
    )
