"""The one writer of the index: the worker."""

import logging
from datetime import timedelta

from tavolo.kernel.schedule import periodic
from tavolo.search import indexing, outbox
from tavolo.search.errors import IndexBusy

logger = logging.getLogger("tavolo.search")


@periodic(every=timedelta(seconds=5))
def refresh() -> None:
    """What was changed is found a few seconds later."""
    try:
        indexing.refresh()
    except IndexBusy:
        logger.info("the index is being written by another process")


@periodic(every=timedelta(hours=6))
def forget_old() -> None:
    outbox.forget_old()
