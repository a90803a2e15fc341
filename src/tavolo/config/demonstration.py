"""The demonstration: the four territories of the sources, loaded through actions, room by room."""

from collections.abc import Callable
from datetime import date

from django.core.management import call_command
from django.db import connections, transaction
from django.utils.translation import gettext_lazy as _

from tavolo.config.databases import as_owner, refresh_statistics
from tavolo.config.progress import Progress
from tavolo.config.setup import bring_territory_up, lay_index, lay_territory
from tavolo.config.upgrade import migrate
from tavolo.journal.guards import guards_down
from tavolo.journal.heads import forget_heads
from tavolo.kernel import clock
from tavolo.kernel.errors import Refusal
from tavolo.kernel.models import Network
from tavolo.kernel.network import installation
from tavolo.kernel.plugs import DemoContext, demo_parts
from tavolo.search.index import shelf


class NotADemonstration(Refusal):
    sentence = _("This database holds real networks; the demonstration is not loaded into it.")
    advice = _("Name another database or another TAVOLO_HOME.")


def load(*, seed: int, on: date | None, progress: Progress, say: Callable[[str], None]) -> bool:
    """Load what is not there yet. False where the demonstration stands already.

    Refuses with NotADemonstration a database that is neither empty nor a demonstration. Order: migrations,
    territory, then every room's part in row order, all parts in one transaction, so that a demonstration
    that was interrupted is none.
    """
    migrate()
    bring_territory_up()
    here = installation()
    if here.demonstration and Network.objects.exists():
        return False
    if Network.objects.exists():
        raise NotADemonstration
    lay_territory(progress)
    with transaction.atomic():
        here.demonstration, here.seed, here.reference_day = True, seed, on or clock.today()
        here.save()
        context = DemoContext(seed=seed, reference_day=here.reference_day, say=say)
        for part in demo_parts:
            part.load(context)
    refresh_statistics()
    lay_index()
    return True


def reset() -> None:
    """Empty a demonstration, territory included. Refuses with NotADemonstration anything else."""
    migrate()
    if not installation().demonstration and Network.objects.exists():
        raise NotADemonstration
    with as_owner(), guards_down():
        for alias in connections:
            call_command("flush", database=alias, interactive=False, verbosity=0)
    forget_heads()
    shelf.forget()
