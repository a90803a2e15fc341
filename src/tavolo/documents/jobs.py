import logging
from datetime import timedelta

from tavolo.documents.actions import delete_expired
from tavolo.documents.errors import NotPastItsTerm
from tavolo.documents.expired import expired
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.schedule import periodic

logger = logging.getLogger(__name__)


@periodic(every=timedelta(days=1))
def delete_what_is_past_its_term() -> int:
    """Delete what its class says goes by itself, one document a transaction; returns how many.

    Killed in the middle it goes on with the rest next time; what was deleted is not found again.
    """
    on, done = clock.today(), 0
    for each in list(expired(on=on, by_itself=True)):
        try:
            delete_expired(document=each.document, on=on, by=OPERATOR)
        except NotPastItsTerm:
            # Somebody decided to keep it, or deleted it, since it was found.
            continue
        done += 1
    if done:
        logger.info("documents past their term were deleted", extra={"status": done})
    return done
