"""What `tavolo check` asks: databases, migrations, journal, facts, jobs, files, settings."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks as django_checks
from django.db import OperationalError, connections
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tavolo.config.health import answers
from tavolo.config.upgrade import pending
from tavolo.journal.actions import seal
from tavolo.journal.guards import missing_guards
from tavolo.journal.queries import breaks
from tavolo.kernel import clock, facts
from tavolo.kernel.blobs import path_of
from tavolo.kernel.models import Blob, WorkerBeat
from tavolo.messages.choices import MessageState
from tavolo.messages.models import Message
from tavolo.messages.queries import bad_addresses_known, waiting_long
from tavolo.search.queries import standing

ROOM_LEFT = 500 * 1024 * 1024
WRONG, ADVICE = "wrong", "advice"


@dataclass(frozen=True)
class Finding:
    """`level` is "wrong" (the command exits 1) or "advice"."""

    level: str
    subject: str
    sentence: str


def findings() -> list[Finding]:
    """Every check in order; where the databases do not answer, only what can be said without them."""
    silent = list(databases())
    found = [*silent, *folders(), *configuration()]
    if not silent:
        found += list(migrations())
        if not any(finding.subject == _("database") for finding in found):
            found += [finding for check in INSIDE for finding in check()]
    return found


def databases() -> Iterator[Finding]:
    for alias in connections:
        if not _answers(alias):
            yield Finding(
                WRONG,
                _("database"),
                _("“%(name)s” does not answer; where it is new, `tavolo migrate` makes it.")
                % {"name": alias},
            )


def _answers(alias: str) -> bool:
    try:
        return answers(alias)
    except OperationalError:
        return False


def migrations() -> Iterator[Finding]:
    lacking = pending()
    if lacking:
        yield Finding(
            WRONG,
            _("database"),
            _("%(count)d changes are still to be made: run `tavolo migrate`.")
            % {"count": len(lacking)},
        )


def folders() -> Iterator[Finding]:
    home = Path(settings.TAVOLO_HOME)
    if not os.access(home, os.W_OK):
        yield Finding(WRONG, _("folder"), _("%(path)s cannot be written.") % {"path": home})
    elif shutil.disk_usage(home).free < ROOM_LEFT:
        yield Finding(
            ADVICE, _("folder"), _("Less than 500 MB are left in %(path)s.") % {"path": home}
        )
    key = home / "keys" / "secret_key"
    if key.exists() and key.stat().st_mode & 0o077:
        yield Finding(WRONG, _("keys"), _("%(path)s can be read by others.") % {"path": key})


def configuration() -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding(
            ADVICE, _("settings"), _("TAVOLO_DEBUG is on: never where others can reach it.")
        )
    if not settings.SECURE and "localhost" not in settings.TAVOLO_BASE_URL:
        yield Finding(
            WRONG, _("settings"), _("TAVOLO_BASE_URL is not https: sign-in would be readable.")
        )
    for message in django_checks.run_checks():
        yield Finding(WRONG, _("settings"), str(message.msg))


def journal() -> Iterator[Finding]:
    """Seals first, so that what was just written is held too."""
    seal()
    for found in breaks():
        yield Finding(WRONG, _("journal"), str(found.sentence))
    if missing_guards():
        yield Finding(WRONG, _("journal"), _("Its guards are down: run `tavolo migrate`."))


def undelivered() -> Iterator[Finding]:
    count = facts.stuck()
    if count:
        yield Finding(WRONG, _("facts"), _("%(count)d could not be delivered.") % {"count": count})


def jobs() -> Iterator[Finding]:
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()
    if failed:
        yield Finding(ADVICE, _("jobs"), _("%(count)d have failed.") % {"count": failed})
    recent = clock.now() - timedelta(minutes=10)
    if not WorkerBeat.objects.filter(beat_at__gt=recent).exists():
        yield Finding(
            ADVICE,
            _("worker"),
            _("None has given a sign of life for ten minutes: run `tavolo work`."),
        )


def letters() -> Iterator[Finding]:
    refused = Message.objects.filter(state=MessageState.REFUSED).count()
    if refused:
        yield Finding(ADVICE, _("messages"), _("%(count)d were refused.") % {"count": refused})
    if late := waiting_long():
        yield Finding(
            ADVICE, _("messages"), _("%(count)d wait for more than a day.") % {"count": late}
        )
    if bad := bad_addresses_known():
        yield Finding(
            ADVICE,
            _("messages"),
            _("Letters come back from %(count)d addresses: correct them.") % {"count": bad},
        )


def contents() -> Iterator[Finding]:
    lost = [
        digest
        for digest in Blob.objects.values_list("digest", flat=True).iterator()
        if not path_of(digest).exists()
    ]
    if lost:
        yield Finding(
            WRONG, _("files"), _("%(count)d contents are missing.") % {"count": len(lost)}
        )


def index() -> Iterator[Finding]:
    """Search answers without it too, from the database and worse."""
    stands = standing()
    if not stands.built:
        yield Finding(
            ADVICE,
            _("search"),
            _("There is no index yet: a worker builds it, or `tavolo search rebuild`."),
        )
    elif stands.late:
        yield Finding(
            ADVICE,
            _("search"),
            _("The index is %(count)d changes behind: run `tavolo work`.")
            % {"count": stands.behind},
        )


INSIDE: tuple[Callable[[], Iterator[Finding]], ...] = (
    journal,
    undelivered,
    jobs,
    letters,
    contents,
    index,
)
