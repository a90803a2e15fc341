"""Keeping the index: built whole beside the one that answers, or brought up to what was changed since."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from tavolo.kernel import clock
from tavolo.kernel.network import installation
from tavolo.search import outbox
from tavolo.search.actions import EVERYTHING
from tavolo.search.index import shelf, writing
from tavolo.search.index.shelf import State
from tavolo.search.plugs import public_kinds

Progress = Callable[[str, int], None]

# What was withdrawn leaves the answers at once, and the files with a building within this many seconds.
WORDS_STAY = 60 * 60
# More changes than these are dearer one by one than all anew.
MANY = 20_000


def rebuild(progress: Progress = lambda _kind, _number: None) -> int:
    """Build an index of all that is public, beside the one that answers, then swap; returns how many.

    `progress` is told each kind and how many it has. Killed on the way it leaves the old one in
    its place. Refuses with IndexBusy where another process writes.
    """
    with shelf.alone():
        return _rebuild(progress)


def refresh() -> int:
    """Bring the index up to the outbox, or build it where that is not possible; returns how many changed.

    It is built anew where there is none, on each new day (what begins and ends does so by the day),
    after a restore, and where withdrawn words would lie in its files too long. Refuses with IndexBusy.
    """
    with shelf.alone():
        path = shelf.current()
        state = shelf.state_of(path) if path else None
        if path is None or state is None or _is_stale(state):
            return _rebuild(lambda _kind, _number: None)
        changes = outbox.unread(state)
        if len(changes) > MANY or any(change.kind == EVERYTHING for change in changes):
            return _rebuild(lambda _kind, _number: None)
        return _apply(path, state, changes) if changes else 0


def _is_stale(state: State) -> bool:
    since = clock.now().timestamp() - state.built_at
    return (
        state.day != clock.today()
        or state.installation != str(installation().uid)
        or state.last > outbox.highest()
        or (state.withdrawn and since > WORDS_STAY)
    )


def _rebuild(progress: Progress) -> int:
    # Before the first row is read: what changes meanwhile is read once more by the next refresh.
    last, holes = outbox.beginning()
    built = State(str(installation().uid), clock.today(), clock.now().timestamp(), last, holes)
    path, total = shelf.new(), 0
    with writing.writer_of(path) as writer, override(settings.LANGUAGE_CODE):
        for searchable in public_kinds():
            number = writing.add(writer, searchable.key, searchable.entries(None))
            progress(str(searchable.label), number)
            total += number
    shelf.keep(path, built)
    shelf.swap(path)
    return total


def _apply(path: Path, state: State, changes: list[outbox.Change]) -> int:
    """Commits before it notes how far it has read: killed between, it does the same once more."""
    changed, touched, put = outbox.by_kind(changes), 0, 0
    with writing.writer_of(path) as writer, override(settings.LANGUAGE_CODE):
        for searchable in public_kinds():
            if not changed.keys() & set(searchable.subjects):
                continue
            gone = searchable.gone(changed)
            writing.remove(writer, gone)
            touched += len(gone)
            put += writing.add(writer, searchable.key, searchable.entries(changed))
    read = outbox.read(state, changes)
    shelf.keep(path, replace(read, withdrawn=state.withdrawn or put < touched))
    return touched
