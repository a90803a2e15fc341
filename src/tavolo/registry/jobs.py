from datetime import timedelta

from tavolo.kernel.schedule import periodic
from tavolo.registry.actions.summary import bring_all_up_to_date


# Every hour, so that what begins or ends today is seen soon after midnight.
@periodic(every=timedelta(hours=1))
def bring_summaries_up_to_date() -> None:
    bring_all_up_to_date()
