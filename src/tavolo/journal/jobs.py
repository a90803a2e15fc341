from datetime import timedelta

from tavolo.journal import actions
from tavolo.kernel.schedule import periodic


@periodic(every=timedelta(minutes=1))
def seal() -> None:
    actions.seal(thorough=False)


@periodic(every=timedelta(hours=6))
def seal_stragglers() -> None:
    actions.seal(thorough=True)
